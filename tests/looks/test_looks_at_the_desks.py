"""Each page that shows a person to an official leaves a look behind, and a person who was not shown has none."""

from __future__ import annotations

from datetime import date

import pytest
from polling import keep_register, person, prepare_poll
from sqlalchemy.exc import DBAPIError
from standing import extract

from candidates.cpr import parse_cpr
from votingapp.desks.checkin import service as checkin
from votingapp.desks.secretariat.extract import service as extracts
from votingapp.store import audit, looks, register
from votingapp.store.looks import What

SIGNE, TWIN, NOBODY = "0101801234", "0101801250", "1111801234"
BORN = date(1980, 1, 1)


@pytest.fixture
def poll(any_store, found_election):
    election = found_election(any_store)
    keep_register(any_store, election, person("Signe Sørensen", SIGNE), person("Signe Særensen", TWIN))
    return prepare_poll(any_store, election, slips=3, issued=0)


@pytest.fixture
def desk(any_store, add_staff):
    return checkin.Desk("Bord 1", add_staff(any_store, None, "bente"))


@pytest.fixture
def looks_at(any_store, poll):
    """On which pages the holder of a number was seen: `looks_at(number)`."""

    def find(number: str) -> list[What]:
        subject = any_store.vault.hash_cpr(poll.election.id, number)
        with any_store.reading() as connection:
            return [one.what for one in looks.of_subject(connection, poll.election.id, subject)]

    return find


def test_a_search_by_number_is_a_look_at_its_holder_alone(any_store, poll, desk, looks_at):
    """Whoever is found by her number was looked at; the one beside her in the register was not."""
    (found,) = checkin.look_up_cpr(any_store, desk, poll.election, "010180-1234")
    assert found.person.name == "Signe Sørensen"
    assert looks_at(SIGNE) == [What.CHECKIN_CPR]
    assert looks_at(TWIN) == []


def test_a_number_nobody_has_here_was_asked_about_all_the_same(any_store, poll, desk, looks_at):
    """The desk learned that she is not in the register, so its holder can learn that it asked."""
    assert checkin.look_up_cpr(any_store, desk, poll.election, NOBODY) == ()
    assert looks_at(NOBODY) == [What.CHECKIN_CPR]


def test_a_search_by_name_is_a_look_at_everybody_it_shows(any_store, poll, desk, looks_at):
    """Two persons on the screen are two looks."""
    assert len(checkin.look_up_name(any_store, desk, poll.election, "Signe", BORN)) == 2
    assert looks_at(SIGNE) == looks_at(TWIN) == [What.CHECKIN_NAME]


def test_showing_somebody_once_more_is_another_look(any_store, poll, desk, looks_at, clock):
    """The page after the admission shows her again."""
    (found,) = checkin.look_up_cpr(any_store, desk, poll.election, SIGNE)
    clock.advance(seconds=1)
    checkin.show(any_store, desk.official, poll.election, found.person.id)
    assert looks_at(SIGNE) == [What.CHECKIN_CPR, What.CHECKIN_AGAIN]


def test_a_number_that_is_none_is_nobodys_look(any_store, poll, desk):
    """What was mistyped is refused before anybody is asked about."""
    before = _count_entries(any_store, poll.election.id)
    checkin.look_up_cpr(any_store, desk, poll.election, "3113801234")
    assert _count_entries(any_store, poll.election.id) == before


def test_looks_at_the_check_in_do_not_fill_the_log_of_decisions(any_store, poll, desk):
    """Four hundred voters are looked up on a day; the log of decisions holds none of it."""
    before = _count_entries(any_store, poll.election.id)
    checkin.look_up_cpr(any_store, desk, poll.election, SIGNE)
    checkin.look_up_name(any_store, desk, poll.election, "Signe", BORN)
    assert _count_entries(any_store, poll.election.id) == before


def test_the_desk_shows_nobody_whom_it_cannot_note(any_store, poll, desk):
    """When the log of looks cannot be written, the search fails as a whole."""
    with any_store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE look RENAME TO look_out_of_reach")
    with pytest.raises(DBAPIError):
        checkin.look_up_cpr(any_store, desk, poll.election, SIGNE)


def test_the_preview_is_a_look_at_those_it_shows(any_store, found_election, add_staff):
    """A sample of the extract shows a few persons: those are noted, once each, and nobody else."""
    election, clerk = found_election(any_store), add_staff(any_store, None, "clerk")
    numbers = [f"010180{last:04d}" for last in range(1000, 1009)]
    rows = [f"{number};Bo {'Ærø' if place == 0 else 'Hansen'};0259;nej" for place, number in enumerate(numbers)]
    extracts.hand_in(any_store, clerk, election, extract(*rows))
    shown = extracts.preview(any_store, clerk, election)
    assert (len(shown.first), len(shown.with_danish_letters)) == (5, 1)
    seen = [len(_looks(any_store, election, number)) for number in numbers]
    assert seen == [1] * 5 + [0] * 4


def test_no_draft_no_look(any_store, found_election, add_staff):
    """An empty page shows nobody."""
    election, clerk = found_election(any_store), add_staff(any_store, None, "clerk")
    assert extracts.preview(any_store, clerk, election) is None


def test_what_is_noted_finds_the_row_of_the_register(any_store, poll):
    """A resident carries the key under which her looks are kept, and does not print it."""
    with any_store.reading() as connection:
        found = register.find_by_cpr(connection, any_store.vault, poll.election.id, parse_cpr(SIGNE))
    assert found.cpr_hash == any_store.vault.hash_cpr(poll.election.id, SIGNE)
    assert found.cpr_hash not in repr(found)


def _looks(store, election, number: str):
    with store.reading() as connection:
        return looks.of_subject(connection, election.id, store.vault.hash_cpr(election.id, number))


def _count_entries(store, election_id: str) -> int:
    with store.reading() as connection:
        return len(list(audit.entries(connection, election_id)))
