"""What happens at the check-in: a person is looked up, judged by the rules, and admitted once; every look is noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ballots.admission import (
    Admissible,
    AdmissionAnswer,
    Admitted,
    AlreadyAdmitted,
    NeedsDeclaration,
    NoSlipsLeft,
    NotOnRoll,
    NotResident,
    TooYoung,
    VoterFacts,
    may_admit,
)
from candidates.cpr import CprRefusal, parse_cpr
from votingapp.store import admissions, desk_facts, elections, looks, poll_cards, refusals, register
from votingapp.store.admissions import Channel
from votingapp.store.looks import What
from votingapp.store.poll_cards import NoCard, NotOnThisRoll, Outdated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ballots.admission import DeskFacts
    from candidates.cpr import Cpr
    from votingapp.desks.checkin.reading import BirthDate
    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_PRESSED_TWICE = timedelta(seconds=60)
_TURNED_AWAY = (TooYoung, NotResident)
"""Answers that a voter gets by being found: they are refusals as soon as the screen shows them.

That she was here is none of them: whoever is looked up again may have come about her slip, and the record would say that
she tried to vote twice.
"""
_UNRECORDED = (Admitted, NeedsDeclaration, NoSlipsLeft)
"""Answers that are no refusals. That no slip was left for her would tell of whoever is then admitted that she votes on paper.

The log is kept for ever, and does not say it (ADR 19).
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk (bord) of the polling station and the official who sits there."""

    name: str
    official: Staff


@dataclass(frozen=True, slots=True)
class Found:
    """A person of the register, and what the desk may do: `answer` supposes that she declares what is asked."""

    person: Resident
    answer: AdmissionAnswer


@dataclass(frozen=True, slots=True)
class OnCard:
    """Whom a poll card leads to; `outdated`: it was printed before the roll was numbered anew, so she has another number now."""

    found: Found
    outdated: bool


@dataclass(frozen=True, slots=True)
class BirthDateDiffers:
    """What the voter says is not what the register says: she, or the official, is mistaken, or it is another person's card."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom a desk wants to admit, and what was asked at the table.

    `said` is the birth date as the voter said it, None where she showed it or it was what she was found by.
    """

    person_id: str
    declared: bool
    channel: Channel = Channel.SLIP
    said: BirthDate | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a wish, and the person whom it was about; None for an id of nobody here."""

    outcome: AdmitOutcome
    person: Resident | None


@dataclass(frozen=True, slots=True)
class Counter:
    """What a desk may know of the attendance: its own figure; the rest of the account is for the board to see."""

    at_desk: int
    admitted: int
    slips_issued: int
    slips_left: int


AdmitOutcome = Admitted | AdmissionAnswer | BirthDateDiffers
"""What comes of admitting somebody; never Admissible."""


def look_up_cpr(store: Store, desk: Desk, election: Election, typed: str) -> tuple[Found, ...] | CprRefusal:
    """Find a person by CPR number; why the number was not taken, or nobody or one person."""
    cpr = parse_cpr(typed)
    return cpr if isinstance(cpr, CprRefusal) else find_cpr(store, desk, election, cpr)


def find_cpr(store: Store, desk: Desk, election: Election, cpr: Cpr) -> tuple[Found, ...]:
    """Find a person by a CPR number that has been read; nobody or one person."""

    def look(work: Work) -> tuple[Found, ...]:
        person = register.find_by_cpr(work.connection, work.vault, election.id, cpr)
        if person is None:
            # Noted all the same: the holder of the number was asked about, and the desk was told something.
            asked = work.vault.hash_cpr(election.id, cpr.number)
            looks.note(work, election.id, desk.official.id, What.CHECKIN_CPR, subject_hash=asked)
            return ()
        return _show_found(work, desk, election, What.CHECKIN_CPR, (person,))

    return store.write(look)


