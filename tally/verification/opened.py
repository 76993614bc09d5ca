"""And none of the ballots that were opened to check a tablet may lie in the urn (docs/challenge.md)."""

import re

from ballots.protocol import canonical
from ballots.protocol.election import Election
from ballots.protocol.errors import FormatError
from tally.verification.verdict import Refusal

_HASH = re.compile(r"[0-9a-f]{64}")
_PLACE = "the list of opened ballots"


def read_opened(raw: bytes, election: Election) -> frozenset[str]:
    """Read `challenges.json`: the hashes of the opened ballots, 64 lower-case hexadecimal digits each.

    Refusal where it is another election's, or is not written as this house writes it.
    """
    try:
        names = ("election", "fingerprint", "challenged")
        uuid, fingerprint, hashes = canonical.members(canonical.read(raw.removesuffix(b"\n")), *names)
    except FormatError as error:
        raise Refusal("challenges_form", "the list is not written as it must be", _PLACE) from error
    if (uuid, fingerprint) != (election.uuid, election.fingerprint):
        raise Refusal("challenges_election", "the list is that of another election", _PLACE)
    if not isinstance(hashes, list) or not all(isinstance(one, str) and _HASH.fullmatch(one) for one in hashes):
        raise Refusal("challenges_form", "the list has something else than hashes", _PLACE)
    if hashes != sorted(set(hashes)):
        raise Refusal("challenges_form", "the hashes are not sorted, or not each there once", _PLACE)
    return frozenset(hashes)
