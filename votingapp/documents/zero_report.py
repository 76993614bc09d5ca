"""The report of the empty urn (nulrapport) on paper: nothing has been cast, and everything that is fixed has its hash."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from votingapp.documents.board_report import frame_view, grouped_each
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from votingapp.store.reports import Frame


@dataclass(frozen=True, slots=True)
class Box:
    """What lies in a box before the poll opens: a desk's, or with "" for a name the board's own."""

    desk: str
    slips: int
    papers: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """The hashes of everything that is frozen, as their sources write them (hex, or Base64 of 43 characters)."""

    setup: str
    election: str
    rules: str
    credentials: str
    key: str


@dataclass(frozen=True, slots=True)
class Zero:
    """The figures: ballots in the urn, voters checked in and slips handed to voters are all 0, or there is no report.

    `recordings` is one hash of all that the booth can be heard to say (hex), "" where it is silent; `pictures`
    one of the pictures on the ballot (hex), "" where there are none.
    """

    ballots: int
    admissions: int
    slips_issued: int
    slips_printed: int
    papers_printed: int
    boxes: tuple[Box, ...]
    fixed: Fixed
    recordings: str = ""
    pictures: str = ""


def read_zero(body: Mapping[str, Any]) -> Zero:
    """The figures as the log has them."""
    boxes = tuple(Box(**one) for one in body["boxes"])
    return Zero(**{**body, "boxes": boxes, "fixed": Fixed(**body["fixed"])})


def render_zero_report(frame: Frame, zero: Zero) -> bytes:
    """Set the report as PDF/A-3a and PDF/UA-1; equal arguments give equal bytes."""
    data = {
        "frame": frame_view(frame),
        "zero": asdict(zero) | {"boxes": [asdict(box) for box in zero.boxes]},
        "fixed": grouped_each({**asdict(zero.fixed), "recordings": zero.recordings, "pictures": zero.pictures}),
    }
    return typeset("zero_report", data, dated=frame.at.astimezone(COPENHAGEN).date())
