"""Everything that the page of the record shows, read in one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.record import missing
from votingapp.desks.record import signing, stating
from votingapp.store import (
    assistance,
    deletions,
    drawn_records,
    incidents,
    record_draft,
    record_signatures,
    record_signers,
    record_statements,
    settled,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.drawn_records import Signer, Version
    from votingapp.store.elections import Election
    from votingapp.store.record_signatures import Signature
    from votingapp.store.record_statements import Statement


@dataclass(frozen=True, slots=True)
class Facts:
    """How far the record has come.

    `gaps` are the codes of what the record lacks; None while there is no outcome to record, and where its sources are
    deleted. `lines` and `helped` are how many incidents and how much help the two statements are about.
    """

    outcome_is_known: bool
    sources_deleted: bool
    may_state: bool
    gaps: tuple[str, ...] | None
    statements: tuple[Statement, ...]
    lines: int
    helped: int
    board: tuple[Signer, ...]
    versions: tuple[Version, ...]
    signatures: dict[str, Signature]
    message: str

    @property
    def unsigned(self) -> tuple[Signer, ...]:
        """Who has still to sign the version in force."""
        signers = self.versions[0].signers if self.versions else ()
        return tuple(one for one in signers if one.staff_id not in self.signatures)

    @property
    def next_version(self) -> int:
        """The number of the version that would be drawn up now."""
        return self.versions[0].version + 1 if self.versions else 1


def read(connection: Connection, election: Election) -> Facts:
    """Read all of it."""
    sources_deleted = deletions.is_deleted(connection, election.id)
    draft = None if sources_deleted else record_draft.draft(connection, election)
    versions = drawn_records.versions(connection, election)
    newest = versions[0] if versions else None
    given = () if newest is None else record_signatures.of_version(connection, election, newest.version)
    return Facts(
        outcome_is_known=settled.outcome_is_known(connection, election),
        sources_deleted=sources_deleted,
        may_state=stating.may_state(connection, election),
        gaps=None if draft is None else missing(draft),
        statements=record_statements.standing(connection, election.id),
        lines=len(incidents.lines(connection, election.id)),
        helped=sum(assistance.counts(connection, election.id).values()),
        board=record_signers.signers(connection, election, None),
        versions=versions,
        signatures={one.staff_id: one for one in given},
        message="" if newest is None else signing.message_of(election, newest),
    )
