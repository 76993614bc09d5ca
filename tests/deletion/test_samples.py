"""PostgreSQL keeps values of a table as samples for its planner: they go with the rows."""

from __future__ import annotations

import pytest
from over import VOTERS, WHY_REFUSED, bring_to_its_end
from sqlalchemy import text

from votingapp.desks.deletion import service

SAMPLES = text("SELECT tablename, attname, most_common_vals::text, histogram_bounds::text FROM pg_stats")


@pytest.mark.postgres
def test_the_planner_forgets_what_was_deleted(postgres_store, found_election):
    """A name, a birth date, a hash or words that were sampled while they were there are in no statistics afterwards."""
    over = bring_to_its_end(postgres_store, found_election(postgres_store))
    marks = {VOTERS[0][0], VOTERS[1][0], WHY_REFUSED, "ab" * 32, *over.hashes}
    assert all(mark in sampled(postgres_store) for mark in marks - {"ab" * 32})
    assert service.delete(postgres_store, (over.board.secretary, over.board.chair), over.board.now()) == service.Gone(
        clean=True
    )
    assert not any(mark in sampled(postgres_store) for mark in marks)


def sampled(store) -> str:
    """What the planner knows by heart, after it looked once more, as it does by itself."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        return repr(connection.execute(SAMPLES).all())
