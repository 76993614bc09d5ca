"""The guided page of the polling station: each step is checked, and nothing is called ready that a poll waits for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ballots.poll import LEAST_PRESENT
from votingapp.desks.secretariat.setup.steps import SetupFacts, StepName, StepState, check, is_ready
from votingapp.store.recordings import Recordings

READY = SetupFacts(
    place=True,
    board=3,
    desk_staff=8,
    persons=400,
    closed_roll=True,
    candidates_settled=True,
    key_ready=True,
    slips_printed=420,
    frozen=True,
    confirmed=True,
    poll_cards_printed=True,
    secure=True,
    backup_in_step=True,
    roll_written=True,
    recordings=Recordings("eSpeak NG 1.52.0", (), ()),
    recordings_lost=0,
    desks=4,
    booths=6,
    silent=0,
    unsupplied=(),
    paper_ballots=50,
    concerns=0,
)
UNDONE = {
    StepName.RULES: {"place": False},
    StepName.STAFF: {"board": LEAST_PRESENT - 1},
    StepName.REGISTER: {"persons": 0},
    StepName.CANDIDATES: {"candidates_settled": False},
    StepName.KEYS: {"key_ready": False},
    StepName.SLIPS: {"slips_printed": 0},
    StepName.FREEZE: {"frozen": False},
    StepName.CONFIRM: {"confirmed": False},
    StepName.POLL_CARDS: {"poll_cards_printed": False},
    StepName.CERTIFICATE: {"secure": False},
    StepName.BACKUP: {"backup_in_step": False},
    StepName.ROLL: {"roll_written": False},
    StepName.SOUND: {"recordings": None},
    StepName.DEVICES: {"silent": 1},
    StepName.SUPPLY: {"unsupplied": ("Bord 4",)},
    StepName.PAPER: {"paper_ballots": 0},
    StepName.MACHINE: {"concerns": 1},
}
ADVISED = {
    StepName.RULES,
    StepName.POLL_CARDS,
    StepName.BACKUP,
    StepName.ROLL,
    StepName.SOUND,
    StepName.PAPER,
    StepName.MACHINE,
}


def states(facts: SetupFacts) -> dict[StepName, StepState]:
    return {step.name: step.state for step in check(facts)}


def test_with_everything_there_all_steps_are_done():
    """A station that lacks nothing is ready, and every step says so."""
    assert set(states(READY).values()) == {StepState.DONE}
    assert tuple(states(READY)) == tuple(StepName)
    assert is_ready(check(READY))


@pytest.mark.parametrize("name", StepName)
def test_each_step_is_checked_by_itself(name):
    """Whatever is missing, its own step is not done; only what a poll can do without leaves the station ready."""
    facts = replace(READY, **UNDONE[name])
    assert states(facts)[name] is not StepState.DONE
    assert [other for other, state in states(facts).items() if state is not StepState.DONE] == [name]
    assert is_ready(check(facts)) is (name in ADVISED)


@pytest.mark.parametrize("facts", [{"desks": 0}, {"booths": 0}, {"desk_staff": 0}])
def test_half_of_a_step_is_not_the_step(facts):
    """Desks without a booth, booths without a desk, and a board without desk staff open no poll."""
    assert not is_ready(check(replace(READY, **facts)))


def test_what_waits_is_told_from_what_can_be_done_now():
    """The freeze waits for candidates, key and slips, its confirmation for the freeze; supplying the desks waits for slips and desks."""
    nothing = replace(
        READY, candidates_settled=False, slips_printed=0, frozen=False, confirmed=False, desks=0, booths=0
    )
    found = states(nothing)
    assert found[StepName.FREEZE] is StepState.LATER
    assert found[StepName.CONFIRM] is StepState.LATER
    assert found[StepName.SUPPLY] is StepState.LATER
    assert found[StepName.SLIPS] is StepState.NOW
    assert found[StepName.DEVICES] is StepState.NOW


def test_poll_cards_are_a_step_of_a_closed_roll():
    """Where residents declare at the desk nobody is sent a card."""
    assert StepName.POLL_CARDS not in states(replace(READY, closed_roll=False))
