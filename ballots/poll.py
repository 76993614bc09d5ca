"""A poll is prepared, frozen, opened and closed, in that order, and each step says what still stands in its way."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEAST_PRESENT = 2
"""So many members of the board (valgbestyrelse) open and close the poll together."""

PRESENT_FOR = timedelta(hours=12)
"""A member who confirmed longer ago than this may have gone home: she confirms again."""


class PollState(StrEnum):
    """How far the poll (afstemning) has come; there is no way back."""

    PREPARING = "preparing"
    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"


class ObstacleCode(StrEnum):
    """What stands in the way of a step."""

    NOT_PREPARING = "not_preparing"
    RULES_MISSING = "rules_missing"
    NOMINATIONS_OPEN = "nominations_open"
    NO_CANDIDATES = "no_candidates"
    UNDECIDED_NOMINATIONS = "undecided_nominations"
    UNCONTESTED = "uncontested"
    SIMILAR_NAMES = "similar_names"
    LOT_NOT_DRAWN = "lot_not_drawn"
    KEY_MISSING = "key_missing"
    TRIAL_MISSING = "trial_missing"
    NO_SLIPS = "no_slips"
    CREDENTIALS_DIFFER_FROM_SLIPS = "credentials_differ_from_slips"
    NOT_FROZEN = "not_frozen"
    SEAL_BROKEN = "seal_broken"
    SETUP_STOPPED = "setup_stopped"
    SETUP_UNCONFIRMED = "setup_unconfirmed"
    BALLOTS_IN_URN = "ballots_in_urn"
    ADMISSIONS_LEFT = "admissions_left"
    SLIPS_ALREADY_ISSUED = "slips_already_issued"
    REHEARSAL_LEFTOVERS = "rehearsal_leftovers"
    NOT_OPEN = "not_open"
    TOO_FEW_PRESENT = "too_few_present"
    REPORT_MISSING = "report_missing"
    REPORT_STALE = "report_stale"
    BEFORE_TIME = "before_time"
    DOORS_OPEN = "doors_open"
    DOORS_CLOSED = "doors_closed"
    NOT_CLOSED = "not_closed"
    URN_CHANGED = "urn_changed"
    BOXES_UNCOUNTED = "boxes_uncounted"
    DIFFERENCES_UNEXPLAINED = "differences_unexplained"
    PAPER_BOXES_UNCOUNTED = "paper_boxes_uncounted"
    PAPER_DIFFERENCES_UNEXPLAINED = "paper_differences_unexplained"
    PAPER_BALLOTS_UNCOUNTED = "paper_ballots_uncounted"
    PAPER_RECORD_UNCOUNTED = "paper_record_uncounted"
    PAPER_RECORD_UNEXPLAINED = "paper_record_unexplained"
    RESULT_KNOWN = "result_known"
    ANNULLED = "annulled"
    """It was decided that the election does not stand (annulleret)."""


CEREMONIAL = frozenset(
    {
        ObstacleCode.TOO_FEW_PRESENT,
        ObstacleCode.REPORT_MISSING,
        ObstacleCode.REPORT_STALE,
        ObstacleCode.BEFORE_TIME,
        ObstacleCode.DOORS_OPEN,
    }
)
"""What the ceremony itself does, step by step; everything else is to be mended before it begins."""


class Report(StrEnum):
    """How a report (nulrapport, urnens rapport) stands to what it reports."""

    MISSING = "missing"
    STALE = "stale"
    """Something it reports has changed since it was made."""
    FITS = "fits"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to put right before the step, with how many there are of it where that can be counted."""

    code: ObstacleCode
    count: int = 0


