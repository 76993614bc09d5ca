"""The candidates' pictures come before the first voter, and no request for one depends on whom a voter chooses."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from booth_steps import begin, give_slip
from played_booth import PORTRAIT
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

PICTURE = base64.b64decode(PORTRAIT.partition(",")[2])


@pytest.mark.parametrize("cut", [False, True], ids=["all come", "the line is cut"])
def test_nothing_is_asked_for_because_of_a_choice(tablet: Page, played: PlayedServer, *, cut: bool) -> None:
    """Whoever cuts the line before the ballot paper and opens it again for the review sees no picture asked for."""
    standing = played.election()["candidates"]
    played.more["candidates"] = [one | {"photo": f"/valg/photos/{one['number']}.jpg"} for one in standing]
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        if cut and len(asked) <= len(standing):
            route.abort()
        else:
            route.fulfill(body=PICTURE, content_type="image/gif")

    tablet.route("**/photos/*.jpg", answer)
    with tablet.expect_event("requestfailed" if cut else "requestfinished", lambda one: one.url.endswith("/4.jpg")):
        tablet.goto(played.url)
    before = [f"{one['number']}.jpg" for one in standing]
    assert asked == before, "all of them, in the order of the ballot, while nobody votes"
    begin(tablet)
    give_slip(tablet)
    tablet.get_by_label("Bo Bach").check()
    tablet.get_by_role("button", name="Fortsæt").click()
    picture = tablet.locator(".vote .portrait")
    expect(tablet.get_by_role("button", name="Afgiv min stemme")).to_be_enabled()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth === 1") is not cut
    assert asked == before
