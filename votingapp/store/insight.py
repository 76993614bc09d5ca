"""Everything the house keeps about one person at one election, gathered for the day she asks what it is (indsigt)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store import applicants, audit, drafts, filing, looks, nominations, notices, proposers, register, staff
from votingapp.store.admissions import Channel
from votingapp.store.insight_as_member import membership_of
from votingapp.store.insight_at_the_desk import doubts_about, is_entered_by_supervisor, taken_back
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.applicants import applicant
from votingapp.store.tables.photos import photo
from votingapp.store.tables.post import message
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from candidates.nomination import NominationState
    from votingapp.store.applicants import Applicant
    from votingapp.store.audit import Entry
    from votingapp.store.drafts import Draft
    from votingapp.store.filing import Contact, Person, Version
    from votingapp.store.insight_as_member import Membership
    from votingapp.store.insight_at_the_desk import InDoubt, TakenBack
    from votingapp.store.looks import Look
    from votingapp.store.nominations import Filed
    from votingapp.store.notices import Notice
    from votingapp.store.proposers import Asked
    from votingapp.store.register import Resident
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the question is about: the keyed hash of a CPR number or of an e-mail address, or one nomination, or both.

    For whom a supervisor entered without a CPR number, the hash of her name and birth date stands in its place.
    """

    key: str | None = field(default=None, repr=False)
    nomination_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """That a person was let in to vote: when (UTC), where, by whom, and what she declared; never which slip.

    `number` is the admission's receipt; `on_paper` that she votes with a ballot of paper, None once the poll is closed and
    nothing says it any more; `from_printed_roll` that she was ticked on paper and keyed in.
    """

    at: datetime
    desk: str
    official: str
    declaration: str | None
    declared_at: datetime | None
    number: int
    on_paper: bool | None
    from_printed_roll: bool


