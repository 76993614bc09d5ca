"""How long sealing, checking and decrypting take, for a small council and for a long ballot.

Run with `python benchmarks/protocol.py`. Figures are milliseconds of one core (process time), the median of
several runs: sealing and checking for one ballot, decrypting for one trustee's work on the whole tally.
"""

import secrets
import statistics
import time
from collections.abc import Callable, Sequence

from ballots.protocol.ballot import check_ballot, seal_ballot
from ballots.protocol.credentials import generate_credential, generate_uuid
from ballots.protocol.election import Election, Question, build_election
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from tally.decryption import check_partial_decryption, combine_factors, partially_decrypt
from tally.encrypted_tally import Accumulator
from tally.result import compute_result

SIZES = ((15, 1), (15, 5), (96, 1), (96, 5))
RUNS = 9
VOTERS = 3000


def median_milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Do the work several times and give the median process time."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def measure(answers: int, maximum: int) -> tuple[float, ...]:
    """Give the times to seal, check, add, decrypt, check the decryption and open, with `answers` candidates."""
    secret, key = generate_trustee_key(secrets.token_bytes)
    trustees = build_trustees([SingleTrustee(key)])
    question = Question("?", tuple(f"c{number}" for number in range(answers)), blank=True, minimum=1, maximum=maximum)
    uuid = generate_uuid(secrets.token_bytes)
    election = build_election(uuid, "benchmark", "", question, key.public_key)
    credential = generate_credential(uuid, secrets.token_bytes)
    choice = (0, 1, *[0] * (answers - 1))

    def seal() -> bytes:
        return seal_ballot(election, credential, choice, secrets.token_bytes)

    ballot = seal()
    checked = check_ballot(election, ballot)
    accumulator = _sum_of(election, ballot)
    tally = accumulator.tally()

    def decrypt() -> bytes:
        return partially_decrypt(election, tally, secret, secrets.token_bytes)

    decryption = decrypt()
    factors = check_partial_decryption(election, tally, key.public_key, decryption)
    combined = combine_factors(trustees, {1: factors})
    return (
        median_milliseconds(seal),
        median_milliseconds(lambda: check_ballot(election, ballot)),
        median_milliseconds(lambda: accumulator.add(checked)),
        median_milliseconds(decrypt),
        median_milliseconds(lambda: check_partial_decryption(election, tally, key.public_key, decryption)),
        median_milliseconds(lambda: compute_result(tally, combined)),
    )


def _sum_of(election: Election, ballot: bytes) -> Accumulator:
    """Add one ballot up as often as there are voters, so that the result has to be searched for."""
    checked = check_ballot(election, ballot)
    accumulator = Accumulator(election)
    for _ in range(VOTERS):
        accumulator.add(checked)
    return accumulator


def row(cells: Sequence[object]) -> str:
    """Lay a line of the table out."""
    return "".join(f"{cell:>12}" for cell in cells)


def main() -> None:
    """Print the table."""
    print(f"milliseconds of one core; the tally holds {VOTERS} ballots")
    print(row(("candidates", "max votes", "seal", "check", "add", "decrypt", "check decr.", "result")))
    for answers, maximum in SIZES:
        print(row((answers, maximum, *(f"{figure:.1f}" for figure in measure(answers, maximum)))))


if __name__ == "__main__":
    main()
