"""CPR numbers are read by the century table, never refused by checksum and never shown whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.cpr import Cpr, CprRefusal, mask, may_hold_cpr, modulus_11_fits, parse_cpr


def century_table(seventh: int, year: int) -> int | None:
    """Give the full year by the published table, written independently of the library."""
    if seventh <= 3:
        return 1900 + year
    if seventh in {4, 9}:
        return 2000 + year if year <= 36 else 1900 + year
    return 2000 + year if year <= 57 else 1800 + year


@pytest.mark.parametrize("number", ["1012620001", "1012620002", "1012620003"])
def test_numbers_without_modulus_11_are_valid(number):
    """A valid number that fails modulus 11 is accepted, and only hinted at."""
    cpr = parse_cpr(number)
    assert cpr == Cpr(number, date(1962, 12, 10))
    assert not modulus_11_fits(cpr)


def test_number_with_modulus_11_is_valid_and_fits():
    """A number with its old check digit is accepted and the hint says so."""
    cpr = parse_cpr("110774-4882")
    assert cpr == Cpr("1107744882", date(1974, 7, 11))
    assert modulus_11_fits(cpr)


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("0101363000", 1936),
        ("0101373000", 1937),
        ("0101364000", 2036),
        ("0101374000", 1937),
        ("0101369000", 2036),
        ("0101379000", 1937),
        ("0101575000", 2057),
        ("0101585000", 1858),
        ("0101578000", 2057),
        ("0101588000", 1858),
        ("0101000000", 1900),
        ("0101004000", 2000),
        ("0101005000", 2000),
        ("0101993999", 1999),
        ("0101999999", 1999),
        ("0101998999", 1899),
    ],
)
def test_century_at_every_border_of_the_table(number, year):
    """The seventh digit gives the century, also on both sides of 36/37 and 57/58."""
    cpr = parse_cpr(number)
    assert isinstance(cpr, Cpr)
    assert cpr.birth_date == date(year, 1, 1)


@given(st.integers(0, 9), st.integers(0, 99), st.integers(0, 999))
def test_century_for_every_digit_and_year(seventh, year, serial):
    """Every seventh digit and year gives the year of the published table."""
    cpr = parse_cpr(f"0101{year:02d}-{seventh}{serial:03d}")
    assert isinstance(cpr, Cpr)
    assert cpr.birth_date.year == century_table(seventh, year)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_a_number_holds_its_birth_date(born, serial):
    """The birth date written into a number is the birth date read from it."""
    cpr = parse_cpr(f"{born:%d%m%y}{serial:04d}")
    assert isinstance(cpr, Cpr)
    assert cpr.birth_date == born


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_replacement_numbers_are_named_as_such(born, serial):
    """A number whose day is raised by sixty is a replacement number, whatever else it holds."""
    assert parse_cpr(f"{born.day + 60:02d}{born:%m%y}{serial:04d}") is CprRefusal.REPLACEMENT_NUMBER


@pytest.mark.parametrize("number", ["6101620001", "9101620001", "61 01 62-0001"])
def test_replacement_days_at_both_ends(number):
    """Day 61 and day 91 are both replacement numbers."""
    assert parse_cpr(number) is CprRefusal.REPLACEMENT_NUMBER


@pytest.mark.parametrize(
    "number",
    [
        "0001620001",
        "3201620001",
        "6001620001",
        "9201620001",
        "1000620001",
        "1013620001",
        "3102620001",
        "2902010001",
        "2902000001",
        "9104620001",
        "7113620001",
    ],
)
def test_dates_outside_the_calendar_are_refused(number):
    """A number that names no day of the calendar is refused for its date, also behind a raised day."""
    assert parse_cpr(number) is CprRefusal.IMPOSSIBLE_DATE


@pytest.mark.parametrize(("number", "year"), [("2902004000", 2000), ("2902043999", 1904), ("2902965000", 1896)])
def test_leap_days_follow_the_century(number, year):
    """29 February is accepted exactly in the century where that year is a leap year."""
    cpr = parse_cpr(number)
    assert isinstance(cpr, Cpr)
    assert cpr.birth_date == date(year, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "101262000",
        "10126200011",
        "101262-000A",
        "101262/0001",
        "٠١٠١٦٢٠٠٠١",
        "1012620001;",
        "101262\n0001\x00",
        "²012620001",
        "1012620001\n1",
        "+012620001",
    ],
)
def test_anything_but_ten_digits_is_malformed(text):
    """Letters, missing or extra digits and digits of other scripts are refused as malformed."""
    assert parse_cpr(text) is CprRefusal.MALFORMED


@given(st.text())
def test_any_text_gets_an_answer(text):
    """No text whatever raises: the answer is a number of ten ASCII digits or a refusal."""
    answer = parse_cpr(text)
    assert isinstance(answer, CprRefusal) or (
        len(answer.number) == 10 and answer.number.isascii() and answer.number.isdigit()
    )


@pytest.mark.parametrize(
    "text", ["101262-0001", " 101262-0001 ", "101262 0001", "101262–0001", "10 12 62 00 01", "101262\u00a00001"]
)
def test_the_usual_ways_of_writing_agree(text):
    """Hyphens, dashes and spaces make no difference."""
    assert parse_cpr(text) == parse_cpr("1012620001")


def test_mask_hides_the_last_four():
    """The masked form shows the birth date digits and hides the rest."""
    cpr = parse_cpr("1012620001")
    assert isinstance(cpr, Cpr)
    assert mask(cpr) == "101262-••••"


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_no_text_form_reveals_the_number(born, serial):
    """repr, str, format and a containing tuple all keep the number to themselves."""
    number = f"{born:%d%m%y}{serial:04d}"
    cpr = parse_cpr(number)
    for shown in (repr(cpr), str(cpr), f"{cpr}", f"{cpr!r}", repr((cpr,))):
        assert number not in shown
        assert number[6:] not in shown.replace(number[:6], "")


def test_equal_numbers_are_one_key():
    """The same number written in two ways is one person in a set."""
    assert len({parse_cpr("101262-0001"), parse_cpr("1012620001")}) == 1


def test_birth_dates_still_to_come_are_read():
    """A date in the future is read as it stands, since a pure room has no clock to compare it with."""
    cpr = parse_cpr("3112574000".replace("4000", "5000"))
    assert isinstance(cpr, Cpr)
    assert cpr.birth_date - date(2057, 12, 31) == timedelta(0)


@given(st.integers(32, 99), st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999))
def test_only_the_days_61_to_91_are_a_replacement(day, month, year, serial):
    """A day that no month has is a replacement number from 61 to 91, if the date behind it exists, and else no date."""
    answer = parse_cpr(f"{day:02d}{month:02d}{year:02d}{serial:04d}")
    if not 61 <= day <= 91:
        assert answer is CprRefusal.IMPOSSIBLE_DATE
        return
    behind = parse_cpr(f"{day - 60:02d}{month:02d}{year:02d}{serial:04d}")
    assert answer is (CprRefusal.REPLACEMENT_NUMBER if isinstance(behind, Cpr) else CprRefusal.IMPOSSIBLE_DATE)


@pytest.mark.parametrize(
    "text",
    [
        "0101801234",
        "Vælgeren 010180-1234 kom igen",
        "01 01 80 1234",
        "01.01.80 - 1234",
        "01/01/80–1234.",
        "bord 4 010180 1234",
        "(710190\u00a01234)",
        "0101\u200b801234",
        "\u0660\u0661\u0660\u0661\u0668\u0660\u0661\u0662\u0663\u0664",
        "０１０１８０１２３４",
        "310280-1234",
    ],
)
def test_a_number_is_seen_in_a_text_however_it_is_parted(text):
    """What the people of an evening may write into a log is caught with spaces, dots, dashes and other scripts' digits."""
    assert may_hold_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "tlf. 56 67 67 67",
        "den 23.11.2021 17.30",
        "kl. 17.30 var der 120 sedler, kl. 18.00 var der 95",
        "sag 326-2018-1498",
        "011390-1234",
        "990190-1234",
        "0101901234567",
        "Læseren ved bord 2 svigtede",
        "",
    ],
)
def test_other_figures_are_not_taken_for_one(text):
    """Times, telephone numbers and counts of slips may be written."""
    assert not may_hold_cpr(text)
