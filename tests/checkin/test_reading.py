"""What scanners, keyboards and people put into the search field is read for what it is."""

from __future__ import annotations

from datetime import date

import pytest

from candidates.cpr import Cpr, CprRefusal
from votingapp.desks.checkin.reading import BirthDate, CardText, Name, RollNumber, read_birth_date, read_search

CARD = "VK1.123.ABCDEFGHIJKLMNOP"
TODAY = date(2021, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "0101801234",
        "010180-1234",
        " 010180 1234 ",
        "010180+1234",
        "01.01.80-1234",
        "01 01 80 12 34",
        "]C00101801234",
        "]A0010180-1234",
        "*0101801234*",
        "\x020101801234\r\n",
        "CPR:010180-1234",
        "0101801234;",
        "S0101801234E",
        "０１０１８０１２３４",
        "010180–1234",
    ],
)
def test_a_number_on_a_card_is_read_however_it_comes(typed):
    """Hyphens, a plus from the wrong keyboard, a reader's prefix and suffix, and wide digits are no hindrance."""
    read = read_search(typed)
    assert isinstance(read, Cpr)
    assert read.number == "0101801234"


@pytest.mark.parametrize("typed", ["12345", "01018012345", "0" * 21, "Bord 1", "0101801234 0202801234", "123 Signe"])
def test_digits_that_are_no_number_are_not_taken_for_one(typed):
    """Nothing is guessed: what has digits and is no CPR number is asked for again."""
    assert read_search(typed) is CprRefusal.MALFORMED


@pytest.mark.parametrize(
    ("typed", "why"), [("3113801234", CprRefusal.IMPOSSIBLE_DATE), ("610180+1234", CprRefusal.REPLACEMENT_NUMBER)]
)
def test_a_number_that_is_nobodys_says_why(typed, why):
    """An impossible day and a replacement number are told apart, as everywhere."""
    assert read_search(typed) is why


@pytest.mark.parametrize(
    "typed",
    [CARD, f"]Q1{CARD}", f" {CARD}\r", f"\x02{CARD}\x03", f"{CARD};", CARD.lower(), f"pre {CARD}"],
)
def test_a_poll_card_is_read_whatever_the_reader_puts_around_it(typed):
    """A card's text is cut out of what came with it."""
    read = read_search(typed)
    assert isinstance(read, CardText)
    assert read.text.upper() == CARD


def test_half_a_poll_card_is_still_a_poll_card():
    """A card that was scanned badly is told as a card, not as a name."""
    assert read_search("VK1.123.ABC") == CardText("VK1.123.ABC")


@pytest.mark.parametrize("typed", ["nr. 123", "Nr 123", "#123", "no: 123", "NR.123"])
def test_a_number_on_the_roll_says_what_it_is(typed):
    """Where the code is torn, the number on the card leads to the person too."""
    assert read_search(typed) == RollNumber(123)


@pytest.mark.parametrize("typed", ["Łukasz", " Åse  Ærø ", "O'Brien", "Ø", "نور", "Norma", "Nora #"])
def test_letters_are_a_name(typed):
    """Whatever has letters and no digits is looked up as a name; nr and no are short for number before digits only."""
    assert isinstance(read_search(typed), Name)


@pytest.mark.parametrize("typed", ["", "  ", "-", "***", "\r\n"])
def test_nothing_is_nothing(typed):
    """An empty scan looks nobody up."""
    assert read_search(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "010180",
        "01011980",
        "01-01-1980",
        "1.1.1980",
        "1/1-80",
        "01+01+80",
        "1980-01-01",
        " 1. 1. 1980 ",
        "1 1 80",
        "01 01 80",
    ],
)
def test_a_birth_date_is_read_as_it_is_said(typed):
    """Six digits and every usual way of writing are the same day."""
    read = read_birth_date(typed)
    assert read is not None
    assert read.fits(date(1980, 1, 1))
    assert not read.fits(date(1980, 1, 2))
    assert date(1980, 1, 1) in read.days(TODAY)


@pytest.mark.parametrize(
    "typed", ["", "i går", "31-02-1980", "310280", "1980", "0101801234", "13-13-1980", "1-1-180", "00-01-80"]
)
def test_what_is_no_day_is_no_birth_date(typed):
    """A wrong date is asked for again and never bent into another one."""
    assert read_birth_date(typed) is None


def test_two_digits_of_a_year_mean_every_century_a_person_may_be_born_in():
    """Somebody born in 1903 and somebody born in 2003 both say 03; nobody was born tomorrow or in 1880."""
    assert read_birth_date("010103").days(TODAY) == (date(2003, 1, 1), date(1903, 1, 1))
    assert read_birth_date("010180").days(TODAY) == (date(1980, 1, 1),)
    assert read_birth_date("241121").days(TODAY) == (date(1921, 11, 24),)


def test_a_leap_day_needs_a_leap_year():
    """29 February is a day in the years that have one."""
    assert read_birth_date("290204") == BirthDate(29, 2, 4, short=True)
    assert read_birth_date("290205") is None
    assert read_birth_date("290200").days(TODAY) == (date(2000, 2, 29),)


def test_what_is_read_does_not_show_itself():
    """A traceback or a log carries neither a card's code nor a name."""
    assert CARD not in repr(read_search(CARD))
    assert "Signe" not in repr(read_search("Signe"))