@dataclass(frozen=True, slots=True)
class FreezeFacts:
    """What is known when the board wants to freeze; counts are at least 0.

    `uncontested` tells that it was decided to hold no vote, `order_settled` that the order of the ballot needs no lot
    any more. `similar_pairs` are the pairs of names that still need a distinguishing line, `credentials` the public
    credentials kept of the `slips_printed` printed slips. `annulled`, here as below, that the election does not stand.
    `untried` key holders still have to open the trial sum from their sheets, and `stopped` ones found another election on
    their device than on the public page.
    """

    state: PollState
    rules_present: bool
    nominations_over: bool
    accepted: int
    undecided: int
    uncontested: bool
    similar_pairs: int
    order_settled: bool
    key_ready: bool
    slips_printed: int
    credentials: int
    annulled: bool = False
    stopped: int = 0
    untried: int = 0


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """What is known when the board wants to open; counts are at least 0.

    `seal_intact` tells whether rules, candidates, credentials and key still have the hash they were frozen with.
    `present` are the members of the board who have confirmed that they are there, each counted once; `zero_report` is
    how the report of the empty urn (nulrapport) stands to what it reports. `too_early` tells that the hour which the
    rules state has not come and that no reason was given in writing. `unconfirmed` are the key holders who still have to
    say that their device shows the frozen set-up, and `stopped` those who say that it does not.
    """

    state: PollState
    seal_intact: bool
    ballots: int
    admissions: int
    slips_issued: int
    rehearsal_leftovers: int
    present: int
    zero_report: Report
    too_early: bool
    annulled: bool = False
    unconfirmed: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class DoorsFacts:
    """What is known when the board wants to shut the doors; the members are as in `OpenFacts`."""

    state: PollState
    doors_closed: bool
    present: int
    too_early: bool


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """What is known when the board wants to close. An hour is not asked for: the doors were shut before."""

    state: PollState
    doors_closed: bool
    present: int


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What is known when the board wants to seal the closed urn by its report.

    `urn_intact` tells whether the urn still has the hash that it was closed with. `uncounted` boxes must be counted
    before it is known what is left over; `unexplained` are the differences in the account that nobody has explained
    and signed. The same of the ballots of paper (papirstemmesedler), which have boxes and an account of their own.
    `result_known` tells that the urn is opened, or added up on a report that still fits: no other one is made.
    """

    state: PollState
    urn_intact: bool
    present: int
    uncounted: int
    unexplained: int
    paper_uncounted: int
    paper_unexplained: int
    result_known: bool


class Trail(StrEnum):
    """How the papers that the booths printed (kontrolsedler) stand to the ballots in the urn."""

    SETTLED = "settled"
    """There are none by the rules; or two have counted as many as there are ballots, or have explained why not."""
    UNCOUNTED = "uncounted"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class CountFacts:
    """What is known when the board wants to add the ballots up; urn and differences are as in `SealFacts`.

    `paper_ballots_uncounted` tells that some voted on paper, and that no two have found the same when they counted them;
    `paper_record` what is lacking in the papers that the booths printed beside the ballots, where the rules ask for them.
    """

    state: PollState
    urn_intact: bool
    unexplained: int
    paper_unexplained: int
    paper_ballots_uncounted: bool
    urn_report: Report
    paper_record: Trail = Trail.SETTLED
    annulled: bool = False


def may_freeze(facts: FreezeFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to freezing; none means the rules, the ballot, the key and the slips may be fixed."""
    differing = abs(facts.slips_printed - facts.credentials)
    return _standing(
        (facts.annulled, Obstacle(ObstacleCode.ANNULLED)),
        (facts.state is not PollState.PREPARING, Obstacle(ObstacleCode.NOT_PREPARING)),
        (not facts.rules_present, Obstacle(ObstacleCode.RULES_MISSING)),
        (not facts.nominations_over, Obstacle(ObstacleCode.NOMINATIONS_OPEN)),
        (facts.accepted == 0, Obstacle(ObstacleCode.NO_CANDIDATES)),
        (facts.undecided > 0, Obstacle(ObstacleCode.UNDECIDED_NOMINATIONS, facts.undecided)),
        (facts.uncontested, Obstacle(ObstacleCode.UNCONTESTED)),
        (facts.similar_pairs > 0, Obstacle(ObstacleCode.SIMILAR_NAMES, facts.similar_pairs)),
        (not facts.order_settled, Obstacle(ObstacleCode.LOT_NOT_DRAWN)),
        (not facts.key_ready, Obstacle(ObstacleCode.KEY_MISSING)),
        (facts.untried > 0, Obstacle(ObstacleCode.TRIAL_MISSING, facts.untried)),
        (facts.stopped > 0, Obstacle(ObstacleCode.SETUP_STOPPED, facts.stopped)),
        (facts.slips_printed == 0, Obstacle(ObstacleCode.NO_SLIPS)),
        (differing > 0, Obstacle(ObstacleCode.CREDENTIALS_DIFFER_FROM_SLIPS, differing)),
    )


