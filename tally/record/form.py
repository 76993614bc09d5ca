"""The whole record, refused where it would hold what no record may hold, and its form as data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from candidates.cpr import may_hold_cpr
from tally.audit.outcome import AuditOutcome
from tally.record.gaps import missing
from tally.record.parts import (
    Annulment,
    BoardMember,
    BoxDifference,
    Candidate,
    Desks,
    DrawnLot,
    Election,
    PaperRecord,
    Reconciliation,
    Remark,
    Statement,
    Station,
    Times,
    Turnout,
    Verification,
)

RESERVATION = "valgt, forbeholdt Byrådets godkendelse"
"""What every statement of election says: the council appoints, the vote advises (integrationsloven § 42)."""

FORMAT = 2
"""Version of the JSON form; raised when a field changes its meaning.

A field that is new does not raise it: it has a value that holds for the records without it.
"""

_OF_MACHINES = frozenset(
    {
        "rules_sha256",
        "urn_sha256",
        "zero_report_sha256",
        "urn_report_sha256",
        "election_fingerprint",
        "last_event",
        "archive_sha256",
        "dice",
        "digits",
        "command",
    }
)
"""Fields that hold hashes and throws of dice, which nobody writes: ten digits in a row stand there by chance."""

_ANNULLED: dict[str, Any] = {
    "status": "annulled",
    "elected": [],
    "vacant": 0,
    "substitutes": [],
    "lots_required": [],
    "steps": [],
}


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record; `allocation` is the answer of `votingapp allocate`, unchanged (JSON-able, not to be altered).

    `version` counts from 1, and `reason` says why it takes the place of the one before; 0 is a draft that nobody signs.
    `turnout` and `verification` are None when the election was settled without a vote. Where it was `annulled` nobody is
    elected by it, and `allocation` is that of `nobody_elected`. `candidates` stand in ballot order. Raises ValueError when
    a time is naive, when the allocation or a lot names somebody who did not stand, when somebody is elected by what was
    annulled, when a figure is negative or no whole number, or when a text may hold a CPR number, as every form asks too.
    """

    election: Election
    drawn_up: date
    rehearsal: bool
    board: tuple[BoardMember, ...]
    times: Times
    candidates: tuple[Candidate, ...]
    turnout: Turnout | None
    allocation: Mapping[str, Any]
    lots: tuple[DrawnLot, ...] = ()
    verification: Verification | None = None
    station: Station | None = None
    desks: Desks | None = None
    reconciliation: tuple[Reconciliation, ...] = ()
    boxes: tuple[BoxDifference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    paper_record: PaperRecord | None = None
    statements: tuple[Statement, ...] = ()
    annulled: Annulment | None = None
    audit: AuditOutcome | None = None
    version: int = 1
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.annulled is None) == (self.allocation["status"] == "annulled"):
            raise ValueError("nobody is elected by an annulled election, and only there is nobody")
        strangers = sorted(set(_named(self)) - {candidate.id for candidate in self.candidates})
        if strangers:
            raise ValueError(f"the record names {', '.join(strangers)}, who did not stand")
        for value in _leaves(self):
            if isinstance(value, str) and may_hold_cpr(value):
                raise ValueError("a text in the record looks like a CPR number")
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError("a time in the record has no time zone")
            if isinstance(value, float) or (isinstance(value, int) and value < 0):
                raise ValueError(f"the record holds the figure {value}; every figure is a whole number from 0")


def nobody_elected() -> Mapping[str, Any]:
    """The outcome of an annulled election: no seat is given and none is said to be vacant, for none was filled."""
    return dict(_ANNULLED)


def to_json(record: Record) -> bytes:
    """Write the record as canonical JSON: UTF-8, keys sorted, no white space, instants in UTC, one final newline."""
    content = asdict(record) | {"format": FORMAT, "reservation": RESERVATION, "missing": missing(record)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment)
    return f"{text}\n".encode()


def _named(record: Record) -> Iterator[str]:
    """Yield the id of everybody to whom the outcome gives something."""
    yield from (seat["id"] for seat in record.allocation["elected"])
    yield from (substitute["id"] for substitute in record.allocation["substitutes"])
    for required in record.allocation["lots_required"]:
        yield from required["among"]
    for lot in record.lots:
        yield from (*lot.among, *lot.order)


def _leaves(value: object) -> Iterator[object]:
    if is_dataclass(value):
        for field in fields(value):
            if field.name not in _OF_MACHINES:
                yield from _leaves(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _moment(value: date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat()
