"""A poll is prepared, frozen, opened and closed, in that order, and each step says what still stands in its way."""

from dataclasses import dataclass
from enum import StrEnum


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
    NO_SLIPS = "no_slips"
    CREDENTIALS_DIFFER_FROM_SLIPS = "credentials_differ_from_slips"
    NOT_FROZEN = "not_frozen"
    SEAL_BROKEN = "seal_broken"
    BALLOTS_IN_URN = "ballots_in_urn"
    ADMISSIONS_LEFT = "admissions_left"
    SLIPS_ALREADY_ISSUED = "slips_already_issued"
    REHEARSAL_LEFTOVERS = "rehearsal_leftovers"
    NOT_OPEN = "not_open"


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
    credentials kept of the `slips_printed` printed slips.
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


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """What is known when the board wants to open; counts are at least 0.

    `seal_intact` tells whether rules, candidates, credentials and key still have the hash they were frozen with.
    """

    state: PollState
    seal_intact: bool
    ballots: int
    admissions: int
    slips_issued: int
    rehearsal_leftovers: int


def may_freeze(facts: FreezeFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to freezing; none means the rules, the ballot, the key and the slips may be fixed."""
    differing = abs(facts.slips_printed - facts.credentials)
    return _standing(
        (facts.state is not PollState.PREPARING, Obstacle(ObstacleCode.NOT_PREPARING)),
        (not facts.rules_present, Obstacle(ObstacleCode.RULES_MISSING)),
        (not facts.nominations_over, Obstacle(ObstacleCode.NOMINATIONS_OPEN)),
        (facts.accepted == 0, Obstacle(ObstacleCode.NO_CANDIDATES)),
        (facts.undecided > 0, Obstacle(ObstacleCode.UNDECIDED_NOMINATIONS, facts.undecided)),
        (facts.uncontested, Obstacle(ObstacleCode.UNCONTESTED)),
        (facts.similar_pairs > 0, Obstacle(ObstacleCode.SIMILAR_NAMES, facts.similar_pairs)),
        (not facts.order_settled, Obstacle(ObstacleCode.LOT_NOT_DRAWN)),
        (not facts.key_ready, Obstacle(ObstacleCode.KEY_MISSING)),
        (facts.slips_printed == 0, Obstacle(ObstacleCode.NO_SLIPS)),
        (differing > 0, Obstacle(ObstacleCode.CREDENTIALS_DIFFER_FROM_SLIPS, differing)),
    )


def may_open(facts: OpenFacts) -> tuple[Obstacle, ...]:
    """Name every obstacle to opening; none means the urn is shown empty and nothing of a rehearsal is left.

    The voters of 2022 who were met as having voted already met test data that nobody had removed.
    """
    return _standing(
        (facts.state is not PollState.FROZEN, Obstacle(ObstacleCode.NOT_FROZEN)),
        (not facts.seal_intact, Obstacle(ObstacleCode.SEAL_BROKEN)),
        (facts.ballots > 0, Obstacle(ObstacleCode.BALLOTS_IN_URN, facts.ballots)),
        (facts.admissions > 0, Obstacle(ObstacleCode.ADMISSIONS_LEFT, facts.admissions)),
        (facts.slips_issued > 0, Obstacle(ObstacleCode.SLIPS_ALREADY_ISSUED, facts.slips_issued)),
        (facts.rehearsal_leftovers > 0, Obstacle(ObstacleCode.REHEARSAL_LEFTOVERS, facts.rehearsal_leftovers)),
    )


def may_close(state: PollState) -> tuple[Obstacle, ...]:
    """Name the obstacle to closing: only an open poll is closed, and closed once."""
    return _standing((state is not PollState.OPEN, Obstacle(ObstacleCode.NOT_OPEN)))


def _standing(*checks: tuple[bool, Obstacle]) -> tuple[Obstacle, ...]:
    return tuple(obstacle for stands, obstacle in checks if stands)
