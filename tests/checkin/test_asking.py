"""Found by her card, a voter is asked for her birth date: the screen hides it, and the machine compares what she says."""

from __future__ import annotations

import html
import json

import pytest
from polling import keep_register, person, prepare_poll
from sqlalchemy import select, update

from votingapp.store import audit, looks, poll_cards, refusals, register
from votingapp.store.elections import urn_of
from votingapp.store.looks import What
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.register import register_person

SIGNE, LUKASZ = "Signe Sørensen", "Łukasz Öztürk-Ærø"
GREEN = "Giv vælgeren lov til at trække en stemmeseddel"


def words(answer) -> str:
    return html.unescape(answer.text)


def admitted(store):
    with store.reading() as connection:
        return connection.execute(select(admission)).all()


@pytest.fixture
def resident(store, poll, person_id):
    """A person of the register by name."""

    def find(name: str):
        with store.reading() as connection:
            return register.find(connection, poll.election.id, person_id(store, name))

    return find


@pytest.fixture
def card(store, poll, resident):
    """The text on somebody's poll card."""
    return lambda name: poll_cards.issue(store.vault, poll.election.id, resident(name)).text


def test_a_scanned_card_shows_the_name_and_hides_the_birth_date(look_up, card):
    """The official must ask, so the answer does not stand on her screen."""
    page = look_up(card=card(SIGNE))
    assert page.status_code == 200
    assert SIGNE in words(page)
    assert "Hvornår er du født?" in words(page)
    assert not [
        part for part in ("1980", "010180", "01.01") if part in words(page).split("<main")[1].split("311280")[0]
    ]


@pytest.mark.parametrize("said", ["010180", "01011980", "1/1-1980", " 1. 1. 80 "])
def test_what_the_voter_says_admits_her(store, look_up, card, admit, person_id, said):
    """Six digits are enough, and every way of writing is taken."""
    look_up(card=card(SIGNE))
    answer = admit(person_id(store, SIGNE), birth_date=said, declared="y")
    assert GREEN in words(answer)
    assert len(admitted(store)) == 1


def test_another_birth_date_is_amber_and_leads_to_the_supervisor(store, poll, admit, person_id):
    """A mismatch admits nobody, tells nothing of the right date, is recorded, and offers a case in doubt about her."""
    answer = admit(person_id(store, SIGNE), birth_date="020280", declared="y")
    shown = words(answer)
    assert 'class="answer warning"' in shown
    assert "Fødselsdatoen passer ikke" in shown
    assert "Send til valgbestyrelsen" in shown
    assert f'name="person_id" value="{person_id(store, SIGNE)}"' in shown.split("doubts/raise")[1]
    assert not [
        part for part in ("1980", "010180", "01.01", "020280") if part in shown.split("<main")[1].replace("311280", "")
    ]
    assert admitted(store) == []
    with store.reading() as connection:
        last = audit.last(connection, poll.election.id)
        assert (last.act, json.loads(last.details)["reason"]) == (refusals.REFUSED, refusals.BIRTH_DATE_DIFFERS)


def test_a_shown_card_is_as_good_as_a_said_date(store, admit, person_id):
    """Whoever will not say it aloud shows a card, which the official ticks."""
    assert GREEN in words(admit(person_id(store, SIGNE), confirmed="y", declared="y"))


@pytest.mark.parametrize("said", ["i går", "310280", "1980", "x" * 21])
def test_a_date_that_cannot_be_read_is_asked_for_again(store, admit, person_id, said):
    """Nobody is admitted on something that is no date, and nobody is refused for it."""
    answer = admit(person_id(store, SIGNE), birth_date=said, declared="y")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert admitted(store) == []


def test_a_birth_date_that_was_asked_for_already_is_not_asked_twice(look_up):
    """A search by name and birth date, or by the number on a shown card, goes straight to the declaration."""
    for page in (look_up(cpr="0101801234"), look_up(name="Signe", birth_date="010180")):
        assert "Hvornår er du født?" not in words(page)
        assert '<input type="hidden" name="confirmed" value="y">' in page.text
        assert "01.01.1980" in words(page)


