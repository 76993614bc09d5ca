"""What the board's page of the evening costs, and whether desks that admit voters notice that it is asked for.

Run with `python -m benchmarks.evening` (SQLite in a temporary folder) or `python -m benchmarks.evening DATABASE_URL` (an
empty PostgreSQL database). Exit status 1 if reading the page takes more than a tenth of a second of a core.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from threading import Event, Thread

from sqlalchemy import select, update

from ballots.slips import Movement
from benchmarks.register import House, open_house
from votingapp.desks.station.watching import look_over
from votingapp.settings import load_settings
from votingapp.store import admissions, devices, ledger
from votingapp.store.devices import Kind
from votingapp.store.ledger import Entry, Paper
from votingapp.store.tables.register import register_person
from votingapp.store.tables.urn import urn
from votingapp.store.unit_of_work import Work
from votingapp.watch import watchman
from votingapp.watch.watchman import Watchman

ADMITTED = (400, 4000)
DESKS, BOOTHS, SLIPS = 32, 32, 500
ADMISSIONS = 300
LIMIT_SECONDS = 0.1
_ASKS_A_SECOND = 1.0
"""Ten times as often as one page of the board."""


def furnish(house: House) -> None:
    """Invite the devices and give each desk its slips."""

    def act(work: Work) -> None:
        work.connection.execute(update(urn).values(slips_printed=DESKS * SLIPS))
        for number in range(1, DESKS + 1):
            devices.invite(work, house.election.id, Kind.DESK, f"Bord {number}", house.desk.official.id)
            entry = Entry(Movement.TO_DESK, f"Bord {number}", SLIPS, house.desk.official.id)
            ledger.write(work, house.election.id, Paper.SLIP, entry)
        for number in range(1, BOOTHS + 1):
            devices.invite(work, house.election.id, Kind.BOOTH, f"Stemmeboks {number}", house.desk.official.id)
        work.record(house.election.id, "bench", "furnished")

    house.store.write(act)


def admit(house: House, person: str, place: int) -> None:
    """Admit one person, as the desk's service keeps it."""

    def act(work: Work) -> None:
        desk = f"Bord {place % DESKS + 1}"
        admissions.add(work, house.election.id, person, desk=desk, official_id=house.desk.official.id, declaration=None)
        admissions.issue_slip(work.connection, house.election.urn_uuid)
        work.record(house.election.id, "bente", "admitted", person=person, desk=desk)

    house.store.write(act)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall's clock and of a core."""
    wall, own = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - own


def ask_on(house: House, stop: Event) -> None:
    """Read the board's page again and again."""
    while not stop.wait(1 / _ASKS_A_SECOND):
        look_over(house.store, house.election)


def measure_admissions(house: House, people: list[str], *, watched: bool) -> tuple[float, float]:
    """Median and 95th percentile of an admission, in milliseconds, while nobody or the board looks."""
    stop = Event()
    board = Thread(target=ask_on, args=(house, stop))
    if watched:
        board.start()
    taken = sorted(timed(partial(admit, house, person, place))[0] for place, person in enumerate(people))
    stop.set()
    if watched:
        board.join()
    return 1000 * median(taken), 1000 * taken[len(taken) * 95 // 100]


def main(url: str | None = None) -> int:
    """Print the tables; tell whether the page is cheap enough."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| step | wall s | cpu s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(folder, url)
        furnish(house)
        with house.store.reading() as connection:
            people = list(connection.execute(select(register_person.c.id)).scalars())
        dearest = 0.0
        print("\n| admitted | the board's page, wall ms | cpu ms |\n|---|---|---|")
        for number in ADMITTED:
            while people and number > _admitted(house):
                admit(house, people.pop(), len(people))
            figures = [timed(lambda: look_over(house.store, house.election)) for _ in range(21)]
            wall, own = (median(column) for column in zip(*figures, strict=True))
            dearest = max(dearest, own)
            print(f"| {number} | {1000 * wall:.1f} | {1000 * own:.1f} |")
        print("\n| an admission | median ms | p95 ms |\n|---|---|---|")
        for name, watched in (("nobody looks", False), ("the board looks every second", True)):
            taken = [people.pop() for _ in range(ADMISSIONS)]
            middle, late = measure_admissions(house, taken, watched=watched)
            print(f"| {name} | {middle:.1f} | {late:.1f} |")
        _measure_watchman(folder, url, house)
        house.store.engine.dispose()
    print(f"\nlimit {LIMIT_SECONDS * 1000:.0f} ms of a core: {'kept' if dearest < LIMIT_SECONDS else 'missed'}")
    return 0 if dearest < LIMIT_SECONDS else 1


def _admitted(house: House) -> int:
    with house.store.reading() as connection:
        return admissions.count(connection, house.election.id)


def _measure_watchman(folder: str, url: str | None, house: House) -> None:
    settings = load_settings({"VOTINGAPP_HOME": folder} | ({"DATABASE_URL": url} if url else {}))
    figures = [timed(Watchman(settings, house.store, None, watchman.POWER_SUPPLIES).look)[0] for _ in range(21)]
    print(f"\nthe watchman looks: {1000 * median(figures):.1f} ms")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
