"""What a polling station needs before its doors open, in the order in which a clerk does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.poll import LEAST_PRESENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from votingapp.store.recordings import Recordings


class StepName(StrEnum):
    """The steps, in order."""

    RULES = "rules"
    STAFF = "staff"
    REGISTER = "register"
    CANDIDATES = "candidates"
    KEYS = "keys"
    SLIPS = "slips"
    FREEZE = "freeze"
    CONFIRM = "confirm"
    POLL_CARDS = "poll_cards"
    CERTIFICATE = "certificate"
    BACKUP = "backup"
    ROLL = "roll"
    SOUND = "sound"
    DEVICES = "devices"
    SUPPLY = "supply"
    PAPER = "paper"
    MACHINE = "machine"


class StepState(StrEnum):
    """Whether a step is done, can be done now, waits for another, or is left to the municipality's own judgement."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    ADVISED = "advised"
    """Not done, and no poll waits for it; a station without it runs a risk that the page names."""


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What the house knows of its own readiness; counts are at least 0.

    `candidates_settled`: nominations are over and decided. `key_ready`: made, and tried from the sheets. `confirmed`: enough key
    holders have confirmed what is frozen, and none stops. `desks` and `booths` have been joined, `silent` of them were
    not seen for a while. `unsupplied` are the desks, by name, that have been given no slips. `secure`: browsers reach the
    house over TLS, or on this very machine. `concerns` is how much the house's watch finds wrong with the machine. Of the
    `recordings` of the booth so many files are lost.
    """

    place: bool
    board: int
    desk_staff: int
    persons: int
    closed_roll: bool
    candidates_settled: bool
    key_ready: bool
    slips_printed: int
    frozen: bool
    confirmed: bool
    poll_cards_printed: bool
    secure: bool
    backup_in_step: bool
    roll_written: bool
    recordings: Recordings | None
    recordings_lost: int
    desks: int
    booths: int
    silent: int
    unsupplied: tuple[str, ...]
    paper_ballots: int
    concerns: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the guided page."""

    name: StepName
    state: StepState


_DONE: Mapping[StepName, Callable[[SetupFacts], bool]] = {
    StepName.RULES: lambda facts: facts.place,
    StepName.STAFF: lambda facts: facts.board >= LEAST_PRESENT and facts.desk_staff > 0,
    StepName.REGISTER: lambda facts: facts.persons > 0,
    StepName.CANDIDATES: lambda facts: facts.candidates_settled,
    StepName.KEYS: lambda facts: facts.key_ready,
    StepName.SLIPS: lambda facts: facts.slips_printed > 0,
    StepName.FREEZE: lambda facts: facts.frozen,
    StepName.CONFIRM: lambda facts: facts.confirmed,
    StepName.POLL_CARDS: lambda facts: facts.poll_cards_printed,
    StepName.CERTIFICATE: lambda facts: facts.secure,
    StepName.BACKUP: lambda facts: facts.backup_in_step,
    StepName.ROLL: lambda facts: facts.roll_written,
    StepName.SOUND: lambda facts: facts.recordings is not None and not facts.recordings_lost,
    StepName.DEVICES: lambda facts: facts.desks > 0 and facts.booths > 0 and facts.silent == 0,
    StepName.SUPPLY: lambda facts: facts.desks > 0 and not facts.unsupplied,
    StepName.PAPER: lambda facts: facts.paper_ballots > 0,
    StepName.MACHINE: lambda facts: facts.concerns == 0,
}

_NEEDS: Mapping[StepName, tuple[StepName, ...]] = {
    StepName.FREEZE: (StepName.CANDIDATES, StepName.KEYS, StepName.SLIPS),
    StepName.CONFIRM: (StepName.FREEZE,),
    StepName.POLL_CARDS: (StepName.REGISTER,),
    StepName.ROLL: (StepName.REGISTER, StepName.FREEZE),
    StepName.SOUND: (StepName.FREEZE,),
    StepName.SUPPLY: (StepName.SLIPS, StepName.DEVICES),
    StepName.PAPER: (StepName.FREEZE,),
}
"""Which steps wait for which; the others can be taken at once."""

_ADVISED = frozenset(
    {
        StepName.RULES,
        StepName.POLL_CARDS,
        StepName.BACKUP,
        StepName.ROLL,
        StepName.SOUND,
        StepName.PAPER,
        StepName.MACHINE,
    }
)
"""What a poll can be opened without: where it is held may stand elsewhere, and a station may run at its own risk."""


def check(facts: SetupFacts) -> tuple[Step, ...]:
    """Say of each step how it stands; poll cards are a step where the roll is closed."""
    done = frozenset(name for name in StepName if _DONE[name](facts))
    asked = (name for name in StepName if name is not StepName.POLL_CARDS or facts.closed_roll)
    return tuple(Step(name, _state(name, done)) for name in asked)


def is_ready(steps: tuple[Step, ...]) -> bool:
    """Whether nothing is left that a poll waits for."""
    return all(step.state in {StepState.DONE, StepState.ADVISED} for step in steps)


def _state(name: StepName, done: frozenset[StepName]) -> StepState:
    if name in done:
        return StepState.DONE
    if name in _ADVISED:
        return StepState.ADVISED
    return StepState.NOW if done.issuperset(_NEEDS.get(name, ())) else StepState.LATER
