"""What a record is made of: each thing that a board must tell, as a value that never changes."""

from dataclasses import dataclass
from datetime import date, datetime


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
        return self.difference <= 0 if self.at_most else self.difference == 0


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
    """A lot (lodtrækning, KRVL § 85): candidate ids tied, the order drawn, how it was drawn and before whom.

    `dice` are what dice rolled in public showed (tally.dice), and `command` is the line for a shell that finds the order of
    the first of `order` again; "" where the lot was drawn by hand.
    """

    decides: str
    among: tuple[str, ...]
    order: tuple[str, ...]
    method: str
    witnesses: tuple[str, ...]
    dice: str = ""
    command: str = ""


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
class Statement:
    """What two of the board state of the evening (erklæring) before the record is drawn up; when (aware) and who.

    `code` is `incidents`: there is nothing more to enter in the log of incidents, or `assistance`: the help to vote that was
    counted at the desks is all that was given.
    """

    code: str
    at: datetime
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annulment:
    """The decision by which an election does not stand (annulleret): on which day, by which body, and why."""

    decided_on: date
    body: str
    reason: str
