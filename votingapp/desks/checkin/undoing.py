"""A desk admitted the wrong person: two officials take the admission back, and say what became of the slip."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.slips import Movement
from votingapp.store import admissions, desk_facts, elections, ledger, looks, slips, urns
from votingapp.store.admissions import Channel
from votingapp.store.ledger import Entry, Paper
from votingapp.store.log_words import Words
from votingapp.store.looks import What
from votingapp.store.slips import SlipAnswer

if TYPE_CHECKING:
    from votingapp.desks.checkin.service import Desk
    from votingapp.store.admissions import Attended
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

MOST = 8
"""So many of its last voters a desk is shown: a mistake is seen at once or told to the board."""


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """The voter drew no slip, or her paper ballot was not handed out: it lies in the box."""


@dataclass(frozen=True, slots=True)
class Returned:
    """She drew one and gave it back: `credential` is its public half, `proof` shows that it lies on the desk."""

    credential: str
    proof: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaperReturned:
    """She had a paper ballot and gave it back; it is made unusable by hand."""


Slip = NotDrawn | Returned | PaperReturned


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an admission is taken back, in words without a CPR number, and the second official."""

    text: str
    second: Staff


@dataclass(frozen=True, slots=True)
class Undone:
    """The admission is taken back; the person may be admitted again."""

    attended: Attended


@dataclass(frozen=True, slots=True)
class NotAtThisDesk:
    """No admission of this desk has that number, or it was taken back before."""


@dataclass(frozen=True, slots=True)
class PollOver:
    """The poll is not open any more, or not yet."""


@dataclass(frozen=True, slots=True)
class SlipIsMissing:
    """As many ballots as slips are in the urn, so that this slip cannot be in the box; no figure is told."""


@dataclass(frozen=True, slots=True)
class SlipRefused:
    """The slip that was shown cannot be made void."""

    answer: SlipAnswer


@dataclass(frozen=True, slots=True)
class OtherChannel:
    """What is said of the slip does not go with how the person was to vote."""


Refused = NotAtThisDesk | PollOver | SlipIsMissing | SlipRefused | OtherChannel


def read_latest(store: Store, desk: Desk, election: Election) -> tuple[Attended, ...]:
    """The desk's last voters, newest first."""

    def look(work: Work) -> tuple[Attended, ...]:
        found = admissions.latest_at_desk(work.connection, election.id, desk.name, MOST)
        seen = admissions.hashes_of(work.connection, [one.person_id for one in found])
        looks.note_each(work, election.id, desk.official.id, What.CHECKIN_LATEST, seen)
        return found

    return store.write(look)


def read_one(store: Store, desk: Desk, election: Election, number: int) -> Attended | None:
    """One of them, by its number."""

    def look(work: Work) -> Attended | None:
        found = admissions.find_number(work.connection, election.id, number)
        if found is None or found.desk != desk.name:
            return None
        seen = admissions.hashes_of(work.connection, [found.person_id])
        looks.note_each(work, election.id, desk.official.id, What.CHECKIN_LATEST, seen)
        return found

    return store.write(look)


def undo(store: Store, desk: Desk, election: Election, number: int, slip: Slip, reason: Reason) -> Undone | Refused:
    """Take an admission back with everything it did, in one transaction: the row, the slip and the urn's cap."""
    return store.write(lambda work: _undo(work, desk, election, number, slip, reason))


def _undo(work: Work, desk: Desk, election: Election, number: int, slip: Slip, reason: Reason) -> Undone | Refused:
    if desk_facts.read(work.connection, election).poll is not PollState.OPEN:
        return PollOver()
    found = admissions.find_number(work.connection, election.id, number)
    if found is None or found.desk != desk.name or found.channel is None:
        return NotAtThisDesk()
    refused = _take_back(work, election, found.channel, slip)
    if refused is not None:
        return refused
    where = "not_drawn" if isinstance(slip, NotDrawn) else "returned"
    if where == "returned":
        paper = Paper.SLIP if found.channel is Channel.SLIP else Paper.BALLOT
        entry = Entry(Movement.VOID, desk.name, 1, desk.official.id, reason.second.id, note=reason.text)
        ledger.write(work, election.id, paper, entry)
    undoing = admissions.Undoing(desk.official.id, reason.second.id, reason.text, where)
    admissions.undo(work, election.id, found, undoing)
    work.record(
        election.id,
        desk.official.login,
        "admission_undone",
        person=found.person_id,
        number=number,
        desk=desk.name,
        slip=where,
        second=reason.second.login,
        reason=Words(reason.text),
    )
    return Undone(found)


def _take_back(work: Work, election: Election, channel: Channel, slip: Slip) -> Refused | None:
    """Take the slip back as the account needs it; what is refused is rolled back with everything else."""
    if channel is Channel.PAPER:
        return OtherChannel() if isinstance(slip, Returned) else None
    if isinstance(slip, PaperReturned):
        return OtherChannel()
    if isinstance(slip, Returned):
        answer = slips.take_back(work, election, slip.credential, slip.proof)
        if answer is not SlipAnswer.TAKEN:
            return SlipRefused(answer)
    urn = elections.urn_of(work.connection, election.urn_uuid)
    if urns.count(work.connection, election.urn_uuid) >= urn.slips_issued:
        return SlipIsMissing()
    slips.lower_cap(work.connection, election.urn_uuid)
    return None
