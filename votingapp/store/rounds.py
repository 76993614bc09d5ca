"""A count by hand goes in rounds: in each, two officials count, each alone, and a round is over when both have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from votingapp.store.two_counts import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entered(Protocol):
    """What one official entered in a round; rounds count from 1."""

    @property
    def round(self) -> int:
        """The number of the round."""

    @property
    def official_id(self) -> str:
        """Who counted."""


_Count = TypeVar("_Count", bound=Entered)


def open_round(kept: Sequence[_Count]) -> tuple[int, tuple[_Count, ...]]:
    """The round that is being counted, and who has entered in it; `kept` are all counts, by round."""
    newest = kept[-1].round if kept else 1
    here = tuple(one for one in kept if one.round == newest)
    return (newest, here) if len(here) < COUNTERS else (newest + 1, ())


def last_round(kept: Sequence[_Count], here: Sequence[_Count]) -> tuple[_Count, ...]:
    """The two counts of the round before, while nobody has entered in the one that is open."""
    return tuple(kept[-COUNTERS:]) if len(kept) >= COUNTERS and not here else ()
