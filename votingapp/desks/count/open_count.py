"""A sum that waits to be opened, with the key that it was made for and the parts that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.protocol.trustees import Trustees, parse_trustees
from tally.decryption import Factors, check_partial_decryption
from tally.opening import Opened, open_sum
from tally.result import ResultRejected
from votingapp.store import counts
from votingapp.store.elections import urn_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ballots.protocol.election import Election as Question
    from tally.encrypted_tally import EncryptedTally
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Everything that a decryption is checked against."""

    question: Question
    trustees: Trustees
    tally: EncryptedTally
    is_counted: bool
    decrypted: dict[int, bytes]

    def check(self, owner: int, raw: bytes) -> Factors:
        """Check the decryption of a trustee; else DecryptionRejected."""
        return check_partial_decryption(self.question, self.tally, self.trustees.keys[owner - 1].public_key, raw)

    def open(self) -> Opened:
        """The result and whose parts are wrong; ResultRejected where the parts open nothing, and nobody can be named."""
        return open_sum(
            self.trustees, self.tally, {owner: self.check(owner, raw) for owner, raw in self.decrypted.items()}
        )

    def is_stuck(self, threshold: int) -> bool:
        """Whether enough parts are there and open nothing together."""
        if len(self.decrypted) < threshold:
            return False
        try:
            self.open()
        except ResultRejected:
            return True
        return False


def open_count(connection: Connection, election: Election) -> OpenCount | None:
    """The sum of an election; None before the ballots are added up."""
    kept, question = counts.count_of(connection, election.id), counts.question_of(connection, election)
    trustees = urn_of(connection, election.urn_uuid).trustees_json
    if kept is None or question is None or trustees is None:
        return None
    return OpenCount(
        question=question,
        trustees=parse_trustees(trustees.encode()),
        tally=kept.tally(question),
        is_counted=kept.result is not None,
        decrypted={one.owner: one.body for one in counts.decryptions(connection, election.id)},
    )