@dataclass(frozen=True, slots=True)
class Application:
    """A person who made herself known and may stand: since when (UTC), her unsent draft, when her photograph came (UTC)."""

    applicant: Applicant
    first_seen_at: datetime
    draft: Draft | None
    photo_added_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to her by e-mail: of which kind, when it was put in the outbox, when it left or was given up (UTC)."""

    kind: str
    queued_at: datetime
    sent_at: datetime | None
    given_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One nomination with all that lies beside it; `proposers` counts those who confirmed, for they are other people.

    `membership` is what became of her after the election.
    """

    filed: Filed
    decided_by: str
    identity_checked_by: str
    person: Person
    contact: Contact
    versions: tuple[Version, ...]
    notices: tuple[Notice, ...]
    mails: tuple[Mail, ...]
    proposers: int
    membership: Membership


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody has typed her number in a nomination, and nobody has checked who it was: when, and what became of it.

    Whoever typed it may be somebody else, so nothing of what she wrote is told.
    """

    received_at: datetime
    state: NominationState


@dataclass(frozen=True, slots=True)
class Backing:
    """That a person was asked to back a candidate, and whether she does (`candidates/proposers.py`)."""

    candidate: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it. There is nothing about a ballot: no row leads from a person to one (promise 1).

    `by_supervisor` says that the resident is of no extract: a supervisor entered her from her papers.
    """

    resident: Resident | None
    by_supervisor: bool
    attendance: Attendance | None
    taken_back: tuple[TakenBack, ...]
    doubts: tuple[InDoubt, ...]
    applications: tuple[Application, ...]
    standings: tuple[Standing, ...]
    claims: tuple[Claim, ...]
    backings: tuple[Backing, ...]
    entries: tuple[Entry, ...]
    looks: tuple[Look, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the house knows no such person; somebody may have asked about her all the same."""
        return self.resident is None and not (self.applications or self.standings or self.claims or self.backings)


def gather(connection: Connection, vault: Vault, election_id: str, subject: Subject) -> Kept | None:
    """Everything kept about a person; None when the subject is a nomination that this election does not have.

    A nomination leads to the person with its CPR number once somebody has vouched that it is hers, and else to itself
    alone; an e-mail address leads to what was sent in under it, and never on to a number that was typed there. A number
    leads to the nominations that are vouched for; of the others it tells no more than that they are there.
    """
    key = subject.key
    if subject.nomination_id is not None:
        named = nominations.find(connection, election_id, subject.nomination_id)
        if named is None:
            return None
        key = key or (named.cpr_hash if named.is_vouched else None)
    resident = _resident(connection, election_id, key)
    filed = _filed(connection, election_id, key, subject.nomination_id)
    known = _applications(connection, vault, election_id, key, filed)
    doubts = doubts_about(connection, election_id, resident.id) if resident else ()
    ids = [one.id for one in filed] + [one.applicant.id for one in known] + [one.id for one in doubts]
    return Kept(
        resident=resident,
        by_supervisor=resident is not None and is_entered_by_supervisor(connection, resident.id),
        attendance=_attendance(connection, election_id, resident),
        taken_back=taken_back(connection, election_id, resident.id) if resident else (),
        doubts=doubts,
        applications=known,
        standings=tuple(_standing(connection, vault, election_id, one) for one in filed),
        claims=_claims(connection, election_id, key, filed),
        backings=_backings(connection, vault, election_id, key),
        entries=_entries(connection, election_id, [*ids, resident.id] if resident else ids),
        looks=looks.of_subject(
            connection,
            election_id,
            key,
            [one.id for one in filed],
            standing_since=min((one.nomination.submitted_at for one in filed), default=None),
        ),
    )


def _resident(connection: Connection, election_id: str, key: str | None) -> Resident | None:
    if key is None:
        return None
    person_id = connection.scalar(
        select(register_person.c.id).where(
            register_person.c.election_id == election_id, register_person.c.cpr_hash == key
        )
    )
    return None if person_id is None else register.find(connection, election_id, person_id)


def _attendance(connection: Connection, election_id: str, resident: Resident | None) -> Attendance | None:
    if resident is None:
        return None
    row = connection.execute(
        select(admission).where(admission.c.election_id == election_id, admission.c.person_id == resident.id)
    ).first()
    if row is None:
        return None
    official = _name(connection, row.admitted_by)
    return Attendance(
        at=row.admitted_at,
        desk=row.desk,
        official=official,
        declaration=row.declaration_text,
        declared_at=row.declared_at,
        number=row.number,
        on_paper=None if row.channel is None else row.channel == Channel.PAPER.value,
        from_printed_roll=row.from_printed_roll,
    )


def _filed(connection: Connection, election_id: str, key: str | None, nomination_id: str | None) -> tuple[Filed, ...]:
    """Her nominations: the one asked about, those with her number that are vouched for, and those she sent in herself."""
    hers = set(_applicant_ids(connection, election_id, key))
    return tuple(
        one
        for one in nominations.every(connection, election_id)
        if one.id == nomination_id
        or (key is not None and one.cpr_hash == key and one.is_vouched)
        or one.applicant_id in hers
    )


def _claims(connection: Connection, election_id: str, key: str | None, filed: Sequence[Filed]) -> tuple[Claim, ...]:
    told = {one.id for one in filed}
    return tuple(
        Claim(one.nomination.submitted_at, one.state)
        for one in nominations.every(connection, election_id)
        if key is not None and one.cpr_hash == key and one.id not in told
    )


def _applicant_ids(connection: Connection, election_id: str, key: str | None) -> Sequence[str]:
    if key is None:
        return ()
    hers = applicant.c.identity_hash == key
    return connection.scalars(select(applicant.c.id).where(applicant.c.election_id == election_id, hers)).all()


def _applications(
    connection: Connection, vault: Vault, election_id: str, key: str | None, filed: Sequence[Filed]
) -> tuple[Application, ...]:
    ids = {*_applicant_ids(connection, election_id, key)} | {one.applicant_id for one in filed if one.applicant_id}
    return tuple(_application(connection, vault, one) for one in sorted(ids))


def _application(connection: Connection, vault: Vault, applicant_id: str) -> Application:
    found = applicants.find(connection, vault, applicant_id)
    if found is None:
        raise LookupError("a nomination names an applicant who is not there")
    pictured = select(photo.c.added_at).where(photo.c.applicant_id == applicant_id)
    seen = select(applicant.c.first_seen_at).where(applicant.c.id == applicant_id)
    return Application(
        applicant=found,
        first_seen_at=connection.execute(seen).scalar_one(),
        draft=drafts.find(connection, vault, found.election_id, applicant_id),
        photo_added_at=connection.scalar(pictured),
    )


def _standing(connection: Connection, vault: Vault, election_id: str, filed: Filed) -> Standing:
    decision, check = filed.nomination.decision, filed.identity_check
    return Standing(
        filed=filed,
        decided_by=_name(connection, decision.decided_by) if decision else "",
        identity_checked_by=_name(connection, check.checked_by) if check else "",
        person=filing.person_of(connection, vault, election_id, filed.id),
        contact=filing.contact_of(connection, vault, election_id, filed.id),
        versions=filing.versions(connection, filed.id),
        notices=notices.of_nomination(connection, election_id, filed.id),
        mails=_mails(connection, filed.id),
        proposers=sum(
            asked.confirmed_at is not None for asked in proposers.asked_for(connection, vault, election_id, filed.id)
        ),
        membership=membership_of(connection, vault, election_id, filed.ballot_number),
    )


def _mails(connection: Connection, nomination_id: str) -> tuple[Mail, ...]:
    rows = connection.execute(
        select(message.c.kind, message.c.queued_at, message.c.sent_at, message.c.given_up_at)
        .where(message.c.nomination_id == nomination_id)
        .order_by(message.c.queued_at, message.c.id)
    )
    return tuple(Mail(row.kind, row.queued_at, row.sent_at, row.given_up_at) for row in rows)


def _backings(connection: Connection, vault: Vault, election_id: str, key: str | None) -> tuple[Backing, ...]:
    """Whom she was asked to back: found by her number once she confirmed, by her address before."""
    return tuple(
        Backing(backed.name, asked)
        for backed in nominations.every(connection, election_id)
        for asked in proposers.asked_for(connection, vault, election_id, backed.id)
        if key is not None and key in {asked.cpr_hash, vault.hash_email(election_id, asked.email)}
    )


def _entries(connection: Connection, election_id: str, ids: Sequence[str]) -> tuple[Entry, ...]:
    """The entries of the log that name her row in the register, a case about her, her nominations or herself as an applicant."""
    found = {entry.serial: entry for one in ids for entry in audit.mentioning(connection, election_id, one)}
    return tuple(found[serial] for serial in sorted(found))


def _name(connection: Connection, staff_id: str) -> str:
    """An official's name; "" where the rule itself or the candidate decided."""
    found = staff.find(connection, staff_id) if staff_id else None
    return found.name if found else ""
