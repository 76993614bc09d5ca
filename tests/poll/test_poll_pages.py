"""The board's page for the freeze and the way to the ceremonies: clear when refused, and closed to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from votingapp.store.staff import Role

if TYPE_CHECKING:
    from board import Board


@pytest.fixture
def chair(client, sign_in, signing_board):
    """A signed-in board member's browser."""
    return sign_in(client, signing_board.chair.login)


@pytest.fixture
def page(signing_board: Board) -> str:
    return f"/{signing_board.election.slug}/poll"


def send(browser, page: str, step: str, **data):
    """Fill in one of the forms on the page."""
    return browser.post(f"{page}/{step}", data=data | {"csrf_token": token(browser, page)})


def token(browser, page: str) -> str:
    """The token of the page's own form, or where it has none, of another page's."""
    for door in (page, "/password"):
        parts = browser.get(door).text.split('name="csrf_token" type="hidden" value="', 1)
        if len(parts) > 1:
            return parts[1].split('"', 1)[0]
    raise AssertionError("no form to take a token from")


def test_what_is_missing_is_named_before_anybody_presses(chair, page):
    """A board that looks at the page sees why it cannot freeze yet."""
    text = chair.get(page).text
    assert "Ingen kandidat er godkendt." in text
    assert "Nøglen er ikke lavet." in text


def test_pressing_too_early_changes_nothing(chair, page, signing_board):
    """A form that was sent anyway is answered with the obstacles, not with a defect."""
    answer = send(chair, page, "freeze", confirm="y")
    assert answer.status_code == 409
    assert "Intet er ændret" in answer.text
    assert send(chair, page, "open", signed="y", shown="y").status_code == 409
    assert send(chair, page, "close", confirm="y").status_code == 409
    assert signing_board.now().frozen_at is None


def test_a_step_needs_its_tick(chair, page, signing_board):
    """Freezing cannot be undone, so it is confirmed."""
    signing_board.prepare()
    assert send(chair, page, "freeze").status_code == 422
    assert signing_board.now().frozen_at is None


def test_the_freeze_by_its_page(chair, page, signing_board):
    """What was fixed is shown with its hash and its candidates, and the way leads on to the opening."""
    signing_board.prepare()
    frozen = chair.post(
        f"{page}/freeze", data={"confirm": "y", "csrf_token": token(chair, page)}, follow_redirects=True
    )
    assert "Valget er låst." in frozen.text
    assert signing_board.question().fingerprint in frozen.text
    assert "Aase Æbelø" in frozen.text
    assert f'href="{page}/opening"' in frozen.text


STEPS = (
    "freeze",
    "open",
    "close",
    "opening/attend",
    "opening/report",
    "closing/attend",
    "closing/doors",
    "closing/queue",
    "closing/report",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.DESK, Role.OBSERVER])
def test_only_the_board_moves_the_poll(client, sign_in, signing_board, add_staff, store, page, step, role):
    """Others may look, at most; none of the steps is theirs."""
    add_staff(store, signing_board.election, "tilskuer", role)
    sign_in(client, "tilskuer")
    looks = {client.get(f"{page}{door}").status_code for door in ("", "/opening", "/closing")}
    assert looks == {403 if role is Role.DESK else 200}
    answer = client.post(f"{page}/{step}", data={"csrf_token": token(client, "/password"), "confirm": "y"})
    assert answer.status_code == 403


def test_a_board_member_of_another_election_is_a_stranger(client, sign_in, signing_board, found_election, store):
    """Elections are sealed off from one another, their boards too."""
    other = found_election(store, slug="et-andet-valg")
    sign_in(client, signing_board.chair.login)
    assert client.get(f"/{other.slug}/poll").status_code == 403


def test_a_rehearsal_says_so(client, sign_in, store, found_election, add_staff):
    """Nobody takes the page of a rehearsal for the election."""
    election = found_election(store, slug="øvelse", rehearsal=True)
    add_staff(store, election, "anne", Role.BOARD)
    sign_in(client, "anne")
    assert "PRØVEVALG" in client.get("/øvelse/poll").text


def test_an_election_with_a_seat_for_everybody_is_pointed_out(chair, page, signing_board):
    """Three candidates for five seats: the board is told, and may hold the vote all the same."""
    assert "ikke flere kandidater end pladser" not in chair.get(page).text
    signing_board.prepare()
    assert "ikke flere kandidater end pladser" in chair.get(page).text
    assert send(chair, page, "freeze", confirm="y").status_code == 302
