"""What the journal on the stick adds to an admission and to a ballot: medians, with and without it.

Run with `python -m benchmarks.journal [FOLDER ...]`: each folder (a stick) in turn; without any, one in memory and one on the
disk of the temporary folder. Exit status 1 if the journal takes more of a core than its limit.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert

from votingapp.settings import Settings, load_settings
from votingapp.store import audit, migrate
from votingapp.store.backup.keeping import stick_of, take_snapshot
from votingapp.store.backup.sealing import key_of, new_seed
from votingapp.store.backup.state import save_house_key
from votingapp.store.engine import make_engine
from votingapp.store.journal import journal_of
from votingapp.store.tables.staff import throttle
from votingapp.store.unit_of_work import Store, Work
from votingapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Engine

RUNS = 300
LIMIT = 3.0
"""Milliseconds of one core that the journal may add; the stick's own time comes on top, and is the stick's."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, for a folder of our own
_BALLOT = 12_000
"""Bytes of a sealed ballot with 15 candidates."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the stick is taken to be."""

    name: str
    folder: Path | None


def admission(work: Work, number: int) -> None:
    """As much as an admission writes: two rows and an entry."""
    rows = [{"door": f"{number}-{half}" * 4, "failures": 1, "window_started_at": work.now} for half in (1, 2)]
    work.connection.execute(insert(throttle), rows)
    work.record(audit.HOUSE, "bench", "admitted", person=str(number), desk="Bord 1", declaration=None)


def ballot(work: Work, number: int) -> None:
    """As much as a ballot writes: one row of its size."""
    row = {"door": f"{number}|" + "b" * _BALLOT, "failures": 1, "window_started_at": work.now}
    work.connection.execute(insert(throttle).values(row))
    work.keep_unrecorded()


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one kind of act: by the clock the median and the slowest twentieth, and the median of our own core."""

    act: str
    median: float
    slow: float
    cpu: float


def measure(place: Place, acts: Sequence[Callable[[Work, int], None]]) -> Iterator[Measured]:
    """Do each act so often, and tell how long it took."""
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings({"VOTINGAPP_HOME": home})
        engine = make_engine(settings.database_url)
        migrate.upgrade(engine)
        store = _store(settings, engine, place)
        for act in acts:
            times, cores = [], []
            for number in range(RUNS):
                began, own = time.perf_counter(), time.process_time()
                store.write(lambda work, act=act, number=number: act(work, number))  # type: ignore[misc]
                times.append(1000 * (time.perf_counter() - began))
                cores.append(1000 * (time.process_time() - own))
            slow = statistics.quantiles(times, n=20)[-1]
            yield Measured(act.__name__, statistics.median(times), slow, statistics.median(cores))
        engine.dispose()


def _store(settings: Settings, engine: Engine, place: Place) -> Store:
    vault = Vault(settings.keys.personal_data)
    if place.folder is None:
        return Store(engine, _now, vault)
    key = key_of(new_seed()).house
    save_house_key(settings.home, key)
    followed = replace(settings, backup=place.folder)
    store = Store(engine, _now, vault, journal_of(followed))
    take_snapshot(store, followed, key, stick_of(followed, key))
    return store


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _places(named: Sequence[str]) -> Iterator[tuple[Place, ...]]:
    with tempfile.TemporaryDirectory(dir=_MEMORY) as memory, tempfile.TemporaryDirectory() as disk:
        usual = (Place("in memory", Path(memory)), Place("same disk", Path(disk)))
        yield (Place("none", None), *(usual if not named else (Place(one, Path(one)) for one in named)))


def main(*named: str) -> int:
    """Print the table; tell whether the limit was kept."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {RUNS} acts each; milliseconds\n")
    print("| stick | act | median | 95 % | added (median) | cpu added |\n|---|---|---|---|---|---|")
    without: dict[str, Measured] = {}
    most = 0.0
    with _places(named) as places:
        for place in places:
            for one in measure(place, (admission, ballot)):
                base = without.setdefault(one.act, one)
                added, cpu = one.median - base.median, one.cpu - base.cpu
                most = max(most, cpu)
                print(f"| {place.name} | {one.act} | {one.median:.2f} | {one.slow:.2f} | {added:.2f} | {cpu:.2f} |")
    print(f"\nlimit {LIMIT} ms of a core: {'kept' if most <= LIMIT else 'missed'}")
    return 0 if most <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
