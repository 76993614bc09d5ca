"""The record (valgprotokol): all that a byråd, a court or a citizen needs to follow and check the election."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from candidates.cpr import may_hold_cpr

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
    }
)
"""Fields that hold hashes, which nobody writes: ten digits in a row stand there by chance."""


@dataclass(frozen=True, slots=True)
class Election:
    """What was elected, when, for which term, and under rules adopted by whom."""

    name: str
    municipality: str
    election_day: date
    term_start: date
    term_end: date
    seats: int
    votes_per_voter: int
    adopted_by: str
    adopted_on: date
    rules_sha256: str


@dataclass(frozen=True, slots=True)
class BoardMember:
    """A member of the election board (valgbestyrelse) who was present and signs, with her office: `formand`."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Times:
    """When the ballot was frozen, the poll opened and closed (aware instants); None = has not happened."""

    frozen: datetime | None
    opened: datetime | None
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Present:
    """A member of the board who confirmed with her own password that she was there, and when (aware instant)."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Station:
    """How the board opened, closed and sealed the polling station: by whom, behind how long a line, and what was sealed.

    `queue` stood in line when the doors were shut, `admitted_from_queue` of them were admitted. The hashes (SHA-256,
    hex) are of the urn (ballots.urn.seal_urn) and of the two reports that the board signed; "" for none. `urn_report_outdated`:
    the report of the urn says other figures than the house does now.
    """

    opened_by: tuple[Present, ...]
    closed_by: tuple[Present, ...]
    doors_closed: datetime | None
    queue: int
    admitted_from_queue: int
    urn_sha256: str
    zero_report_sha256: str
    urn_report_sha256: str
    sealed_by: tuple[Present, ...] = ()
    urn_report_outdated: bool = False


@dataclass(frozen=True, slots=True)
class Desks:
    """What happened at the desks beside admitting: each a code and how many, in counts alone and never by name.

    `refused` are persons turned away by reason, `decided` the cases in doubt by kind and answer (`not_found/admitted`),
    `assisted` those who were helped to vote (hjælp til stemmeafgivning) by kind.
    """

    refused: tuple[tuple[str, int], ...] = ()
    decided: tuple[tuple[str, int], ...] = ()
    assisted: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate with her place on the ballot, from 1, and her votes; None = no vote was held.

    `line` tells her from a candidate of almost the same name. `group` only where the rules reserve seats. `paper_votes`
    of her votes were given on paper; None where nobody voted so, or too few for a column of their own.
    """

    number: int
    id: str
    name: str
    votes: int | None
    line: str = ""
    group: str | None = None
    paper_votes: int | None = None


@dataclass(frozen=True, slots=True)
class PaperAccount:
    """The account of the ballots of paper (papirstemmesedler); the figures are as those of the slips in `Turnout`."""

    printed: int
    issued: int
    exchanged: int
    returned: int
    void: int
    left_over: int | None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """The papers that the booths printed beside the ballots of the urn (kontrolsedler), where the rules asked for them.

    They are no ballots and in no other figure of the record. `deposit` and `counted` are as the rules say (tally.rules). So
    many `papers` lay in the box, `unreadable` of them, and `spoilt` ones were handed back and lie in none; None before two
    counted the same. `blank` and `votes` (in ballot order) where they were counted by candidate and are not of too few.
    """

    deposit: str
    counted: str
    papers: int | None = None
    unreadable: int | None = None
    spoilt: int | None = None
    blank: int | None = None
    votes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many came, how many slips went where, how many ballots lay in the urn; never by hour, tablet or language.

    `slips_issued` counts one slip for each voter who was to vote with one, `slips_returned` those of them that were given
    back for good; `slips_exchanged` were given back damaged for another one, `slips_void` never came to a voter, and
    `slips_left_over` is what was counted in the boxes, None before that. `on_paper` of the `admissions` were to vote on
    paper, and `paper_ballots` were counted by hand; `ballots` are those of the urn. `blank` and `invalid` are of both.
    `challenged` sealed ballots were opened to check a tablet and lie in no urn; a record without the figure has none.
    `roll` is None where anybody eligible may come, `paper` where no ballot of paper was ever printed or handed out.
    """

    roll: int | None
    admissions: int
    slips_printed: int
    slips_issued: int
    slips_exchanged: int
    slips_returned: int
    slips_void: int
    slips_left_over: int | None
    ballots: int
    blank: int
    invalid: int = 0
    on_paper: int = 0
    paper_ballots: int = 0
    paper: PaperAccount | None = None
    challenged: int = 0

    @property
    def slips_usable(self) -> int:
        """How many slips were with voters or cast at the close: the most ballots there can be."""
        return self.slips_issued - self.slips_returned

    @property
    def slips_not_cast(self) -> int:
        """How many voters drew a slip and neither cast it nor gave it back; 0 where ballots exceed slips."""
        return max(0, self.slips_usable - self.ballots)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One account (afstemning): two figures that ought to be equal; a difference needs an `explanation`, signed by two.

    `at_most`: the figure expected is the most there may be, and fewer is no difference.
    """

    account: str
    expected: int
    counted: int
    explanation: str = ""
    signed_by: tuple[str, ...] = ()
    at_most: bool = False

    @property
    def difference(self) -> int:
        """Counted less expected."""
        return self.counted - self.expected

    @property
    def comes_out(self) -> bool:
        """Whether there is nothing to explain."""
        return self.difference == 0 or (self.at_most and self.difference < 0)


