"""The report of the sealed urn (urnens rapport) on paper: its hash, its ballots and the account, signed before the count."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from votingapp.documents.board_report import frame_view
from votingapp.documents.dates import COPENHAGEN, danish_instant
from votingapp.documents.record import grouped
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.store.reports import Frame
    from votingapp.store.sealing import Sealed


def render_urn_report(frame: Frame, sealed: Sealed) -> bytes:
    """Set the report as PDF/A-3a and PDF/UA-1; equal arguments give equal bytes."""
    data = {"frame": frame_view(frame), "sealed": _view(sealed)}
    return typeset("urn_report", data, dated=frame.at.astimezone(COPENHAGEN).date())


def _view(sealed: Sealed) -> dict[str, Any]:
    times = {name: _when(getattr(sealed, name)) for name in ("opened_at", "doors_closed_at", "closed_at")}
    hashes = {name: grouped(getattr(sealed, name)) for name in ("urn_sha256", "challenged_sha256")}
    return asdict(sealed) | times | hashes


def _when(instant: datetime | None) -> str:
    return "" if instant is None else danish_instant(instant)
