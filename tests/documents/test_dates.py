"""A time on paper must be the time on the wall of the polling place."""

from datetime import UTC, date, datetime

import pytest

from votingapp.documents.dates import danish_date, danish_instant, english_date


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
