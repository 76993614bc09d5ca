"""In mid-evening the server is killed and comes back, tablets are switched off in mid-vote: everybody goes on, and every slip votes once."""

from __future__ import annotations

import os
import re
import signal
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, Page, expect
from polling import CANDIDATES
from served_house import ServedHouse, children, seconds_until
from station_pages import (
    ADMIT,
    CUT,
    ON_ITS_WAY_SECONDS,
    PATIENCE_SECONDS,
    START,
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

pytestmark = pytest.mark.browser

SIGNE, LUKASZ = "0101801234", "0101801250"
SOON = 10.0
"""Seconds from the restart in which desk and booth are back; on a machine that is slow, as long as the house took to start."""

WAITING = re.compile("Den låste stemme lægges i urnen|Der er ingen forbindelse til urnen")
"""What a tablet says while a ballot has no answer."""

RESTARTED = "stopped (signal 9) and is started again"


@pytest.fixture
def house(evening: Evening) -> Iterator[ServedHouse]:
    """The whole house, with its supervisor; `first` is how long it took to start on this machine."""
    served = ServedHouse(evening.home)
    served.start()
    served.first = seconds_until(office(served) + "/sign-in") + seconds_until(booth(served) + "/")
    yield served
    served.stop()


def office(house: ServedHouse) -> str:
    return f"http://127.0.0.1:{house.office}"


def booth(house: ServedHouse) -> str:
    return f"http://127.0.0.1:{house.booth}"


def kill_all_apps(house: ServedHouse) -> None:
    """SIGKILL office and booth with all their workers, and not the supervisor."""
    masters = [house.master(app) for app in ("office", "booth")]
    for process in (*masters, *(worker for master in masters for worker in children(master))):
        os.kill(process, signal.SIGKILL)


@contextmanager
def dead(house: ServedHouse) -> Iterator[None]:
    """Kill the house, and let the supervisor sleep meanwhile, who would restart it before anybody noticed."""
    assert house.process is not None
    house.process.send_signal(signal.SIGSTOP)
    try:
        kill_all_apps(house)
        yield
    finally:
        house.process.send_signal(signal.SIGCONT)


def test_a_killed_server_is_noticed_and_everybody_goes_on(evening: Evening, house: ServedHouse, browser: Browser):
    """Desk and booth say that there is no answer, and are back within ten seconds of the restart, without a hand on them."""
    desk, tablet = evening.seat(browser, office(house)), evening.open_booth(browser, booth(house))
    find(desk, SIGNE)
    choose(tablet, evening.poll.slips[0], CANDIDATES[0])
    bar = desk.get_by_role("alert").filter(has_text=CUT)
    with dead(house):
        cast(tablet)
        expect(bar).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
        expect(tablet.locator("main")).to_contain_text(WAITING, timeout=PATIENCE_SECONDS * 1000)
        assert (evening.admissions(), evening.receipts()) == (0, [])
    begun = time.monotonic()
    expect(bar).to_be_hidden(timeout=PATIENCE_SECONDS * 1000)
    shown = receipt(tablet)
    assert time.monotonic() - begun < max(SOON, 2 * house.first)
    assert [shown] == evening.receipts()
    admit(desk)
    assert evening.admissions() == 1
    tablet.get_by_role("button", name="Færdig").click()
    choose(tablet, evening.poll.slips[1], CANDIDATES[1])
    cast(tablet)
    assert sorted([shown, receipt(tablet)]) == evening.receipts()
    assert house.said().count(RESTARTED) == 2
    close(desk, tablet)


def test_a_server_killed_again_and_again_keeps_everybody_in_step(
    evening: Evening, house: ServedHouse, browser: Browser
):
    """Killed before each press of desk and booth, with nobody waiting for it: each is done once, and no page is opened anew."""
    desk, tablet = evening.seat(browser, office(house)), evening.open_booth(browser, booth(house))
    shown = []
    for number, cpr in enumerate((SIGNE, LUKASZ)):
        find(desk, cpr)
        choose(tablet, evening.poll.slips[number], CANDIDATES[number])
        kill_all_apps(house)
        cast(tablet)
        admit_when_possible(desk)
        shown.append(receipt(tablet))
        tablet.get_by_role("button", name="Færdig").click()
        at(tablet, START)
    assert evening.admissions() == 2
    assert sorted(shown) == evening.receipts()
    close(desk, tablet)


def admit_when_possible(desk: Page) -> None:
    """Press as an official does, who reads what the page says and presses again if nobody was admitted."""
    ready = desk.get_by_role("button", name=ADMIT, exact=True).and_(desk.locator(":enabled"))
    answer = desk.locator(".answer")
    until = time.monotonic() + PATIENCE_SECONDS
    while not answer.is_visible():
        assert time.monotonic() < until, "nobody is admitted"
        if ready.count() > 0:
            with suppress(Error):  # the answer may come, and take the button's place, between look and press
                ready.click(timeout=1000)
        desk.wait_for_timeout(500)
    # A press whose answer was lost may have been heard: the next one is told that the voter was just admitted here.
    expect(answer).to_contain_text(re.compile("trække|lige lukket ind ved dette bord"))


def test_a_tablet_that_dies_before_the_press_has_cost_no_vote(evening: Evening, house: ServedHouse, browser: Browser):
    """Chosen and not handed in, the slip is unspent: it votes on another tablet."""
    first, second = tablets(evening, house, browser)
    choose(first, evening.poll.slips[0], CANDIDATES[0])
    close(first)
    choose(second, evening.poll.slips[0], CANDIDATES[1])
    cast(second)
    assert [receipt(second)] == evening.receipts()
    close(second)


def test_a_tablet_that_dies_before_the_answer_has_voted_once(evening: Evening, house: ServedHouse, browser: Browser):
    """Handed in and not answered, the ballot is in the urn: the next tablet says that the slip has voted, and it counts once."""
    first, second = tablets(evening, house, browser)
    choose(first, evening.poll.slips[0], CANDIDATES[0])
    with evening.held_up():
        with first.expect_request("**/ballots"):
            cast(first)
        time.sleep(ON_ITS_WAY_SECONDS)
        close(first)
        assert evening.receipts() == []
    wait_for(lambda: len(evening.receipts()) == 1)
    (kept,) = evening.receipts()
    show_slip(second, evening.poll.slips[0])
    expect(second.get_by_role("alert")).to_contain_text("allerede stemt", timeout=PATIENCE_SECONDS * 1000)
    assert evening.receipts() == [kept]
    close(second)


def tablets(evening: Evening, house: ServedHouse, browser: Browser) -> tuple[Page, Page]:
    """Two booths side by side."""
    return evening.open_booth(browser, booth(house)), evening.open_booth(browser, booth(house), evening.other_booth)


def close(*pages: Page) -> None:
    """Switch devices off."""
    for page in pages:
        page.context.close()
