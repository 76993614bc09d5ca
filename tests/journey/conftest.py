"""The town hall and the browsers of everybody who comes to it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from journey_house import open_house
from journey_people import PATIENCE_MS, Town
from playwright.sync_api import Browser, expect, sync_playwright

from votingapp.resources import bundle_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from journey_house import House

SOURCES = ("booth", "ceremony", "protocol")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def frontend(request) -> Path:
    """The folder of the TypeScript sources."""
    return request.config.rootpath / "frontend"


@pytest.fixture
def house(tmp_path: Path, frontend: Path) -> Iterator[House]:
    """The real servers, with the bundle of these sources."""
    if _is_stale(bundle_dir() / "booth.js", frontend):
        subprocess.run(["node", "build.mjs"], cwd=frontend, check=True)
    with open_house(tmp_path) as opened:
        yield opened


def _is_stale(bundle: Path, frontend: Path) -> bool:
    sources = [path for folder in SOURCES for path in (frontend / folder).rglob("*.*")]
    return not bundle.is_file() or bundle.stat().st_mtime < max(path.stat().st_mtime for path in sources)


@pytest.fixture(scope="module")
def launch() -> Iterator[Callable[..., Browser]]:
    """Start the system's Chromium: `launch("--a-switch", ...)`."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def start(*switches: str) -> Browser:
            started.append(playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *switches]))
            return started[-1]

        yield start
        for browser in started:
            browser.close()


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser without a camera."""
    return launch()


@pytest.fixture
def town(house: House, browser: Browser) -> Iterator[Town]:
    """Everybody's browsers; what any of them complained about fails the test at its end."""
    expect.set_options(timeout=PATIENCE_MS)
    opened = Town(house, browser)
    yield opened
    assert opened.complaints == []
    assert "Traceback" not in house.log.read_text(encoding="utf-8")
