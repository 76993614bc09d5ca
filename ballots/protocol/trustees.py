"""Those who can open the sum together, and the key that every vote is encrypted with (PROTOCOL.md section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import IDENTITY, Point, add
from ballots.protocol.threshold.parameters import PedersenTrustees, parse_parameters
from ballots.protocol.trustee_key import TrusteeKey, TrusteesRejected, parse_trustee_key


@dataclass(frozen=True, slots=True)
class SingleTrustee:
    """A trustee without whom nothing can be decrypted."""

    key: TrusteeKey

    @property
    def keys(self) -> tuple[TrusteeKey, ...]:
        """Give the one key, as a threshold set-up gives its several."""
        return (self.key,)

    @property
    def public_key(self) -> Point:
        """Give what the trustee adds to the election's public key."""
        return self.key.public_key

    def to_json(self) -> dict[str, object]:
        """Give the members in the order of the records."""
        return self.key.to_json()


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees of an election, each of them proved; `raw` holds the bytes as published."""

    items: tuple[SingleTrustee | PedersenTrustees, ...]
    raw: bytes

    @property
    def keys(self) -> tuple[TrusteeKey, ...]:
        """Give the keys of all trustees; owner number i (from 1) of a decryption holds `keys[i - 1]`."""
        return tuple(key for item in self.items for key in item.keys)

    @property
    def combined_public_key(self) -> Point:
        """Give the election's public key."""
        combined = IDENTITY
        for item in self.items:
            combined = add(combined, item.public_key)
        return combined


def build_trustees(items: Sequence[SingleTrustee | PedersenTrustees]) -> Trustees:
    """Put the record of an election's trustees together and check all of it; else TrusteesRejected."""
    record = [["Single" if isinstance(item, SingleTrustee) else "Pedersen", item.to_json()] for item in items]
    return parse_trustees(canonical.write(record))


def parse_trustees(raw: bytes) -> Trustees:
    """Read the record of the trustees and check every proof and signature in it; else TrusteesRejected."""
    try:
        items = tuple(_parse_item(entry) for entry in canonical.array(canonical.read(raw)))
    except TrusteesRejected:
        raise
    except ProtocolError as error:
        raise TrusteesRejected(error.reason, f"trustees: {error.message}") from error
    if not items:
        raise TrusteesRejected("no_trustees", "an election needs at least one trustee")
    trustees = Trustees(items, raw)
    if len({key.public_key for key in trustees.keys}) != len(trustees.keys):
        raise TrusteesRejected("trustee_twice", "the same trustee's key stands in more than one place")
    return trustees


def _parse_item(entry: object) -> SingleTrustee | PedersenTrustees:
    kind, value = canonical.array(entry, 2)
    if kind == "Single":
        return _parse_single(value)
    if kind == "Pedersen":
        return parse_parameters(value)
    raise FormatError("unsupported", "a trustee is Single or Pedersen")


def _parse_single(value: object) -> SingleTrustee:
    key = parse_trustee_key(value)
    if key.signature is not None:
        raise TrusteesRejected("shape", "a single trustee's key carries no signature")
    return SingleTrustee(key)
