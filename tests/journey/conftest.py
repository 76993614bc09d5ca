"""The town hall and the browsers of everybody who comes to it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from journey_house import open_house
from journey_people import PATIENCE_MS, Town
from playwright.sync_api import expect

from votingapp.resources import bundle_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from journey_house import House
    from playwright.sync_api import Browser

NO_SOURCES = {"node_modules", "tests"}


@pytest.fixture(scope="session")
def frontend(request) -> Path:
    """The folder of the TypeScript sources."""
    return request.config.rootpath / "frontend"


@pytest.fixture(scope="session")
def bundle(frontend: Path) -> Path:
    """The bundle of these sources, made anew where it is older than they are."""
    if _is_stale(bundle_dir() / "booth.js", frontend):
        subprocess.run(["node", "build.mjs"], cwd=frontend, check=True)
    return bundle_dir()


@pytest.fixture
def house(tmp_path: Path, bundle: Path) -> Iterator[House]:
    """The real servers, with the bundle of these sources."""
    del bundle
    with open_house(tmp_path) as opened:
        yield opened


def _is_stale(bundle: Path, frontend: Path) -> bool:
    folders = [one for one in frontend.iterdir() if one.is_dir() and one.name not in NO_SOURCES]
    sources = [path for folder in folders for path in folder.rglob("*.*")]
    return not bundle.is_file() or bundle.stat().st_mtime < max(path.stat().st_mtime for path in sources)


@pytest.fixture
def town(house: House, browser: Browser) -> Iterator[Town]:
    """Everybody's browsers; what any of them complained about fails the test at its end."""
    expect.set_options(timeout=PATIENCE_MS)
    opened = Town(house, browser)
    yield opened
    assert opened.complaints == []
    assert "Traceback" not in house.log.read_text(encoding="utf-8")
