"""The account of slips stands in the record: every figure, every difference, its explanation, and who signed it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import pytest
from recorded import UNSTATED

from ballots.slips import DeskAccount, Movement, SlipAccount
from tally.record import BoxDifference, Reconciliation, missing, to_json
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.slips import explaining
from votingapp.desks.slips.supply import Signed, count, supply, void_unread
from votingapp.documents.record import render_record
from votingapp.store import accounts, record_draft, slip_account
from votingapp.store.accounts import Account
from votingapp.store.explanations import Explanation
from votingapp.store.ledger import BOARD

AT = datetime(2021, 11, 23, 20, tzinfo=UTC)


@pytest.fixture
def closed(store, board):
    """A closed poll with three ballots; ten slips were printed, four went to Bord 1, one was misprinted."""
    seated = board(store)
    seated.prepare(slips=10)
    chair, second, _third = seated.members
    signed = lambda: Signed(chair, str(uuid.uuid4()), second)  # noqa: E731 - a form of its own for each act
    supply(store, seated.election, signed(), Movement.TO_DESK, "Bord 1", 4)
    void_unread(store, seated.election, signed(), BOARD, "Printet skævt", 1)
    seated.vote((1,), (2,), (1,))
    return seated, signed


def record_of(store, seated):
    with store.reading() as connection:
        found = record_draft.draft(connection, seated.now())
    assert found is not None
    return found


def unexplained(store, seated):
    with store.reading() as connection:
        return accounts.unexplained(connection, seated.now())


def test_every_figure_of_the_account_stands_in_the_record(store, closed):
    """What was printed, made void and counted as left over, and nothing about paper where there was none."""
    seated, _signed = closed
    seated.count()
    record = record_of(store, seated)
    assert missing(record) == UNSTATED
    assert (record.turnout.slips_printed, record.turnout.slips_void, record.turnout.slips_left_over) == (10, 1, 9)
    assert record.turnout.paper is None
    assert [one.account for one in record.reconciliation] == ["slips", "admissions", "ballots", "votes"]


def test_differences_stand_in_the_record_with_words_and_names(store, closed):
    """A box that is one short stands in the record and on its paper with what two officials say of it."""
    seated, signed = closed
    chair, second, _third = seated.members
    count(store, seated.election, signed(), "Bord 1", 3, spoiled=0)
    for difference in unexplained(store, seated):
        words = f"Vi ved det ikke ({difference.code.value})."
        explaining.explain(store, seated.election, difference, words, (chair, second))
    made = make_urn_report(store, chair, seated.election, printer=lambda _frame, _sealed: b"urn report")
    assert isinstance(made, Made)
    seated.count()
    record = record_of(store, seated)
    assert missing(record) == UNSTATED
    names = (chair.name, second.name)
    assert record.boxes == (
        BoxDifference("Bord 1", 3, too_few=1, too_many=0, explanation=record.boxes[0].explanation, signed_by=names),
    )
    told = {one.account: (one.difference, one.explanation, one.signed_by) for one in record.reconciliation}
    assert told["slips"] == (2, "Vi ved det ikke (left_over_not_as_counted).", names)  # and not taken from any box
    assert told["admissions"] == (3, "Det er en prøve.", names)  # slips without admissions, explained before the count
    assert told["ballots"] == (0, "", ())
    assert render_record(record).startswith(b"%PDF-")


def test_the_published_json_tells_the_same(store, closed):
    """What a citizen reads as data has the same figures, without a code, a slip or a number of a person."""
    seated, _signed = closed
    seated.count()
    with store.reading() as connection:
        content = json.loads(to_json(record_draft.draft(connection, seated.now())))
    turnout = content["turnout"]
    assert (turnout["slips_issued"], turnout["slips_returned"], turnout["ballots"]) == (3, 0, 3)
    assert content["boxes"] == []


def test_an_envelope_that_is_too_light_is_told_beside_the_boxes():
    """It is named with its box, what it lacks, and who explained it; it does not touch the sums."""
    whole = SlipAccount(printed=50, issued=20, admitted=20, exchanged=2, ballots=20, left_over=28)
    box = DeskAccount("Bord 1", 50, 20, exchanged=2, counted=28, due=28, spoiled_counted=1, spoiled_due=2)
    account = Account(whole, (box,))
    (light,) = account.differences
    explained = Explanation(AT, light, "Blev smidt ud.", ("Anne", "Birk"))
    assert slip_account.boxes(account, [explained]) == (
        BoxDifference("Bord 1 (kuvert)", 1, 1, 0, "Blev smidt ud.", ("Anne", "Birk")),
    )


def test_what_explains_the_boxes_explains_the_whole():
    """Where every box that is short is explained, nobody has to explain the sum of them; where one is not, nothing does."""
    whole = SlipAccount(printed=100, issued=40, admitted=40, ballots=40, left_over=58)
    boxes = tuple(DeskAccount(desk, received=50, issued=20, counted=29, due=30) for desk in ("Bord 1", "Bord 2"))
    account = Account(whole, boxes)
    given = [
        Explanation(AT, difference, "Tabt.", ("Anne", name))
        for difference, name in zip(account.differences, ("Birk", "Cilla"), strict=True)
    ]
    slips = Reconciliation("slips", 100, 98)
    assert slip_account.explain(slips, account, given[:1]) == slips
    explained = slip_account.explain(slips, account, given)
    assert explained.explanation == "Bord 1: Tabt. · Bord 2: Tabt."
    assert explained.signed_by == ("Anne", "Birk", "Cilla")
    ballots = Reconciliation("ballots", 40, 39, at_most=True)
    assert slip_account.explain(ballots, account, given) == ballots
