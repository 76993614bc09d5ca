"""How the house reaches its database."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from votingapp.store.tables.urn import urn


def test_an_error_of_the_database_quotes_no_value(any_store):
    """Errors are logged, and what was to be kept (a name, a birth date, a ballot) is not to be read there."""
    row = {"uuid": "hemmelig", "state": "not_open", "slips_printed": 0, "slips_issued": 1}
    with any_store.engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(insert(urn), [row])
    assert "hemmelig" not in str(caught.value).split("DETAIL:", maxsplit=1)[0]
    assert "parameters hidden" in str(caught.value)
