"""The course of a count: step by step what was done, with whom and with which figures, to be told in any language.

The steps in Danish, as the answer carries them, are made from these by `tally.allocation.wording`; a page tells them
in its own words, beside a table of the figures. Each step names the rule it follows (`rule`, a key of the rule set;
"" where it is no rule of the set) and has a `code` to tell it by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from tally.allocation.answer import Decides, SubstituteMember
    from tally.allocation.counts import CandidateCount, People

Fate = Literal["seated", "lot", "none"]
"""Of a contender in a step: has a seat, waits for a lot that may give or take it, or has none of these seats."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One who competed for the seats of a step, and what came of it."""

    person: CandidateCount
    fate: Fate


@dataclass(frozen=True, slots=True)
class GroupsUnknown:
    """The group of these people has no reserved seats in the rules, so that only open seats are within reach."""

    code: ClassVar[str] = "groups_unknown"
    rule: ClassVar[str] = "[[seats.reserved]]"
    people: People


@dataclass(frozen=True, slots=True)
class Barred:
    """These people have fewer than `least` votes, too few for seat and list."""

    code: ClassVar[str] = "barred"
    rule: ClassVar[str] = "[substitutes] minimum_votes"
    least: int
    people: People


@dataclass(frozen=True, slots=True)
class ReservedGiven:
    """The `number` of seats reserved for a group are given; `filled` of them, those that wait for a lot among them.

    The contenders are all of the group, most votes first.
    """

    code: ClassVar[str] = "reserved"
    rule: ClassVar[str] = "[[seats.reserved]]"
    group: str
    number: int
    filled: int
    contenders: tuple[Contender, ...]


@dataclass(frozen=True, slots=True)
class OpenGiven:
    """The `number` of open seats are given; `filled` of them, those that wait for a lot among them.

    The contenders are all who have no reserved seat for certain, most votes first.
    """

    code: ClassVar[str] = "open"
    rule: ClassVar[str] = "[seats] total"
    number: int
    filled: int
    contenders: tuple[Contender, ...]


@dataclass(frozen=True, slots=True)
class LotWanted:
    """A lot must be drawn among these people, in ballot order, all of one number of votes."""

    code: ClassVar[str] = "lot_wanted"
    rule: ClassVar[str] = ""
    among: People
    decides: Decides


@dataclass(frozen=True, slots=True)
class LotFell:
    """A lot among these people came out in this `order`; both hold the same people, `among` in ballot order."""

    code: ClassVar[str] = "lot_fell"
    rule: ClassVar[str] = ""
    among: People
    order: People
    decides: Decides


@dataclass(frozen=True, slots=True)
class SubstitutesFound:
    """The substitutes stand on one list ("ranked"), or are dealt to members, up to `per_member` each ("paired")."""

    code: ClassVar[str] = "substitutes"
    rule: ClassVar[str] = "[substitutes] model"
    model: Literal["ranked", "paired"]
    per_member: int
    substitutes: tuple[SubstituteMember, ...]


@dataclass(frozen=True, slots=True)
class AllElected:
    """No vote was held, for there is a seat for everybody; in ballot order."""

    code: ClassVar[str] = "all_elected"
    rule: ClassVar[str] = ""
    people: People


@dataclass(frozen=True, slots=True)
class SeatsVacant:
    """So many seats stay empty."""

    code: ClassVar[str] = "vacant"
    rule: ClassVar[str] = ""
    number: int


@dataclass(frozen=True, slots=True)
class SubjectToCouncil:
    """The election is advisory: it is the council that appoints (integrationsloven § 42)."""

    code: ClassVar[str] = "subject_to_council"
    rule: ClassVar[str] = ""


Step = (
    GroupsUnknown
    | Barred
    | ReservedGiven
    | OpenGiven
    | LotWanted
    | LotFell
    | SubstitutesFound
    | AllElected
    | SeatsVacant
    | SubjectToCouncil
)
Course = tuple[Step, ...]
