"""When too few have come forward the body that adopted the rules may give more time, to everybody alike."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from candidates.clauses import COPENHAGEN
from candidates.nomination import Nomination, NominationState, is_within
from candidates.rules import ElectionRules, NominationRules


class ExtensionObstacle(StrEnum):
    """Why a deadline is not extended."""

    BALLOT_FIXED = "ballot_fixed"
    NOT_LATER = "not_later"
    """A deadline is only ever moved to a later instant: nobody loses time she was promised."""
    ALREADY_PAST = "already_past"
    """The new deadline is over already, so that nobody could use it."""
    CURE_BEFORE_CLOSE = "cure_before_close"
    CURE_SHORTENED = "cure_shortened"
    TOO_NEAR_ELECTION_DAY = "too_near_election_day"
    LOT_COMES_FIRST = "lot_comes_first"
    """The lot for the ballot's order is announced for an instant at which somebody could still come forward."""


def extend(
    election: ElectionRules,
    rules: NominationRules,
    closes: datetime,
    cure_until: datetime,
    at: datetime,
    *,
    ballot_fixed: bool,
    draw_at: datetime | None = None,
) -> NominationRules | ExtensionObstacle:
    """Give the rules of nomination later deadlines, decided at the instant `at`; everything else stays as adopted.

    All instants are aware. What the rule set demands of its own deadlines holds for the new ones too: the cure period
    does not end before the nomination closes, and both are over before election day. Where the lot for the ballot's
    order is announced, or drawn, `draw_at` is its instant, and the new deadlines are over by then: whoever comes
    forward when the seed is known could aim at a place.
    """
    if ballot_fixed:
        return ExtensionObstacle.BALLOT_FIXED
    obstacle = _obstacle(election, rules, closes, cure_until, at)
    if obstacle is None and draw_at is not None and is_within(draw_at, cure_until):
        obstacle = ExtensionObstacle.LOT_COMES_FIRST
    return obstacle or replace(rules, closes=closes, cure_until=cure_until)


def reinstate(nomination: Nomination, rules: NominationRules) -> Nomination:
    """Take a nomination that was late under the old deadline in under the new one, if it came in time for that.

    Whoever came an hour late is not worse off than whoever comes after the extension was decided.
    """
    if nomination.state is NominationState.LATE and is_within(nomination.submitted_at, rules.closes):
        return replace(nomination, state=NominationState.SUBMITTED)
    return nomination


def _obstacle(
    election: ElectionRules, rules: NominationRules, closes: datetime, cure_until: datetime, at: datetime
) -> ExtensionObstacle | None:
    if closes <= rules.closes:
        return ExtensionObstacle.NOT_LATER
    if closes <= at:
        return ExtensionObstacle.ALREADY_PAST
    if cure_until < closes:
        return ExtensionObstacle.CURE_BEFORE_CLOSE
    if cure_until < rules.cure_until:
        return ExtensionObstacle.CURE_SHORTENED
    if cure_until.astimezone(COPENHAGEN).date() >= election.election_day:
        return ExtensionObstacle.TOO_NEAR_ELECTION_DAY
    return None
