"""A second official's password is no easier to guess beside a form than at the sign-in."""

from __future__ import annotations

import pytest

from votingapp.store.staff import Role
from votingapp.web.cosign import ConfirmedTooOften, NotConfirmed, SamePerson, confirm

PASSWORD = "en lang og god sætning"
MAY = {Role.DESK, Role.BOARD}


@pytest.fixture
def desk(store, office, found_election, add_staff):
    """Two officials of one desk: `desk(login, password)` is what the second one's fields say, Asta being signed in."""
    election = found_election(store)
    asta = add_staff(store, election, "asta", Role.DESK)
    add_staff(store, election, "bo", Role.DESK)
    add_staff(store, election, "cille", Role.DESK)

    def ask(login: str, password: str, address: str = "192.0.2.7"):
        with office.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            return confirm(store, asta, election, login, password, MAY)

    return ask


def test_a_right_password_confirms_and_ones_own_does_not(desk):
    """A colleague confirms with her own password; whoever is signed in cannot confirm her own act."""
    assert desk("bo", PASSWORD).login == "bo"
    assert desk("asta", PASSWORD) == SamePerson()
    assert desk("bo", "forkert") == NotConfirmed()


def test_ones_own_password_wins_no_fresh_tries_at_a_colleagues(desk):
    """Whoever guesses a colleague's password cannot begin anew by giving her own, or an accomplice's, in between."""
    for _ in range(8):
        assert desk("bo", "gæt") == NotConfirmed()
        assert desk("asta", PASSWORD) == SamePerson()
        assert desk("cille", PASSWORD).login == "cille"
    assert desk("bo", PASSWORD) == ConfirmedTooOften()


def test_a_guesser_keeps_no_colleague_from_confirming_elsewhere(desk):
    """The door is shut at the desk where was guessed, for the login that was guessed at."""
    for _ in range(8):
        desk("bo", "gæt")
    assert desk("cille", PASSWORD).login == "cille"
    assert desk("bo", PASSWORD, address="192.0.2.8").login == "bo"


def test_many_logins_tried_at_one_desk_shut_its_door(desk, clock):
    """Guessing at one login after another is counted too, and a quarter of an hour opens the door again."""
    for number in range(40):
        desk(f"nogen{number}", "gæt")
    assert desk("bo", PASSWORD) == ConfirmedTooOften()
    clock.advance(minutes=16)
    assert desk("bo", PASSWORD).login == "bo"
