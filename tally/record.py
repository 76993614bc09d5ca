"""The record (valgprotokol): all that a byråd, a court or a citizen needs to follow and check the election."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

RESERVATION = "valgt, forbeholdt Byrådets godkendelse"
"""What every statement of election says: the council appoints, the vote advises (integrationsloven § 42)."""

FORMAT = 1
"""Version of the JSON form; raised when a field changes its meaning."""

# A date DDMMYY (day 61-91 for replacement numbers) and four digits: a CPR number has no business in a record.
_CPR = re.compile(r"(?<!\w)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\w)")


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
class Candidate:
    """A candidate with her place on the ballot, from 1, and her votes; None = no vote was held.

    `line` tells her from a candidate of almost the same name. `group` only where the rules reserve seats.
    """

    number: int
    id: str
    name: str
    votes: int | None
    line: str = ""
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many came, how many slips went where, how many ballots lay in the urn; never by hour, tablet or language.

    `slips_issued` counts every slip handed over, replacements too; `slips_returned` those taken back unused of
    them (ombyttet); `slips_unused` what was left in the box. `roll` is None where anybody eligible may come.
    """

    roll: int | None
    admissions: int
    slips_printed: int
    slips_issued: int
    slips_returned: int
    slips_unused: int
    ballots: int
    blank: int
    invalid: int = 0


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One account (afstemning): two figures that ought to be equal; a difference needs an `explanation`."""

    account: str
    expected: int
    counted: int
    explanation: str = ""

    @property
    def difference(self) -> int:
        """Counted less expected."""
        return self.counted - self.expected


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
    stand, when a figure is negative or no whole number, or when a text holds what looks like a CPR number.
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
    reconciliation: tuple[Reconciliation, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        strangers = sorted(set(_named(self)) - {candidate.id for candidate in self.candidates})
        if strangers:
            raise ValueError(f"the record names {', '.join(strangers)}, who did not stand")
        for value in _leaves(self):
            if isinstance(value, str) and _CPR.search(value):
                raise ValueError("a text in the record looks like a CPR number")
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError("a time in the record has no time zone")
            if isinstance(value, float) or (isinstance(value, int) and value < 0):
                raise ValueError(f"the record holds the figure {value}; every figure is a whole number from 0")


def reconcile(turnout: Turnout, candidates: tuple[Candidate, ...], votes_per_voter: int) -> tuple[Reconciliation, ...]:
    """Draw up the accounts that every election must settle (stemmeseddelregnskab), without explanations.

    `slips`: every slip printed was issued or is left over. `admissions`: every admission got one slip to keep.
    `ballots`: every slip kept was voted with; fewer is a voter who left, more is never lawful. `votes`: every valid
    ballot bears from one vote to `votes_per_voter`; expected is the nearest lawful sum.
    """
    kept = turnout.slips_issued - turnout.slips_returned
    valid = turnout.ballots - turnout.blank - turnout.invalid
    votes = sum(candidate.votes or 0 for candidate in candidates)
    lawful = min(max(votes, valid), valid * votes_per_voter)
    return (
        Reconciliation("slips", turnout.slips_printed, turnout.slips_issued + turnout.slips_unused),
        Reconciliation("admissions", turnout.admissions, kept),
        Reconciliation("ballots", kept, turnout.ballots),
        Reconciliation("votes", lawful, votes),
    )


def missing(record: Record) -> tuple[str, ...]:
    """Name what the record lacks before the board can sign it as complete, in the order of the record; () = nothing.

    Codes: adoption, board, frozen, opened, closed, turnout, votes, reconciliation, explanation:<account>,
    verification, decryption, lots, lot_method, lot_witnesses. Without a vote there is no poll to open,
    count, decrypt or reconcile.
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
    yield "turnout", record.turnout is None
    yield "votes", any(candidate.votes is None for candidate in record.candidates)
    yield "reconciliation", not record.reconciliation
    for account in record.reconciliation:
        yield f"explanation:{account.account}", account.difference != 0 and not account.explanation
    proof = record.verification
    yield "verification", proof is None or not (proof.election_fingerprint and proof.archive_sha256)
    yield "decryption", proof is None or sum(t.decrypted for t in proof.trustees) < proof.threshold


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
