"""Two of the board state that the evening is told, before the record is drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import elections, record_statements, settled
from votingapp.store.settled import RecordStands

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.record_statements import Code
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Stated:
    """The statement is kept."""


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """Two have stated this, and nothing has come to it since: their statement stands."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """The poll is not closed, and was not annulled while it was open: more may happen."""


def state(
    store: Store, signed_by: tuple[Staff, Staff], election: Election, code: Code
) -> Stated | SaidBefore | NotYet | RecordStands:
    """Keep that two of the board state this of what is entered now; ValueError for one alone."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a statement is made by two")

    def act(work: Work) -> Stated | SaidBefore | NotYet | RecordStands:
        current = elections.by_id(work.connection, election.id)
        if not may_state(work.connection, current):
            return NotYet()
        if settled.is_drawn_up(work.connection, current):
            return RecordStands()
        if code in {one.code for one in record_statements.standing(work.connection, election.id)}:
            return SaidBefore()
        record_statements.keep(work, election.id, code, signed_by)
        about = record_statements.subject(work.connection, election.id, code)
        work.record(election.id, official.login, "record_stated", code=code.value, about=about, second=second.login)
        return Stated()

    return store.write(act)


def may_state(connection: Connection, election: Election) -> bool:
    """Whether the evening is over: what is stated earlier would be stated of half of it."""
    return election.closed_at is not None or (
        election.opened_at is not None and settled.outcome_is_known(connection, election)
    )
