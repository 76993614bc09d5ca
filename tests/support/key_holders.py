"""A key holder's own device in the tests: its page, her sheet, and everything that left it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from key_sheets import NO_SHEET, KeySheet, is_refused, make_sheet, show_sheet
from playwright.sync_api import expect

from ballots.key_sheet import Place
from ballots.protocol.group import format_scalar
from ballots.protocol.threshold.identity import derive_identity
from ballots.protocol.threshold.share import open_decryption_key

if TYPE_CHECKING:
    from board import Board
    from playwright.sync_api import BrowserContext, Page

    from votingapp.store.elections import Election
    from votingapp.store.keys import Member

PASSWORD = "en lang og god sætning"
SHORTEST_SECRET = 10


@dataclass
class Device:
    """A member's own device: its page, her card, and everything that left it."""

    member: object
    page: Page
    sheet: KeySheet = NO_SHEET
    sent: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Keep what goes out, and what the browser finds fault with."""
        context.on("request", self._keep)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def _keep(self, request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        self.sent.append(f"{request.url}\n{headers}\n{body}")

    def compare(self) -> None:
        """Say that number and mark are the same on all screens."""
        self.page.get_by_role("button", name="Antal og mærke er ens hos os alle").click()

    def show(self, sheet: KeySheet, *, as_words: bool = False) -> None:
        """Type a sheet and its passphrase."""
        show_sheet(self.page, sheet, as_words=as_words)

    def is_refused(self, reason: str) -> None:
        """The page says why."""
        is_refused(self.page, reason)


def sign_in(page: Page, login: str) -> None:
    """Sign in with the tests' password."""
    page.goto("/sign-in")
    page.get_by_label("Brugernavn").fill(login)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log ind").click()
    page.wait_for_url("**/")


def make_own_sheet(device: Device, path: str) -> None:
    """Choose a passphrase, put the sheet on paper, try it with another passphrase and then rightly."""
    device.page.goto(path)
    device.sheet = make_sheet(device.page)
    device.page.get_by_role("button", name="Jeg har arket på papir").click()
    device.show(device.sheet.with_passphrase("en helt anden sætning"))
    device.is_refused("passphrase")
    device.show(device.sheet, as_words=True)
    expect(device.page.locator("#working")).to_be_visible()


def seed_of(device: Device, election: Election, position: int) -> str:
    """What is under the sheet, by Python's own reckoning."""
    return device.sheet.seed(Place(election.urn_uuid, position))


def secrets_of(device: Device, election: Election, member: Member) -> list[str]:
    """Every spelling of what must never leave a member's device."""
    seed = seed_of(device, election, member.position)
    identity = derive_identity(seed)
    secret = open_decryption_key(seed, member.share.encode())
    scalars = [identity.signing, identity.opening, secret]
    numbers = [format_scalar(one) for one in scalars]
    hexes = [spelling for one in scalars for spelling in (one.hex(), one[::-1].hex())]
    return [seed, seed[:11], seed[11:], *device.sheet.spellings(), *numbers, *hexes]


def all_secrets(devices: list[Device], seated: Board) -> list[str]:
    """The secrets of all devices."""
    found = [
        secret
        for device, member in zip(devices, seated.ceremony().members, strict=True)
        for secret in secrets_of(device, seated.election, member)
    ]
    assert all(len(secret) > SHORTEST_SECRET for secret in found), "nothing is looked for that is everywhere"
    return found


def assert_nothing_leaked(devices: list[Device], seated: Board) -> None:
    """None of the secrets is in anything that a device sent or keeps."""
    secrets = all_secrets(devices, seated)
    for device in devices:
        said = "\n".join(device.sent)
        assert '"coefexps":' in said, "what is sent is seen"
        assert not [secret for secret in secrets if secret in said]
        assert device.page.evaluate("sessionStorage.length") == 0
        # What a browser remembers is public: the key that was made in it, and which sum of this election it was shown.
        remembered = device.page.evaluate("JSON.stringify(localStorage)")
        assert all(place.startswith(("own-key-", "opened-sum-")) for place in json.loads(remembered))
        assert not [secret for secret in secrets if secret in remembered]
