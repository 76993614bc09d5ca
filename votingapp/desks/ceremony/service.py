"""What happens in the key ceremony: it is started, each member's messages are checked and passed on, and a key stands."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.protocol.errors import ProtocolError
from ballots.protocol.hashing import digest_hex
from votingapp.desks.ceremony import messages
from votingapp.store import confirmations, elections, keys, trials
from votingapp.store.keys import Step
from votingapp.store.staff import Role, appointed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony, Member
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

FEWEST_MEMBERS, FEWEST_TO_OPEN = 3, 2
"""Nobody opens the urn alone, and it is opened without one whose note is lost."""


@dataclass(frozen=True, slots=True)
class Started:
    """The ceremony has begun."""


@dataclass(frozen=True, slots=True)
class AlreadyStarted:
    """There is a ceremony already; to begin anew it must be abandoned first."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The ceremony is forgotten, and the keys made in it open nothing."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """The election is frozen: its key cannot change any more."""


@dataclass(frozen=True, slots=True)
class NotOnBoard:
    """Some of those chosen are not on the election board, or one was chosen twice."""


@dataclass(frozen=True, slots=True)
class BadThreshold:
    """Of n >= 2 members at least one and at most n - 1 must be needed: with n, one lost key sheet loses the election."""

    members: int


@dataclass(frozen=True, slots=True)
class Taken:
    """The message is checked and passed on; `complete` when it was the last of the ceremony."""

    complete: bool


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """The member has sent this message before; the first one stands."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """Something else is waited for: no ceremony has begun, or others have not sent what comes before."""


@dataclass(frozen=True, slots=True)
class Halted:
    """A member has stopped: nothing is taken before the ceremony is given up, or two have lifted the stop."""


@dataclass(frozen=True, slots=True)
class NotMember:
    """The official holds no part of this election's key."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The message of `name` does not hold; `reason` is a short code, `message` a sentence."""

    name: str
    reason: str
    message: str


Submitted = Taken | AlreadySent | NotYet | NotMember | Refused | TooLate | Halted


def start_ceremony(
    store: Store, official: Staff, election: Election, staff_ids: Sequence[str], threshold: int
) -> Started | AlreadyStarted | NotOnBoard | BadThreshold | TooLate:
    """Begin the ceremony: the officials chosen become members in the order of their names, `threshold` are needed."""

    def start(work: Work) -> Started | AlreadyStarted | NotOnBoard | BadThreshold | TooLate:
        if _is_frozen(work, election):
            return TooLate()
        if keys.ceremony_of(work.connection, election.id) is not None:
            return AlreadyStarted()
        chosen = [one for one in appointed(work.connection, election.id, Role.BOARD) if one.id in staff_ids]
        if len(chosen) != len(staff_ids):
            return NotOnBoard()
        if len(chosen) < FEWEST_MEMBERS or not FEWEST_TO_OPEN <= threshold < len(chosen):
            return BadThreshold(len(chosen))
        keys.start(work.connection, election.id, [one.id for one in chosen], threshold)
        logins = [one.login for one in chosen]
        work.record(election.id, official.login, "ceremony_started", trustees=logins, threshold=threshold)
        return Started()

    return store.write(start)


def abandon_ceremony(store: Store, official: Staff, election: Election) -> Abandoned | NotYet | TooLate:
    """Forget the ceremony, because a key sheet is lost or a member's message did not fit; possible until the freeze."""

    def abandon(work: Work) -> Abandoned | NotYet | TooLate:
        if _is_frozen(work, election):
            return TooLate()
        if keys.ceremony_of(work.connection, election.id) is None:
            return NotYet()
        confirmations.forget(work.connection, election.id)
        trials.forget(work.connection, election.id)
        keys.abandon(work.connection, election.id)
        work.record(election.id, official.login, "ceremony_abandoned")
        return Abandoned()

    return store.write(abandon)


def submit_certificate(store: Store, official: Staff, election: Election, raw: bytes) -> Submitted:
    """Step 1: take a member's certificate."""
    return _submit(store, official, election, Step.CERTIFICATE, raw)


def submit_dealing(store: Store, official: Staff, election: Election, raw: bytes) -> Submitted:
    """Step 3: take what a member dealt to the others, sealed to each."""
    return _submit(store, official, election, Step.DEALING, raw)


def submit_share(store: Store, official: Staff, election: Election, raw: bytes) -> Submitted:
    """Step 5: take a member's public key and her decryption key sealed to herself; with the last the key stands."""
    return _submit(store, official, election, Step.SHARE, raw)


def _submit(store: Store, official: Staff, election: Election, step: Step, raw: bytes) -> Submitted:
    def take(work: Work) -> Submitted:
        ceremony = keys.ceremony_of(work.connection, election.id)
        member = None if ceremony is None else ceremony.member(official.id)
        if ceremony is None:
            return NotYet()
        if member is None:
            return NotMember()
        if member.sent(step) is not None:
            return AlreadySent()
        hindered = _hindered(work, election, ceremony, step)
        return hindered or _keep(work, official, election, ceremony, member, step, raw)

    return store.write(take)


def _hindered(work: Work, election: Election, ceremony: Ceremony, step: Step) -> TooLate | Halted | NotYet | None:
    """Why no message of this step is taken now, whoever sends it."""
    if _is_frozen(work, election):
        return TooLate()
    if confirmations.stopped_by(work.connection, election.id):
        return Halted()
    return None if ceremony.step is step else NotYet()


def _keep(
    work: Work, official: Staff, election: Election, ceremony: Ceremony, member: Member, step: Step, raw: bytes
) -> Taken | Refused:
    try:
        _check(ceremony, member, step, raw)
    except ProtocolError as error:
        return Refused(member.name, error.reason, error.message)
    keys.keep(work.connection, election.id, member.position, step, raw.decode())
    after = keys.ceremony_of(work.connection, election.id)
    complete = after is not None and after.trustees() is not None
    work.record(election.id, official.login, f"ceremony_{step.value}", position=member.position, sha256=digest_hex(raw))
    return Taken(complete)


def _check(ceremony: Ceremony, member: Member, step: Step, raw: bytes) -> None:
    certificates = ceremony.messages(Step.CERTIFICATE) or ()
    dealings = ceremony.messages(Step.DEALING) or ()
    match step:
        case Step.CERTIFICATE:
            received = [one.certificate.encode() if one.certificate else None for one in ceremony.members]
            messages.check_certificate(ceremony.context, received, member.position, raw, secrets.token_bytes)
        case Step.DEALING:
            messages.check_dealing(certificates, member.position, raw)
        case Step.SHARE:
            messages.check_share(certificates, dealings, member.position, raw)


def _is_frozen(work: Work, election: Election) -> bool:
    return elections.by_id(work.connection, election.id).state is not PollState.PREPARING
