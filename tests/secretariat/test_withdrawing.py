"""A role is taken back at once, and never so that nobody could go on."""

from __future__ import annotations

import pytest
from auditing import Page
from joined import join_device

from votingapp.desks.secretariat.staffing import service
from votingapp.store import audit
from votingapp.store.devices import Kind
from votingapp.store.staff import Role, roles_of


@pytest.fixture
def take_back(any_store, board):
    """Take a role back at an election of the store: `take_back(login, role)`, with the seated board beside it."""
    seated = board(any_store)

    def act(login: str, role: Role):
        return service.withdraw(any_store, seated.secretary, seated.election, login, role)

    return seated, act


def test_a_role_is_gone_with_one_entry(any_store, take_back):
    """The official has the role no more, and the log tells who took it back."""
    seated, act = take_back
    assert act("cilla", Role.BOARD) == service.Withdrawn(seated.members[2])
    with any_store.reading() as connection:
        assert roles_of(connection, seated.members[2].id, seated.election.id) == frozenset()
        newest = list(audit.entries(connection, seated.election.id))[-1]
    assert (newest.act, newest.actor) == ("staff_withdrawn", seated.secretary.login)
    assert act("cilla", Role.BOARD) == service.NotAppointed(seated.members[2])


def test_nobody_is_taken_from_whom_the_election_waits(take_back):
    """The last secretary and the last two of the board stay, and so does who holds a part of the key."""
    seated, act = take_back
    assert act("sekretær", Role.SECRETARIAT) == service.NeededHere(seated.secretary)
    act("cilla", Role.BOARD)
    assert act("birk", Role.BOARD) == service.NeededHere(seated.members[1])
    assert act("nobody", Role.BOARD) == service.UnknownLogin()


def test_a_part_of_the_key_stays_with_its_holder(take_back):
    """Who holds a part of the key keeps her place on the board, for only she can open it."""
    seated, act = take_back
    seated.make_key()
    assert act("cilla", Role.BOARD) == service.HoldsKey(seated.members[2])


def test_an_official_at_a_desk_can_do_nothing_more(store, office, sign_in, signing_board, add_staff):
    """On the very page before her the next press is refused."""
    add_staff(store, signing_board.election, "bente", Role.DESK)
    token = join_device(store, signing_board.election, Kind.DESK)
    desk = sign_in(office.test_client(), "bente")
    desk.set_cookie("votingapp-office-device", token, domain="localhost")
    slug = signing_board.election.slug
    assert desk.get(f"/{slug}/checkin/").status_code == 200
    secretary = sign_in(office.test_client(), "sekretær")
    page = f"/{slug}/secretariat/staff"
    sent = {"withdraw-login": "bente", "withdraw-role": "desk", "csrf_token": Page(secretary.get(page).text).tokens[0]}
    assert secretary.post(f"{page}/withdraw", data=sent).status_code == 302
    assert desk.get(f"/{slug}/checkin/").status_code == 403
    refused = secretary.post(f"{page}/withdraw", data=sent)
    assert refused.status_code == 409
    assert "Intet er ændret" in refused.text
