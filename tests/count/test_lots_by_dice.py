"""Lots by dice: announced before they are rolled, and nobody writes an order, for it follows from the throws."""

from __future__ import annotations

import html
import json
import re
import subprocess
from types import SimpleNamespace

import pytest
from board import AFTER_NOMINATIONS, seat_board

from tally.allocation import LotDemand
from tally.dice import command, lot_message, lot_order
from votingapp.desks.count import dice, lots
from votingapp.store import audit, counts
from votingapp.store import lots as kept_lots
from votingapp.store.lots import Announcement

DIGITS = "364152111654323216541236"
OTHERS = "111111111111111111111111"
HELD = ("Rådhusets kantine", ("Vera Vidne", "Viggo Vidne"))
TIED = ("c2", "c3")
PASSWORD = "en lang og god sætning"


@pytest.fixture
def make(board, koege_rules):
    """Seat a board and count: two candidates are tied for the last of two seats."""

    def make(store):
        seated = board(store, slug="lige-mange", rules_text=koege_rules.replace("total = 5", "total = 2"))
        seated.prepare()
        seated.vote((1,), (1,), (2,), (3,))
        seated.count()
        return seated

    return make


@pytest.fixture
def tied(make, store):
    return make(store)


def outcome(seated):
    with seated.store.reading() as connection:
        return counts.outcome(connection, seated.election)


def announce(seated, among=TIED):
    return dice.announce(seated.store, seated.members[:2], seated.election, among)


def enter(seated, number=1, digits=DIGITS, again=None, held=HELD):
    throws = (digits, digits if again is None else again)
    return dice.enter_throws(seated.store, seated.members[:2], seated.election, number, throws, held)


def entry(seated, name):
    with seated.store.reading() as connection:
        found = audit.last(connection, seated.election.id, name)
    return found.actor, json.loads(found.details)


def test_the_throws_say_the_order(make, any_store):
    """Announced and rolled, the formula orders the tied; the log holds all that anybody needs to find the same."""
    tied = make(any_store)
    assert announce(tied) == dice.Announced(1)
    assert [(one.number, one.among) for one in outcome(tied).announced] == [(1, TIED)]
    assert enter(tied, digits="3641 5211 1654 3232 1654 1236", again=DIGITS) == lots.LotEntered(remaining=0)
    order = lot_order(tied.election.urn_uuid, 1, DIGITS, TIED)
    found = outcome(tied)
    assert (found.allocation.status, found.announced) == ("complete", ())
    assert [member.id for member in found.allocation.elected] == ["c1", order[0]]
    (kept,) = found.lots
    assert (kept.kind, kept.drawn.order, kept.place, kept.witnesses) == ("dice", order, *HELD)
    assert kept.throws.command(order[0]) == command(lot_message(tied.election.urn_uuid, 1, DIGITS, order[0]))
    both = [member.login for member in tied.members[:2]]
    actor, said = entry(tied, "lot_announced")
    assert (actor, said) == (both[0], {"number": 1, "among": list(TIED), "second": both[1]})
    actor, said = entry(tied, "lot_drawn")
    assert [actor, said["second"]] == both
    assert (said["kind"], said["number"], said["digits"], said["order"]) == ("dice", 1, DIGITS, list(order))


def test_nothing_counts_but_the_first_throws_of_what_was_announced(tied):
    """Before it is announced, under another number, or a second time: nothing is kept, and the first entry stands."""
    assert enter(tied) == dice.NotAnnounced()
    announce(tied)
    for number in (0, 2):
        assert enter(tied, number) == dice.NotAnnounced()
    assert outcome(tied).lots == ()
    enter(tied)
    assert enter(tied, digits=OTHERS) == dice.NotAnnounced()
    assert [one.throws.digits for one in outcome(tied).lots] == [DIGITS]
    assert announce(tied) == lots.NothingToDraw()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"digits": DIGITS[:-1]}, "digits"),
        ({"digits": DIGITS + "1"}, "digits"),
        ({"digits": DIGITS[:-1] + "7"}, "digits"),
        ({"digits": "7"}, "digits"),
        ({"again": OTHERS}, "again"),
        ({"again": ""}, "again"),
        ({"held": (" ", HELD[1])}, "place"),
        ({"held": ("Hos 010126-2010", HELD[1])}, "place"),
        ({"held": (HELD[0], ("Vera", "vera "))}, "witnesses"),
    ],
)
def test_what_was_not_seen_alike_by_both_is_refused(change, field):
    """24 throws, written alike by the two, a place and two witnesses; the door says which is missing."""
    refused = dice.enter_throws(
        None, BOTH, None, 1, (change.get("digits", DIGITS), change.get("again", DIGITS)), change.get("held", HELD)
    )
    assert isinstance(refused, lots.LotRefused)
    assert refused.field == field


class _Official:
    def __init__(self, name):
        self.id = self.login = name


BOTH = (_Official("anne"), _Official("birk"))


