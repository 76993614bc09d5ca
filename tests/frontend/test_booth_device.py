"""The tablet as a device of the polling station: it says that it is on, follows the poll, and steps aside when it is revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from booth_steps import NARROW, SLIP, WIDE, cast, check_page, choose, heading
from played_booth import tracker
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_tablet_that_is_revoked_says_so_and_forgets_its_voter(tablet: Page, played: PlayedServer) -> None:
    """In the middle of a vote the screen clears and tells what to do; let in again, the tablet goes on by itself."""
    tablet.clock.install()
    for size in (NARROW, WIDE):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        choose(tablet, played.url)
        played.revoked = True
        tablet.clock.run_for(21_000)
        heading(tablet, "Der kan ikke stemmes her lige nu")
        expect(tablet.locator("main")).to_contain_text("Tabletten er taget ud af brug")
        expect(tablet.locator("main")).to_contain_text("gå til en anden stemmeboks")
        assert SLIP not in tablet.content()
        expect(tablet.locator(".ballot")).to_have_count(0)
        check_page(tablet, size)
        played.revoked = False
        tablet.clock.run_for(11_000)
        heading(tablet, "Vælg dit sprog")


def test_a_vote_without_an_answer_on_a_revoked_tablet_is_looked_for_elsewhere(
    tablet: Page, played: PlayedServer
) -> None:
    """Nobody is left with nothing said: the slip tells it on another tablet, the code after the close, and the paper waits."""
    tablet.clock.install()
    played.more = {"paper_record": "after_cast", "printer": True}
    played.casting = "broken"
    choose(tablet, played.url)
    cast(tablet)
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Stemmen er ikke bekræftet endnu")
    played.revoked = True
    tablet.clock.run_for(21_000)
    heading(tablet, "Det vides ikke, om din stemme er afgivet")
    main = tablet.locator("main")
    expect(main).to_contain_text("vis din stemmeseddel på en anden tablet")
    expect(main).to_contain_text("læg den først i kassen, når personalet siger det")
    expect(tablet.locator(".receipt")).to_have_text(tracker(played.ballots[0]))
    for size in (NARROW, WIDE):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        check_page(tablet, size)
    tablet.get_by_role("button", name="Færdig").click()
    expect(main).to_contain_text("Tabletten er taget ud af brug")


def test_the_sign_of_life_comes_by_the_clock_alone(tablet: Page, played: PlayedServer) -> None:
    """A whole vote makes no sign of life come sooner or later than the twenty seconds between them."""
    tablet.clock.install()
    choose(tablet, played.url)
    cast(tablet)
    tablet.clock.run_for(1_000)
    heading(tablet, "Din stemme er afgivet")
    tablet.get_by_role("button", name="Færdig").click()
    assert played.beats == 0
    for beats in range(1, 4):
        with tablet.expect_response("**/alive.json"):
            tablet.clock.run_for(20_000)
        assert played.beats == beats


def test_a_waiting_tablet_learns_that_the_poll_is_over(tablet: Page, played: PlayedServer) -> None:
    """Within twenty seconds of the close the start page makes way for the one that says so."""
    tablet.clock.install()
    tablet.goto(played.url)
    heading(tablet, "Vælg dit sprog")
    played.status = "closed"
    tablet.clock.run_for(20_000)
    tablet.clock.run_for(1_000)
    heading(tablet, "Afstemningen er slut")
