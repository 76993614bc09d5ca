"""A booth for tests of its pages: the real bundle behind the real security headers, with a server that plays its part."""

from __future__ import annotations

import subprocess
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from in_a_thread import answering
from played_booth import CHECK, ROOT, PlayedServer, handler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["CHECK", "PlayedServer"]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frontend, bundled as for a real election."""
    folder = tmp_path_factory.mktemp("bundle")
    subprocess.run(["node", "build.mjs", "--out", str(folder)], cwd=ROOT / "frontend", check=True)
    return folder


@pytest.fixture
def played(bundle: Path) -> Iterator[PlayedServer]:
    """A booth server on this machine that plays its part."""
    server = PlayedServer(bundle)
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler(server))
    server.url = f"http://127.0.0.1:{http.server_port}/valg/"
    with answering(http):
        yield server


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser whose camera shows no slip."""
    return launch("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """A tablet on its side; an error in its program, or against its security policy, fails the test."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert errors == []
