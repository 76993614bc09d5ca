"""How long a large register extract takes to be taken over, and how many persons a second are found in it.

Run with `python -m benchmarks.register` (SQLite in a temporary folder) or `python -m benchmarks.register DATABASE_URL`
(an empty PostgreSQL database). Exit status 1 if the store finds fewer than a thousand persons a second.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from ballots.register import Extract, Person, read_extract
from candidates.cpr import CprRefusal, parse_cpr
from votingapp.desks.checkin import service as checkin
from votingapp.resources import rulesets_dir
from votingapp.settings import load_settings
from votingapp.store import elections, migrate, register, staff
from votingapp.store.elections import Election
from votingapp.store.engine import make_engine
from votingapp.store.unit_of_work import Store, Work
from votingapp.store.vault import Vault

T = TypeVar("T")

PERSONS = 100_000
LOOKUPS = 3000
WANTED = 1000
"""Lookups a second, in the store alone."""

_NEW_YEARS_CHILDREN = 10
"""Per cent born on 1 January: many immigrants are registered so, which makes their birth date the slowest to search."""

_FIRST = ("Åse", "Fatma", "Łukasz", "Olena", "Ion", "Mohammed", "Søren", "Çiğdem", "Bo", "Amina", "Anne-Marie", "Özgür")
_LAST = ("Ærø", "Nguyen", "Østergård", "Yıldız", "Kowalska", "Popescu", "Shevchenko", "al-Hassan", "Jensen", "Öztürk")


@dataclass(frozen=True, slots=True)
class House:
    """A store with an election whose register holds everybody in `persons`, and an official at a desk."""

    store: Store
    election: Election
    desk: checkin.Desk
    persons: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Lookups a second by the clock on the wall, and the time each took of a core of this process, not of the database's."""

    per_second: float
    cpu_milliseconds: float


def write_extract(persons: int) -> bytes:
    """An extract of so many persons, the same at each call."""
    chance = random.Random(27112017)
    numbers: set[str] = set()
    while len(numbers) < persons:
        day, month = chance.randint(1, 28), chance.randint(1, 12)
        if chance.randrange(100) < _NEW_YEARS_CHILDREN:
            day = month = 1
        number = f"{day:02d}{month:02d}{chance.randint(40, 99):02d}{chance.randrange(4000):04d}"
        if not isinstance(parse_cpr(number), CprRefusal):
            numbers.add(number)
    rows = (f"{number};{_name(chance)};0259;nej" for number in sorted(numbers))
    return "\n".join(("personnummer;navn;kommunekode;beskyttet", *rows)).encode()


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_FIRST)} {chance.choice(_LAST)}"


def open_house(folder: str, url: str | None, persons: int = PERSONS, *, again: bool = True) -> House:
    """Found an election in an empty database and take an extract over, telling how long each step takes.

    `again`: it is replaced by another one, which takes longer than the first.
    """
    settings = load_settings({"VOTINGAPP_HOME": folder} | ({"DATABASE_URL": url} if url else {}))
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine)
    store = Store(engine, lambda: datetime.now(UTC), Vault(settings.keys.personal_data))
    rules = (rulesets_dir() / "koege-2021.toml").read_text(encoding="utf-8")
    election = store.write(lambda work: elections.found(work, "bench", rules, "koege", rehearsal=False))
    official = store.write(
        lambda work: staff.add(work, "bench", "bente", "Bente", "en lang og god sætning", may_found=False)
    )
    if isinstance(election, Election) and isinstance(official, staff.Staff):
        taken = _take_over(store, election, write_extract(persons), again=again)
        return House(store, election, checkin.Desk("Bord 1", official), taken)
    raise SystemExit("the database is not empty")


def _take_over(store: Store, election: Election, raw: bytes, *, again: bool) -> tuple[Person, ...]:
    read = _timed("read the file", lambda: read_extract(raw))
    if not isinstance(read, Extract) or read.bad_rows:
        raise SystemExit("the extract cannot be read")
    prepared = _timed("hash and fold", lambda: register.prepare(store.vault, election.id, read.persons))

    def put_in(work: Work) -> int:
        work.record(election.id, "bench", "register_imported")
        return register.replace(work.connection, election.id, prepared)

    _timed("write the rows", lambda: store.write(put_in))
    if again:
        _timed("write them again", lambda: store.write(put_in))
    return read.persons


def _timed(name: str, work: Callable[[], T]) -> T:
    wall, own = time.perf_counter(), time.process_time()
    done = work()
    print(f"| {name} | {time.perf_counter() - wall:.1f} | {time.process_time() - own:.1f} |")
    return done


def measure_lookups(house: House) -> dict[str, Rate]:
    """How fast voters are found one after the other, each in a transaction of its own."""
    chance = random.Random(1)
    voters = chance.choices(house.persons, k=LOOKUPS)
    store, election = house.store, house.election

    def by_cpr(person: Person) -> int:
        with store.reading() as connection:
            return int(register.find_by_cpr(connection, store.vault, election.id, person.cpr) is not None)

    def by_name(person: Person) -> int:
        with store.reading() as connection:
            return len(register.find_by_name(connection, election.id, person.name, person.birth_date))

    def at_the_desk(person: Person) -> int:
        found = checkin.look_up_cpr(store, house.desk, election, person.cpr.number)
        return 0 if isinstance(found, CprRefusal) else len(found)

    def at_the_desk_by_name(person: Person) -> int:
        return len(checkin.look_up_name(store, house.desk, election, person.name, person.birth_date))

    ways = {
        "store, by CPR number": by_cpr,
        "store, by name and birth date": by_name,
        "check-in, by CPR number, look noted": at_the_desk,
        "check-in, by name, looks noted": at_the_desk_by_name,
    }
    return {name: _rate(way, voters) for name, way in ways.items()}


def _rate(find: Callable[[Person], int], voters: Sequence[Person]) -> Rate:
    wall, own = time.perf_counter(), time.process_time()
    if any(find(person) < 1 for person in voters):
        raise SystemExit("somebody of the extract was not found")
    return Rate(len(voters) / (time.perf_counter() - wall), 1000 * (time.process_time() - own) / len(voters))


def main(url: str | None = None) -> int:
    """Print both tables; tell whether the store is fast enough."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {PERSONS} persons\n")
    print("| step | wall s | cpu s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(folder, url)
        rates = measure_lookups(house)
        house.store.engine.dispose()
    print("\n| lookup | per second | cpu ms each |\n|---|---|---|")
    for name, rate in rates.items():
        print(f"| {name} | {rate.per_second:.0f} | {rate.cpu_milliseconds:.2f} |")
    slow = [name for name, rate in rates.items() if name.startswith("store") and rate.per_second < WANTED]
    print(f"\nlimit {WANTED} a second in the store: {'kept' if not slow else 'missed by ' + ', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
