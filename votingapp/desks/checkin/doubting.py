"""Where the desk may not decide alone: a case in doubt waits for a supervisor, whose word and reason stand in the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ballots.admission import Admissible, AdmissionAnswer, Admitted, NotOnRoll, VoterFacts, may_admit
from ballots.poll import PollState
from votingapp.desks.checkin.recognising import Alike, InRegister, recognise
from votingapp.desks.checkin.service import Desk, declaration_asked, facts_for
from votingapp.store import admissions, desk_facts, doubts, looks, register, settled
from votingapp.store.admissions import Channel
from votingapp.store.doubts import Decision, Raised
from votingapp.store.log_words import Words
from votingapp.store.looks import What
from votingapp.store.settled import RecordStands

if TYPE_CHECKING:
    from datetime import date

    from candidates.cpr import Cpr
    from votingapp.store.doubts import Doubt, DoubtKind
    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Case:
    """What a desk says of a case: nobody (`person_id` None) or whom it found, and a note without a CPR number.

    `id` is that of the form that was sent, None where the same case cannot be sent twice.
    """

    kind: DoubtKind
    person_id: str | None
    note: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The case waits; `new` is False where it was sent before, or one about the same person waited already."""

    doubt_id: str
    new: bool


@dataclass(frozen=True, slots=True)
class NobodyHere:
    """The id of nobody at this election."""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The poll is not open yet or not any more: nobody can be let in, and a case would bind the roll before it is final."""

    state: PollState


@dataclass(frozen=True, slots=True)
class Papers:
    """What the voter's papers show: `resident` that she lives in the municipality, whatever the register says.

    `name` and `birth_date` are needed where the register does not have her; `birth_date` None keeps the register's.
    `person_id` is whom the register turned out to have after all, where the desk had found nobody; `none_of` is the mark of
    those like her of whom the supervisor says that none is the voter (`Alike`).
    """

    resident: bool
    person_id: str | None = None
    name: str = field(default="", repr=False)
    birth_date: date | None = None
    cpr: Cpr | None = None
    none_of: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A supervisor's yes: her reason, the papers, the voter's declaration, and how she votes."""

    reason: str
    papers: Papers
    declared: bool
    channel: Channel = Channel.SLIP


@dataclass(frozen=True, slots=True)
class Refused:
    """The supervisor said no."""


@dataclass(frozen=True, slots=True)
class NoSuchDoubt:
    """No case of this election has that id."""


@dataclass(frozen=True, slots=True)
class DecidedBefore:
    """Somebody else has decided the case."""

    doubt: Doubt


@dataclass(frozen=True, slots=True)
class PapersMissing:
    """Somebody whom the register lacks needs a name and a birth date."""


@dataclass(frozen=True, slots=True)
class RaisedByHer:
    """Nobody is put on the roll by one person alone: another than who raised the case decides."""


@dataclass(frozen=True, slots=True)
class Board:
    """The cases of an election: those that wait, oldest first, and those decided last."""

    waiting: tuple[Doubt, ...]
    decided: tuple[Doubt, ...]


AdmitVerdict = (
    Admitted
    | AdmissionAnswer
    | NoSuchDoubt
    | DecidedBefore
    | RecordStands
    | PapersMissing
    | InRegister
    | Alike
    | RaisedByHer
)
"""What comes of a yes; never Admissible."""


def raise_doubt(store: Store, desk: Desk, election: Election, case: Case) -> Waiting | NobodyHere | NotOpen:
    """Lay a case before the supervisors while the poll is open; a second one about a person whose case waits is the same case."""

    def act(work: Work) -> Waiting | NobodyHere | NotOpen:
        if case.id is not None and doubts.find(work.connection, election.id, case.id) is not None:
            return Waiting(case.id, new=False)
        poll = desk_facts.read(work.connection, election).poll
        if poll is not PollState.OPEN:
            return NotOpen(poll)
        if case.person_id is not None:
            if register.find(work.connection, election.id, case.person_id) is None:
                return NobodyHere()
            waiting = doubts.waits_for(work.connection, election.id, case.person_id)
            if waiting is not None:
                return Waiting(waiting, new=False)
        raised = Raised(desk.name, case.kind, case.person_id, case.note, case.id)
        added = doubts.add(work, election.id, desk.official.id, raised)
        work.record(
            election.id,
            desk.official.login,
            "doubt_raised",
            doubt=added,
            desk=desk.name,
            kind=case.kind.value,
            person=case.person_id,
            note=Words(case.note),
        )
        return Waiting(added, new=True)

    return store.write(act)


def read_board(store: Store, official: Staff, election: Election) -> Board:
    """Everything that waits and was decided, for a supervisor."""

    def look(work: Work) -> Board:
        board = Board(
            doubts.waiting(work.connection, election.id), doubts.decided(work.connection, election.id, _LISTED)
        )
        _note(work, official, election, *board.waiting, *board.decided)
        return board

    return store.write(look)


def read_desk(store: Store, desk: Desk, election: Election) -> tuple[Doubt, ...]:
    """What a desk has raised, newest first."""

    def look(work: Work) -> tuple[Doubt, ...]:
        found = doubts.of_desk(work.connection, election.id, desk.name, _LISTED)
        _note(work, desk.official, election, *found)
        return found

    return store.write(look)


def read_doubt(store: Store, official: Staff, election: Election, doubt_id: str) -> Doubt | None:
    """One case."""

    def look(work: Work) -> Doubt | None:
        found = doubts.find(work.connection, election.id, doubt_id)
        if found is not None:
            _note(work, official, election, found)
        return found

    return store.write(look)


