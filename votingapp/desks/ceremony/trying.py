"""The finished key is tried before anything is locked with it: some of the holders open a sum of which everything is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ballots.poll import PollState
from ballots.protocol.errors import ProtocolError
from ballots.protocol.hashing import digest_hex
from ballots.protocol.threshold.trial import TrialSum, check_part
from tally.decryption import TooFewDecryptions
from tally.trial import open_trial, spared
from votingapp.desks.ceremony.service import AlreadySent, Halted, NotMember, NotYet, Refused, Taken, TooLate
from votingapp.store import confirmations, elections, keys, trials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ballots.protocol.trustees import Trustees
    from votingapp.desks.ceremony.service import Submitted
    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony, Member
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

TRIED: Final = "ceremony_trial"


@dataclass(frozen=True, slots=True)
class Trial:
    """Who has opened a part (positions), the number once enough have, and the positions whose loss was rehearsed."""

    given: tuple[int, ...]
    number: int | None
    spared: frozenset[int]


def submit_trial_part(store: Store, official: Staff, election: Election, raw: bytes) -> Submitted:
    """Take the part of a holder whose keys came back from her sheet; complete with as many as it takes to open the real sum."""

    def take(work: Work) -> Submitted:
        ceremony = keys.ceremony_of(work.connection, election.id)
        member = None if ceremony is None else ceremony.member(official.id)
        trustees = None if ceremony is None else ceremony.trustees()
        if ceremony is None or trustees is None:
            return NotYet()
        if member is None:
            return NotMember()
        hindered = _hindered(work, election, member)
        return hindered or _keep(work, official, election, ceremony, trustees, member, raw)

    return store.write(take)


def trial_of(ceremony: Ceremony, parts: Mapping[int, bytes], uuid: str) -> Trial | None:
    """Where the trial of a key stands; None before there is one."""
    trustees = ceremony.trustees()
    if trustees is None:
        return None
    trial = TrialSum(uuid, trustees.combined_public_key)
    factors = {owner: check_part(trial, trustees.keys[owner - 1].public_key, raw) for owner, raw in parts.items()}
    try:
        number = open_trial(trial, trustees, factors)
    except TooFewDecryptions:
        number = None
    return Trial(tuple(parts), number, spared(trial, trustees, factors))


def _hindered(work: Work, election: Election, member: Member) -> AlreadySent | TooLate | Halted | None:
    """Why no part of this member is taken now."""
    if member.position in trials.every(work.connection, election.id):
        return AlreadySent()
    if elections.by_id(work.connection, election.id).state is not PollState.PREPARING:
        return TooLate()
    return Halted() if confirmations.stopped_by(work.connection, election.id) else None


def _keep(
    work: Work,
    official: Staff,
    election: Election,
    ceremony: Ceremony,
    trustees: Trustees,
    member: Member,
    raw: bytes,
) -> Taken | Refused:
    trial = TrialSum(election.urn_uuid, trustees.combined_public_key)
    try:
        check_part(trial, trustees.keys[member.position - 1].public_key, raw)
    except ProtocolError as error:
        return Refused(member.name, error.reason, error.message)
    trials.keep(work.connection, election.id, member.position, raw, work.now)
    given = len(trials.every(work.connection, election.id))
    work.record(election.id, official.login, TRIED, position=member.position, sha256=digest_hex(raw))
    return Taken(given >= ceremony.threshold)