def look_up_name(store: Store, desk: Desk, election: Election, name: str, *days: date) -> tuple[Found, ...]:
    """Find everybody born on one of these days whose name answers to what was typed."""

    def look(work: Work) -> tuple[Found, ...]:
        persons = [one for day in days for one in register.find_by_name(work.connection, election.id, name, day)]
        return _show_found(work, desk, election, What.CHECKIN_NAME, persons)

    return store.write(look)


def look_up_card(store: Store, desk: Desk, election: Election, scanned: str) -> OnCard | NoCard | NotOnThisRoll:
    """Find the person whose poll card was scanned; her birth date is still to be asked."""
    with (
        store.reading() as connection
    ):  # an altered card is held against the whole roll, which keeps no other desk waiting
        card = poll_cards.recognise(connection, store.vault, election.id, scanned)
    if isinstance(card, NoCard | NotOnThisRoll):
        return card
    holder = card.holder
    (found,) = store.write(lambda work: _show_found(work, desk, election, What.CHECKIN_CARD, (holder,)))
    return OnCard(found, outdated=isinstance(card, Outdated))


def look_up_number(store: Store, desk: Desk, election: Election, roll_number: int) -> tuple[Found, ...]:
    """Find a person by the number on her card, where the code on it cannot be read."""

    def look(work: Work) -> tuple[Found, ...]:
        person = register.find_by_roll_number(work.connection, election.id, roll_number)
        return _show_found(work, desk, election, What.CHECKIN_CARD, () if person is None else (person,))

    return store.write(look)


def show(store: Store, official: Staff, election: Election, person_id: str) -> Found | None:
    """Show once more a person who has been looked up, as when a tick is missing; None for an id of nobody here."""

    def look(work: Work) -> Found | None:
        person = register.find(work.connection, election.id, person_id)
        if person is None:
            return None
        looks.note(work, election.id, official.id, What.CHECKIN_AGAIN, subject_hash=person.cpr_hash)
        return _found(work.connection, election, desk_facts.read(work.connection, election), person)

    return store.write(look)


def admit(
    store: Store, official: Staff, election: Election, person_id: str, desk: str, *, declared: bool
) -> AdmitOutcome:
    """Admit a person who showed her birth date, to vote with a slip; as `answer` does, but nobody is shown."""
    wish = Wish(person_id, declared)
    return store.write(lambda work: _answer(work, Desk(desk, official), election, wish)).outcome


def answer(store: Store, desk: Desk, election: Election, wish: Wish) -> Answered:
    """Admit a person: the admission and the slip it issues are one transaction, so she has both or neither.

    Admitted once; a second try anywhere gets AlreadyAdmitted with the time and desk of the first. A refusal is logged
    too, for the polling book (afstemningsbog), unless no slip was left. NotOnRoll for an id of nobody at this election.
    """

    def act(work: Work) -> Answered:
        answered = _answer(work, desk, election, wish)
        if answered.person is not None and not isinstance(answered.outcome, NeedsDeclaration | NoSlipsLeft):
            # The page that tells the answer shows her again. Of whom no slip was left for that would say it too (ADR 19).
            looks.note(work, election.id, desk.official.id, What.CHECKIN_AGAIN, subject_hash=answered.person.cpr_hash)
        return answered

    return store.write(act)


def pressed_twice(outcome: AlreadyAdmitted, desk: str, now: datetime) -> bool:
    """Whether an earlier admission may be the desk's own, a moment ago: one voter, one press too many."""
    return outcome.desk == desk and timedelta(0) <= now - outcome.at < _PRESSED_TWICE


def read_counter(store: Store, election: Election, desk: str) -> Counter:
    """Count who has been admitted and what is left to hand out."""
    with store.reading() as connection:
        urn = elections.urn_of(connection, election.urn_uuid)
        return Counter(
            at_desk=admissions.count_at_desk(connection, election.id, desk),
            admitted=admissions.count(connection, election.id),
            slips_issued=urn.slips_issued,
            slips_left=desk_facts.read(connection, election).slips_left,
        )


