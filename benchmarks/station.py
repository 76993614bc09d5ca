"""A whole polling station on two cores: 32 desks and 32 booths at once, and how long a voter waits to be admitted.

Run with `python -m benchmarks.station` (SQLite in a temporary folder, then PostgreSQL in a throw-away cluster) or
`python -m benchmarks.station DATABASE_URL` (an empty PostgreSQL database alone). The house is `votingapp serve` as at an
election; the people are played by locust on the same two cores (benchmarks/crowd.py). Exit status 1 if the 95th percentile
of an admission is a tenth of a second or more, if anything was refused, or if anybody was admitted twice.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from benchmarks import station_house
from benchmarks.booth import free_bind, wait_for
from benchmarks.cluster import throw_away_cluster
from benchmarks.register import House, open_house
from votingapp.store import admissions, audit, urns
from votingapp.store.admissions import Channel
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_MILLISECONDS = 100
"""The 95th percentile of an admission stays below this."""

SHOWN = ("admission", "search", "state", "slip", "cast")
_REPOSITORY = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """How many answers of one kind came, and after how many milliseconds: half of them, 95 in 100, all."""

    number: int
    median: float
    late: float
    most: float


def summarise(taken: list[float]) -> Row:
    """One line of the table; nothing asked is a defect of the measurement."""
    in_order = sorted(taken)
    number = len(in_order)
    return Row(number, in_order[number // 2], in_order[(number * 95 + 99) // 100 - 1], in_order[-1])


def measure(url: str | None) -> bool:
    """Hold one evening on one database, print its table, and tell whether it is as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.redirect_stdout(io.StringIO()):  # what the register takes is told by its own benchmark
            house = open_house(folder, url, again=False)
        plan = station_house.furnish(house)
        with _serve(folder, url) as doors:
            before, begun = os.getloadavg()[0], _cpu_seconds()
            told = _play(Path(folder) / "plan.json", plan | doors)
            own = _cpu_seconds() - begun
        print(f"{house.store.engine.dialect.name}; load before {before:.1f}, at the end {os.getloadavg()[0]:.1f}\n")
        late = _print_table(told)
        print(f"\nlocust took {own:.0f} seconds of a core in all")
        wrong = [*sorted(set(told["errors"])), *find_wrong(house, told)]
        house.store.engine.dispose()
    for line in wrong:
        print(f"wrong: {line}")
    print(f"limit {LIMIT_MILLISECONDS} ms: {'kept' if late < LIMIT_MILLISECONDS else 'missed'}\n", flush=True)
    return not wrong and late < LIMIT_MILLISECONDS


def find_wrong(house: House, told: dict[str, Any]) -> list[str]:
    """What may never be after an evening, whatever its speed; nothing on a good one."""
    with house.store.reading() as connection:
        urn = urn_of(connection, house.election.urn_uuid)
        here = admission.c.election_id == house.election.id
        persons, highest = connection.execute(
            select(func.count(admission.c.person_id.distinct()), func.max(admission.c.number)).where(here)
        ).one()
        everybody = set(connection.scalars(select(admission.c.person_id).where(here)))
        rows = admissions.count(connection, house.election.id)
        on_slips = admissions.count_by(connection, house.election.id, Channel.SLIP)
        ballots = urns.count(connection, urn.uuid)
        broken = audit.first_broken_link(connection, house.election.id)
    rules = {
        "somebody was admitted twice": persons != rows or len(set(told["admitted"])) != len(told["admitted"]),
        "a green answer without an admission": not set(told["admitted"]) <= everybody,
        "a receipt number is missing or double": highest != rows,
        "slips issued are not the admissions": urn.slips_issued != on_slips,
        "more ballots than slips issued": ballots > urn.slips_issued,
        "receipts are not the ballots": len(set(told["receipts"])) != ballots,
        "the log is broken": broken is not None,
    }
    return [text for text, is_so in rules.items() if is_so]


def _print_table(told: dict[str, Any]) -> float:
    """Print what was measured; answers the 95th percentile of an admission."""
    print("| | number | median ms | p95 ms | max ms |\n|---|---|---|---|---|")
    rows = {name: summarise(told["evening"][name]) for name in SHOWN}
    rows["admission, 32 at the same instant"] = summarise(told["burst"]["admission"])
    for name, row in rows.items():
        print(f"| {name} | {row.number} | {row.median:.0f} | {row.late:.0f} | {row.most:.0f} |")
    return rows["admission"].late


def _play(file: Path, plan: dict[str, Any]) -> dict[str, Any]:
    file.write_text(json.dumps(plan), encoding="utf-8")
    played = subprocess.run(
        [sys.executable, "-m", "benchmarks.crowd", str(file)], check=True, stdout=subprocess.PIPE, cwd=_REPOSITORY
    )
    told: dict[str, Any] = json.loads(played.stdout)
    return told


@contextmanager
def _serve(folder: str, url: str | None) -> Iterator[dict[str, str]]:
    """Serve the house as at an election; gives the addresses of its doors."""
    office, booth = free_bind(), free_bind()
    server = subprocess.Popen(
        [sys.executable, "-m", "votingapp", "serve", "--office-bind", office, "--booth-bind", booth],
        env=os.environ | {"VOTINGAPP_HOME": folder} | ({"DATABASE_URL": url} if url else {}),
        cwd=_REPOSITORY,
    )
    try:
        for bind in (office, booth):
            wait_for(f"http://{bind}/", server)
        time.sleep(3)  # both workers of each app are there
        yield {"office": f"http://{office}", "booth": f"http://{booth}"}
    finally:
        server.terminate()
        server.wait()


def _cpu_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main(url: str | None = None) -> int:
    """Measure the database that is asked for, or both one after the other."""
    print(f"{station_house.DESKS} desks, {station_house.BOOTHS} booths, {os.cpu_count()} cores\n")
    if url is not None:
        return 0 if measure(url) else 1
    kept = measure(None)
    with throw_away_cluster() as cluster:
        return 0 if measure(cluster) and kept else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
