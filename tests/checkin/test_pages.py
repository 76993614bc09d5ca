"""The desk's pages: a person found by number or by name and birth date, asked, admitted, and answered in words."""

from __future__ import annotations

import html

import pytest
from joined import make_desk
from markupsafe import escape
from polling import keep_register, person, prepare_poll
from sqlalchemy import select, update

from candidates.declarations import find_declaration
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table
from votingapp.web.languages import LANGUAGES

SIGNE, LUKASZ, YOUNG, ELSEWHERE, HIDDEN = (
    "Signe Sørensen",
    "Łukasz Öztürk-Ærø",
    "Ung Åkesson",
    "Bent Andetsteds",
    "Hemmelig Nguyen",
)
TICKS = {"confirmed": "y", "declared": "y"}


def words(answer) -> str:
    return html.unescape(answer.text)


def admitted(store) -> int:
    with store.reading() as connection:
        return len(connection.execute(select(admission)).all())


@pytest.mark.parametrize("typed", ["010180-1234", "0101801234", " 010180 1234 "])
def test_a_person_is_found_by_cpr_number_however_it_is_written(look_up, typed):
    """The number is found with or without hyphen and spaces, and the page does not repeat it."""
    page = look_up(cpr=typed)
    assert page.status_code == 200
    assert SIGNE in words(page)
    assert "01.01.1980" in page.text
    assert "1234" not in page.text.replace("csrf", "")[page.text.index("<main") :].split("csrf_token")[0]
    assert LUKASZ not in words(page)


@pytest.mark.parametrize("typed", ["lukasz", "Ærø Łukasz", "oztürk"])
@pytest.mark.parametrize("day", ["01011980", "01-01-1980", "1.1.1980", "1980-01-01"])
def test_a_person_is_found_by_part_of_the_name_and_the_birth_date(look_up, typed, day):
    """Letters without their signs and any usual way to write a date find the person."""
    assert LUKASZ in words(look_up(name=typed, birth_date=day))


def test_two_people_of_one_name_and_day_are_both_shown(store, look_up, found_election, desk, poll):
    """Nobody is chosen by name: the desk sees both and asks."""
    page = look_up(name="", birth_date="01011980")
    assert page.status_code == 422
    page = words(look_up(name="s", birth_date="01011980"))
    assert SIGNE in page
    assert page.count("Luk vælgeren ind") == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"cpr": "12345"},
        {"cpr": "3113801234"},
        {"cpr": "6101801234"},
        {"cpr": "0" * 21},
        {"name": "Signe"},
        {"birth_date": "01011980"},
        {"name": "Signe", "birth_date": "31-02-1980"},
        {"name": "Signe", "birth_date": "i går"},
        {"name": "x" * 101, "birth_date": "01011980"},
        {},
    ],
)
def test_what_cannot_be_looked_up_is_asked_for_again(look_up, typed):
    """A wrong number, date or half a search is told, and nobody is shown."""
    page = look_up(**typed)
    assert page.status_code == 422
    assert SIGNE not in words(page)
    assert 'class="errors"' in page.text


def test_nobody_found_says_what_to_do(look_up):
    """A number of nobody leads to the board, not to a slip."""
    page = words(look_up(cpr="1111801234"))
    assert "Ikke fundet" in page
    assert "tilkald valgbestyrelsen" in page


def test_a_voter_is_admitted_after_birth_date_and_declaration(store, look_up, admit, person_id):
    """The declaration stands there, both ticks are needed, and the answer is green words."""
    page = words(look_up(cpr="0101801234"))
    assert "Jeg erklærer på tro og love" in page
    answer = words(admit(person_id(store, SIGNE), **TICKS))
    assert 'class="answer good"' in answer
    assert "Giv vælgeren lov til at trække en stemmeseddel" in answer
    assert admitted(store) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declaration_can_be_read_out_in_the_voters_language(look_up, language):
    """Every language of the house stands on the page, under its own name and marked as what it is."""
    text = find_declaration("anden-etnisk-baggrund-1").voter.in_language(language)[1]
    page = look_up(cpr="0101801234").text
    direction = "" if language == "da" else f' dir="{"rtl" if language == "ar" else "ltr"}"'
    assert f'<blockquote lang="{language}"{direction}>{escape(text)}</blockquote>' in page
    assert language == "da" or f'<summary lang="{language}"><bdi>{LANGUAGES[language]}</bdi></summary>' in page


@pytest.mark.parametrize("ticks", [{}, {"confirmed": "y"}, {"declared": "y"}])
def test_a_missing_tick_admits_nobody(store, admit, person_id, ticks):
    """Birth date and declaration are each asked for; the page says which is missing."""
    answer = admit(person_id(store, SIGNE), **ticks)
    assert answer.status_code == 422
    assert SIGNE in words(answer)
    assert 'aria-invalid="true"' in answer.text
    assert admitted(store) == 0


