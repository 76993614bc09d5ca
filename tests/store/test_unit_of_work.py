"""One use case, one transaction, one entry."""

from datetime import datetime

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from votingapp.store import audit
from votingapp.store.tables.staff import throttle
from votingapp.store.unit_of_work import Act, UnrecordedError


def knock(work, door: str) -> None:
    work.connection.execute(insert(throttle).values(door=door, failures=1, window_started_at=work.now))


def doors(store) -> list[str]:
    with store.reading() as connection:
        return sorted(connection.scalars(select(throttle.c.door)))


def test_what_is_not_recorded_is_not_kept(any_store):
    """A use case that forgets its entry leaves nothing behind."""
    any_store.write(lambda work: knock(work, "a"))
    assert doors(any_store) == []


def test_what_is_recorded_is_kept_with_its_entry(any_store):
    """The act and its entry are committed together."""

    def act(work):
        knock(work, "a")
        work.record(audit.HOUSE, "anna", "knocked")
        return "done"

    assert any_store.write(act) == "done"
    assert doors(any_store) == ["a"]
    with any_store.reading() as connection:
        assert [entry.act for entry in audit.entries(connection, audit.HOUSE)] == ["knocked"]


def test_a_failing_use_case_leaves_neither_act_nor_entry(any_store):
    """An error after the entry undoes both."""

    def act(work):
        knock(work, "a")
        work.record(audit.HOUSE, "anna", "knocked")
        raise RuntimeError("out of paper")

    with pytest.raises(RuntimeError, match="out of paper"):
        any_store.write(act)
    assert doors(any_store) == []
    with any_store.reading() as connection:
        assert list(audit.entries(connection, audit.HOUSE)) == []


def test_two_entries_in_one_use_case_are_a_defect(store):
    """One use case is one entry: a second one is refused and nothing is kept."""

    def act(work):
        work.record(audit.HOUSE, "anna", "first")
        work.record(audit.HOUSE, "anna", "second")

    with pytest.raises(UnrecordedError):
        store.write(act)
    with store.reading() as connection:
        assert list(audit.entries(connection, audit.HOUSE)) == []


def test_one_entry_may_stand_in_several_chains(store):
    """What concerns several elections is recorded once, in the chain of each; in none, or twice in one, is a defect."""
    store.write(lambda work: work.record_in_each(("one", "other"), "anna", "knocked", door="a"))
    for chains in ((), ("one", "one")):
        with pytest.raises(UnrecordedError):
            store.write(lambda work, chains=chains: work.record_in_each(chains, "anna", "knocked"))
    with store.reading() as connection:
        found = [tuple(audit.entries(connection, chain)) for chain in ("one", "other")]
        assert [audit.first_broken_link(connection, chain) for chain in ("one", "other")] == [None, None]
    assert [[(entry.act, entry.details) for entry in chain] for chain in found] == [[("knocked", '{"door":"a"}')]] * 2


def test_several_acts_of_one_press_are_recorded_each(any_store):
    """One entry for each act, in its chain; none at all, or a record beside them, is a defect that keeps nothing."""
    acts = (
        Act("one", "added", {"login": "a"}),
        Act("other", "appointed", {"login": "a"}),
        Act("one", "added", {"n": 2}),
    )
    any_store.write(lambda work: work.record_several("anna", acts))

    def twice(work):
        work.record(audit.HOUSE, "anna", "first")
        work.record_several("anna", acts)

    for wrong in (twice, lambda work: work.record_several("anna", ())):
        with pytest.raises(UnrecordedError):
            any_store.write(wrong)
    with any_store.reading() as connection:
        found = {
            chain: [(one.act, one.details) for one in audit.entries(connection, chain)] for chain in ("one", "other")
        }
        assert [audit.first_broken_link(connection, chain) for chain in found] == [None, None]
        assert list(audit.entries(connection, audit.HOUSE)) == []
    assert found == {
        "one": [("added", '{"login":"a"}'), ("added", '{"n":2}')],
        "other": [("appointed", '{"login":"a"}')],
    }


def test_reading_never_writes(any_store):
    """What a reader changes is rolled back."""
    with any_store.reading() as connection:
        connection.execute(insert(throttle).values(door="a", failures=1, window_started_at=any_store.clock()))
    assert doors(any_store) == []


def test_an_instant_without_a_zone_is_refused(store):
    """A time that could be read as Danish or as UTC never reaches the database."""
    naive = insert(throttle).values(door="a", failures=1, window_started_at=datetime(2021, 11, 23, 12, 0))  # noqa: DTZ001
    with store.engine.connect() as connection, pytest.raises(StatementError, match="time zone"):
        connection.execute(naive)


def test_an_instant_comes_back_as_it_went_in(any_store):
    """Both databases give back the same instant, in UTC."""

    def act(work):
        knock(work, "a")
        work.keep_unrecorded()

    any_store.write(act)
    with any_store.reading() as connection:
        kept = connection.scalar(select(throttle.c.window_started_at))
    assert kept == any_store.clock()
    assert kept.utcoffset().total_seconds() == 0
