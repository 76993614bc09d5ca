"""One writing of the roll onto the stick: read in one transaction, set, and put there paper by paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.documents.printed_roll import MOST_IN_ONE
from votingapp.documents.typesetting import TypesettingError
from votingapp.paper_roll.composing import (
    prefix_of,
    read_admitted,
    read_roll,
    typeset_admitted,
    typeset_roll,
)
from votingapp.paper_roll.state import Noted, Why, note_written, noted_of, why_of
from votingapp.paper_roll.stick import keep_only, put
from votingapp.store import elections, roll

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from votingapp.paper_roll.composing import Sheet
    from votingapp.store.elections import Election
    from votingapp.store.roll import Standing
    from votingapp.store.unit_of_work import Store

WHOLE = MOST_IN_ONE
"""Up to so many persons in the register the whole roll is written each time; with more, only those admitted."""


def write(store: Store, home: Path, folder: Path, slug: str) -> Why | None:
    """Write the roll of an election as it stands now, and note it; why it could not be written, or None.

    LookupError for an election that is not there.
    """
    with store.reading() as connection:
        election = elections.by_slug(connection, slug)
        if election is None:
            raise LookupError("no such election")
        standing = roll.standing(connection, election.id)
    try:
        _write(store, home, folder, election, standing)
    except OSError as error:
        return why_of(error)
    except TypesettingError:
        return Why.BROKEN
    return None


def seen(election: Election, standing: Standing) -> str:
    """What the papers on the stick depend on, but for the time that they bear."""
    counts = f"{standing.last}/{standing.admitted}/{standing.undone}/{standing.persons}"
    return f"{election.state.value} {counts}"


def _write(store: Store, home: Path, folder: Path, election: Election, standing: Standing) -> None:
    imported = standing.persons - standing.added
    if standing.persons > WHOLE:
        with store.reading() as connection:
            extract = read_admitted(connection, election, store.clock())
        names = _put(folder, typeset_admitted(extract))
        names += _long_roll(store, folder, election, noted_of(home, election.id), imported)
    else:
        with store.reading() as connection:
            extract = read_roll(connection, election, store.clock())
        names = _put(folder, typeset_roll(extract))
    keep_only(folder, prefix_of(election), frozenset(names))
    noted = Noted(extract.at, extract.last, seen(election, standing), imported, names)
    note_written(home, election.id, noted)


def _long_roll(store: Store, folder: Path, election: Election, noted: Noted, imported: int) -> tuple[str, ...]:
    """Write all of a long roll, without marks, unless it lies there already; whoever was added is on the list of admitted."""
    there = tuple(name for name in noted.names if "valgliste" in name and (folder / name).exists())
    if there and noted.imported == imported and len(there) == sum("valgliste" in name for name in noted.names):
        return there
    with store.reading() as connection:
        extract = read_roll(connection, election, store.clock())
    return _put(folder, typeset_roll(extract, marked=False))


def _put(folder: Path, sheets: Iterable[Sheet]) -> tuple[str, ...]:
    names = []
    for sheet in sheets:
        put(folder, sheet.name, sheet.pdf)
        names.append(sheet.name)
    return tuple(names)
