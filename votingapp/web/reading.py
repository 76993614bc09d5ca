"""At the door of a page several things are asked of the store; they are asked in one look, and each is the same instant's."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import current_app, g

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Store


@dataclass(slots=True)
class _Look:
    """The look of one request; it begins with the first question, so that a page that asks nothing opens nothing."""

    end: ExitStack
    connection: Connection | None = None
    upkeep: list[Callable[[], None]] = field(default_factory=list)


@contextmanager
def one_look() -> Iterator[None]:
    """Let every `reading` inside the block be one; what it sees is what the house knew when the first one asked."""
    with ExitStack() as end:
        look = g.look = _Look(end)
        try:
            yield
        finally:
            g.pop("look")
    for act in look.upkeep:
        act()


def afterwards(act: Callable[[], None]) -> None:
    """Write something when the look is over, or now where none is open.

    Whoever waits to write must not hold a connection meanwhile: of many at once, each would wait for the others' to be free.
    """
    look: _Look | None = g.get("look")
    if look is None:
        act()
    else:
        look.upkeep.append(act)


@contextmanager
def reading() -> Iterator[Connection]:
    """The look that is open, or one for this question alone."""
    store: Store = current_app.extensions["store"]
    look: _Look | None = g.get("look")
    if look is None:
        with store.reading() as connection:
            yield connection
        return
    if look.connection is None:
        look.connection = look.end.enter_context(store.reading())
    yield look.connection
