"""The substitute who is proposed for a free seat is asked in writing whether she will enter: once, by mail and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.deadlines import copenhagen_day
from votingapp.documents.council_draft import council_name
from votingapp.documents.outcome_letters import OutcomeKind, OutcomeLetter, plain_text, subject
from votingapp.store import filing, looks, nominations, post, seats, substitutes, told, vacancies

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.told import Told
    from votingapp.store.unit_of_work import Store, Work
    from votingapp.store.vacancies import Vacancy


@dataclass(frozen=True, slots=True)
class AskedNow:
    """Her letter is there to be printed; `by_mail` is whether a mail is on its way, too."""

    by_mail: bool


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """She was asked about this seat already; nothing was sent."""


@dataclass(frozen=True, slots=True)
class NobodyToAsk:
    """Nobody is proposed who has not answered, or how to reach her is deleted; nothing was sent."""


def ask(
    store: Store, official: Staff, election: Election, vacancy_id: str, site: str = ""
) -> AskedNow | AskedBefore | NobodyToAsk:
    """Ask whoever is proposed for a free seat; `site` is the address of the election's pages for the mail."""

    def act(work: Work) -> AskedNow | AskedBefore | NobodyToAsk:
        found = _asked(work, election, vacancy_id)
        if found is None:
            return NobodyToAsk()
        case, filed = found
        if told_of(work, election, case) is not None:
            return AskedBefore()
        letter = _compose(work, election, filed, case.asked or "")
        email = filing.contact_of(work.connection, work.vault, election.id, filed.id).email
        message_id = None
        if email and email.isprintable():
            mail = post.Mail(email, subject(letter), plain_text(letter, site), "da")
            message_id = post.queue(work, election.id, post.Kind.NOTICE, mail, filed.id)
        told.keep(work, election.id, OutcomeKind.ASKED.value, _about(case), message_id)
        work.record(election.id, official.login, "substitute_asked", vacancy=case.id, candidate=case.asked)
        return AskedNow(message_id is not None)

    return store.write(act)


def letter_of(store: Store, official: Staff, election: Election, vacancy_id: str) -> OutcomeLetter | None:
    """The letter to whoever was asked about a free seat, to be printed; None where nobody was. A look at her."""

    def look(work: Work) -> OutcomeLetter | None:
        found = _asked(work, election, vacancy_id)
        if found is None or told_of(work, election, found[0]) is None:
            return None
        case, filed = found
        looks.note(
            work, election.id, official.id, looks.What.LETTER, subject_hash=filed.cpr_hash, nomination_id=filed.id
        )
        return _compose(work, election, filed, case.asked or "")

    return store.write(look)


def told_of(work: Work, election: Election, case: Vacancy) -> Told | None:
    """That whoever is proposed now was asked, and how; None where she was not."""
    sent = told.every(work.connection, election.id)
    return next((one for one in sent if (one.kind, one.about) == (OutcomeKind.ASKED.value, _about(case))), None)


def _asked(work: Work, election: Election, vacancy_id: str) -> tuple[Vacancy, Filed] | None:
    case = vacancies.find(work.connection, election.id, vacancy_id)
    if case is None or case.asked is None or case.course.accepted:
        return None
    nomination_id = seats.nomination_of(work.connection, election.id, case.asked)
    filed = None if nomination_id is None else nominations.find(work.connection, election.id, nomination_id)
    return None if filed is None else (case, filed)


def _about(case: Vacancy) -> str:
    """What names the letter, so that it is sent once: the seat's case and who is proposed, who is proposed for it once."""
    return f"{case.id}|{case.asked}"


def _compose(work: Work, election: Election, filed: Filed, candidate: str) -> OutcomeLetter:
    rules = election.rules.election
    names = substitutes.names(work.connection, election.id)
    allocation = substitutes.allocation_of(work.connection, election)
    listed = [] if allocation is None else [one for one in allocation.substitutes if one.id == candidate]
    return OutcomeLetter(
        kind=OutcomeKind.ASKED,
        municipality=rules.municipality,
        election=election.name,
        council=council_name(election.name),
        rehearsal=election.rehearsal,
        dated=copenhagen_day(work.now),
        election_day=rules.election_day,
        receipt=filed.receipt,
        name=filed.name,
        address=filing.contact_of(work.connection, work.vault, election.id, filed.id).address,
        members=tuple(names[one.member] for one in listed if one.member is not None),
        struck=election.rules.succession.declined == "struck",
    )