def test_a_name_alone_is_not_enough(look_up):
    """The birth date stands beside the name, and is asked for."""
    page = look_up(name="Signe")
    assert page.status_code == 422
    assert "Spørg om fødselsdatoen" in words(page)
    assert 'value="Signe"' in page.text


def test_two_digits_of_a_year_find_both_centuries(store, look_up, poll):
    """A voter of a hundred and three and one of eighteen may both say 03; the screen shows whoever answers to the name."""
    assert "Ung Åkesson" in words(look_up(name="Ung", birth_date="241103"))


def test_a_number_from_a_torn_card_asks_for_the_birth_date_too(look_up, resident):
    """The number on the card is not proof of anything."""
    page = look_up(number=f"nr. {resident(SIGNE).roll_number}")
    assert SIGNE in words(page)
    assert "Hvornår er du født?" in words(page)
    assert "Ikke fundet" in words(look_up(number="nr. 999"))


def test_an_altered_card_leads_to_nobody(look_up, card):
    """Red, and no slip is given on it: the voter is looked for in another way."""
    text = card(SIGNE)
    page = words(look_up(card=text[:-1] + ("A" if text[-1] != "A" else "B")))
    assert 'class="answer bad"' in page
    assert "Valgkortet er ikke til dette valg" in page
    assert "Find vælgeren med sundhedskort" in page
    assert SIGNE not in page


def test_half_a_card_is_scanned_again(look_up, card):
    """Amber: the scanner lost a part, which says nothing of the card."""
    page = words(look_up(card=card(SIGNE)[:12]))
    assert 'class="answer warning"' in page
    assert "Valgkortet blev ikke læst helt" in page
    assert "Scan det igen" in page
    assert SIGNE not in page


def test_an_outdated_card_is_told_and_the_birth_date_asked(store, poll, look_up, card, residents, resident, admit):
    """Printed before the roll was numbered anew it is still hers: amber, her number now, and the question as ever."""
    old = card(SIGNE)
    keep_register(store, poll.election, person("Adam", "0404804444"), *residents)
    page = words(look_up(card=old))
    assert 'class="answer warning"' in page
    assert "Valgkortet er forældet" in page
    assert f"Vælgeren har nu nr. {resident(SIGNE).roll_number}." in page
    assert SIGNE in page
    assert "Hvornår er du født?" in page
    assert '<input type="hidden" name="confirmed"' not in page
    assert admitted(store) == []
    assert "Fødselsdatoen passer ikke" in words(admit(resident(SIGNE).id, birth_date="020280", declared="y"))


def test_the_outdated_card_of_who_was_here_lets_nobody_in(store, look_up, card, resident, admit, clock):
    """What the rules say stands above what the card is."""
    old = card(SIGNE)
    admit(resident(SIGNE).id, birth_date="010180", declared="y")
    clock.advance(minutes=2)

    def number_anew(work):
        hers = register_person.c.name == SIGNE
        work.connection.execute(update(register_person).where(hers).values(roll_number=99))
        work.keep_unrecorded()

    store.write(number_anew)
    page = words(look_up(card=old))
    assert "Har allerede været her" in page
    assert "Luk vælgeren ind" not in page


def test_the_same_persons_card_of_another_election_leads_to_nobody(store, found_election, look_up, residents):
    """Each election has cards of its own."""
    other = found_election(store, slug="anden")
    keep_register(store, other, *residents)
    prepare_poll(store, other)
    with store.reading() as connection:
        twin = register.find_by_roll_number(connection, other.id, 1)
    assert "Valgkortet er ikke til dette valg" in words(
        look_up(card=poll_cards.issue(store.vault, other.id, twin).text)
    )


