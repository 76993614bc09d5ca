"""A real browser that is told to trust the house's authority, as the sheet says, opens it; and believes it about nothing else."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime

import pytest
from joined import enter_as, join_device
from playwright.sync_api import Error
from served_house import seconds_until

from votingapp.certificates import issue
from votingapp.store.devices import Kind

pytestmark = pytest.mark.browser

SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * 127.0.0.1")

SECURE = "isSecureContext && 'mediaDevices' in navigator && !!crypto.subtle"
KEPT = """Promise.race([
  navigator.serviceWorker.ready.then((one) => one.active !== null),
  new Promise((resolve) => setTimeout(resolve, 60000, "never")),
])"""


@pytest.fixture
def told(tmp_path, authority):
    """A user's folder whose NSS database holds the authority as the sheet's command put it there."""
    folder = tmp_path / "user"
    database = folder / ".pki" / "nssdb"
    database.mkdir(parents=True)
    (tmp_path / "valg-certifikat.crt").write_bytes(authority.der)
    for words in (
        ["-N", "--empty-password"],
        ["-A", "-t", "C,,", "-n", "valg", "-i", tmp_path / "valg-certifikat.crt"],
    ):
        subprocess.run(["certutil", "-d", f"sql:{database}", *words], check=True, capture_output=True)
    return folder


@pytest.fixture
def browse(playwright, chromium):
    """Open a page in a fresh Chromium of a user: `browse(home, url)` gives status and what an expression says of the page.

    With a `token` the browser is the booth whose token it is.
    """

    def open_page(home, url, expression=SECURE, token=""):
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(SWITCHES), env=os.environ | {"HOME": str(home)}
        )
        try:
            context = browser.new_context()
            enter_as(context, url, Kind.BOOTH, token)
            page = context.new_page()
            answer = page.goto(url)
            return answer.status, page.evaluate(expression)
        finally:
            browser.close()

    return open_page


def test_a_browser_that_was_told_opens_the_house(house, trusting, told, browse, tmp_path, store, found_election):
    """Office and booth open without a warning, by address and by name, may use camera and cryptography, and the booth is kept."""
    election = found_election(store)
    token = join_device(store, election, Kind.BOOTH)
    store.engine.dispose()
    house.start()
    seconds_until(f"https://127.0.0.1:{house.office}/sign-in", trusting)
    seconds_until(f"https://127.0.0.1:{house.booth}/", trusting)
    assert browse(told, f"https://127.0.0.1:{house.office}/sign-in") == (200, True)
    assert browse(told, f"https://laptop.local:{house.office}/sign-in") == (200, True)
    assert browse(told, f"https://127.0.0.1:{house.booth}/")[1] is True
    assert browse(told, f"https://127.0.0.1:{house.booth}/{election.slug}/", KEPT, token) == (200, True)
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        browse(stranger, f"https://127.0.0.1:{house.office}/sign-in")


def test_a_browser_that_was_told_believes_the_authority_about_the_room_alone(
    house, trusting, told, browse, authority, tls_folder
):
    """With the authority's key in a thief's hands, a certificate for somebody else's name is turned away all the same."""
    house.start("--only", "office")
    seconds_until(f"https://127.0.0.1:{house.office}/sign-in", trusting)
    issue(tls_folder, authority, ("bank.example",), datetime.now(UTC))
    with pytest.raises(Error, match="ERR_CERT_INVALID"):
        browse(told, f"https://bank.example:{house.office}/sign-in")