def declaration_asked(election: Election) -> str | None:
    """The id of the text that a voter agrees to at the desk, None where the roll is closed or the rules ask for none."""
    rules = election.rules
    return (rules.eligibility.declaration or None) if rules.admission.roll == "open" else None


def _show_found(
    work: Work, desk: Desk, election: Election, what: What, persons: Sequence[Resident]
) -> tuple[Found, ...]:
    """Judge everybody found and note the looks; one person alone who is turned away is a refusal, and recorded."""
    facts = desk_facts.read(work.connection, election) if persons else None
    found = tuple(_found(work.connection, election, facts, person) for person in persons) if facts else ()
    if len(found) == 1 and isinstance(found[0].answer, _TURNED_AWAY):
        _record_refusal(work, desk, election, found[0].person, type(found[0].answer).__name__)
    looks.note_each(work, election.id, desk.official.id, what, [person.cpr_hash for person in persons])
    return found


def _found(connection: Connection, election: Election, facts: DeskFacts, person: Resident) -> Found:
    return Found(person, _judge(connection, election, facts, person, declared=True))


def _judge(
    connection: Connection, election: Election, facts: DeskFacts, person: Resident, *, declared: bool
) -> AdmissionAnswer:
    return may_admit(
        VoterFacts(person.birth_date, person.municipality_code),
        election.rules,
        facts,
        declared=declared,
        earlier=admissions.find(connection, election.id, person.id),
    )


def _answer(work: Work, desk: Desk, election: Election, wish: Wish) -> Answered:
    person = register.find(work.connection, election.id, wish.person_id)
    if person is None:
        return Answered(NotOnRoll(), None)
    outcome = _admit(work, desk, election, person, wish)
    if not isinstance(outcome, _UNRECORDED) and not _is_pressed_twice(work, desk, outcome):
        _record_refusal(work, desk, election, person, type(outcome).__name__)
    return Answered(outcome, person)


def _is_pressed_twice(work: Work, desk: Desk, outcome: AdmitOutcome) -> bool:
    return isinstance(outcome, AlreadyAdmitted) and pressed_twice(outcome, desk.name, work.now)


def _admit(work: Work, desk: Desk, election: Election, person: Resident, wish: Wish) -> AdmitOutcome:
    facts = facts_for(work.connection, election, wish.channel)
    answer = _judge(work.connection, election, facts, person, declared=wish.declared)
    if not isinstance(answer, Admissible | NeedsDeclaration):
        return answer
    if wish.said is not None and not wish.said.fits(person.birth_date):
        return BirthDateDiffers()
    if isinstance(answer, NeedsDeclaration):
        return answer
    return admit_here(work, desk, election, person.id, wish.channel)


def facts_for(connection: Connection, election: Election, channel: Channel) -> DeskFacts:
    """What the desk knows for a voter who votes in this way: for a paper ballot no slip need be left."""
    facts = desk_facts.read(connection, election)
    return facts if channel is Channel.SLIP else replace(facts, slips_left=max(1, facts.slips_left))


def admit_here(work: Work, desk: Desk, election: Election, person_id: str, channel: Channel) -> Admitted:
    """Keep the admission of somebody whom the rules let in, with the slip it issues and its entry."""
    declaration = declaration_asked(election)
    admitted = admissions.add(
        work,
        election.id,
        person_id,
        desk=desk.name,
        official_id=desk.official.id,
        declaration=declaration,
        channel=channel,
    )
    if channel is Channel.SLIP:
        admissions.issue_slip(work.connection, election.urn_uuid)
    # How she votes is not recorded: the log keeps it for ever, and few who vote on paper are known by their votes (ADR 19).
    work.record(election.id, desk.official.login, "admitted", person=person_id, desk=desk.name, declaration=declaration)
    return admitted


def _record_refusal(work: Work, desk: Desk, election: Election, person: Resident, reason: str) -> None:
    work.record(election.id, desk.official.login, refusals.REFUSED, person=person.id, desk=desk.name, reason=reason)
