"""How long poll cards and the printed roll take to be set, and how much memory, each in a process of its own.

Run with `python -m benchmarks.paper`. Exit status 1 if a roll of 5000 takes more of a core than the half minute in which the
next one is due.
"""

import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from datetime import time as clock

from ballots.poll_card import poll_card_for
from votingapp.documents.poll_cards import Addressed, CardHeading, Spoken, render_poll_cards
from votingapp.documents.printed_roll import MOST_IN_ONE, RollHeading, RollLine, render_roll

SIZES = (("cards", 100), ("cards", 1000), ("roll", 400), ("roll", 1000), ("roll", MOST_IN_ONE))
DUE_SECONDS = 30.0

_NAMES = ("Åse Østergård-Łuczak", "Fatma Yıldız", "Oleksandr Shevchenko", "محمد الأحمد", "Bo Jensen")
_ELECTION, _MUNICIPALITY, _DAY = "Valg til Integrationsrådet i Køge 2021", "Køge", date(2021, 11, 23)


def main() -> int:
    """Measure each size and print a table; the exit status tells whether the largest roll keeps up."""
    print(f"{'paper':<8}{'persons':>8}{'seconds of a core':>20}{'peak MB':>10}{'PDF KB':>9}")
    slow = False
    for kind, persons in SIZES:
        command = [sys.executable, "-m", "benchmarks.paper", kind, str(persons)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, megabytes, kilobytes = float(told[0]), int(told[1]), int(told[2])
        print(f"{kind:<8}{persons:>8}{seconds:>20.2f}{megabytes:>10}{kilobytes:>9}")
        slow = slow or (kind == "roll" and seconds > DUE_SECONDS)
    return 1 if slow else 0


def measure(kind: str, persons: int) -> None:
    """Set one paper in this process and print seconds of a core, peak megabytes and the PDF's kilobytes."""
    before = time.process_time()
    pdf = _cards(persons) if kind == "cards" else _roll(persons)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)  # large papers are set by one
    seconds = time.process_time() - before + children.ru_utime + children.ru_stime
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"{seconds:.2f} {peak} {len(pdf) // 1024}")


def _cards(persons: int) -> bytes:
    spoken = tuple(Spoken("da", "ltr", "Du kan stemme på dit eget sprog. Tag dette kort med.") for _ in range(7))
    place = "Kantinen, Køge Rådhus, Torvet 1, 4600 Køge"
    heading = CardHeading(
        _ELECTION, _MUNICIPALITY, _DAY, clock(17), clock(20), place, declares=True, rehearsal=False, lines=spoken
    )
    address = ("Torvet 1, 2. th.", "4600 Køge")
    cards = [
        Addressed(poll_card_for(bytes(32), number, str(number)), _NAMES[number % len(_NAMES)], address)
        for number in range(1, persons + 1)
    ]
    return render_poll_cards(cards, heading)


def _roll(persons: int) -> bytes:
    lines = [
        RollLine(
            number,
            _NAMES[number % len(_NAMES)],
            date(1980, 1, 1),
            protected=False,
            admission=number if number % 3 else None,
        )
        for number in range(1, persons + 1)
    ]
    at = datetime(2021, 11, 23, 17, 2, 30, tzinfo=UTC)
    return render_roll(lines, RollHeading(_ELECTION, _MUNICIPALITY, _DAY, rehearsal=False, at=at, last=persons))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main())