def refuse(
    store: Store, supervisor: Staff, election: Election, doubt_id: str, reason: str
) -> Refused | NoSuchDoubt | DecidedBefore | RecordStands:
    """Decide that the voter is not admitted."""

    def act(work: Work) -> Refused | NoSuchDoubt | DecidedBefore | RecordStands:
        found = _undecided(work, election, doubt_id)
        if not isinstance(found, doubts.Doubt):
            return found
        person_id = found.person.id if found.person else None
        doubts.decide(work, found.id, Decision(supervisor.id, admit=False, reason=reason, person_id=person_id))
        _record(work, supervisor, election, found, admit=False, person=person_id, reason=Words(reason))
        return Refused()

    return store.write(act)


def admit(store: Store, supervisor: Staff, election: Election, doubt_id: str, verdict: Verdict) -> AdmitVerdict:
    """Decide that the voter is admitted, at the desk where she stands: decision and admission are one transaction.

    The rules hold for a supervisor too; what papers show takes the place of what the register says, on an open roll.
    On a closed roll the roll itself is what was laid out and objected to, and nobody is added to it at the desk. On an open
    one it takes two to add somebody: who raised the case, and the supervisor.
    """
    return store.write(lambda work: _admit(work, supervisor, election, doubt_id, verdict))


def _admit(work: Work, supervisor: Staff, election: Election, doubt_id: str, verdict: Verdict) -> AdmitVerdict:
    found = _undecided(work, election, doubt_id)
    if not isinstance(found, doubts.Doubt):
        return found
    meant = found.person.id if found.person else verdict.papers.person_id
    person = register.find(work.connection, election.id, meant) if meant else None
    refused = _refuse_papers(work, election, person, verdict.papers)
    if refused is not None:
        _note_shown(work, supervisor, election, refused)
        return refused
    if person is None and found.raised_by_id == supervisor.id:
        return RaisedByHer()
    answer = _judge(work, election, person, verdict)
    if not isinstance(answer, Admissible):
        return answer
    entered = person is None
    person = person or _enter(work, election, verdict.papers)
    declaration = declaration_asked(election)
    admitted = admissions.add(
        work,
        election.id,
        person.id,
        desk=found.desk,
        official_id=supervisor.id,
        declaration=declaration,
        channel=verdict.channel,
    )
    if verdict.channel is Channel.SLIP:
        admissions.issue_slip(work.connection, election.urn_uuid)
    doubts.decide(work, found.id, Decision(supervisor.id, admit=True, reason=verdict.reason, person_id=person.id))
    _record(
        work,
        supervisor,
        election,
        found,
        admit=True,
        person=person.id,
        reason=Words(verdict.reason),
        entered=entered,
        declaration=declaration,
    )
    return admitted


def _refuse_papers(
    work: Work, election: Election, person: Resident | None, papers: Papers
) -> NotOnRoll | PapersMissing | InRegister | Alike | None:
    """Why nobody can be admitted on these papers, whatever the rules say; None where they will do."""
    if person is not None:
        return None
    if election.rules.admission.roll == "closed":
        return NotOnRoll()
    if not papers.name or papers.birth_date is None:
        return PapersMissing()
    return recognise(work, election, papers.name, papers.birth_date, papers.cpr, none_of=papers.none_of)


def _judge(work: Work, election: Election, person: Resident | None, verdict: Verdict) -> AdmissionAnswer:
    papers, rules = verdict.papers, election.rules
    birth_date = papers.birth_date or (person.birth_date if person else None)
    registered = person.municipality_code if person else ""
    if person is not None and rules.admission.roll == "closed":
        voter = VoterFacts(person.birth_date, registered)
    elif birth_date is not None:
        voter = VoterFacts(birth_date, rules.election.municipality_code if papers.resident else registered)
    else:
        return NotOnRoll()
    return may_admit(
        voter,
        rules,
        facts_for(work.connection, election, verdict.channel),
        declared=verdict.declared,
        earlier=admissions.find(work.connection, election.id, person.id) if person else None,
    )


def _enter(work: Work, election: Election, papers: Papers) -> Resident:
    if papers.birth_date is None:
        raise LookupError("nobody is entered without a birth date")
    identity = papers.cpr.number if papers.cpr else register.without_cpr(papers.name, papers.birth_date)
    entry = register.Entry(papers.name, papers.birth_date, election.rules.election.municipality_code, identity)
    return register.enter(work, election.id, entry)


def _undecided(work: Work, election: Election, doubt_id: str) -> Doubt | NoSuchDoubt | DecidedBefore | RecordStands:
    found = doubts.find(work.connection, election.id, doubt_id)
    if found is None:
        return NoSuchDoubt()
    if found.decided_at is not None:
        return DecidedBefore(found)
    # The record counts the cases that were decided: one that was left open until it was drawn up is told as open.
    return RecordStands() if settled.is_drawn_up(work.connection, election) else found


def _record(work: Work, supervisor: Staff, election: Election, found: Doubt, **details: object) -> None:
    about = {"doubt": found.id, "desk": found.desk, "kind": found.kind.value}
    work.record(election.id, supervisor.login, "doubt_decided", **about, **details)


def _note(work: Work, official: Staff, election: Election, *shown: Doubt) -> None:
    seen = sorted({one.person_hash for one in shown if one.person_hash})
    if seen:
        looks.note_each(work, election.id, official.id, What.CHECKIN_DOUBT, seen)


def _note_shown(
    work: Work, supervisor: Staff, election: Election, refused: NotOnRoll | PapersMissing | InRegister | Alike
) -> None:
    if isinstance(refused, InRegister | Alike):
        shown = (refused.person,) if isinstance(refused, InRegister) else refused.persons
        looks.note_each(work, election.id, supervisor.id, What.CHECKIN_DOUBT, [one.cpr_hash for one in shown])
