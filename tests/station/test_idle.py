"""A page that asks by itself keeps nobody signed in: an unattended laptop is shut after an hour, a desk in use never."""

from __future__ import annotations

from datetime import timedelta

import pytest

from votingapp.web.sessions import IDLE_LIMIT, WHOLE_LIMIT

ONCE = timedelta(minutes=10)


@pytest.fixture
def wait(clock):
    """Let an hour and a little pass in steps, with something done after each: `wait(act)`."""

    def go(act) -> None:
        for _ in range(int((IDLE_LIMIT + 2 * ONCE) / ONCE)):
            clock.now += ONCE
            act()

    return go


@pytest.mark.parametrize(
    ("login", "device", "page", "asked"),
    [
        ("anne", None, "station", "station/live.json"),
        ("anne", None, "ceremony/key", "ceremony/state"),
        ("bente", "Bord 1", "checkin/", "checkin/state.json"),
    ],
)
def test_what_a_page_asks_for_keeps_nobody_signed_in(at, poll, wait, login, device, page, asked):
    """Left alone for an hour, the open page is answered no more, and its next press leads to the sign-in."""
    there = at(login, device)
    answers = []
    wait(lambda: answers.append(there.get(f"/{poll.election.slug}/{asked}").status_code))
    assert 302 not in answers[:5], "within the hour it is answered"
    assert answers[-1] == 302
    assert there.get(f"/{poll.election.slug}/{page}").location.startswith("/sign-in")


def test_a_desk_in_use_stays_open(at, poll, wait):
    """Whoever looks up a voter now and then is not asked who she is before her day is over."""
    desk = at("bente", "Bord 1")
    page = f"/{poll.election.slug}/checkin/"

    def serve_a_voter() -> None:
        assert desk.get(f"{page}state.json").status_code == 200
        assert desk.submit(page, {"query": "0101801234"}).status_code == 200

    wait(serve_a_voter)
    assert desk.get(page).status_code == 200


def test_a_page_that_is_looked_at_again_stays_open(at, base, wait, clock):
    """The board's page is opened again by a press: that is a sign of life, until the day's end."""
    board = at("anne")
    wait(lambda: board.get(base))
    assert board.get(f"{base}/live.json").status_code == 200
    clock.now += WHOLE_LIMIT
    assert board.get(base).status_code == 302


def test_every_address_that_a_page_asks_by_itself_says_so(office):
    """Whoever adds a page that polls meets this list."""
    marked = {name for name, view in office.view_functions.items() if getattr(view, "_asked_by_the_page", False)}
    assert marked == {"station.live", "checkin.state", "ceremony.state", "ceremony.live", "public.hall_live"}
