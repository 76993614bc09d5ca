"""The board draws the record up: once it lacks nothing, its bytes are set, hashed and kept, and nothing changes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.record import missing, to_json
from votingapp.documents.record import render_record
from votingapp.documents.record_word import write_record
from votingapp.store import deletions, drawn_records, elections, record_draft, record_signers
from votingapp.store.drawn_records import Forms
from votingapp.store.record import Edition

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.record import Record
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

LONGEST_REASON = 500
"""Characters of the reason for a new version."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be drawn up: which version, who chairs the board (staff id, None where the chair was not there), and why."""

    version: int
    chair: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """The version is kept and can be signed."""

    version: int


@dataclass(frozen=True, slots=True)
class NoOutcome:
    """Nobody knows yet who is elected, so that there is nothing to record."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The record lacks something; `gaps` are the codes of tally.record.missing."""

    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version than the one before this stands by now: it was drawn up meanwhile, or the button pressed twice."""


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """A version that takes another's place says why."""


@dataclass(frozen=True, slots=True)
class NotOfTheBoard:
    """Who is said to chair the board is none of those who sign."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A version that takes another's place takes their signatures from it, too: two of the board draw it up."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Something that the record tells has changed while it was set: ask again."""


@dataclass(frozen=True, slots=True)
class SourcesDeleted:
    """The personal data is deleted: what a record would be drawn from is gone, and the version in force stands."""


Refusal = SourcesDeleted | NoOutcome | Incomplete | OtherVersion | ReasonMissing | NotOfTheBoard | Alone | Overtaken


def draw_up(
    store: Store, official: Staff, election: Election, asked: Asked, second: Staff | None = None
) -> DrawnUp | Refusal:
    """Draw up the version that was asked for, which is one more than the newest; from the second on another confirms it.

    Setting it takes a second or so and stands outside the transaction, in which it is drawn up again as data: what is kept
    is what the house says at that instant, or nothing is.
    """
    if asked.version > 1 and (second is None or second.id == official.id):
        return Alone()
    edition = Edition(asked.version, store.clock(), asked.reason.strip(), asked.chair)
    with store.reading() as connection:
        drawn = _draw(connection, elections.by_id(connection, election.id), edition)
    if isinstance(drawn, Refusal):
        return drawn
    forms = Forms(to_json(drawn), render_record(drawn), write_record(drawn))
    return store.write(lambda work: _keep(work, (official, second), election, edition, forms))


def _draw(connection: Connection, election: Election, edition: Edition) -> Record | Refusal:
    if deletions.is_deleted(connection, election.id):
        return SourcesDeleted()
    newest = drawn_records.newest_version(connection, election)
    if edition.version != (1 if newest is None else newest.version + 1):
        return OtherVersion()
    if newest is not None and not edition.reason:
        return ReasonMissing()
    if edition.chair not in {None, *(one.staff_id for one in record_signers.signers(connection, election, None))}:
        return NotOfTheBoard()
    drawn = record_draft.record_of(connection, election, edition)
    if drawn is None:
        return NoOutcome()
    gaps = missing(drawn)
    return Incomplete(gaps) if gaps else drawn


def _keep(
    work: Work, drawn_by: tuple[Staff, Staff | None], election: Election, edition: Edition, forms: Forms
) -> DrawnUp | Refusal:
    official, second = drawn_by
    current = elections.by_id(work.connection, election.id)
    again = _draw(work.connection, current, edition)
    if isinstance(again, Refusal):
        return again
    if to_json(again) != forms.content:
        return Overtaken()
    signers = record_signers.signers(work.connection, current, edition.chair)
    kept = drawn_records.keep(work, current, official, edition, forms, signers)
    work.record(
        election.id,
        official.login,
        "record_drawn_up",
        version=kept.version,
        content=kept.content_sha256,
        pdf=kept.pdf_sha256,
        docx=kept.docx_sha256,
        reason=kept.reason,
        signers=[one.name for one in kept.signers],
        second=None if second is None else second.login,
    )
    return DrawnUp(kept.version)