def test_a_search_by_card_is_a_look_of_its_own(store, poll, look_up, card, resident):
    """Whoever asks later is told that her card was scanned."""
    look_up(card=card(SIGNE))
    with store.reading() as connection:
        seen = looks.of_subject(connection, poll.election.id, resident(SIGNE).cpr_hash)
    assert [one.what for one in seen] == [What.CHECKIN_CARD]


def test_the_answer_page_takes_the_next_card_at_once(admit, store, person_id):
    """The cursor stands in the next voter's field, so that the official only scans on."""
    answer = admit(person_id(store, SIGNE), confirmed="y", declared="y").text
    assert "Næste vælger" in answer
    field = answer[answer.index('name="query"') - 300 : answer.index('name="query"') + 100]
    assert "autofocus" in field


@pytest.mark.parametrize(("cpr", "sound"), [("0101801234", None), ("2411034321", "bad"), ("1111801234", "warning")])
def test_each_answer_has_shape_words_and_sound(look_up, cpr, sound):
    """Colour is never all that tells an answer."""
    page = look_up(cpr=cpr).text
    assert (f'data-sound="{sound}"' in page) == bool(sound)
    if sound:
        answer = page[page.index('class="answer') :]
        assert "<svg" in answer.split("</div>")[0]


def test_paper_gives_a_paper_ballot_and_no_slip(store, poll, admit, person_id):
    """A voter on paper counts as admitted and adds nothing to what the urn may hold; the log does not say how she votes."""
    answer = words(admit(person_id(store, SIGNE), confirmed="y", declared="y", paper="y"))
    assert "Giv vælgeren en papirstemmeseddel" in answer
    assert 'class="answer good"' in answer
    (row,) = admitted(store)
    assert row.channel == "paper"
    with store.reading() as connection:
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 0
        assert set(json.loads(audit.last(connection, poll.election.id).details)) == {"declaration", "desk", "person"}


def test_when_the_box_is_empty_paper_is_still_there(
    store, open_poll, client, desk_official, admit, look_up, person_id, poll
):
    """Without slips the desk offers paper and nothing else."""
    from sqlalchemy import update  # noqa: PLC0415 - this test empties the box

    from votingapp.store.tables.urn import urn  # noqa: PLC0415

    def empty(work):
        work.connection.execute(update(urn).values(slips_issued=3))
        work.keep_unrecorded()

    store.write(empty)
    page = words(look_up(cpr="0101801234"))
    assert "Der er ingen stemmesedler tilbage" in page
    assert "Luk vælgeren ind til papir" in page
    assert "Luk vælgeren ind</button>" not in page
    assert "Der er ingen stemmesedler tilbage" in words(admit(person_id(store, SIGNE), confirmed="y", declared="y"))
    assert "papirstemmeseddel" in words(admit(person_id(store, SIGNE), confirmed="y", declared="y", paper="y"))


def test_only_the_desks_pages_may_use_the_camera(desk, poll):
    """The reader's WebAssembly and the camera are allowed where cards are scanned, and nothing from elsewhere."""
    answer = desk.get(f"/{poll.election.slug}/checkin/")
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert "camera=()" in desk.get(f"/{poll.election.slug}/").headers["Permissions-Policy"]


def test_no_number_goes_back_into_the_field(look_up):
    """Whatever had digits is typed again after a mistake; the page never repeats it."""
    for typed in ("010180-12345", "3113801234", "Bertil 0101801234"):
        page = look_up(cpr=typed)
        assert page.status_code == 422
        assert (
            "1234" not in page.text.split("<main")[1].replace("csrf_token", "").split('name="query"')[1].split(">")[0]
        )


def test_a_replacement_number_leads_to_the_supervisor(look_up):
    """Nobody is turned away by the machine for a number that the register does not have."""
    page = words(look_up(cpr="6101801234"))
    assert "erstatningspersonnummer" in page
    assert '<option selected value="replacement_number">' in page
