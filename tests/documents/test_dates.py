"""A time on paper must be the time on the wall of the polling place."""

import re
from datetime import UTC, date, datetime, time

import pytest

from votingapp.documents.dates import clock_in, danish_date, danish_instant, day_in, english_date, instant_in


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (datetime(2021, 11, 23, 16, 0, tzinfo=UTC), "23. november 2021 kl. 17.00"),
        (datetime(2021, 6, 22, 16, 5, tzinfo=UTC), "22. juni 2021 kl. 18.05"),
        (datetime(2021, 12, 31, 23, 30, tzinfo=UTC), "1. januar 2022 kl. 00.30"),
        (datetime(2021, 10, 31, 0, 59, tzinfo=UTC), "31. oktober 2021 kl. 02.59"),
        (datetime(2021, 10, 31, 1, 0, tzinfo=UTC), "31. oktober 2021 kl. 02.00"),
    ],
)
def test_instants_are_written_in_danish_local_time(instant, written):
    """Winter, summer, new year and the hour that comes twice must be written as a clock in Denmark shows them."""
    assert danish_instant(instant) == written


def test_dates_in_both_languages():
    """A date must carry no leading nought and the month's own name."""
    assert danish_date(date(2022, 3, 1)) == "1. marts 2022"
    assert english_date(date(2022, 3, 1)) == "1 March 2022"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("da", "7. november 2021 kl. 12.00.01"),
        ("en", "7 November 2021, 12:00:01"),
        ("ar", "7 تشرين الثاني/نوفمبر 2021، 12:00:01"),
        ("tr", "7 Kasım 2021, 12:00:01"),
        ("pl", "7 listopada 2021, 12:00:01"),
        ("uk", "7 листопада 2021\u202fр., 12:00:01"),
        ("ro", "7 noiembrie 2021, 12:00:01"),
        ("xx", "7. november 2021 kl. 12.00.01"),
    ],
)
def test_an_instant_is_written_in_every_language(language, written):
    """Each language has its own month, all have the same Latin digits, and an unknown one gets Danish."""
    assert instant_in(language, datetime(2021, 11, 7, 11, 0, 1, tzinfo=UTC), seconds=True) == written


def test_an_arabic_month_has_both_its_names():
    """A reader from the Levant and one from the Nile must find the month they know, all year round."""
    months = {day_in("ar", date(2021, month, 3)) for month in range(1, 13)}
    assert len(months) == 12
    assert all(re.fullmatch(r"3 [^\d/]+/[^\d/]+ 2021", month) for month in months)


def test_a_clock_is_written_with_a_point_in_danish_only():
    """A time of day must read as on a Danish poster, and with a colon elsewhere."""
    assert [clock_in(language, time(17, 5)) for language in ("da", "en", "ar")] == ["17.05", "17:05", "17:05"]
