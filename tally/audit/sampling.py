"""Which papers are drawn follows from dice rolled in public, by a formula that anybody can find again with a command.

The form of Lindeman and Stark, "A Gentle Introduction to Risk-limiting Audits" (IEEE Security & Privacy 10, 2012). The
papers are shuffled before they are laid in batches: the order in the box is the order of voting, and must not be drawn from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.dice import digest

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper lies: the number of the batch (bunke), and which it is in that, both from 1."""

    batch: int
    number: int


def draw_message(digits: str, draw: int) -> str:
    """What is hashed for one draw (from 1); `digits` are what the dice showed (tally.dice)."""
    return f"{digits},{draw}"


def position(digits: str, draw: int, papers: int) -> int:
    """Which of so many papers a draw takes, from 1; the same one may come again, and then counts again."""
    return 1 + int(digest(draw_message(digits, draw)), 16) % papers


def positions(digits: str, draws: int, papers: int) -> tuple[int, ...]:
    """The papers of the first so many draws, in order."""
    return tuple(position(digits, draw, papers) for draw in range(1, draws + 1))


def first_draws(drawn: Sequence[int]) -> dict[int, int]:
    """The draw (from 1) that takes each paper first, by the paper's position: it is read then, and not again."""
    first: dict[int, int] = {}
    for draw, paper in enumerate(drawn, 1):
        first.setdefault(paper, draw)
    return first


def place_of(paper: int, batches: Sequence[int]) -> Place:
    """Where the paper with a position lies, of batches with so many papers each. ValueError for a paper that is in none."""
    before = 0
    for batch, size in enumerate(batches, 1):
        if before < paper <= before + size:
            return Place(batch, paper - before)
        before += size
    raise ValueError(f"no batch holds paper {paper}")
