"""What may come of a step of the poll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ballots.poll import Obstacle


@dataclass(frozen=True, slots=True)
class Obstructed:
    """The step was not taken; these are to be put right first."""

    obstacles: tuple[Obstacle, ...]
