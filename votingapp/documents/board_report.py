"""What the board's reports share on paper: which election, who was there, which program, and lines to sign."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from votingapp.documents.dates import COPENHAGEN, clock_in, danish_date, danish_instant
from votingapp.documents.record import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from votingapp.store.reports import Frame


def frame_view(frame: Frame) -> dict[str, Any]:
    """Return the frame as a template says it: Danish for dates, groups for hashes."""
    software = frame.software
    return {
        "election": frame.election,
        "municipality": frame.municipality,
        "place": frame.place,
        "day": danish_date(frame.day),
        "opens": frame.opens,
        "closes": frame.closes,
        "rehearsal": frame.rehearsal,
        "at": danish_instant(frame.at),
        "present": [
            {"name": one.name, "at": clock_in("da", one.at.astimezone(COPENHAGEN).time())} for one in frame.present
        ],
        "others": frame.others,
        "incidents": frame.incidents,
        "log": {"serial": frame.log.serial, "hash": grouped(frame.log.hash)},
        "software": asdict(software)
        | {
            "code_sha256": grouped(software.code_sha256),
            "bundle_sha256": grouped(software.bundle_sha256),
            "booth_sha256": grouped(software.booth_sha256),
        },
    }


def grouped_each(hashes: Mapping[str, str]) -> dict[str, str]:
    """Part each hash into groups, as people compare it; the key's is kept in the groups that its holders compared."""
    return {name: code if " " in code else grouped(code) for name, code in hashes.items()}
