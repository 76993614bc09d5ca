"""How long a count takes: every ballot judged, the sum taken and opened by the key holders, all of it verified, the seats given.

Run with `python -m benchmarks.count`. An election is rehearsed up to its open poll; then 1,500 real ballots of 12 candidates are
sealed and laid into the urn, which is closed and settled. The clock runs over what the house does from there to the seats, by
the services that serve a real count; what two holders' devices decrypt is reckoned here as well. Exit status 1 beyond the limit.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.hashing import digest_hex
from votingapp.cores import workers
from votingapp.demo import counting, crew, rehearsal, station
from votingapp.demo.outcomes import expect
from votingapp.demo.rehearsal import THRESHOLD, Plan
from votingapp.demo.schedule import RehearsalClock
from votingapp.desks.count import decrypting, tallying
from votingapp.desks.slips.explaining import explain
from votingapp.settings import load_settings
from votingapp.store import accounts, counts, elections, migrate, urns
from votingapp.store.ledger import Paper
from votingapp.store.staff import Role
from votingapp.store.tables.urn import ballot, urn
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ballots.protocol.election import Election as Question
    from votingapp.demo.keys import KeyHolder
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

BALLOTS, CANDIDATES = 1500, 12
LIMIT = 15.0
"""Seconds for all of it, on two cores."""

_HELD_ON = date(2021, 11, 23)
_BEGUN = datetime(2021, 9, 1, 8, tzinfo=UTC)
_VOTERS = 2
"""Who is admitted at a desk in the rehearsal; the measured ballots come after."""


def close_with(store: Store, clock: RehearsalClock, number: int) -> tuple[Election, tuple[KeyHolder, ...]]:
    """An election with so many ballots in its closed and settled urn, and who holds its key."""
    staff = crew.hire(store)
    plan = Plan("Målevalg", "maalevalg", _HELD_ON, _VOTERS, CANDIDATES, 1, 1)
    prepared = rehearsal.prepare(store, clock, staff, plan, lambda _label, steps, _length: _walk(steps))
    election = prepared.election
    _fill(store, election, number)
    clock.move_to(election.rules.election.closes_at)
    board = staff.holding(Role.BOARD)
    station.shut_and_count(store, board, election)
    with store.reading() as connection:
        standing = accounts.unexplained(connection, elections.by_id(connection, election.id), Paper.SLIP)
    for difference in standing:  # the measured ballots came past the desks
        explain(store, election, difference, "Stemmerne er lagt i urnen til en måling.", board[:2], Paper.SLIP)
    station.seal(store, board, election)
    return election, prepared.holders


def _walk(steps: Iterable[None]) -> None:
    for _ in steps:
        pass


def _fill(store: Store, election: Election, number: int) -> None:
    """Print slips and cast a ballot with each, past the desks."""
    with store.reading() as connection:
        question = counts.question_of(connection, election)
    if question is None:
        raise LookupError("the poll is not frozen")
    slips = [generate_credential(question.uuid, secrets.token_bytes) for _ in range(number)]
    with workers(number) as crew_of_cores:
        sealed = list(crew_of_cores.map(_seal, [question] * number, slips, range(number), chunksize=20))

    def act(work: Work) -> None:
        urns.add_slips(work.connection, question.uuid, [derive_public(question.uuid, slip) for slip in slips])
        work.connection.execute(insert(ballot), [{"urn_uuid": question.uuid} | row for row in sealed])
        work.connection.execute(update(urn).values(slips_issued=number))
        work.record(election.id, "bench", "ballots_cast")

    store.write(act)


def _seal(question: Question, slip: str, number: int) -> dict[str, object]:
    """A row of the urn: every thirteenth is blank."""
    marks = [int(place == number % question.positions) for place in range(question.positions)]
    raw = seal_ballot(question, slip, marks, secrets.token_bytes)
    return {"hash": digest_hex(raw), "credential": derive_public(question.uuid, slip), "body": raw}


def count(store: Store, election: Election, holders: tuple[KeyHolder, ...]) -> dict[str, float]:
    """Seconds of each step from the closed urn to the seats."""
    took, last = {}, time.perf_counter()

    def done(step: str) -> None:
        nonlocal last
        now = time.perf_counter()
        took[step], last = now - last, now

    official = holders[0].official
    expect(tallying.compute_tally(store, official, election), tallying.Tallied)
    done("judge and add up")
    for holder in holders[:THRESHOLD]:
        raw = counting.decrypt(store, election, holder)
        expect(decrypting.submit_decryption(store, holder.official, election, raw), decrypting.Decrypted)
    done(f"decrypt, {THRESHOLD} holders")
    expect(decrypting.compute_result(store, official, election), decrypting.Counted)
    done("open and verify")
    allocation = counting.outcome_of(store, election).allocation
    done("give the seats")
    if not allocation.elected and not allocation.lots_required:
        raise LookupError("nobody is elected")
    return took


def main() -> int:
    """Measure in a process begun as lightly as the office: each core begins with what the main one did."""
    program = "import sys; from benchmarks.count import measure; sys.exit(measure())"
    return subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[1], check=False).returncode


def measure() -> int:
    """Print the figures; the exit status tells whether the limit was kept."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = {"VOTINGAPP_HOME": folder, "VOTINGAPP_REHEARSAL": "1"}
        clock = RehearsalClock(_BEGUN)
        store = open_store(load_settings(environ), clock)
        migrate.upgrade(store.engine, rehearsal=True)
        election, holders = close_with(store, clock, BALLOTS)
        before, cores = getrusage(RUSAGE_SELF).ru_maxrss, _core_seconds()
        took = count(store, election, holders)
        grown, cores = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024, _core_seconds() - cores
        store.engine.dispose()
    for step, seconds in took.items():
        print(f"{step}: {seconds:.2f} s")
    whole = sum(took.values())
    print(f"{BALLOTS} ballots of {CANDIDATES} candidates: {whole:.1f} s, limit {LIMIT:.0f} s; {cores:.1f} s of a core")
    print(f"the counting process grew by {grown:.0f} MiB")
    return int(whole > LIMIT)


def _core_seconds() -> float:
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main())
