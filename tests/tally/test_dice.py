"""Dice rolled in public give an order that nobody chose and anybody finds again."""

from __future__ import annotations

import subprocess
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.dice import THROWS, command, digest, lot_message, lot_order, read_digits

DIGITS = "364152111654323216541236"
UUID = "TEVG6bEgYpzVTL"
NUMBERS = st.text("123456", min_size=THROWS, max_size=THROWS)


@given(NUMBERS, st.lists(st.integers(0, THROWS)))
def test_digits_are_read_however_they_are_spaced(digits, places):
    """People write in groups and on several lines; the throws and their order are the same."""
    spaced = digits
    for place in sorted(places, reverse=True):
        spaced = spaced[:place] + " \n" + spaced[place:]
    assert read_digits(f" {spaced}\t") == digits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        DIGITS[:-1],
        DIGITS + "1",
        DIGITS * 2,
        DIGITS[:-1] + "7",
        "0" + DIGITS[1:],
        DIGITS[:-1] + "٣",
        DIGITS[:-1] + "³",
    ]
    + [DIGITS[:12] + sign + DIGITS[12:] for sign in ",.-x"],
)
def test_what_a_die_does_not_show_is_not_read(text):
    """One throw too few or too many, a seven, a nought, another script's digit or a sign: nothing is guessed."""
    assert read_digits(text) is None


def test_a_known_order():
    """Written down once by `sha256sum`: a later change of the formula would change who has a seat."""
    assert lot_message(UUID, 2, DIGITS, "c4") == f"lod|{UUID}|2|{DIGITS}|c4"
    assert {one: digest(lot_message(UUID, 2, DIGITS, one))[:4] for one in ("c4", "c9", "c12")} == {
        "c4": "e58c",
        "c9": "d8a2",
        "c12": "73f6",
    }
    assert lot_order(UUID, 2, DIGITS, ("c4", "c9", "c12")) == ("c12", "c9", "c4")


@pytest.mark.parametrize("candidate", ["c4", "ö", "d'Artagnan", "$(id)", "%s\\n", ""])
def test_the_shell_finds_the_same(candidate):
    """The line that is shown prints the digest the house used, whatever stands in an id."""
    message = lot_message(UUID, 1, DIGITS, candidate)
    printed = subprocess.run(["sh", "-c", command(message)], capture_output=True, text=True, check=True).stdout
    assert printed == f"{digest(message)}  -\n"


def test_the_line_is_the_documented_one():
    """As it stands in the rules, the manual and the log."""
    expected = f"printf '%s' 'lod|{UUID}|1|{DIGITS}|c4' | sha256sum"
    assert command(lot_message(UUID, 1, DIGITS, "c4")) == expected


@given(NUMBERS, st.permutations(["c1", "c2", "c3", "c10"]))
def test_the_order_does_not_know_how_the_tied_were_listed(digits, among):
    """Each stands in it once, and nothing is settled by number or place on the ballot."""
    order = lot_order(UUID, 1, digits, among)
    assert sorted(order) == sorted(among)
    assert order == lot_order(UUID, 1, digits, sorted(among))


def test_the_same_throws_say_something_else_in_another_lot_and_election():
    """Whoever knows the order of one lot knows nothing about the next."""
    among = [f"c{number}" for number in range(1, 31)]
    orders = {lot_order(uuid, number, DIGITS, among) for uuid in (UUID, "AnotherUuid123") for number in (1, 2)}
    assert len(orders) == 4


def test_each_order_comes_as_often_as_another():
    """3,000 rolls among three: each of the six orders some 500 times (five standard deviations are 102)."""
    rolls = (digest(str(number)).translate(_TO_DICE)[:THROWS] for number in range(3000))
    seen = Counter(lot_order(UUID, 1, digits, ("c1", "c2", "c3")) for digits in rolls)
    assert set(seen) == set(permutations(("c1", "c2", "c3")))
    assert all(398 <= times <= 602 for times in seen.values())


_TO_DICE = str.maketrans("0123456789abcdef", "1234561234561236")


@pytest.mark.parametrize("digits", ["", DIGITS[:-1], DIGITS + "1", DIGITS[:-1] + "0", f"{DIGITS[:12]} {DIGITS[12:]}"])
def test_no_order_without_the_throws(digits):
    """An order of something else than 24 throws would be an order that somebody chose."""
    with pytest.raises(ValueError, match="24 throws"):
        lot_order(UUID, 1, digits, ("c1", "c2"))