@dataclass(frozen=True, slots=True)
class BoxDifference:
    """A box in which so many were counted, and by how many that was too few or too many; explained and signed by two.

    `holds` says of what: `slip`, or `ballot` for ballots of paper.
    """

    box: str
    counted: int
    too_few: int
    too_many: int
    explanation: str = ""
    signed_by: tuple[str, ...] = ()
    holds: str = "slip"


@dataclass(frozen=True, slots=True)
class DrawnLot:
    """A lot (lodtrækning, KRVL § 85): candidate ids tied, the order drawn, how it was drawn and before whom."""

    decides: str
    among: tuple[str, ...]
    order: tuple[str, ...]
    method: str
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trustee:
    """A holder of a part of the key, and whether she took part in the decryption."""

    name: str
    decrypted: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What ties this record to the archive (`.bel`): hashes as their source writes them (PROTOCOL.md section 5)."""

    election_fingerprint: str
    last_event: str
    archive_sha256: str
    threshold: int
    trustees: tuple[Trustee, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """An incident or a remark, with its time where that matters (aware instant)."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record; `allocation` is the answer of `votingapp allocate`, unchanged (JSON-able, not to be altered).

    `turnout` and `verification` are None when the election was settled without a vote. `candidates` stand in
    ballot order. Raises ValueError when a time is naive, when the allocation or a lot names somebody who did not
    stand, when a figure is negative or no whole number, or when a text may hold a CPR number, as every form asks too.
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

    def __post_init__(self) -> None:
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


def missing(record: Record) -> tuple[str, ...]:
    """Name what the record lacks before the board can sign it as complete, in the order of the record; () = nothing.

    Codes: adoption, board, frozen, opened, closed, reports, report_outdated, turnout, left_over, paper_left_over, paper_record,
    votes, reconciliation, explanation:<account>, explanation:boxes, explanation:paper_boxes, verification, decryption, lots,
    lot_method, lot_witnesses. Without a vote there is no poll to open, count, decrypt or reconcile.
    """
    return tuple(code for code, lacking in _gaps(record) if lacking)


def to_json(record: Record) -> bytes:
    """Write the record as canonical JSON: UTF-8, keys sorted, no white space, instants in UTC, one final newline."""
    content = asdict(record) | {"format": FORMAT, "reservation": RESERVATION, "missing": missing(record)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment)
    return f"{text}\n".encode()


def _gaps(record: Record) -> Iterator[tuple[str, bool]]:
    yield "adoption", not (record.election.adopted_by and record.election.rules_sha256)
    yield "board", not record.board
    yield "frozen", record.times.frozen is None
    if record.allocation["status"] != "uncontested":
        yield from _gaps_of_the_poll(record)
    yield "lots", bool(record.allocation["lots_required"])
    yield "lot_method", not all(lot.method for lot in record.lots)
    yield "lot_witnesses", not all(lot.witnesses for lot in record.lots)


def _gaps_of_the_poll(record: Record) -> Iterator[tuple[str, bool]]:
    yield "opened", record.times.opened is None
    yield "closed", record.times.closed is None
    yield "reports", record.station is not None and not _is_sealed(record.station)
    yield "report_outdated", record.station is not None and record.station.urn_report_outdated
    yield "turnout", record.turnout is None
    yield "left_over", record.turnout is not None and record.turnout.slips_left_over is None
    yield "paper_left_over", _paper_is_uncounted(record.turnout)
    yield "paper_record", record.paper_record is not None and record.paper_record.papers is None
    yield "votes", any(candidate.votes is None for candidate in record.candidates)
    yield "reconciliation", not record.reconciliation
    for account in record.reconciliation:
        yield f"explanation:{account.account}", not (account.comes_out or account.explanation)
    for code, holds in (("explanation:boxes", "slip"), ("explanation:paper_boxes", "ballot")):
        yield code, any(box.holds == holds and not box.explanation for box in record.boxes)
    proof = record.verification
    yield "verification", proof is None or not (proof.election_fingerprint and proof.archive_sha256)
    yield "decryption", proof is None or sum(t.decrypted for t in proof.trustees) < proof.threshold


def _paper_is_uncounted(turnout: Turnout | None) -> bool:
    return turnout is not None and turnout.paper is not None and turnout.paper.left_over is None


def _is_sealed(station: Station) -> bool:
    return all((station.urn_sha256, station.zero_report_sha256, station.urn_report_sha256))


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
