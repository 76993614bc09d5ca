"""The log of looks: written with what was shown, found again by person, and never changed."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from votingapp.store import audit, looks
from votingapp.store.looks import What
from votingapp.store.staff import Role
from votingapp.store.tables.looks import look as table
from votingapp.store.unit_of_work import UnrecordedError

ANNA, BO = "a" * 64, "b" * 64


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


@pytest.fixture
def official(any_store, election, add_staff):
    return add_staff(any_store, election, "clerk", Role.SECRETARIAT, name="Åse Ærø")


@pytest.fixture
def note(any_store, election, official):
    """Note one look in a transaction of its own: `note(What.INSIGHT, subject_hash=…)`."""

    def act(what: What, **about):
        any_store.write(lambda work: looks.note(work, election.id, official.id, what, **about))

    return act


@pytest.fixture
def looks_at(any_store, election):
    """Every look at somebody: `looks_at(subject_hash, …)`."""

    def find(*about, **more):
        with any_store.reading() as connection:
            return looks.of_subject(connection, election.id, *about, **more)

    return find


def count(store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_look_tells_who_when_where_and_at_whom(note, looks_at, official, clock):
    """A look is found under the person it was at, with the official's name and the instant in UTC."""
    note(What.CHECKIN_CPR, subject_hash=ANNA)
    (found,) = looks_at(ANNA)
    assert (found.at, found.staff_id, found.official) == (clock.now, official.id, "Åse Ærø")
    assert (found.what, found.subject_hash, found.nomination_id) == (What.CHECKIN_CPR, ANNA, None)
    assert found.at.utcoffset().total_seconds() == 0


def test_looks_at_others_are_nobody_elses_business(note, looks_at):
    """Whoever asks gets the looks at her own data, and none at another's."""
    note(What.CHECKIN_CPR, subject_hash=BO)
    note(What.CHECKIN_NAME, subject_hash=ANNA)
    assert [one.what for one in looks_at(ANNA)] == [What.CHECKIN_NAME]


def test_looks_come_oldest_first(note, looks_at, clock):
    """The list reads like a diary."""
    for what in (What.CHECKIN_CPR, What.INSIGHT, What.INSIGHT_EXPORT):
        note(what, subject_hash=ANNA)
        clock.advance(seconds=1)
    assert [one.what for one in looks_at(ANNA)] == [What.CHECKIN_CPR, What.INSIGHT, What.INSIGHT_EXPORT]


def test_looks_at_another_election_stay_there(any_store, note, looks_at, found_election, official):
    """Elections are sealed off from one another, in this log too."""
    other = found_election(any_store, slug="anden")
    any_store.write(lambda work: looks.note(work, other.id, official.id, What.INSIGHT, subject_hash=ANNA))
    assert looks_at(ANNA) == ()


def test_several_are_seen_at_once(any_store, election, official, looks_at):
    """A search that shows two persons is a look at each of them."""
    any_store.write(lambda work: looks.note_each(work, election.id, official.id, What.CHECKIN_NAME, [ANNA, BO]))
    assert len(looks_at(ANNA)) == len(looks_at(BO)) == 1


def test_a_search_that_found_nobody_is_noted_too(any_store, election, official, looks_at):
    """Fishing leaves a trace although it names nobody, and it is nobody's look."""
    any_store.write(lambda work: looks.note_each(work, election.id, official.id, What.CHECKIN_NAME, []))
    assert count(any_store) == 1
    assert looks_at(ANNA) == ()


def test_a_list_is_a_look_at_everybody_who_stood_by_then(note, looks_at, clock):
    """The queue is noted once; it counts for whoever was on it, and not for who came later."""
    note(What.NOMINATION_LIST)
    clock.advance(seconds=1)
    hers = clock.now
    note(What.NOMINATION_LIST)
    assert [one.at for one in looks_at(ANNA, standing_since=hers)] == [hers]
    assert looks_at(ANNA) == ()


