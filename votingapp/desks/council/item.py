"""The item for the byråd is drafted from the facts, mended by people, and kept in versions as the bytes that were handed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tally.deadlines import copenhagen_day
from votingapp.desks.council.facts import facts_of, remarks_of
from votingapp.desks.council.standing import NotKnown, council_of
from votingapp.documents import council_draft, council_item
from votingapp.documents.council_item import Item
from votingapp.store import case_files, drawn_records
from votingapp.store.case_files import CaseFile, Forms, Version

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.desks.council.standing import Council
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class NotComposed:
    """The council is to be put together first: the item is about all of it."""


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Nobody has read the draft and saved it; a version is not made of what nobody read."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What the item says was changed meanwhile; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft is kept."""


@dataclass(frozen=True, slots=True)
class Made:
    """A version is kept, with its bytes."""

    version: Version


def drafted(connection: Connection, election: Election, council: Council) -> CaseFile:
    """A first draft from what is known now."""
    facts = facts_of(connection, election, council)
    return CaseFile(council_draft.title(facts), "", "", council_draft.draft(facts))


def renumbered(drafted: CaseFile, kept: CaseFile | None) -> CaseFile:
    """A fresh draft under the numbers that people have given the case."""
    return drafted if kept is None else replace(drafted, case_number=kept.case_number, kle=kept.kle)


def save(store: Store, official: Staff, election: Election, written: CaseFile) -> Saved | NotKnown:
    """Keep what was written."""

    def act(work: Work) -> Saved | NotKnown:
        council = council_of(work.connection, election)
        if isinstance(council, NotKnown):
            return council
        case_files.keep_draft(work, election.id, written, official)
        work.record(election.id, official.login, "council_item_saved")
        return Saved()

    return store.write(act)


def make(store: Store, official: Staff, election: Election) -> Made | NotKnown | NotComposed | NotWritten | Overtaken:
    """Make a version of the saved draft: the same words as DOCX and as PDF, kept as they were set."""
    today = copenhagen_day(store.clock())
    with store.reading() as connection:
        item = _item(connection, election, today)
    if not isinstance(item, Item):
        return item
    forms = Forms(council_item.to_json(item), council_item.render_word(item), council_item.render_pdf(item))

    def keep(work: Work) -> Made | Overtaken:
        now = _item(work.connection, election, today)
        if now != item:
            return Overtaken()
        version = case_files.keep_version(work, election.id, forms, official)
        work.record(
            election.id,
            official.login,
            "council_item_made",
            version=version.version,
            sha256=version.content_sha256,
        )
        return Made(version)

    return store.write(keep)


def _item(connection: Connection, election: Election, today: date) -> Item | NotKnown | NotComposed | NotWritten:
    council = council_of(connection, election)
    if isinstance(council, NotKnown):
        return council
    if not council.composed:
        return NotComposed()
    written = case_files.draft(connection, election.id)
    if written is None:
        return NotWritten()
    made = case_files.versions(connection, election.id)
    drawn = drawn_records.newest_version(connection, election)
    return Item(
        title=written.title,
        municipality=election.rules.election.municipality,
        election=election.name,
        rehearsal=election.rehearsal,
        dated=today,
        version=made[0].version + 1 if made else 1,
        case_number=written.case_number,
        kle=written.kle,
        sections=written.sections,
        places=council.places,
        remarks=remarks_of(council.findings),
        record=None if drawn is None else (drawn.version, drawn.pdf_sha256),
    )
