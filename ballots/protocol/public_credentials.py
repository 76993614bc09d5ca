"""Everybody may see how many slips there are, and nobody whose they are (PROTOCOL.md section 5)."""

from collections.abc import Iterable
from itertools import pairwise

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import format_point, parse_point


class PublicCredentialsRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """The public list of credentials is not one this house can vote with."""


def write_public_credentials(credentials: Iterable[str]) -> bytes:
    """Give the public list: sorted by the bytes of the points, so that its order tells nothing.

    PublicCredentialsRejected where one is no point of the group or stands there twice.
    """
    raw = canonical.write(sorted(credentials, key=_little_endian))
    parse_public_credentials(raw)
    return raw


def parse_public_credentials(raw: bytes) -> tuple[str, ...]:
    """Read the public list: different points of the group, in their order, one vote each."""
    try:
        credentials = tuple(_parse(entry) for entry in canonical.array(canonical.read(raw)))
    except FormatError as error:
        raise PublicCredentialsRejected(error.reason, f"public credentials: {error.message}") from error
    for first, second in pairwise(credentials):
        if first == second:
            raise PublicCredentialsRejected("credential_twice", f"credential {first} is listed twice")
        if _little_endian(first) > _little_endian(second):
            raise PublicCredentialsRejected("credential_order", "the credentials are not in order")
    return credentials


def _parse(entry: object) -> str:
    if "," in canonical.text(entry):
        raise FormatError("unsupported", "credentials with weights are not supported")
    return format_point(parse_point(entry))


def _little_endian(credential: str) -> str:
    """Give a key that sorts as the 32 little-endian bytes do."""
    return "".join(credential[index : index + 2] for index in range(len(credential) - 2, -1, -2))
