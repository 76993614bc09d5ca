"""The lot for the ballot's order is announced before it is drawn and confirmed by two, so that nobody can aim at a place."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from candidates.nomination import is_within
from candidates.rules import ElectionRules, NominationRules

WITNESSES = 2
_LONGEST_SEED = 100
# Signs that are the same bytes on every machine and need no care between the quotes of a shell.
_SEED = re.compile(r"[0-9A-Za-z]([0-9A-Za-z .,:-]*[0-9A-Za-z])?")


class LotObstacle(StrEnum):
    """Why a step of the lot (lodtrækning om rækkefølgen) is not taken."""

    ALPHABETICAL = "alphabetical"
    """The rules order the ballot by the alphabet: there is nothing to draw."""
    BALLOT_FIXED = "ballot_fixed"
    ALREADY_ANNOUNCED = "already_announced"
    NOT_ANNOUNCED = "not_announced"
    IN_THE_PAST = "in_the_past"
    """A draw is announced before it happens."""
    CANDIDATES_UNKNOWN = "candidates_unknown"
    """At that instant somebody could still come forward or mend her nomination."""
    POLL_OPENED = "poll_opened"
    """At that instant the poll is open already."""
    INSTANT_PASSED = "instant_passed"
    """What may have been drawn already is not announced anew."""
    TOO_EARLY = "too_early"
    UNDECIDED = "undecided"
    """Nominations wait for a decision; the seed must not be known to whoever decides on them."""
    REASON_MISSING = "reason_missing"
    UNFIT_SEED = "unfit_seed"
    UNFIT_WITNESSES = "unfit_witnesses"
    ALREADY_ENTERED = "already_entered"
    NOTHING_ENTERED = "nothing_entered"
    SAME_OFFICIAL = "same_official"
    """Whoever entered the seed does not confirm it herself."""


def check_announcement(
    election: ElectionRules, rules: NominationRules, draw_at: datetime, at: datetime
) -> LotObstacle | None:
    """Say what speaks against announcing at the instant `at` that the lot is drawn at `draw_at`.

    The draw lies ahead, after the cure period has ended to its last second, and before the poll opens.
    """
    if draw_at <= at:
        return LotObstacle.IN_THE_PAST
    if is_within(draw_at, rules.cure_until):
        return LotObstacle.CANDIDATES_UNKNOWN
    return LotObstacle.POLL_OPENED if draw_at >= election.opens_at else None


def check_change(draw_at: datetime, at: datetime, reason: str) -> LotObstacle | None:
    """Say what speaks against announcing anew a draw that was announced for `draw_at`."""
    if at >= draw_at:
        return LotObstacle.INSTANT_PASSED
    return None if reason.strip() else LotObstacle.REASON_MISSING


def check_entry(draw_at: datetime, at: datetime, undecided: int, witnesses: Sequence[str]) -> LotObstacle | None:
    """Say what speaks against entering what was drawn: it is drawn in public, before two witnesses of different names."""
    if at < draw_at:
        return LotObstacle.TOO_EARLY
    if undecided:
        return LotObstacle.UNDECIDED
    different = {" ".join(name.split()).casefold() for name in witnesses} - {""}
    return None if len(different) == len(witnesses) == WITNESSES else LotObstacle.UNFIT_WITNESSES


def read_seed(text: str) -> str | None:
    """Read what was drawn, with single spaces; None for what cannot be typed alike on every keyboard.

    Digits, the letters A to Z and between them space, comma, full stop, colon and hyphen, at most 100 of them: what
    stands in the formula is then the same bytes wherever it is recomputed.
    """
    seed = " ".join(text.split())
    return seed if len(seed) <= _LONGEST_SEED and _SEED.fullmatch(seed) else None