def test_whoever_was_here_is_shown_when_and_where(store, admit, person_id, look_up, clock):
    """The second desk reads the local time and the desk of the first, and finds no button."""
    admit(person_id(store, SIGNE), **TICKS)
    clock.advance(hours=1)
    for answer in (words(admit(person_id(store, SIGNE), **TICKS)), words(look_up(cpr="0101801234"))):
        assert "Har allerede været her" in answer
        assert "23.11.2021 kl. 17:00 ved Bord 1" in answer
        assert "Luk vælgeren ind" not in answer
    assert admitted(store) == 1


def test_a_button_pressed_twice_is_not_held_against_the_voter(store, admit, look_up, person_id, clock):
    """The same desk within the minute is told that there is one slip in all, also where it looks her up for want of an answer."""
    admit(person_id(store, SIGNE), **TICKS)
    clock.advance(seconds=3)
    for answer in (words(admit(person_id(store, SIGNE), **TICKS)), words(look_up(cpr="0101801234"))):
        assert "Er lige lukket ind ved dette bord" in answer
        assert 'class="answer warning"' in answer
    assert admitted(store) == 1


@pytest.mark.parametrize(
    ("cpr", "headline"), [("2411034321", "Ikke gammel nok"), ("0505701111", "Bor ikke i kommunen")]
)
def test_who_may_not_vote_is_told_before_declaring_in_vain(look_up, cpr, headline):
    """The reason stands on the person's card and there is no button."""
    page = words(look_up(cpr=cpr))
    assert headline in page
    assert "Luk vælgeren ind" not in page


def test_a_protected_persons_name_is_not_to_be_said_aloud(look_up):
    """Name and address protection is shown to the official."""
    assert "sig ikke navnet højt" in words(look_up(cpr="0707901111"))


def test_a_closed_poll_is_told(store, poll, look_up):
    """After the close every card says so."""

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.keep_unrecorded()

    store.write(close)
    assert "Afstemningen er lukket" in words(look_up(cpr="0101801234"))


def test_a_name_cannot_write_the_page(store, poll, look_up, found_election, add_staff):
    """Markup in a register's name is shown as letters."""
    keep_register(store, poll.election, person("<b>Fed</b> Font", "0202801111"))
    page = look_up(cpr="0202801111")
    assert "<b>Fed" not in page.text
    assert "&lt;b&gt;Fed" in page.text


@pytest.mark.parametrize("person_id", ["", "1", "' OR 1=1 --", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_an_id_of_nobody_admits_nobody(store, admit, person_id):
    """A forged person id is refused or not found, and nothing is stored."""
    answer = admit(person_id, **TICKS)
    assert answer.status_code in {200, 400, 422}
    assert "Giv vælgeren lov" not in words(answer)
    assert admitted(store) == 0


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.OBSERVER])
@pytest.mark.parametrize("path", ["checkin/", "checkin/counter"])
def test_other_roles_do_not_reach_the_desk(client, store, poll, add_staff, sign_in, role, path):
    """Only desk and board look people up."""
    add_staff(store, poll.election, "anna", role)
    sign_in(client, "anna")
    assert client.get(f"/{poll.election.slug}/{path}").status_code == 403


def test_a_desk_of_another_election_does_not_reach_this_one(client, store, poll, found_election, add_staff, sign_in):
    """An appointment counts for its own election alone."""
    other = found_election(store, slug="anden")
    add_staff(store, other, "anna", Role.DESK)
    sign_in(client, "anna")
    assert client.get(f"/{poll.election.slug}/checkin/").status_code == 403


def test_the_counter_shows_the_desk_its_own_figure(store, desk, admit, person_id, poll):
    """A desk official sees what her desk has done and not how the whole poll goes."""
    admit(person_id(store, SIGNE), **TICKS)
    page = words(desk.get(f"/{poll.election.slug}/checkin/counter"))
    assert "Lukket ind ved Bord 1" in page
    assert "Stemmesedler tilbage" not in page


def test_the_counter_shows_the_board_the_slips(store, client, poll, add_staff, sign_in):
    """The board sees how many slips are left to hand out."""
    add_staff(store, poll.election, "bo", Role.BOARD)
    sign_in(client, "bo")
    make_desk(client, store, poll.election, "Bord 2")
    page = words(client.get(f"/{poll.election.slug}/checkin/counter"))
    assert "Stemmesedler tilbage" in page


def test_a_person_of_another_election_is_not_found_here(store, poll, look_up, found_election):
    """The register of another election is closed to this desk."""
    other = prepare_poll(store, found_election(store, slug="anden")).election
    keep_register(store, other, person("Kun Der", "0303801111"))
    assert "Ikke fundet" in words(look_up(cpr="0303801111"))
