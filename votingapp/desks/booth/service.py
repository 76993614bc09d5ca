"""What happens at the booth: a slip is looked at, a sealed ballot is checked and cast or opened, and nobody is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.protocol.ballot import BallotRejected, CheckedBallot, judge_ballot
from ballots.protocol.election import parse_election
from ballots.protocol.possession import shows_possession
from ballots.urn import UrnAnswer, UrnState, receive, receive_challenge
from votingapp.store import ballot_paper, casting, challenges, elections, photos
from votingapp.store.photos import Size

if TYPE_CHECKING:
    from votingapp.desks.booth.fairness import Fairness
    from votingapp.store.ballot_paper import Line
    from votingapp.store.devices import Device
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """What a tablet must know to show and seal a ballot; `election_json` is the exact Belenios text, None before freeze.

    `most_votes` is what the frozen question allows, which is less than the rules do where fewer candidates stand.
    """

    state: UrnState
    election_json: str | None
    most_votes: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The ballot lies in the urn for good; `receipt` is its tracker. `again`: it lay there already, sent once more."""

    receipt: str
    again: bool


@dataclass(frozen=True, slots=True)
class Challenged:
    """The ballot with this tracker is never cast, for good, and may be opened. `again`: it was so already."""

    receipt: str
    again: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The urn does not take the ballot, for this reason; never ACCEPT or ALREADY_THERE."""

    answer: UrnAnswer


@dataclass(frozen=True, slots=True)
class Rejected:
    """The ballot itself is wrong: `reason` is a code of `BallotRejected`."""

    reason: str


def election_of(store: Store, booth: Device) -> Election:
    """The election that a tablet has been joined to."""
    with store.reading() as connection:
        return elections.by_id(connection, booth.election_id)


def read_state(store: Store, election: Election) -> UrnState:
    """Whether votes are taken now."""
    with store.reading() as connection:
        return UrnState(elections.urn_of(connection, election.urn_uuid).state)


def read_ballot_paper(store: Store, election: Election) -> BallotPaper:
    """Read the ballot paper of an election."""
    with store.reading() as connection:
        urn = elections.urn_of(connection, election.urn_uuid)
        lines = ballot_paper.lines(connection, election.id)
    frozen = None if urn.election_json is None else parse_election(urn.election_json.encode())
    most = election.rules.ballot.votes_per_voter if frozen is None else frozen.maximum
    return BallotPaper(UrnState(urn.state), urn.election_json, most, lines)


def read_photo(store: Store, election: Election, number: int) -> bytes | None:
    """The photograph on a line of the ballot paper as JPEG; None before the freeze, and for a line that has none."""
    with store.reading() as connection:
        found = next((line for line in ballot_paper.lines(connection, election.id) if line.number == number), None)
        if found is None or found.photo_id is None:
            return None
        return photos.pixels(connection, store.vault, election.id, found.photo_id, Size.BALLOT)


def look_at_slip(store: Store, election: Election, credential: str, proof: object) -> UrnAnswer:
    """Say what the urn would answer to a ballot with this public credential; nothing is kept.

    A courtesy, so that nobody chooses in vain: whether the ballot is taken is decided when it comes. Who cannot prove
    that she holds the slip is told that it is unknown, whatever it is: otherwise the public list and some patience
    would give the turnout and the order of casting (promises 1 and 6).
    """
    if not shows_possession(election.urn_uuid, credential, proof):
        return UrnAnswer.UNKNOWN
    with store.reading() as connection:
        # No ballot has an empty hash, so a spent slip is never mistaken for the same ballot sent again.
        return receive(casting.arrival(connection, election.urn_uuid, credential, ballot_hash=""))


def cast(store: Store, election: Election, raw: bytes) -> Accepted | Refused | Rejected:
    """Check a ballot and put it into the urn; when Accepted comes back, it is durably there (promise 5).

    The proofs are checked before the transaction, which would otherwise keep every other writer waiting. There is no entry
    in the log, as there is none of a challenge: a time beside a ballot would lead to the voter (promise 1).
    """
    judged = _judge(store, election, raw)
    if not isinstance(judged, CheckedBallot):
        return judged
    return store.write(lambda work: _receive(work, election.urn_uuid, judged, raw))


def challenge(
    store: Store, election: Election, raw: bytes, fairness: Fairness, tablet: str
) -> Challenged | Accepted | Refused | Rejected:
    """Bar a ballot so that its tablet may open it; when Challenged comes back, it is durably never cast.

    It is checked as one that is cast. Its hash alone is kept, without entry in the log: who shows her opened ballot to others
    shows its hash, and a time beside that would be a time beside the ballot she casts later. Accepted where this very ballot
    was cast before, which is not opened (ADR 20). `fairness` counts in memory what this slip and `tablet`, the device's id, take.
    """
    judged = _judge(store, election, raw)
    if not isinstance(judged, CheckedBallot):
        return judged
    unfair = fairness.take(tablet, judged.credential)
    is_new = False
    try:
        answer = store.write(lambda work: _bar(work, election.urn_uuid, judged, unfair))
        is_new = isinstance(answer, Challenged) and not answer.again
    finally:
        if unfair is None and not is_new:
            fairness.give_back(tablet, judged.credential)
    return answer


def _judge(store: Store, election: Election, raw: bytes) -> CheckedBallot | Refused | Rejected:
    with store.reading() as connection:
        election_json = elections.urn_of(connection, election.urn_uuid).election_json
    if election_json is None:
        return Refused(UrnAnswer.NOT_OPEN)
    judged = judge_ballot(parse_election(election_json.encode()), raw)
    return Rejected(judged.reason) if isinstance(judged, BallotRejected) else judged


def _receive(work: Work, urn_uuid: str, checked: CheckedBallot, raw: bytes) -> Accepted | Refused:
    answer = receive(casting.arrival(work.connection, urn_uuid, checked.credential, checked.hash_hex))
    match answer:
        case UrnAnswer.ACCEPT:
            casting.put(work.connection, urn_uuid, checked, raw)
            work.keep_unrecorded()
            return Accepted(checked.tracker, again=False)
        case UrnAnswer.ALREADY_THERE:
            return Accepted(checked.tracker, again=True)
        case _:
            return Refused(answer)


def _bar(
    work: Work, urn_uuid: str, checked: CheckedBallot, unfair: UrnAnswer | None
) -> Challenged | Accepted | Refused:
    arriving = casting.arrival(work.connection, urn_uuid, checked.credential, checked.hash_hex)
    answer = receive_challenge(arriving, challenges.count(work.connection, urn_uuid), unfair)
    match answer:
        case UrnAnswer.ACCEPT:
            challenges.keep(work.connection, urn_uuid, checked.hash_hex)
            work.keep_unrecorded()
            return Challenged(checked.tracker, again=False)
        case UrnAnswer.CHALLENGED:
            return Challenged(checked.tracker, again=True)
        case UrnAnswer.ALREADY_THERE:
            return Accepted(checked.tracker, again=True)
        case _:
            return Refused(answer)
