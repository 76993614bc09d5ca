"""Lots between tied candidates: asked for, entered as drawn by two of the board, and refused where they decide nothing."""

from __future__ import annotations

import json

import pytest
from recorded import draft

from votingapp.desks.count import lots
from votingapp.store import audit, counts, publication


def outcome(store, election):
    with store.reading() as connection:
        return counts.outcome(connection, election)


def published(store, election):
    with store.reading() as connection:
        return publication.published(connection, election)


@pytest.fixture
def tied(store, board, koege_rules):
    """Two candidates tied for the last of two seats: the board, counted."""
    seated = board(store, slug="lige-mange", rules_text=koege_rules.replace("total = 5", "total = 2"))
    seated.prepare()
    seated.vote((1,), (1,), (2,), (3,))
    seated.count()
    return seated


def enter(seated, order, place="Rådhusets kantine", witnesses=("Vera Vidne", "Viggo Vidne")):
    return lots.enter_lot(seated.store, seated.members[:2], seated.election, order, place, witnesses)


def test_a_tie_waits_for_a_lot(tied):
    """Whom a lot may decide about is not elected by name, number or time."""
    found = outcome(tied.store, tied.election).allocation
    assert found.status == "lots_required"
    assert [member.id for member in found.elected] == ["c1"]
    assert [demand.among for demand in found.lots_required] == [("c2", "c3")]


def test_the_lot_decides(tied):
    """The one drawn first has the seat, the other is substitute, and the record holds lot, place and witnesses."""
    assert enter(tied, ("c3", "c2")) == lots.LotEntered(remaining=0)
    found = published(tied.store, tied.now())
    assert found.allocation["status"] == "complete"
    assert [member["id"] for member in found.allocation["elected"]] == ["c1", "c3"]
    (drawn,) = draft(tied).lots
    assert (drawn.decides, drawn.order) == ("seat", ("c3", "c2"))
    assert drawn.witnesses == ("Vera Vidne", "Viggo Vidne")
    assert (drawn.method, drawn.dice, drawn.command) == ("Lodder trukket. Sted: Rådhusets kantine", "", "")
    assert json.loads(found.outcome.lots_json) == {"lots": [{"among": ["c2", "c3"], "order": ["c3", "c2"]}]}


def test_the_log_names_both_who_entered_a_lot(tied):
    """What gives a seat is nobody's word alone: two of the board stand in its entry, and one person is not two."""
    for alone in tied.members:
        with pytest.raises(ValueError, match="two"):
            lots.enter_lot(tied.store, (alone, alone), tied.election, ("c3", "c2"), "Kantinen", ("Vera", "Viggo"))
    assert outcome(tied.store, tied.election).lots == ()
    enter(tied, ("c3", "c2"))
    with tied.store.reading() as connection:
        entry = audit.last(connection, tied.election.id, "lot_drawn")
    assert (entry.actor, json.loads(entry.details)["second"]) == tuple(one.login for one in tied.members[:2])


def test_a_lot_is_entered_once(tied):
    """A second drawing of what is decided is answered, and the first stands."""
    enter(tied, ("c3", "c2"))
    assert enter(tied, ("c2", "c3")) == lots.NothingToDraw()
    assert [member.id for member in outcome(tied.store, tied.election).allocation.elected] == ["c1", "c3"]


@pytest.mark.parametrize("order", [("c1", "c2"), ("c2",), ("c2", "c3", "c1"), (), ("", "c2")])
def test_a_lot_among_others_than_the_tied_is_refused(tied, order):
    """A lot that nobody asked for decides nothing."""
    assert enter(tied, order) == lots.NothingToDraw()


def test_a_lot_names_each_once(tied):
    """The same name drawn twice is a slip of the pen, not an order."""
    assert isinstance(enter(tied, ("c2", "c3", "c2")), lots.LotRefused)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"place": " "}, "place"),
        ({"place": "Hos 010126-2010"}, "place"),
        ({"witnesses": ("Vera Vidne", "")}, "witnesses"),
        ({"witnesses": ("Vera Vidne", "vera vidne ")}, "witnesses"),
    ],
)
def test_a_lot_needs_a_place_and_two_witnesses(tied, change, field):
    """Without place and two different people a drawing cannot be trusted; a CPR number never enters the record."""
    refused = enter(tied, ("c3", "c2"), **change)
    assert isinstance(refused, lots.LotRefused)
    assert refused.field == field
    assert outcome(tied.store, tied.election).lots == ()


def test_no_lot_before_there_is_a_result(store, board):
    """Nobody draws before it is known who is tied."""
    seated = board(store)
    seated.prepare()
    assert enter(seated, ("c1", "c2")) == lots.NothingToDraw()
