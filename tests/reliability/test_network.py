"""The cable between the house and the room is pulled out: desks and booths say so, nothing is queued, and both come back by themselves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from namespaces import HOUSE_ADDRESS, Link, lay_link, write_wrapper
from playwright.sync_api import Browser, Error, expect
from polling import CANDIDATES
from served_house import AT_MOST, ServedHouse
from station_pages import (
    ADMIT,
    CUT,
    ON_ITS_WAY_SECONDS,
    PATIENCE_SECONDS,
    START,
    UNCONFIRMED,
    UNSURE,
    Evening,
    admit,
    at,
    cast,
    choose,
    find,
    receipt,
    show_slip,
    wait_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright

pytestmark = pytest.mark.browser

SIGNE, LUKASZ = "0101801234", "0101801250"
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
SOON = 10_000
"""Milliseconds in which a desk says that it is cut off; it takes four at the most, and longer on a machine that is busy."""


@dataclass(frozen=True)
class Room:
    """A room with devices in it, at the other end of a cable from the house."""

    link: Link
    browser: Browser
    office: str
    booth: str


@pytest.fixture
def room(evening: Evening, playwright: Playwright, chromium: str, tmp_path) -> Iterator[Room]:
    """The house served at one end of a cable and Chromium at the other."""
    for link in lay_link():
        house = ServedHouse(evening.home, HOUSE_ADDRESS, link.within(link.house))
        house.start()
        try:
            wrapper = write_wrapper(link, chromium, tmp_path)
            browser = playwright.chromium.launch(executable_path=wrapper, args=SWITCHES)
            office, booth = (f"http://{HOUSE_ADDRESS}:{port}" for port in (house.office, house.booth))
            wait_until_open(browser, office, booth)
            yield Room(link, browser, office, booth)
            browser.close()
        finally:
            house.stop()


def wait_until_open(browser: Browser, *addresses: str) -> None:
    """Knock from the room, from which alone the doors can be seen."""
    page = browser.new_page()
    page.set_default_timeout(AT_MOST * 1000)
    for address in addresses:
        wait_for(lambda address=address: is_open(page, address))
    page.close()


def is_open(page: Page, address: str) -> bool:
    """Whether somebody listens at a door, and answers in the end."""
    try:
        return page.goto(address) is not None
    except Error as error:
        # A refused navigation ends on the browser's own page of errors, which may come while the next one begins.
        if not any(sign in error.message for sign in ("ERR_CONNECTION_REFUSED", "chrome-error://")):
            raise
        return False


_IMPATIENT = """
const real = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (patience) => real(Math.min(patience, 3000));
"""


@pytest.fixture
def desk(room: Room, evening: Evening) -> Page:
    return evening.seat(room.browser, room.office)


@pytest.fixture
def patient_booth(room: Room, evening: Evening) -> Page:
    """A tablet that waits for an answer as long as it was made to."""
    return evening.open_booth(room.browser, room.booth)


@pytest.fixture
def booth(room: Room, evening: Evening) -> Page:
    """A tablet that gives an answer up after three seconds, not twenty, and is the same in all else."""
    return evening.open_booth(room.browser, room.booth, script=_IMPATIENT)


def bar(page: Page):
    return page.get_by_role("alert").filter(has_text=CUT)


def press_while_answers_are_lost(evening: Evening, room: Room, page: Page, path: str, press) -> None:
    """Send something; once the house has it and before it can answer, pull the cable out."""
    with evening.held_up():
        with page.expect_request(f"**/{path}"):
            press()
        time.sleep(ON_ITS_WAY_SECONDS)
        room.link.pull_out()


def test_a_desk_that_is_cut_off_says_so_and_queues_nothing(room, evening, desk):
    """Within seconds the bar stands and the form is blocked; with the cable in again nobody is admitted who was not pressed for anew."""
    find(desk, SIGNE)
    room.link.pull_out()
    expect(bar(desk)).to_be_visible(timeout=SOON)
    button = desk.get_by_role("button", name=ADMIT, exact=True)
    expect(button).to_be_disabled()
    button.evaluate("one => one.form.requestSubmit()")
    desk.get_by_label("Vælgeren har sagt ja til erklæringen.").press("Enter")
    room.link.plug_in()
    expect(bar(desk)).to_be_hidden(timeout=PATIENCE_SECONDS * 1000)
    with desk.expect_response("**/state.json*"):
        pass
    assert evening.admissions() == 0
    admit(desk)
    assert evening.admissions() == 1


def test_an_admission_whose_answer_is_lost_is_uncertain_and_happens_once(room, evening, desk):
    """The desk says that it does not know, the next press tells that she is in, and she is in once."""
    find(desk, SIGNE)
    press = desk.get_by_role("button", name=ADMIT, exact=True).click
    press_while_answers_are_lost(evening, room, desk, "checkin/admit", press)
    expect(desk.get_by_text(UNSURE)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
    wait_for(lambda: evening.admissions() == 1)
    room.link.plug_in()
    expect(bar(desk)).to_be_hidden(timeout=PATIENCE_SECONDS * 1000)
    press()
    answer = desk.locator(".answer")
    expect(answer).to_contain_text("lukket ind", timeout=PATIENCE_SECONDS * 1000)
    assert "good" not in (answer.get_attribute("class") or "")
    assert evening.admissions() == 1


def test_a_network_that_swallows_answers_is_noticed_too(room, evening, desk, booth):
    """The cable is in, but nothing comes back: the desk says so, and both devices go on by themselves when something does."""
    room.link.lose_answers()
    expect(bar(desk)).to_be_visible(timeout=SOON)
    room.link.find_answers()
    expect(bar(desk)).to_be_hidden(timeout=PATIENCE_SECONDS * 1000)
    find(desk, LUKASZ)
    admit(desk)
    choose(booth, evening.poll.slips[0], CANDIDATES[0])
    cast(booth)
    assert [receipt(booth)] == evening.receipts()


def test_a_vote_that_is_cut_off_is_finished_when_the_cable_is_in_again(room, evening, booth):
    """The tablet says at once that the house is away, hands the vote in by itself when it can, and one ballot lies in the urn.

    It came in clear, so that the browser keeps nothing of it: it works without, and has told the staff.
    """
    expect(booth.locator("details.staff summary")).to_have_text("Til personalet: tabletten er ikke helt klar")
    choose(booth, evening.poll.slips[0], CANDIDATES[1])
    expect(booth.locator("details.staff")).to_be_hidden()
    room.link.pull_out()
    expect(booth.locator(".link")).to_contain_text(
        "Du kan afgive din stemme, når forbindelsen er tilbage.", timeout=SOON
    )
    cast(booth)
    at(booth, UNCONFIRMED)
    assert evening.receipts() == []
    room.link.plug_in()
    assert [receipt(booth)] == evening.receipts()
    expect(booth.locator(".link")).to_be_empty()
    booth.get_by_role("button", name="Færdig").click()
    at(booth, START)


def test_a_ballot_whose_answer_is_lost_is_shown_its_receipt_and_counts_once(room, evening, patient_booth):
    """The ballot is in the urn and nobody could say so: after the cable is in, the same ballot gets its receipt and lies there once."""
    booth = patient_booth
    choose(booth, evening.poll.slips[0], CANDIDATES[2])
    press_while_answers_are_lost(evening, room, booth, "ballots", lambda: cast(booth))
    wait_for(lambda: len(evening.receipts()) == 1)
    at(booth, UNCONFIRMED)
    room.link.plug_in()
    assert [receipt(booth)] == evening.receipts()


def test_a_slip_that_is_shown_without_a_network_says_so_and_works_afterwards(room, evening, booth):
    """A tablet that waits lets nobody choose in vain; with the cable in again the same slip votes."""
    room.link.pull_out()
    show_slip(booth, evening.poll.slips[0])
    expect(booth.get_by_role("alert")).to_contain_text(
        "Der er ingen forbindelse til urnen", timeout=PATIENCE_SECONDS * 1000
    )
    room.link.plug_in()
    choose(booth, evening.poll.slips[0], CANDIDATES[0])
    cast(booth)
    assert [receipt(booth)] == evening.receipts()