def may_open(facts: OpenFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to opening; none means the urn is shown empty and nothing of a rehearsal is left.

    The voters of 2022 who were met as having voted already met test data that nobody had removed.
    """
    return _standing(
        (facts.annulled, Obstacle(ObstacleCode.ANNULLED)),
        (facts.state is not PollState.FROZEN, Obstacle(ObstacleCode.NOT_FROZEN)),
        (not facts.seal_intact, Obstacle(ObstacleCode.SEAL_BROKEN)),
        (facts.stopped > 0, Obstacle(ObstacleCode.SETUP_STOPPED, facts.stopped)),
        (facts.unconfirmed > 0, Obstacle(ObstacleCode.SETUP_UNCONFIRMED, facts.unconfirmed)),
        (facts.ballots > 0, Obstacle(ObstacleCode.BALLOTS_IN_URN, facts.ballots)),
        (facts.admissions > 0, Obstacle(ObstacleCode.ADMISSIONS_LEFT, facts.admissions)),
        (facts.slips_issued > 0, Obstacle(ObstacleCode.SLIPS_ALREADY_ISSUED, facts.slips_issued)),
        (facts.rehearsal_leftovers > 0, Obstacle(ObstacleCode.REHEARSAL_LEFTOVERS, facts.rehearsal_leftovers)),
        _too_few(facts.present),
        *_report(facts.zero_report),
        (facts.too_early, Obstacle(ObstacleCode.BEFORE_TIME)),
    )


def may_close_doors(facts: DoorsFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to shutting the doors, after which only those who stand in line are admitted."""
    return _standing(
        (facts.state is not PollState.OPEN, Obstacle(ObstacleCode.NOT_OPEN)),
        (facts.doors_closed, Obstacle(ObstacleCode.DOORS_CLOSED)),
        _too_few(facts.present),
        (facts.too_early, Obstacle(ObstacleCode.BEFORE_TIME)),
    )


def may_close(facts: CloseFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to closing: only an open poll is closed, once, by two, and with its doors shut."""
    return _standing(
        (facts.state is not PollState.OPEN, Obstacle(ObstacleCode.NOT_OPEN)),
        (not facts.doors_closed, Obstacle(ObstacleCode.DOORS_OPEN)),
        _too_few(facts.present),
    )


def may_seal(facts: SealFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to the report of the sealed urn: every difference in the account has been explained first."""
    return _standing(
        (facts.state is not PollState.CLOSED, Obstacle(ObstacleCode.NOT_CLOSED)),
        (not facts.urn_intact, Obstacle(ObstacleCode.URN_CHANGED)),
        (facts.uncounted > 0, Obstacle(ObstacleCode.BOXES_UNCOUNTED, facts.uncounted)),
        (facts.paper_uncounted > 0, Obstacle(ObstacleCode.PAPER_BOXES_UNCOUNTED, facts.paper_uncounted)),
        *_unexplained(facts.unexplained, facts.paper_unexplained),
        _too_few(facts.present),
        (facts.result_known, Obstacle(ObstacleCode.RESULT_KNOWN)),
    )


def may_count(facts: CountFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to adding up: the figures of the evening are settled and signed before anybody sees a result.

    The ballots of paper are counted first: what the urn gave is public as soon as it is opened, and whoever counts the
    others then would know what is missing to whom, and what a wrong figure would do. An election that does not stand is
    not counted: its urn stays closed.
    """
    return _standing(
        (facts.annulled, Obstacle(ObstacleCode.ANNULLED)),
        (facts.state is not PollState.CLOSED, Obstacle(ObstacleCode.NOT_CLOSED)),
        (not facts.urn_intact, Obstacle(ObstacleCode.URN_CHANGED)),
        *_unexplained(facts.unexplained, facts.paper_unexplained),
        (facts.paper_ballots_uncounted, Obstacle(ObstacleCode.PAPER_BALLOTS_UNCOUNTED)),
        (facts.paper_record is Trail.UNCOUNTED, Obstacle(ObstacleCode.PAPER_RECORD_UNCOUNTED)),
        (facts.paper_record is Trail.UNEXPLAINED, Obstacle(ObstacleCode.PAPER_RECORD_UNEXPLAINED)),
        *_report(facts.urn_report),
    )


_Check = tuple[bool, Obstacle]


def _too_few(present: int) -> _Check:
    return present < LEAST_PRESENT, Obstacle(ObstacleCode.TOO_FEW_PRESENT, present)


def _unexplained(of_slips: int, of_paper: int) -> tuple[_Check, _Check]:
    return (
        (of_slips > 0, Obstacle(ObstacleCode.DIFFERENCES_UNEXPLAINED, of_slips)),
        (of_paper > 0, Obstacle(ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED, of_paper)),
    )


def _report(report: Report) -> tuple[_Check, _Check]:
    return (
        (report is Report.MISSING, Obstacle(ObstacleCode.REPORT_MISSING)),
        (report is Report.STALE, Obstacle(ObstacleCode.REPORT_STALE)),
    )


def _standing(*checks: _Check) -> tuple[Obstacle, ...]:
    return tuple(obstacle for stands, obstacle in checks if stands)
