"""What goes when an election's personal data is deleted (sletning), in the order in which the tables depend on one another.

What stays is what anybody may contest or verify later: the ballot and who stood on it, the urn, the public credentials, the log,
the signed record, the decisions. Nothing here decides when: that is `tally.retention`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, delete, func, select, union

from votingapp.store.tables.admissions import admission, admission_count, admission_undone
from votingapp.store.tables.applicants import applicant, applicant_session, sign_in_link
from votingapp.store.tables.audit import audit_words
from votingapp.store.tables.ledger import explanation, movement
from votingapp.store.tables.looks import look
from votingapp.store.tables.nominations import nomination, nomination_draft, nomination_version, notice, proposer
from votingapp.store.tables.paper_audits import paper_audit_reading
from votingapp.store.tables.photos import photo
from votingapp.store.tables.post import message
from votingapp.store.tables.register import register_draft, register_person
from votingapp.store.tables.station import assistance, doubt, queue_report, shift, station_message
from votingapp.store.tables.told import told

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind that go together: `kind` is its word in the certificate, `parts` a condition for each table."""

    kind: str
    parts: tuple[tuple[Table, ColumnElement[bool]], ...]


def groups(election_id: str) -> tuple[Group, ...]:
    """Everything that goes, in an order in which no row is left that another one still names."""
    return (
        _all("looks", election_id, look),
        *_of_the_evening(election_id),
        *_of_those_who_are_not_on_the_ballot(election_id),
    )


def _of_the_evening(election_id: str) -> tuple[Group, ...]:
    return (
        _all("doubts", election_id, doubt),
        _all("admissions", election_id, admission_undone, admission, admission_count),
        _all("assistance", election_id, assistance),
        _all("slips", election_id, movement, explanation),
        _all("station", election_id, shift, station_message, queue_report),
        _all("readings", election_id, paper_audit_reading),
        Group("words", ((audit_words, words_to_go(election_id)),)),
        _all("roll", election_id, register_draft, register_person),
    )


def words_to_go(election_id: str) -> ColumnElement[bool]:
    """Which words of the log go: what was written of voters and of candidates who do not stand. The entries keep its hash."""
    standing = select(nomination.c.id).where(_stands(election_id))
    return and_(audit_words.c.chain == election_id, audit_words.c.about.not_in(standing))


def _stands(election_id: str) -> ColumnElement[bool]:
    return and_(nomination.c.election_id == election_id, nomination.c.ballot_number.is_not(None))


def _of_those_who_are_not_on_the_ballot(election_id: str) -> tuple[Group, ...]:
    here = nomination.c.election_id == election_id
    off_the_ballot = and_(here, nomination.c.ballot_number.is_(None))
    gone = select(nomination.c.id).where(off_the_ballot)
    stay = _stands(election_id)
    standing = select(nomination.c.applicant_id).where(stay, nomination.c.applicant_id.is_not(None))
    others = and_(applicant.c.election_id == election_id, applicant.c.id.not_in(standing))
    return (
        _all("proposers", election_id, proposer),
        Group(
            "letters",
            (
                (notice, notice.c.nomination_id.in_(gone)),
                (told, told.c.message_id.in_(select(message.c.id).where(message.c.nomination_id.in_(gone)))),
                (message, message.c.nomination_id.in_(gone)),
            ),
        ),
        _all("drafts", election_id, nomination_draft),
        Group(
            "nominations",
            ((nomination_version, nomination_version.c.nomination_id.in_(gone)), (nomination, off_the_ballot)),
        ),
        Group("photographs", ((photo, and_(photo.c.election_id == election_id, photo.c.id.not_in(_shown(stay)))),)),
        Group(
            "applicants",
            (
                (sign_in_link, sign_in_link.c.election_id == election_id),
                # The letters with those links, where no mail server ever took them.
                (message, and_(message.c.election_id == election_id, message.c.nomination_id.is_(None))),
                (applicant_session, applicant_session.c.applicant_id.in_(select(applicant.c.id).where(others))),
                (applicant, others),
            ),
        ),
    )


def _shown(stay: ColumnElement[bool]) -> Select[tuple[str]]:
    """The photographs of those on the ballot, the ones of earlier versions too."""
    now = select(nomination.c.photo_id).where(stay, nomination.c.photo_id.is_not(None))
    of_them = nomination_version.c.nomination_id.in_(select(nomination.c.id).where(stay))
    before = select(nomination_version.c.photo_id).where(of_them, nomination_version.c.photo_id.is_not(None))
    both = union(now, before).subquery()
    return select(both.c[0])


def _all(kind: str, election_id: str, *tables: Table) -> Group:
    return Group(kind, tuple((table, table.c.election_id == election_id) for table in tables))


def count(connection: Connection, election_id: str) -> dict[str, int]:
    """How many rows of each kind there are to go."""
    return {
        group.kind: sum(
            connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
            for table, condition in group.parts
        )
        for group in groups(election_id)
    }


def delete_rows(connection: Connection, election_id: str) -> dict[str, int]:
    """Delete them all, and answer how many rows of each kind went; the caller records it in the same transaction."""
    return {
        group.kind: sum(connection.execute(delete(table).where(condition)).rowcount for table, condition in group.parts)
        for group in groups(election_id)
    }


def tables() -> tuple[Table, ...]:
    """Every table that something went from, each once."""
    return tuple(dict.fromkeys(table for group in groups("") for table, _condition in group.parts))
