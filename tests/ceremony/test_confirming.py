"""What is frozen is confirmed by the key holders before the poll opens, and any of them can stop it."""

from __future__ import annotations

import json
import threading

import pytest

from ballots.poll import ObstacleCode
from votingapp.desks.ceremony import confirming, service
from votingapp.desks.poll import service as poll
from votingapp.store import audit, confirmations
from votingapp.store.keys import Step
from votingapp.store.staff import Role

OTHER = "0" * 64
REASON = "Enheden viste en side fra i går. Den er genindlæst, og aftrykkene er ens."


def codes(outcome) -> list[ObstacleCode]:
    return [obstacle.code for obstacle in outcome.obstacles]


def freeze(seated) -> str:
    """Freeze without anybody having confirmed yet; answers the hash of the set-up."""
    return poll.freeze(seated.store, seated.chair, seated.election).seal.setup


def lift(seated, reason: str = REASON):
    return confirming.lift_stop(seated.store, seated.members[:2], seated.election, reason)


def acts(seated) -> list[tuple[str, dict]]:
    with seated.store.reading() as connection:
        entries = audit.entries(connection, seated.election.id)
        return [(one.act, json.loads(one.details)) for one in entries if one.act.startswith("setup_")]


def test_the_poll_opens_when_as_many_have_confirmed_as_open_the_sum(any_store, board):
    """One of three is too few where two are needed; with the second the poll opens, and what was said stands in the log once."""
    seated = board(any_store)
    seated.prepare()
    setup = freeze(seated)
    assert seated.confirm(seated.members[0], setup) == confirming.Confirmed(missing=1)
    assert seated.confirm(seated.members[0], setup) == confirming.Confirmed(missing=1), "twice is once"
    assert codes(seated.open()) == [ObstacleCode.SETUP_UNCONFIRMED]
    assert seated.confirm(seated.members[2], setup) == confirming.Confirmed(missing=0)
    assert isinstance(seated.open(), poll.Opened)
    assert acts(seated) == [
        (confirming.CONFIRMED, {"position": 1, "setup": setup}),
        (confirming.CONFIRMED, {"position": 3, "setup": setup}),
    ]


def test_a_stop_holds_everything_up_until_two_lift_it(any_store, board):
    """Whoever stopped, before or after she confirmed, confirms again only when two have said why it goes on."""
    seated = board(any_store)
    seated.prepare()
    setup = freeze(seated)
    for member in seated.members:
        seated.confirm(member, setup)
    assert seated.stop(seated.members[1], OTHER) == confirming.Stopped()
    assert codes(seated.open()) == [ObstacleCode.SETUP_STOPPED]
    assert seated.confirm(seated.members[1], setup) == confirming.Halted()
    with pytest.raises(ValueError, match="two"):
        confirming.lift_stop(any_store, (seated.chair, seated.chair), seated.election, REASON)
    assert lift(seated, "  ") == confirming.NoReason()
    assert lift(seated, "Hun er 010180-1234") == confirming.NoReason()
    assert lift(seated) == confirming.Lifted()
    assert lift(seated) == confirming.NotNow()
    assert seated.confirm(seated.members[1], setup) == confirming.Confirmed(missing=0)
    assert isinstance(seated.open(), poll.Opened)
    assert seated.stop(seated.members[1]) == confirming.NotNow(), "an open poll is no matter of the set-up any more"
    assert seated.confirm(seated.members[0], setup) == confirming.NotNow()
    assert acts(seated)[3:5] == [
        (confirming.STOPPED, {"position": 2, "found": OTHER}),
        (confirming.LIFTED, {"stopped_by": ["Birk"], "signed_by": ["anne", "birk"], "reason": REASON}),
    ]


def test_only_the_hash_that_is_frozen_is_confirmed(store, board, add_staff):
    """Another hash, the hash before the slips changed, a stranger's word and a word before the freeze count for nothing."""
    seated = board(store)
    seated.prepare()
    assert seated.confirm(seated.chair, OTHER) == confirming.NotNow()
    setup = freeze(seated)
    for wrong in (OTHER, "", setup.upper(), setup[:-1]):
        assert seated.confirm(seated.chair, wrong) == confirming.OtherSetup()
    stranger = add_staff(store, seated.election, "dorte", Role.BOARD)
    assert seated.confirm(stranger, setup) == confirming.NotHolder()
    assert seated.stop(stranger) == confirming.NotHolder()
    seated.confirm(seated.members[0], setup)
    seated.confirm(seated.members[1], setup)
    seated.keep_slips(1)
    with store.reading() as connection:
        standing = confirmations.standing(connection, seated.now())
    assert standing == confirmations.Standing(missing=2, stopped=()), "what was confirmed is not what is there now"


def test_a_stop_in_the_ceremony_ends_with_it(store, board):
    """While the key is made a member who stops keeps all messages out; a new ceremony begins with a clean sheet."""
    seated = board(store)
    assert seated.stop(seated.chair) == confirming.NotNow(), "there is nothing to stop"
    seated.start()
    seated.send_all(Step.CERTIFICATE)
    assert seated.stop(seated.members[1], "<script>") == confirming.Stopped()
    assert seated.send(seated.chair, Step.DEALING) == service.Halted()
    assert acts(seated) == [(confirming.STOPPED, {"position": 2, "found": ""})]
    service.abandon_ceremony(store, seated.secretary, seated.election)
    assert seated.start() == service.Started()
    assert isinstance(seated.send(seated.chair, Step.CERTIFICATE), service.Taken)


def test_a_stopped_ceremony_is_not_frozen(store, board):
    """A finished key under a stop is none that an election is locked with."""
    seated = board(store)
    seated.prepare()
    seated.stop(seated.members[2])
    assert codes(poll.freeze(store, seated.chair, seated.election)) == [ObstacleCode.SETUP_STOPPED]


def test_two_devices_at_once(any_store, board):
    """A holder who confirms in two windows at the same instant has confirmed once."""
    seated = board(any_store)
    seated.prepare()
    setup = freeze(seated)
    found = []
    threads = [threading.Thread(target=lambda: found.append(seated.confirm(seated.chair, setup))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [confirming.Confirmed(missing=1)] * 2
    assert len(acts(seated)) == 1