def test_nobody_is_asked_about_without_being_named(note, looks_at):
    """Without a number and without a nomination the question has no answer: looks without a subject are not hers."""
    note(What.CHECKIN_NAME)
    note(What.NOMINATION_LIST)
    assert looks_at(None) == ()


@pytest.mark.parametrize(
    "change", [update(table).values(what="insight"), update(table).values(staff_id="x"), delete(table)]
)
def test_database_refuses_to_change_a_look(any_store, note, change):
    """Whoever looked cannot take it back: neither an update nor a removal gets past the database itself."""
    note(What.CHECKIN_CPR, subject_hash=ANNA)
    with any_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(change)
    assert count(any_store) == 1


def test_a_look_is_not_replaced(store, found_election, add_staff):
    """SQLite's INSERT OR REPLACE would take a look away without asking for its removal, and is refused as well."""
    election, official = found_election(store), add_staff(store, None, "clerk")
    store.write(lambda work: looks.note(work, election.id, official.id, What.CHECKIN_CPR, subject_hash=ANNA))
    replace = "INSERT OR REPLACE INTO look SELECT id, election_id, at, staff_id, 'other', nomination_id, what FROM look"
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(replace))


@pytest.mark.postgres
def test_looks_are_not_emptied_at_one_stroke(postgres_store):
    """PostgreSQL's TRUNCATE asks no row, and is refused as well."""
    with postgres_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("TRUNCATE look"))


def test_who_is_not_noted_is_not_shown(any_store, election):
    """A look that cannot be written takes the page with it: the reader gets the error and not the person."""

    def show(work):
        looks.note(work, election.id, "nobody who works here", What.CHECKIN_CPR, subject_hash=ANNA)
        return "what is known about Anna"

    with pytest.raises(IntegrityError):
        any_store.write(show)
    assert count(any_store) == 0


def test_a_look_is_no_entry_in_the_log_of_decisions(any_store, election, note):
    """A hundred looks a day do not bury the decisions."""

    def acts():
        with any_store.reading() as connection:
            return [entry.act for entry in audit.entries(connection, election.id)]

    before = acts()
    note(What.CHECKIN_CPR, subject_hash=ANNA)
    assert acts() == before


def test_a_decision_may_be_a_look_as_well(any_store, election, official, looks_at):
    """A use case that records and shows keeps both, or neither."""

    def act(work):
        work.record(election.id, official.login, "decided")
        looks.note(work, election.id, official.id, What.PAPER_FORM, subject_hash=ANNA)

    any_store.write(act)
    assert len(looks_at(ANNA)) == 1


def test_an_act_is_not_kept_by_the_look_alone(any_store, election, official):
    """A use case that looks first and then forgets the order of things is told so, and nothing of it is kept."""

    def act(work):
        looks.note(work, election.id, official.id, What.PAPER_FORM, subject_hash=ANNA)
        work.record(election.id, official.login, "decided")

    with pytest.raises(UnrecordedError):
        any_store.write(act)
    assert count(any_store) == 0


def test_a_look_says_nothing_of_her_when_it_is_printed(note, looks_at):
    """A traceback that quotes a look does not carry the key under which a person is found."""
    note(What.CHECKIN_CPR, subject_hash=ANNA)
    assert ANNA not in repr(looks_at(ANNA))


def test_the_words_of_the_log_fit_its_column():
    """A page's word that did not fit would keep its person from being shown at all on PostgreSQL."""
    assert max(len(what.value) for what in What) <= table.c.what.type.length


def test_a_word_nobody_knows_is_not_written(any_store, election, official):
    """What is kept can be read again: only the words of the house go in."""
    with pytest.raises(AttributeError):
        any_store.write(lambda work: looks.note(work, election.id, official.id, "snooped", subject_hash=ANNA))


def test_a_row_without_a_page_is_refused(any_store, election, official):
    """The database holds no look that does not say where."""
    row = {"id": "1", "election_id": election.id, "at": any_store.clock(), "staff_id": official.id}
    with any_store.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(table).values(**row))
