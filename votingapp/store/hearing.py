"""What a transaction has done, heard statement by statement as the database carries it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.backup.mark import Mark

_READS = ("SELECT", "PRAGMA", "EXPLAIN")
_LISTENING = "journal_hears"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the database's driver was given it; `many`: for each member of `parameters`."""

    sql: str
    parameters: object
    many: bool


@dataclass(slots=True)
class Heard:
    """What one transaction has done so far; `mark` is where the journal stood when it took the lock."""

    mark: Mark
    statements: list[Statement] = field(default_factory=list)


def listen(connection: Connection, mark: Mark) -> Heard:
    """Hear everything that the connection's transaction changes from now on."""
    heard = Heard(mark)
    connection.execution_options(**{_LISTENING: heard})
    return heard


def hear(
    connection: Connection,
    _cursor: object,
    sql: str,
    parameters: object,
    context: Any,
    executemany: bool,
) -> None:
    """SQLAlchemy's word that a statement was carried out (event `after_cursor_execute`); one that failed is not heard."""
    heard: Heard | None = connection.get_execution_options().get(_LISTENING)
    if heard is None or sql.lstrip().upper().startswith(_READS) or context.execution_options.get("unjournaled"):
        return
    heard.statements.append(Statement(sql, parameters, executemany))
