"""When the poll is closed the ballots are added up without being opened (PROTOCOL.md section 12)."""

from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.ballot import CheckedBallot
from ballots.protocol.election import Election
from ballots.protocol.elgamal import NOTHING, Ciphertext, parse_summed_ciphertext
from ballots.protocol.errors import FormatError
from ballots.protocol.hashing import digest_hex


@dataclass(frozen=True, slots=True)
class EncryptedTally:
    """The encrypted number of marks at each place of the ballot; `ballots` were added up."""

    ciphertexts: tuple[Ciphertext, ...]
    ballots: int

    def to_bytes(self) -> bytes:
        """Give the record of the sums."""
        return canonical.write([[ciphertext.to_json() for ciphertext in self.ciphertexts]])

    def sized_record(self) -> bytes:
        """Give the record that says how many ballots the sums hold; each voter weighs one."""
        record = {
            "num_tallied": self.ballots,
            "total_weight": self.ballots,
            "encrypted_tally": digest_hex(self.to_bytes()),
        }
        return canonical.write(record)


class Accumulator:
    """Adds ballots up one after another; its memory does not grow with their number."""

    def __init__(self, election: Election) -> None:
        self._sums = (NOTHING,) * election.positions
        self._ballots = 0

    def add(self, ballot: CheckedBallot) -> None:
        """Add a ballot that was checked and that is the only one of its credential."""
        pairs = zip(self._sums, ballot.ciphertexts, strict=True)
        self._sums = tuple(part.plus(ciphertext) for part, ciphertext in pairs)
        self._ballots += 1

    def tally(self) -> EncryptedTally:
        """Give the sums so far."""
        return EncryptedTally(self._sums, self._ballots)


def parse_encrypted_tally(election: Election, tally: bytes, sized: bytes) -> EncryptedTally:
    """Read both records of a tally; FormatError unless they belong together and to this election."""
    (row,) = canonical.array(canonical.read(tally), 1)
    ciphertexts = tuple(parse_summed_ciphertext(entry) for entry in canonical.array(row, election.positions))
    number, _, _ = canonical.members(canonical.read(sized), "num_tallied", "total_weight", "encrypted_tally")
    parsed = EncryptedTally(ciphertexts, canonical.count(number))
    if parsed.sized_record() != sized:
        raise FormatError("sized_tally", "the record of the counts does not belong to this tally")
    return parsed
