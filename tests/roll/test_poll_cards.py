"""A scanned card leads the desk to the person it was printed for, whatever has become of the roll since."""

import pytest
from polling import keep_register, person

from votingapp.store import poll_cards, register
from votingapp.store.poll_cards import InForce, NoCard, NotOnThisRoll, Outdated
from votingapp.store.vault import Vault

AASE, BENT, CARLA = (
    person("Åse Østergård", "0101801234"),
    person("Bent Ærø", "0202802222"),
    person("Carla", "0303803333"),
)


@pytest.fixture
def election(any_store, found_election):
    """An election with a roll of two, in an order of names."""
    found = found_election(any_store)
    keep_register(any_store, found, BENT, CARLA)
    return found


def holder(store, election, wanted):
    with store.reading() as connection:
        return register.find_by_cpr(connection, store.vault, election.id, wanted.cpr)


def card_of(store, election, wanted) -> str:
    return poll_cards.issue(store.vault, election.id, holder(store, election, wanted)).text


def recognise(store, election, text):
    with store.reading() as connection:
        return poll_cards.recognise(connection, store.vault, election.id, text)


def test_a_card_leads_to_its_holder(any_store, election):
    """What is printed for Carla finds Carla, also in small letters."""
    text = card_of(any_store, election, CARLA)
    assert recognise(any_store, election, text.lower()) == InForce(holder(any_store, election, CARLA))


def test_a_card_printed_before_the_roll_was_numbered_anew_is_outdated(any_store, election):
    """With Åse put in, everybody moves: the cards already sent are told to be old, and still lead to their holders."""
    bents, carlas = card_of(any_store, election, BENT), card_of(any_store, election, CARLA)
    keep_register(any_store, election, person("Adam", "0404804444"), BENT, CARLA)
    assert recognise(any_store, election, bents) == Outdated(holder(any_store, election, BENT))
    assert recognise(any_store, election, carlas) == Outdated(holder(any_store, election, CARLA))


def test_the_card_of_somebody_who_left_is_nobodys(any_store, election):
    """Whoever is no longer on the roll is not found, least of all as the one who has her number now."""
    bents = card_of(any_store, election, BENT)
    keep_register(any_store, election, CARLA)
    assert recognise(any_store, election, bents) == NotOnThisRoll()


def test_a_person_who_comes_back_has_her_card_again(any_store, election):
    """An extract that left her out for a day makes no other card of hers."""
    carlas = card_of(any_store, election, CARLA)
    keep_register(any_store, election, BENT)
    keep_register(any_store, election, BENT, CARLA)
    assert recognise(any_store, election, carlas) == InForce(holder(any_store, election, CARLA))


def test_a_card_of_another_election_is_nobodys(any_store, election, found_election):
    """The same person at the same number of another election, a rehearsal say, has another card."""
    rehearsal = found_election(any_store, slug="proeve", rehearsal=True)
    keep_register(any_store, rehearsal, BENT, CARLA)
    assert recognise(any_store, election, card_of(any_store, rehearsal, BENT)) == NotOnThisRoll()


def test_a_card_of_another_house_is_nobodys(any_store, election):
    """Who has the database and not the key can print no card."""
    person_there = holder(any_store, election, BENT)
    forged = poll_cards.issue(Vault(b"x" * 32), election.id, person_there).text
    assert recognise(any_store, election, forged) == NotOnThisRoll()


def test_other_texts_are_told_apart(any_store, election):
    """A health card's bar code is no card at all, which is another answer than a card of nobody."""
    assert recognise(any_store, election, "0101801234") == NoCard()
    assert recognise(any_store, election, "VK1.999999999.ABCDEFGHIJKLMNOP") == NotOnThisRoll()
    assert recognise(any_store, election, "") == NoCard()


def test_no_answer_shows_the_code_or_the_name_in_an_error(any_store, election):
    """What a log line would print of an answer names nobody."""
    text = card_of(any_store, election, BENT)
    shown = repr(recognise(any_store, election, text))
    assert "Bent" not in shown
    assert text.rpartition(".")[2] not in shown
