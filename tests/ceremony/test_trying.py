"""The finished key is tried on a sum of which everything is public, by as many as it takes, as if the other sheets were lost."""

from __future__ import annotations

import json
import secrets

import pytest

from ballots.poll import ObstacleCode
from ballots.protocol.group import format_point, multiply
from ballots.protocol.schnorr import prove
from ballots.protocol.threshold.share import open_decryption_key
from ballots.protocol.threshold.trial import TrialSum, make_part
from tally.decryption import TooFewDecryptions
from tally.trial import open_trial, spared
from votingapp.desks.ceremony import service
from votingapp.desks.ceremony.trying import TRIED, trial_of
from votingapp.desks.poll import service as poll
from votingapp.store import audit, trials


@pytest.fixture
def tried(store, board):
    """A board whose key stands, on which nobody has tried anything yet."""
    seated = board(store)
    seated.start()
    seated.finish_key()
    return seated


def trial_sum(seated) -> TrialSum:
    return TrialSum(seated.election.urn_uuid, seated.ceremony().trustees().combined_public_key)


def state(seated):
    with seated.store.reading() as connection:
        parts = trials.every(connection, seated.election.id)
    return trial_of(seated.ceremony(), parts, seated.election.urn_uuid)


def test_enough_open_it_without_the_others(any_store, board):
    """With the second of two that are needed the number appears; whose loss was rehearsed is told; more is no harm."""
    seated = board(any_store)
    assert trial_of_none(seated) is None
    seated.start()
    seated.finish_key()
    assert (state(seated).given, state(seated).number) == ((), None)
    assert seated.try_sheet(seated.members[0]) == service.Taken(complete=False)
    assert (state(seated).number, state(seated).spared) == (None, frozenset())
    assert seated.try_sheet(seated.members[2]) == service.Taken(complete=True)
    assert (state(seated).number, state(seated).spared) == (trial_sum(seated).number, {2})
    assert seated.try_sheet(seated.members[2]) == service.AlreadySent()
    assert seated.try_sheet(seated.members[1]) == service.Taken(complete=True)
    assert state(seated).spared == {1, 2, 3}
    with any_store.reading() as connection:
        logged = [one for one in audit.entries(connection, seated.election.id) if one.act == TRIED]
    assert [json.loads(one.details)["position"] for one in logged] == [1, 3, 2]


def trial_of_none(seated):
    """Before there is a key nobody can try it."""
    assert seated.start()
    assert seated.try_sheet(seated.chair, b"{}") == service.NotYet()
    found = state(seated)
    service.abandon_ceremony(seated.store, seated.secretary, seated.election)
    return found


def forged(trial: TrialSum, factor, secret) -> bytes:
    signature = prove(trial.label(factor), secret, secrets.token_bytes).to_json()
    return json.dumps({"factor": format_point(factor), "signature": signature}, separators=(",", ":")).encode()


def test_a_part_without_its_key_is_refused_by_name(tried):
    """Anybody can compute the factor, and so it proves nothing: another's key, another sum, another ceremony, or no signature."""
    trial, (anne, birk, _) = trial_sum(tried), tried.members
    held = tried.ceremony()
    hers = open_decryption_key(tried.seed(birk), held.members[1].share.encode())
    anne_key = held.trustees().keys[0].public_key
    public_factor = multiply(trial.randomness, anne_key)
    for raw, reason in (
        (tried.trial_part(birk), "trial_factor"),
        (forged(trial, public_factor, hers), "trial_signature"),
        (make_part(TrialSum(trial.uuid, anne_key), hers, secrets.token_bytes), "trial_factor"),
        (b"{}", "shape"),
        (b"\xff", "json"),
    ):
        outcome = tried.try_sheet(anne, raw)
        assert isinstance(outcome, service.Refused)
        assert (outcome.name, outcome.reason) == ("Anne", reason)
    assert state(tried).given == ()


def test_parts_that_were_never_checked_open_to_nothing(tried):
    """Put together, a wrong factor gives no number and spares nobody; two right ones give it, and spare the third."""
    trial, trustees = trial_sum(tried), tried.ceremony().trustees()
    right = {place: multiply(trial.randomness, key.public_key) for place, key in enumerate(trustees.keys, start=1)}
    wrong = right | {3: right[1]}
    assert open_trial(trial, trustees, {1: right[1], 3: wrong[3]}) is None
    assert spared(trial, trustees, wrong) == {3}
    assert open_trial(trial, trustees, {2: right[2], 3: right[3]}) == trial.number
    assert 1000 <= trial.number <= 9999
    with pytest.raises(TooFewDecryptions):
        open_trial(trial, trustees, {2: right[2]})


def test_nothing_is_locked_with_a_key_that_was_not_tried(store, board):
    """The freeze asks for the trial, a new ceremony for a new one, and after the freeze nobody tries any more."""
    seated = board(store)
    seated.prepare()
    service.abandon_ceremony(store, seated.secretary, seated.election)
    seated.start()
    seated.finish_key()
    refused = poll.freeze(store, seated.chair, seated.election)
    assert [(one.code, one.count) for one in refused.obstacles] == [(ObstacleCode.TRIAL_MISSING, 2)]
    for member in seated.members[:2]:
        seated.try_sheet(member)
    assert isinstance(seated.freeze(), poll.Frozen)
    assert seated.try_sheet(seated.members[2]) == service.TooLate()


def test_under_a_stop_nobody_tries(tried):
    """What is wrong is found out first."""
    tried.stop(tried.chair)
    assert tried.try_sheet(tried.members[1]) == service.Halted()


def test_a_stranger_tries_nothing(tried):
    """Who holds no part has none to try."""
    assert tried.try_sheet(tried.secretary, b"{}") == service.NotMember()
