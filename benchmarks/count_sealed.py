"""How much memory the check of 100,000 sealed ballots takes, every proof judged, and that it is not more than for 10,000.

Run with `python -m benchmarks.count_sealed` (2 candidates, some minutes) or `python -m benchmarks.count_sealed 12` (the best
part of an hour). Each ballot is sealed with a slip of its own and judged as any verifier does, on every core. What is told is the
most memory that the process which reads ever took, and the most that any of those which judge for it did. The list has
100,000 slips both times. benchmarks/count_memory.py has ballots of 12 candidates sooner, without their proofs. Exit status 1
beyond the limit.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, NamedTuple

from ballots.archive import ArchiveWriter
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential, generate_uuid
from ballots.protocol.election import Question, build_election
from ballots.protocol.public_credentials import write_public_credentials
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from tally.verification import SoundSoFar, verify_archive
from votingapp.cores import checkers, workers
from votingapp.demo.outcomes import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ballots.protocol.election import Election

FEW, MANY = 10_000, 100_000
LIMIT = 8
"""MiB that the tenfold number of ballots may take more."""


class Reading(NamedTuple):
    """Seconds, and MiB of the process that reads and of the largest that judges."""

    seconds: float
    reads: float
    judges: float


def write_archives(folder: Path, candidates: int) -> None:
    """Two archives of one election, with the first few of its ballots and with all of them."""
    _secret, key = generate_trustee_key(secrets.token_bytes)
    trustees, uuid = build_trustees([SingleTrustee(key)]), generate_uuid(secrets.token_bytes)
    answers = tuple(f"Kandidat {place}" for place in range(1, candidates + 1))
    question = Question("Hvem?", answers, blank=True, minimum=1, maximum=1)
    election = build_election(uuid, "Målevalg", "", question, key.public_key)
    slips = [generate_credential(uuid, secrets.token_bytes) for _ in range(MANY)]
    with workers(MANY) as crew:
        listed = write_public_credentials(crew.map(partial(derive_public, uuid), slips, chunksize=500))
        with (folder / f"{FEW}.bel").open("wb") as few, (folder / f"{MANY}.bel").open("wb") as many:
            writers = [ArchiveWriter(stream, 1_637_000_000) for stream in (few, many)]
            for writer in writers:
                writer.setup(election.raw, trustees.raw, listed)
            for number, ballot in enumerate(crew.map(partial(_seal, election), slips, range(MANY), chunksize=100)):
                for writer in writers if number < FEW else writers[1:]:
                    writer.ballot(ballot)
            for writer in writers:
                writer.end_ballots()


def _seal(election: Election, slip: str, number: int) -> bytes:
    marks = [int(place == number % election.positions) for place in range(election.positions)]
    return seal_ballot(election, slip, marks, secrets.token_bytes)


def read(archive: Path, ballots: int) -> Reading:
    """Verify an archive in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as one:
        return one.submit(_read, archive, ballots).result()


def _read(archive: Path, ballots: int) -> Reading:
    start = time.perf_counter()
    with archive.open("rb") as stream, checkers(ballots) as check_many:
        verdict = verify_archive(stream, check_many=check_many)
    expect(verdict, SoundSoFar)
    reads, judges = (getrusage(who).ru_maxrss / 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return Reading(time.perf_counter() - start, reads, judges)


def _told(folder: Path) -> Iterator[Reading]:
    for number in (FEW, MANY):
        found = read(folder / f"{number}.bel", number)
        print(
            f"{number} ballots: {found.reads:.0f} MiB at most where they are read, {found.judges:.0f} MiB where they are judged; "
            f"{found.seconds:.0f} s",
            flush=True,
        )
        yield found


def main(candidates: int) -> int:
    """Print the figures; the exit status tells whether the limit was kept."""
    print(
        f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {MANY} slips, {candidates} candidates",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as name:
        folder, start = Path(name), time.perf_counter()
        write_archives(folder, candidates)
        size = (folder / f"{MANY}.bel").stat().st_size / 1024**2
        print(
            f"{MANY} ballots sealed in {time.perf_counter() - start:.0f} s; their archive: {size:.0f} MiB", flush=True
        )
        few, many = _told(folder)
    worst = max(many.reads - few.reads, many.judges - few.judges)
    print(f"more for ten times the ballots: {worst:.1f} MiB, limit {LIMIT}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2))
