"""Pictures of every screen of the booth, in Danish and in Arabic: a server plays its part, and a browser votes.

Part of `make pictures`; `python scripts/booth_pictures.py` takes these alone, after `make build`. They are written anew into
docs/screens/booth, as `<language>-<screen>.png`.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from small_pictures import write_small

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from in_a_thread import answering  # noqa: E402 - a part of the tests
from played_booth import PlayedServer, handler  # noqa: E402

from votingapp.recordings.pack import Clip, write_pack  # noqa: E402
from votingapp.recordings.phrases import NAMES as NAMES_PACK  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "screens" / "booth"
BUNDLE = ROOT / "votingapp" / "static" / "bundle"
LANGUAGES = ("da", "ar")

SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk"
NAMES = (
    *(
        "Anna Bach",
        "Ayşe Öztürk",
        "Bo Ćosić",
        "Britta Holm",
        "Çağla Demir",
        "Dorte Kjær",
        "Đorđe Đukić",
        "Fatima Haddad",
    ),
    *("Jens Østergård", "Ludmyla Bondar", "Nadia Khan", "Paweł Wójcik", "Søren Ærø", "Ümit Şahin", "Åse Lund"),
)
SILENCE = Clip("language.title", "", b"")
IDLE_MILLISECONDS = 91_000
FOOT, DONE = ".foot .primary", ".foot .primary:enabled"


def play() -> PlayedServer:
    """A booth with fifteen candidates, two votes and a figure beside each name."""
    figure = b64encode((ROOT / "votingapp/static/silhouette.svg").read_bytes()).decode()
    return PlayedServer(
        BUNDLE,
        names=NAMES,
        lines={0: "bager", 3: "sygeplejerske"},
        votes=2,
        photos=True,
        portrait=f"data:image/svg+xml;base64,{figure}",
    )


class Played(ThreadingHTTPServer):
    """Serves the played booth."""

    def handle_error(self, request: object, client_address: object) -> None:
        """A tablet that begins anew breaks off what it was asking for."""


class Tablet:
    """One tablet in one language, whose screens are pictured."""

    def __init__(self, page: Page, played: PlayedServer, language: str) -> None:
        self._page = page
        self._played = played
        self._language = language

    def wake(self) -> None:
        """Begin anew, as before each voter."""
        self._page.goto(self._played.url)
        self._page.locator(".screen .language").first.wait_for()

    def come_to_the_ballot(self) -> None:
        """Choose the language and give the slip."""
        self.wake()
        self._page.locator(f".screen .language[lang={self._language}]").click()
        self._page.locator("#code").fill(SLIP)
        self._page.keyboard.press("Enter")
        self._page.locator(".choice").first.wait_for()

    def come_to_the_review(self) -> None:
        """Mark two, and look at them."""
        self.come_to_the_ballot()
        for place in (1, 3):
            self._page.locator(".ballot input").nth(place).check()
        self.press(FOOT)
        self._page.locator(".vote").wait_for()

    def come_to_the_code(self) -> None:
        """Confirm the choice, and wait until the ballot is sealed."""
        self.come_to_the_review()
        self.press(FOOT)
        self._page.locator(".commitment .qr").wait_for()

    def press(self, what: str) -> None:
        """Press the first of these that is seen."""
        self._page.locator(what).locator("visible=true").first.click()

    def speak(self) -> None:
        """Change to the language of the pictures, as on any screen but the first."""
        self.press(".tool >> nth=0")
        self.press(f"dialog[open] .language[lang={self._language}]")
        self._page.locator(f"html[lang={self._language}]").wait_for()

    def take(self, name: str, wanted: str = "h1", *, whole: bool = False) -> None:
        """Picture the screen as it is seen without scrolling, once what is wanted of it stands there."""
        self._page.locator(wanted).first.wait_for()
        self._page.evaluate("() => { scrollTo(0, 0); return document.fonts.ready; }")
        self._page.mouse.move(0, 0)
        shot = self._page.screenshot(animations="disabled", full_page=whole)
        write_small(shot, PICTURES / f"{self._language}-{name}.png")

    def vote(self) -> None:
        """From the language to the ballot paper, and all that may be done on it."""
        self.wake()
        self.take("language")
        self.press("details.staff summary")
        self.take("for-the-staff", "details.staff[open] p", whole=True)
        self.wake()
        self.press(f".screen .language[lang={self._language}]")
        self.take("slip", "#code")
        self.press(".tool >> nth=0")
        self.take("languages", "dialog[open]")
        self.press("dialog[open] .primary")
        self.press(".tool >> nth=1")
        self.take("settings", "dialog[open]")
        self.press("dialog[open] .primary")
        self.press("[aria-controls=code-keys]")
        self.take("slip-keys", "#code-keys .key")
        self._played.slip = "unknown"
        self._page.locator("#code").fill(SLIP)
        self._page.keyboard.press("Enter")
        self.take("slip-refused", "[role=alert]:not(:empty)")
        self._played.slip = "ready"
        self.come_to_the_ballot()
        self.take("ballot")
        self.press(".ballot label")
        self.press(".pager button:last-child")
        self.take("ballot-next-page")
        self.press(".looking button")
        self.take("ballot-search", ".finder")
        self.press(FOOT)
        self.take("fewer-votes")
        self.come_to_the_ballot()
        self._page.locator(".blank input").check()
        self.press(FOOT)
        self.take("review-blank", ".vote")

    def listen(self) -> None:
        """Where the house has recordings: how it is heard, and the dark screen."""
        self._played.packs = dict.fromkeys((*LANGUAGES, NAMES_PACK), write_pack([SILENCE]))
        self.wake()
        self.press(f".screen .language[lang={self._language}]")
        self.press(".tool >> nth=2")
        self.take("sound", "dialog[open]")
        self.press("[data-preference=sound][data-value=on]")
        self.press("[data-preference=screen][data-value=dark]")
        self.take("sound-dark", ".dark")
        self._played.packs = {}

    def check(self) -> None:
        """The review, and the challenge."""
        self.come_to_the_review()
        self.take("review")
        self.press(FOOT)
        self.take("code", ".commitment .qr")
        self._played.challenging = "broken"
        self.press(".challenge button")
        self.take("challenge-without-answer", ".actions:not([hidden]) .primary")
        self._played.challenging = "challenged"
        self.come_to_the_code()
        self.press(".challenge button")
        self.take("opened", ".opening-code .qr")

    def cast(self) -> None:
        """The ways in which a visit ends."""
        for casting, name in (
            ("broken", "unconfirmed"),
            ("rejected", "refused"),
            ("forged", "alarm"),
            ("accepted", "receipt"),
        ):
            self._played.casting = casting
            self.come_to_the_code()
            self.press(DONE)
            self._page.locator(".commitment").wait_for(state="detached")
            self._page.locator(".working").wait_for(state="detached")
            self.take(name)

    def print_out(self) -> None:
        """Where the rules ask for a paper of each vote."""
        self._played.more = {"paper_record": "before_cast"}
        for button, name in ((":not(.primary) >> nth=0", "without-paper"), (":not(.primary) >> nth=1", "spoilt-paper")):
            self.come_to_the_code()
            self.press(DONE)
            self._page.locator(".commitment").wait_for(state="detached")
            self.take("paper")
            self.press(f".actions button{button}")
            self.take(name)
        self._played.more = {}

    def wait(self) -> None:
        """What a tablet says when nobody votes on it."""
        self._page.clock.install()
        self.come_to_the_ballot()
        self._page.clock.run_for(IDLE_MILLISECONDS)
        self.take("still-there", "dialog[open]")
        self._played.slip = "closed"
        self.wake()
        self._page.locator(f".screen .language[lang={self._language}]").click()
        self._page.locator("#code").fill(SLIP)
        self._played.status = "closed"
        self._page.keyboard.press("Enter")
        self._page.locator("#code").wait_for(state="detached")
        self.take("closed")
        self._played.slip, self._played.status = "ready", "open"

    def stand_still(self) -> None:
        """What a tablet says while it waits for the house, before the poll, and when its access was taken back."""
        self._page.route("**/election.json", lambda _: None)
        self._page.goto(self._played.url)
        self.speak()
        self.take("loading", ".working")
        self._page.unroute_all()
        self._played.status = "not_open"
        self._page.goto(self._played.url)
        self._page.locator(".working").wait_for(state="detached")
        self.speak()
        self.take("not-open")
        self._played.status = "open"
        self._played.revoked = True
        self._page.goto(self._played.url)
        self._page.locator(".working").wait_for(state="detached")
        self.speak()
        self.take("revoked")
        self._played.revoked = False
        self._page.route("**/ballots", lambda _: None)
        self.come_to_the_code()
        self.press(DONE)
        self._page.locator(".commitment").wait_for(state="detached")
        self.take("sending", ".working")
        self._page.unroute_all()


def take_all(browser: Browser) -> None:
    """Picture every screen in each language."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    played = play()
    http = Played(("127.0.0.1", 0), handler(played))
    with answering(http) as address:
        played.url = f"{address}/valg/"
        for language in LANGUAGES:
            context = browser.new_context(
                viewport={"width": 1024, "height": 768}, reduced_motion="reduce", service_workers="block"
            )
            context.add_init_script("window.print = () => {};")
            tablet = Tablet(context.new_page(), played, language)
            tablet.vote()
            tablet.check()
            tablet.cast()
            tablet.print_out()
            tablet.listen()
            tablet.stand_still()
            tablet.wait()
            context.close()


def main() -> None:
    """Take these alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        take_all(browser)
        browser.close()


if __name__ == "__main__":
    main()
