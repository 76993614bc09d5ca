"""A sealed ballot arrives at the urn (stemmeurne), which takes it once or says why not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

CHALLENGES_PER_SLIP = 10
"""How many ballots may be opened for each slip handed out, over the whole election: so that no tablet fills the disk."""


class UrnState(StrEnum):
    """What the urn knows of the poll, which is all it may know."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class UrnAnswer(StrEnum):
    """What happens to a ballot; only ACCEPT puts it into the urn."""

    ACCEPT = "accept"
    ALREADY_THERE = "already_there"
    """The very same ballot lies in the urn: its receipt stands, and nothing is added."""
    SPENT = "spent"
    """Another ballot was cast with this slip."""
    UNKNOWN = "unknown"
    """No slip of this election carries this credential."""
    VOID = "void"
    """The slip was given back at the desk: exchanged, returned or made unusable."""
    CHALLENGED = "challenged"
    """The very same ballot was opened to its voter: it is never cast."""
    FULL = "full"
    """As many ballots as slips issued lie in the urn: this slip was never handed out."""
    EXHAUSTED = "exhausted"
    """As many ballots were opened as the house keeps."""
    SLIP_EXHAUSTED = "slip_exhausted"
    """This slip has had its share of opened ballots."""
    TOO_SOON = "too_soon"
    """This tablet opened several ballots a moment ago."""
    NOT_OPEN = "not_open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A ballot whose proofs and signature hold, and what the urn knows as it arrives.

    `ballot_hash` is the ballot's own hash; `spent_by` the hash of the ballot already cast with the same
    credential, None if there is none; `void` tells that the slip was given back, `challenged` that this very ballot was
    opened. Nothing here names a voter, a time or a tablet.
    """

    state: UrnState
    ballot_hash: str
    credential_known: bool
    void: bool
    spent_by: str | None
    ballots_in_urn: int
    slips_issued: int
    challenged: bool = False


def receive(arrival: Arrival) -> UrnAnswer:
    """Decide on a ballot; the caller decides and stores in one transaction.

    A ballot sent again is answered first, even after the close: a tablet that lost the line must still learn
    that the ballot lies safely. The urn never holds more ballots than slips issued.
    """
    if arrival.spent_by == arrival.ballot_hash:
        return UrnAnswer.ALREADY_THERE
    if arrival.challenged:
        return UrnAnswer.CHALLENGED
    match arrival.state:
        case UrnState.NOT_OPEN:
            return UrnAnswer.NOT_OPEN
        case UrnState.CLOSED:
            return UrnAnswer.CLOSED
        case UrnState.OPEN:
            return _receive_while_open(arrival)


def receive_challenge(arrival: Arrival, challenges: int, unfair: UrnAnswer | None = None) -> UrnAnswer:
    """Decide whether a ballot may be opened instead of cast: ACCEPT where its hash is to be kept, CHALLENGED where it was.

    It is judged as if it were cast, so that what is opened would have counted; `challenges` were made before, of
    all slips; `unfair` says that this slip or its tablet has had its share. The caller decides and keeps in one
    transaction. A challenge sent again is answered as before, even after the close; ALREADY_THERE lies in the urn and is
    not opened.
    """
    answer = receive(arrival)
    if answer is not UrnAnswer.ACCEPT:
        return answer
    if challenges >= CHALLENGES_PER_SLIP * arrival.slips_issued:
        return UrnAnswer.EXHAUSTED
    return unfair or UrnAnswer.ACCEPT


def seal_urn(hashes: Iterable[str]) -> str:
    """Give the hash of a closed urn (urnens kontrolsum): one for every set of ballots, whatever their order.

    `hashes` are the ballots' own, 64 lower-case hexadecimal digits each. They are sorted, each followed by one line
    feed; the SHA-256 of these bytes, in hex, is the hash of the urn. Anyone can recompute it from the archive.
    """
    return seal_sorted(sorted(hashes))


def seal_sorted(hashes: Iterable[str]) -> str:
    """Give the hash of a closed urn whose ballots' hashes come in their order: then none of them need be kept."""
    digest = hashlib.sha256()
    for one in hashes:
        digest.update(f"{one}\n".encode("ascii"))
    return digest.hexdigest()


def _receive_while_open(arrival: Arrival) -> UrnAnswer:
    if not arrival.credential_known:
        return UrnAnswer.UNKNOWN
    if arrival.spent_by is not None:
        return UrnAnswer.SPENT
    if arrival.void:
        return UrnAnswer.VOID
    if arrival.ballots_in_urn >= arrival.slips_issued:
        return UrnAnswer.FULL
    return UrnAnswer.ACCEPT
