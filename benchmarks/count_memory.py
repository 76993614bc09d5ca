"""How much memory the count of 100,000 ballots takes, and that it is not more than for 10,000.

Run with `python -m benchmarks.count_memory`. Ballots of true size are written, not sealed: one real ballot of 12 candidates, each
time with another slip. What cannot hold of them, their proofs, is left out; all else is the house's and the verifier's own:
reading, hashing, the public list, the slips, the sum. Each reading has a process of its own, of which the most memory it ever
took is told. The list has 100,000 slips both times, so that what differs is the ballots alone. Exit status 1 beyond the limit.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

from ballots.archive import ArchiveWriter
from ballots.protocol import canonical
from ballots.protocol.ballot import CheckedBallot, check_ballot, seal_ballot
from ballots.protocol.credentials import generate_credential, generate_uuid
from ballots.protocol.election import Question, build_election
from ballots.protocol.group import GENERATOR, add, format_point
from ballots.protocol.hashing import digest_hex
from ballots.protocol.public_credentials import write_public_credentials
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from ballots.urn import seal_urn
from tally.encrypted_tally import EncryptedTally
from tally.verification import Judged, SoundSoFar, verify_archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ballots.protocol.election import Election
    from tally.verification.judging import Judgement

SLIPS, FEW, MANY, CANDIDATES = 100_000, 10_000, 100_000, 12
LIMIT = 8
"""MiB that the tenfold number of ballots may take more."""


def slips() -> list[str]:
    """So many points of the group: G, 2G, 3G ..."""
    point, found = GENERATOR, []
    for _ in range(SLIPS):
        found.append(format_point(point))
        point = add(point, GENERATOR)
    return found


def write_archives(folder: Path) -> tuple[Election, bytes]:
    """Two archives of an election, with few ballots and with many; the election and the ballot that all are copies of."""
    _secret, key = generate_trustee_key(secrets.token_bytes)
    trustees, uuid = build_trustees([SingleTrustee(key)]), generate_uuid(secrets.token_bytes)
    answers = tuple(f"Kandidat {place}" for place in range(1, CANDIDATES + 1))
    question = Question("Hvem?", answers, blank=True, minimum=1, maximum=1)
    election = build_election(uuid, "Målevalg", "", question, key.public_key)
    marks = [int(place == 1) for place in range(election.positions)]
    real = seal_ballot(election, generate_credential(uuid, secrets.token_bytes), marks, secrets.token_bytes)
    credentials = slips()
    listed = write_public_credentials(credentials)
    for number in (FEW, MANY):
        with (folder / f"{number}.bel").open("wb") as stream:
            writer = ArchiveWriter(stream, 1_637_000_000)
            writer.setup(election.raw, trustees.raw, listed)
            for ballot in copies(real, credentials[:number]):
                writer.ballot(ballot)
            writer.end_ballots()
        hashes = (digest_hex(ballot) for ballot in copies(real, credentials[:number]))
        (folder / f"{number}.sha256").write_text(seal_urn(hashes), encoding="ascii")
    return election, real


def copies(real: bytes, credentials: Iterable[str]) -> Iterator[bytes]:
    """The ballot with each of these slips in turn."""
    before, after = real.split(json.loads(real)["credential"].encode(), 1)
    return (before + credential.encode() + after for credential in credentials)


def read(folder: Path, number: int, real: bytes, election: Election, *, known: bool) -> tuple[float, float]:
    """Seconds and MiB of a process that reads an archive, its ballots judged (but for the proofs) or known again."""
    with multiprocessing.get_context("spawn").Pool(1) as one:
        return one.apply(_read, (str(folder / f"{number}.bel"), real, election, known))


def _read(path: str, real: bytes, election: Election, known: bool) -> tuple[float, float]:
    ciphertexts = check_ballot(election, real).ciphertexts

    def judge(_election: Election, ballots: Sequence[bytes]) -> Iterable[Judgement]:
        for raw in ballots:
            credential = canonical.read(raw)["credential"]  # type: ignore[index]  # a ballot is an object
            yield CheckedBallot(credential, ciphertexts, digest_hex(raw), "")

    urn_sha256 = Path(path).with_suffix(".sha256").read_text(encoding="ascii")
    judged = Judged(election.fingerprint, urn_sha256, EncryptedTally((), 0)) if known else None
    start = time.perf_counter()
    with Path(path).open("rb") as stream:
        verdict = verify_archive(stream, check_many=judge, judged=judged)
    if not isinstance(verdict, SoundSoFar) or verdict.urn_sha256 != urn_sha256:
        raise ValueError(verdict)
    return time.perf_counter() - start, getrusage(RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the figures; the exit status tells whether the limit was kept."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {SLIPS} slips, {CANDIDATES} candidates")
    worst = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        election, real = write_archives(folder)
        size = (folder / f"{MANY}.bel").stat().st_size / 1024**2
        print(f"archive of {MANY} ballots: {size:.0f} MiB")
        for way, known in (("judged, without proofs", False), ("known again by their hash", True)):
            peaks = []
            for number in (FEW, MANY):
                seconds, peak = read(folder, number, real, election, known=known)
                print(f"{number} ballots {way}: {peak:.0f} MiB at most, {seconds:.0f} s")
                peaks.append(peak)
            worst = max(worst, peaks[1] - peaks[0])
    print(f"more for ten times the ballots: {worst:.1f} MiB, limit {LIMIT}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
