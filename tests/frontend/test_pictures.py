"""The candidates' pictures come before the first voter, and no request for one depends on whom a voter chooses."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from booth_steps import begin, give_slip
from played_booth import PORTRAIT
from playwright.sync_api import expect

from ballots.pictures import pictures_hash
from votingapp.documents.record import grouped

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
    the_official_compares_the_pictures(tablet, len(before), cut=cut)
    begin(tablet)
    give_slip(tablet)
    tablet.get_by_label("Bo Bach").check()
    tablet.get_by_role("button", name="Fortsæt").click()
    picture = tablet.locator(".vote .portrait")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth === 1") is not cut
    assert asked == before


def the_official_compares_the_pictures(tablet: Page, number: int, *, cut: bool) -> None:
    """The tablet shows the one hash as the report prints it, and how many photographs it lacks."""
    staff = tablet.locator("details.staff")
    staff.locator("summary").click()
    code = grouped(pictures_hash("0" * 64, [hashlib.sha256(PICTURE).hexdigest()] * number))
    expect(staff).to_contain_text(f"Fotografierne på stemmesedlen: {code}")
    if cut:
        expect(staff).to_contain_text(f"Fotografier, der ikke vises her: {number}")
