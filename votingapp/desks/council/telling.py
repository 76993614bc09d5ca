"""After the byråd has ruled, everybody who stood is told what it came to: once each, by mail and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.nomination import NominationState
from tally.council import Answer, first_day
from tally.deadlines import copenhagen_day
from votingapp.desks.council.standing import NotKnown, result_of
from votingapp.documents.council_draft import council_name
from votingapp.documents.outcome_letters import Appointment, OutcomeKind, OutcomeLetter, plain_text, subject
from votingapp.store import complaints, filing, looks, nominations, post, rulings, told
from votingapp.store.notices import Delivery

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.desks.council.standing import Result
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.rulings import Ruling
    from votingapp.store.staff import Staff
    from votingapp.store.told import Told
    from votingapp.store.unit_of_work import Store, Work
    from votingapp.store.vault import Vault

_KINDS = {
    Answer.APPROVED: OutcomeKind.APPOINTED,
    Answer.RETURNED: OutcomeKind.RETURNED,
    Answer.NOT_APPOINTED: OutcomeKind.NOT_APPOINTED,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A letter that is to be sent, or was: its kind, the candidate by her id at the count, and the ruling it tells of."""

    kind: OutcomeKind
    candidate: str
    ruling: Ruling | None = None

    @property
    def about(self) -> str:
        """What names the letter, so that it is sent once: the person, and the ruling where it tells of one."""
        return self.candidate if self.ruling is None else f"{self.candidate}|{self.ruling.id}"


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that wait to be sent, and those that were, each with how it left the house."""

    due: tuple[Due, ...]
    made: tuple[tuple[Due, Told], ...]
    names: dict[str, str]

    @property
    def on_paper(self) -> tuple[Due, ...]:
        """The letters that no mail has carried: these are for the post room."""
        return tuple(letter for letter, kept in self.made if kept.delivery is not Delivery.SENT)


@dataclass(frozen=True, slots=True)
class Sent:
    """So many were told; `by_mail` of them have a mail on its way, and all of them a letter that can be printed."""

    letters: int
    by_mail: int


@dataclass(frozen=True, slots=True)
class NothingDue:
    """Everybody who is to be told has been, or the byråd has ruled of nobody; nothing was sent."""


def overview(connection: Connection, election: Election) -> Letters | NotKnown:
    """Who is to be told, and who was."""
    result = result_of(connection, election)
    if isinstance(result, NotKnown):
        return result
    kept = {(one.kind, one.about): one for one in told.every(connection, election.id)}
    everything = _everything(connection, election, result)
    made = [(one, kept[(one.kind.value, one.about)]) for one in everything if (one.kind.value, one.about) in kept]
    due = tuple(one for one in _newest(everything) if (one.kind.value, one.about) not in kept)
    return Letters(due, tuple(made), result.names)


def send(store: Store, official: Staff, election: Election, site: str = "") -> Sent | NothingDue | NotKnown:
    """Tell everybody who is due, in one transaction: the mails are queued and the letters can be printed, or nothing is."""

    def act(work: Work) -> Sent | NothingDue | NotKnown:
        result = result_of(work.connection, election)
        letters = overview(work.connection, election)
        if isinstance(result, NotKnown):
            return result
        if isinstance(letters, NotKnown):
            return letters
        if not letters.due:
            return NothingDue()
        filed = _by_candidate(work.connection, election)
        mailed = [_tell(work, election, result, due, filed[due.candidate], site) for due in letters.due]
        work.record(
            election.id,
            official.login,
            "outcome_told",
            letters=[{"kind": due.kind.value, "candidate": due.candidate} for due in letters.due],
        )
        return Sent(len(mailed), sum(mailed))

    return store.write(act)


def letters_for_post(
    store: Store, official: Staff, election: Election, *, everybody: bool
) -> tuple[OutcomeLetter, ...] | NotKnown:
    """The letters that were made, to be printed: those that no mail has carried, or all; each is a look at a person."""

    def look(work: Work) -> tuple[OutcomeLetter, ...] | NotKnown:
        result = result_of(work.connection, election)
        letters = overview(work.connection, election)
        if isinstance(result, NotKnown):
            return result
        if isinstance(letters, NotKnown):
            return letters
        filed = _by_candidate(work.connection, election)
        printed = [(due, kept) for due, kept in letters.made if everybody or kept.delivery is not Delivery.SENT]
        for due, _kept in printed:
            one = filed[due.candidate]
            looks.note(
                work, election.id, official.id, looks.What.LETTER, subject_hash=one.cpr_hash, nomination_id=one.id
            )
        return tuple(
            _compose(work.connection, work.vault, election, result, due, filed[due.candidate], copenhagen_day(kept.at))
            for due, kept in printed
        )

    return store.write(look)


def _everything(connection: Connection, election: Election, result: Result) -> tuple[Due, ...]:
    """Every letter that follows from what was ruled, in ballot order; nothing before the byråd has ruled of anybody."""
    ruled = rulings.every(connection, election.id)
    if not ruled:
        return ()
    gone = {one.id for one in nominations.every(connection, election.id) if one.state is NominationState.WITHDRAWN}
    filed = _by_candidate(connection, election)
    taken = set(complaints.set_aside(connection, election.id))
    chosen = {member.id for member in result.allocation.elected}
    waiting = {substitute.id for substitute in result.allocation.substitutes}
    letters: list[Due] = []
    for candidate in result.names:
        answers = [one for one in ruled if one.candidate == candidate]
        if answers:
            letters += [Due(_KINDS[one.answer], candidate, one) for one in answers]
        elif candidate not in chosen | taken and filed[candidate].id not in gone:
            kind = OutcomeKind.SUBSTITUTE if candidate in waiting else OutcomeKind.NOT_CHOSEN
            letters.append(Due(kind, candidate))
    return tuple(letters)


def _newest(letters: tuple[Due, ...]) -> tuple[Due, ...]:
    """The letters that are still news: of several rulings about one person, the last."""
    return tuple({one.candidate: one for one in letters}.values())


def _tell(work: Work, election: Election, result: Result, due: Due, filed: Filed, site: str) -> bool:
    """Keep that one is told, and queue a mail where there is an address for it; answer whether there is."""
    letter = _compose(work.connection, work.vault, election, result, due, filed, copenhagen_day(work.now))
    email = filing.contact_of(work.connection, work.vault, election.id, filed.id).email
    message_id = None
    if email and email.isprintable():
        mail = post.Mail(email, subject(letter), plain_text(letter, site), "da")
        message_id = post.queue(work, election.id, post.Kind.NOTICE, mail, filed.id)
    told.keep(work, election.id, due.kind.value, due.about, message_id)
    return message_id is not None


def _compose(
    connection: Connection,
    vault: Vault,
    election: Election,
    result: Result,
    due: Due,
    filed: Filed,
    dated: date,
) -> OutcomeLetter:
    rules = election.rules.election
    listed = [one for one in result.allocation.substitutes if one.id == due.candidate]
    ruling = due.ruling
    return OutcomeLetter(
        kind=due.kind,
        municipality=rules.municipality,
        election=election.name,
        council=council_name(election.name),
        rehearsal=election.rehearsal,
        dated=dated,
        election_day=rules.election_day,
        receipt=filed.receipt,
        name=filed.name,
        address=filing.contact_of(connection, vault, election.id, filed.id).address,
        votes=_votes(result, due.candidate),
        rank=listed[0].rank if listed else None,
        members=tuple(result.names[one.member] for one in listed if one.member is not None),
        appointment=None
        if ruling is None
        else Appointment(
            ruling.meeting.met_on,
            ruling.meeting.body,
            first_day(rules.term_start, ruling.meeting.met_on),
            rules.term_end,
        ),
    )


def _votes(result: Result, candidate: str) -> int | None:
    if result.outcome is None:
        return None
    return next(one.votes for one in result.outcome.counts.candidates if one.id == candidate)


def _by_candidate(connection: Connection, election: Election) -> dict[str, Filed]:
    """The nominations on the ballot by the count's ids (c7), never by name."""
    filed = nominations.every(connection, election.id)
    return {f"c{one.ballot_number}": one for one in filed if one.ballot_number is not None}
