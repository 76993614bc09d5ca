"""What becomes of a candidate's step: taken, or not, and then why; nothing is an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from candidates.nomination import NominationObstacle, NominationState


class Window(StrEnum):
    """Whether one can come forward now."""

    NOT_OPEN_YET = "not_open_yet"
    OPEN = "open"
    LATE = "late"
    """Past the deadline: what is sent is kept and shown as refused for lateness."""
    OVER = "over"
    """The poll is closed or no vote is held, and nothing is taken in any more."""


@dataclass(frozen=True, slots=True)
class Received:
    """The nomination is kept under this receipt number (kvitteringsnummer), the late one too."""

    receipt: str
    state: NominationState


@dataclass(frozen=True, slots=True)
class Changed:
    """What was sent takes the place of what was sent before; the receipt number stays.

    `presentation_stays`: but for what voters read, which she sent otherwise when it was too late for that.
    """

    receipt: str
    presentation_stays: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The very same was sent before: pressed twice, and kept once."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NotChanged:
    """The nomination stands as it was sent before; what was sent now lies in the draft, so that nothing is lost."""

    obstacle: NominationObstacle


@dataclass(frozen=True, slots=True)
class NotReceived:
    """Nothing is kept, because the window is not open."""

    window: Window


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too much in too short a time; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft is kept."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The nomination is withdrawn."""


@dataclass(frozen=True, slots=True)
class NotWithdrawn:
    """There is none to withdraw, or the ballot is fixed."""


Sent = Received | Changed | Unchanged | NotChanged | NotReceived | HeldBack
