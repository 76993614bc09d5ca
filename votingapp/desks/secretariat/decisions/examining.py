"""One nomination as whoever decides sees it: the evidence, the findings, who else is called so, and all that happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.cpr import mask, modulus_11_fits
from candidates.eligibility import verdict
from candidates.lookalikes import words_of_mixed_alphabets
from candidates.nomination import NominationState, is_within
from votingapp.desks.secretariat.decisions.findings import are_alike, judge_filed, resident_of, similar_of
from votingapp.desks.secretariat.decisions.history import changed_since, history
from votingapp.documents.notices import compose
from votingapp.store import filing, looks, nominations, notices, proposers, register, staff

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from candidates.eligibility import Finding
    from votingapp.desks.secretariat.decisions.history import Event
    from votingapp.documents.letters import Letter
    from votingapp.store.elections import Election
    from votingapp.store.filing import Contact
    from votingapp.store.nominations import Filed
    from votingapp.store.notices import Notice
    from votingapp.store.proposers import Backing
    from votingapp.store.register import Resident
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is known about one nomination; `cpr` is masked, "" where there is none.

    `changed_late` names what voters read that was changed after the deadline. `may_send_back` tells that there is still
    time to mend a defect. `decided_by` and `checked_by` are officials' names, "" where none decided or looked.
    `mixed_words` are words of her name in letters of two alphabets that look alike.
    """

    filed: Filed
    cpr: str
    born: date | None
    modulus_fits: bool
    contact: Contact
    resident: Resident | None
    extract_is_there: bool
    findings: tuple[Finding, ...]
    verdict: bool | None
    same_person: tuple[Filed, ...]
    similar: tuple[Filed, ...]
    needs_line: bool
    mixed_words: tuple[str, ...]
    decided_by: str
    checked_by: str
    may_send_back: bool
    changed_late: tuple[str, ...]
    proposers: tuple[Backing, ...]
    notices: tuple[Notice, ...]
    history: tuple[Event, ...]


def examine(store: Store, official: Staff, election: Election, nomination_id: str) -> Examined | None:
    """One nomination beside the facts, noted as a look; None when the election has no such nomination."""

    def look(work: Work) -> Examined | None:
        filed = nominations.find(work.connection, election.id, nomination_id)
        if filed is None:
            return None
        _note(work, official, election, filed, looks.What.NOMINATION)
        return _examine(work.connection, work.vault, election, filed, work.now)

    return store.write(look)


def letter(
    store: Store, official: Staff, election: Election, nomination_id: str, notice_id: str
) -> tuple[Filed, Letter] | None:
    """The letter of one notice, noted as a look; None when this nomination has no such notice."""

    def look(work: Work) -> tuple[Filed, Letter] | None:
        filed = nominations.find(work.connection, election.id, nomination_id)
        notice = notices.find(work.connection, election.id, nomination_id, notice_id)
        if filed is None or notice is None:
            return None
        _note(work, official, election, filed, looks.What.LETTER)
        return filed, compose(work.connection, work.vault, election, filed, notice)

    return store.write(look)


def _note(work: Work, official: Staff, election: Election, filed: Filed, what: looks.What) -> None:
    looks.note(work, election.id, official.id, what, subject_hash=filed.cpr_hash, nomination_id=filed.id)


def _examine(connection: Connection, vault: Vault, election: Election, filed: Filed, now: datetime) -> Examined:
    person = filing.person_of(connection, vault, election.id, filed.id)
    findings = judge_filed(connection, vault, election, filed)
    versions = filing.versions(connection, filed.id)
    similar = similar_of(filed, nominations.every(connection, election.id))
    in_time = is_within(now, election.rules.nomination.cure_until)
    decision, check = filed.nomination.decision, filed.identity_check
    return Examined(
        filed=filed,
        cpr=mask(person.cpr) if person.cpr else "",
        born=person.cpr.birth_date if person.cpr else person.birth_date,
        modulus_fits=person.cpr is None or modulus_11_fits(person.cpr),
        contact=filing.contact_of(connection, vault, election.id, filed.id),
        resident=resident_of(connection, vault, election, person),
        extract_is_there=register.count(connection, election.id) > 0,
        findings=findings,
        verdict=verdict(findings),
        same_person=nominations.of_same_person(connection, election.id, filed),
        similar=similar,
        needs_line=any(are_alike(filed, other) for other in similar),
        mixed_words=words_of_mixed_alphabets(filed.name),
        decided_by=_name(connection, decision.decided_by if decision else ""),
        checked_by=_name(connection, check.checked_by if check else ""),
        may_send_back=in_time and filed.state is NominationState.SUBMITTED,
        proposers=proposers.backing(connection, vault, election, filed.id),
        notices=notices.of_nomination(connection, election.id, filed.id),
        changed_late=changed_since(versions, election.rules.nomination.closes),
        history=history(connection, election, filed),
    )


def _name(connection: Connection, staff_id: str) -> str:
    official = staff.find(connection, staff_id) if staff_id else None
    return official.name if official else ""
