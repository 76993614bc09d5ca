"""A slip is held before the tablet's camera, in a real browser behind the real security policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import qrcode
from booth_steps import SLIP, begin, heading
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import PlayedServer
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_camera_reads_a_slip(launch, played: PlayedServer, tmp_path: Path) -> None:
    """Held before the camera, a printed slip opens the ballot paper, with nothing fetched from elsewhere."""
    camera = tmp_path / "slip.y4m"
    film_slip(camera, SLIP)
    browser = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    )
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(played.url)
    begin(page)
    page.get_by_role("button", name="Scan stemmesedlen").click()
    heading(page, "Sæt dit kryds")
    assert page.locator("video").count() == 0
    origin = played.url.removesuffix("valg/")
    assert all(url.startswith((origin, "data:", "blob:")) for url in asked)
    assert any(url.endswith("zxing_reader.wasm") for url in asked)
    assert not any(SLIP in url for url in asked)


def test_a_camera_that_is_pressed_twice_comes_once_and_keeps_the_focus(tablet: Page, played: PlayedServer) -> None:
    """Begun anew it is no camera that cannot be used; whoever pressed a button that goes away is at the one in its place."""
    tablet.goto(played.url)
    begin(tablet)
    scan, stop = (tablet.get_by_role("button", name=name) for name in ("Scan stemmesedlen", "Stop kameraet"))
    scan.dblclick()
    expect(stop).to_be_focused()
    expect(tablet.get_by_role("alert")).to_be_empty()
    stop.press("Enter")
    expect(scan).to_be_focused()


def film_slip(path: Path, code: str) -> None:
    """A still film of a slip's QR code, grey on the planes that the fake camera reads."""
    picture = qrcode.make(code).get_image().convert("L").resize((400, 400), Image.Resampling.NEAREST)
    frame = Image.new("L", (640, 480), 235)
    frame.paste(picture, (120, 40))
    colour = bytes([128]) * (320 * 240 * 2)
    with path.open("wb") as film:
        film.write(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n")
        for _ in range(10):
            film.write(b"FRAME\n" + frame.tobytes() + colour)
