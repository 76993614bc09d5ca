"""Last it follows the sum: added up rightly, opened by enough trustees, and published as it is."""

from ballots.archive import parse_owned
from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.hashing import digest_hex
from tally.decryption import Factors, check_partial_decryption, combine_factors
from tally.result import Result, check_result
from tally.verification.setup import OpenedSetup
from tally.verification.urn import Urn


class CountCheck:
    """Compares what was published after the poll with what follows from the ballots in the urn.

    Each method takes the data of one event; a ProtocolError says what does not hold. A decryption is checked when
    it comes, whether or not there is a result.
    """

    def __init__(self, setup: OpenedSetup, urn: Urn) -> None:
        self._setup = setup
        self._urn = urn
        self._decrypted: dict[int, Factors] = {}
        self.result: Result | None = None

    @property
    def decryptions(self) -> int:
        """Count the trustees who have decrypted."""
        return len(self._decrypted)

    def check_tally(self, data: tuple[bytes, ...]) -> None:
        """Compare the published sum, and the counts beside it, with the verifier's own."""
        tally, sized = data
        own = self._urn.tally()
        if tally != own.to_bytes():
            raise FormatError("encrypted_tally", "the encrypted tally is not the sum of the ballots")
        if sized != own.sized_record():
            counted, weight, _ = canonical.members(
                canonical.read(sized), "num_tallied", "total_weight", "encrypted_tally"
            )
            message = f"the record says {counted} ballots of weight {weight}, the urn holds {own.ballots}"
            raise FormatError("tally_counts", message)

    def check_decryption(self, data: tuple[bytes, ...]) -> None:
        """Check one trustee's decryption, and that it is her only one."""
        decryption, owned_raw = data
        owned = parse_owned(owned_raw)
        keys = self._setup.trustees.keys
        if owned.payload != digest_hex(decryption):
            raise FormatError("owned_record", "the owner's record names another decryption")
        if owned.owner > len(keys):
            raise FormatError("owner", f"there is no trustee number {owned.owner}")
        if owned.owner in self._decrypted:
            raise FormatError("second_decryption", f"trustee {owned.owner} has already decrypted")
        self._decrypted[owned.owner] = check_partial_decryption(
            self._setup.election, self._urn.tally(), keys[owned.owner - 1].public_key, decryption
        )

    def check_result(self, data: tuple[bytes, ...]) -> None:
        """Check the result against all decryptions together."""
        (raw,) = data
        factors = combine_factors(self._setup.trustees, self._decrypted)
        self.result = check_result(self._urn.tally(), factors, raw)