def test_one_person_alone_neither_announces_nor_enters():
    """What gives a seat is nobody's word alone."""
    alone = (BOTH[0], BOTH[0])
    with pytest.raises(ValueError, match="two"):
        dice.announce(None, alone, None, TIED)
    with pytest.raises(ValueError, match="two"):
        dice.enter_throws(None, alone, None, 1, (DIGITS, DIGITS), HELD)


def test_once_dice_are_announced_no_lot_is_drawn_by_hand(tied):
    """A second way would let somebody choose between two outcomes; a second announcement is the first."""
    announce(tied)
    assert announce(tied) == dice.Announced(1)
    assert lots.enter_lot(tied.store, tied.members[:2], tied.election, TIED, *HELD) == lots.DiceAnnounced(1)
    assert outcome(tied).lots == ()


def test_only_the_tied_are_announced(tied):
    """Who is not tied, or is tied to no consequence, is in no lot; and no number is spent on it."""
    for among in ((), ("c2",), ("c1", "c2"), ("c1", "c2", "c3"), ("c2", "x")):
        assert announce(tied, among) == lots.NothingToDraw()
    assert announce(tied, TIED[::-1]) == dice.Announced(1)
    assert outcome(tied).announced[0].among == TIED


def test_one_lot_is_announced_at_a_time(tied, monkeypatch):
    """Two lots that wait for their dice would let somebody choose which of two throws is for whom."""
    two = (LotDemand(("c1", "c4"), "seat"), LotDemand(TIED, "substitute"))
    asked = SimpleNamespace(allocation=SimpleNamespace(lots_required=two), announced=())
    monkeypatch.setattr(dice, "standing_outcome", lambda *_about: asked)
    assert announce(tied) == lots.NothingToDraw()
    assert announce(tied, ("c4", "c1")) == dice.Announced(1)


def test_an_announcement_that_decides_nothing_waits_for_nothing(tied):
    """Throws for people among whom no lot is asked for give nothing; the next lot has a number of its own."""
    first, second = tied.members[:2]

    def keep(work):
        stale = Announcement(1, ("c1", "c2"), work.now)
        kept_lots.keep_announcement(work.connection, tied.election.id, stale, first.id, second.id)
        work.keep_unrecorded()

    tied.store.write(keep)
    assert enter(tied) == dice.NotAnnounced()
    assert announce(tied) == dice.Announced(2)
    assert enter(tied, 2) == lots.LotEntered(remaining=0)
    assert outcome(tied).lots[0].drawn.order == lot_order(tied.election.urn_uuid, 2, DIGITS, TIED)


def test_no_dice_before_there_is_a_result(store, board):
    """Nobody announces before it is known who is tied."""
    seated = board(store)
    seated.prepare()
    assert announce(seated) == lots.NothingToDraw()
    assert enter(seated) == dice.NotAnnounced()


def send(browser, page, step, **data):
    csrf = browser.get("/password").text.split('csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]
    prefix = step.rpartition("/")[2]
    filled = {f"{prefix}-{name}": value for name, value in (data | {"csrf_token": csrf}).items()}
    return browser.post(f"{page}/{step}", data=filled, follow_redirects=True)


def test_dice_by_the_pages(store, found_election, koege_rules, add_staff, clock, client, sign_in):
    """Announced by two, rolled, written by both; the public page tells each step, and its commands give the order."""
    clock.move_to(AFTER_NOMINATIONS)
    rules = koege_rules.replace("total = 5", "total = 2")
    tied = seat_board(store, found_election(store, slug="lige", rules_text=rules), add_staff)
    tied.prepare()
    tied.vote((1,), (1,), (2,), (3,))
    tied.count()
    public, page = "/lige/result", "/lige/count"
    sign_in(client, tied.chair.login)
    second = {"second_login": "birk", "second_password": PASSWORD}
    assert send(client, page, "lots/announce", among="c2 c3").status_code == 422
    told = send(client, page, "lots/announce", among="c2 c3", **second).text
    assert "Lodtrækning nr. 1 er annonceret." in told
    assert "Gem lodtrækningen" not in told
    assert f"lod|{tied.election.urn_uuid}|1|KAST|KODE" in html.unescape(client.get(public).text)
    rolled = second | {"number": "1", "place": HELD[0], "first_witness": "Vera", "second_witness": "Viggo"}
    answer = send(client, page, "lots/dice", **rolled, digits=DIGITS, again=OTHERS)
    assert (answer.status_code, "ikke skrevet de samme øjne" in answer.text) == (422, True)
    assert "Gem kastene" in answer.text
    assert "Lodtrækningen er gemt." in send(client, page, "lots/dice", **rolled, digits=DIGITS, again=DIGITS).text
    answer = send(client, page, "lots/dice", **rolled, digits=OTHERS, again=OTHERS)
    assert (answer.status_code, "venter ikke på terninger" in answer.text) == (409, True)
    shown = html.unescape(client.get(public).text)
    lines = re.findall(r"printf .* \| sha256sum", shown)
    printed = [subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout for line in lines]
    assert len(printed) == len(TIED)
    assert printed == sorted(printed)
    assert all(found.split()[0] in shown for found in printed)
    assert all(text in shown for text in (DIGITS, HELD[0], "Vera, Viggo"))
