"""How long a voter waits for ballot paper, look at her vote and receipt, on a tablet six times slower than this machine.

Run with `python -m benchmarks.booth` after `make build`. The real booth server answers a real Chromium, whose processor
is slowed by the browser itself. Every ballot is cast on a freshly loaded page, which has sealed nothing before: the
slowest case. "ballot" is from the slip, typed as a scanner would give it, to the names on the screen; "review" is from the
press that asks for the review to the code on it, when she may cast; "seal" is what the worker needs of that; "receipt" is
from the press of "cast" to the receipt on the screen. One limit is for the ballot paper, one for sealing and casting together.

The browser slows the page and not the worker that seals (measured), so the time that the worker took is counted six times.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from votingapp.demo import crew
from votingapp.demo.rehearsal import Plan, prepare
from votingapp.demo.schedule import RehearsalClock
from votingapp.desks.checkin import service as checkin
from votingapp.desks.devices import service as devices
from votingapp.settings import load_settings
from votingapp.store import migrate
from votingapp.store.staff import Role
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, StorageState

RUNS = 7
SLOWER = 6
LIMITS = {15: 1.0, 96: 4.0}
"""Seconds to seal and cast a ballot, by number of candidates."""

LIMITS_TO_SEE = {15: 0.5, 96: 1.0}
"""Seconds from the slip to the ballot paper."""

WATCH = """(() => {
  const seen = window.seen = { presses: [] };
  addEventListener("click", ({ timeStamp }) => { seen.presses.push(timeStamp); }, { capture: true });
  window.Worker = class extends Worker {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", () => { seen.sealed = performance.now() - this.asked; });
    }
    postMessage(work) {
      if (work.job) this.asked = performance.now();
      super.postMessage(work);
    }
  };
  addEventListener("keydown", ({ key, timeStamp }) => { if (key === "Enter") seen.shown ??= timeStamp; }, { capture: true });
  const look = () => {
    if (document.querySelector(".ballot") && !seen.isDrawn) {
      seen.isDrawn = true;
      requestAnimationFrame(() => setTimeout(() => { seen.ballot = performance.now(); }));
    }
    if (document.querySelector(".commitment .qr")) seen.ready ??= performance.now();
    const isReceipt = document.querySelector(".receipt") && !document.querySelector(".commitment");
    if (isReceipt) seen.receipt ??= performance.now();
  };
  const watch = () => new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", watch);
})()"""
"""Notes the presses, how long the worker was at work, and when the code and the receipt came; runs before the page does."""

SEEN = """() => {
  const { shown, ballot, presses, sealed, ready, receipt } = window.seen;
  const [asked, , cast] = presses.slice(-3);
  return [ballot - shown, ready - asked, sealed, receipt - cast];
}"""


@dataclass(frozen=True, slots=True)
class Poll:
    """An open poll in a folder of its own, the slips of those who were admitted, and the code with which a booth joins."""

    home: Path
    slug: str
    slips: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds of each run, each from the press."""

    ballot: tuple[float, ...]
    review: tuple[float, ...]
    seal: tuple[float, ...]
    receipt: tuple[float, ...]

    @property
    def both(self) -> tuple[float, ...]:
        """Sealing and casting."""
        return tuple(first + second for first, second in zip(self.seal, self.receipt, strict=True))


def open_poll(home: Path, candidates: int) -> Poll:
    """Hold everything of a rehearsal before the first ballot, and admit as many voters as there are runs."""
    now = datetime.now(UTC)
    clock = RehearsalClock(now - timedelta(days=100))
    store = open_store(load_settings({"VOTINGAPP_HOME": str(home), "VOTINGAPP_REHEARSAL": "1"}), clock)
    migrate.upgrade(store.engine, rehearsal=True)
    staff = crew.hire(store)
    plan = Plan("Prøvevalg", "maaling", now.date(), RUNS, candidates, 1, 1)
    prepared = prepare(store, clock, staff, plan, _quietly)
    desk = checkin.Desk("Bord 1", staff.holding(Role.DESK)[0])
    for voter in prepared.people[candidates:]:
        found = checkin.look_up_cpr(store, desk, prepared.election, voter.cpr)
        if not isinstance(found, tuple):
            raise TypeError("a voter of the rehearsal has a number that is none")
        checkin.admit(store, desk.official, prepared.election, found[0].person.id, desk.name, declared=True)
    clock.move_to(max(clock(), datetime.now(UTC)))  # an invitation of this morning has expired by the evening
    invited = devices.invite_several(store, staff.secretary, prepared.election, desks=0, booths=1)
    store.engine.dispose()
    if not isinstance(invited, devices.Invited):
        raise TypeError("the booth is not invited")
    slips = tuple(prepared.stack.draw() for _ in range(RUNS))
    return Poll(home, plan.slug, slips, invited.invitations[0].code)


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """Serve the booth as at an election; gives its address."""
    bind = free_bind()
    server = subprocess.Popen(
        [sys.executable, "-m", "votingapp", "serve", "--only", "booth", "--booth-bind", bind],
        env=os.environ | {"VOTINGAPP_HOME": str(home), "VOTINGAPP_REHEARSAL": "1"},
    )
    try:
        wait_for(f"http://{bind}/", server)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait()


def join(browser: Browser, address: str, code: str) -> StorageState:
    """Let a tablet join as the booth; answers what its browser keeps of it."""
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(f"{address}/join#{code}")
    page.get_by_role("button", name="Tilslut").click()
    page.locator(".screen .language").first.wait_for()
    kept = context.storage_state()
    context.close()
    return kept


def cast(browser: Browser, address: str, joined: StorageState, slip: str) -> tuple[float, float, float, float]:
    """Cast one ballot on a fresh page; answers the seconds to the ballot paper, to the review, of sealing, and to the receipt."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="da-DK", storage_state=joined)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.locator(".screen .language").filter(has_text="Dansk").click()
    page.get_by_label("Koden på stemmesedlen").fill(slip)
    page.keyboard.press("Enter")
    page.locator(".choice input").first.check()
    for way_on in ("Fortsæt", "Ja, det er rigtigt", "Afgiv min stemme"):
        page.get_by_role("button", name=way_on).click()
    page.get_by_role("heading", name="Din stemme er afgivet").wait_for()
    shown, ready, sealing, received = page.evaluate(SEEN)
    context.close()
    return shown / 1000, (ready + (SLOWER - 1) * sealing) / 1000, SLOWER * sealing / 1000, received / 1000


def measure(browser: Browser, candidates: int) -> Waits:
    """Cast a ballot for each run."""
    with tempfile.TemporaryDirectory() as folder:
        poll = open_poll(Path(folder), candidates)
        with serve(poll.home) as address:
            joined = join(browser, address, poll.code)
            runs = [cast(browser, f"{address}/{poll.slug}/", joined, slip) for slip in poll.slips]
    return Waits(*zip(*runs, strict=True))


def main() -> int:
    """Print the table; 1 if a limit was not kept in the median."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    print(f"The booth in Chromium slowed {SLOWER} times, seconds from the press, {RUNS} runs; load {_load()}")
    print(f"{'candidates':>12}{'':>10}{'median':>10}{'min':>10}{'max':>10}{'limit':>10}")
    is_kept = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for candidates, limit in LIMITS.items():
            waits = measure(browser, candidates)
            print(_row(candidates, "ballot", waits.ballot, f"{LIMITS_TO_SEE[candidates]:.1f}"))
            print(_row(candidates, "review", waits.review, ""))
            print(_row(candidates, "seal", waits.seal, ""))
            print(_row(candidates, "receipt", waits.receipt, ""))
            print(_row(candidates, "both", waits.both, f"{limit:.1f}"))
            is_kept = is_kept and statistics.median(waits.both) < limit
            is_kept = is_kept and statistics.median(waits.ballot) < LIMITS_TO_SEE[candidates]
        browser.close()
    print(f"load after: {_load()}")
    return 0 if is_kept else 1


def _row(candidates: int, what: str, seconds: tuple[float, ...], limit: str) -> str:
    figures = (statistics.median(seconds), min(seconds), max(seconds))
    return f"{candidates:>12}{what:>10}" + "".join(f"{figure:>10.2f}" for figure in figures) + f"{limit:>10}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _quietly(_label: str, steps: Iterable[None], _length: int) -> None:
    for _ in steps:
        pass


def free_bind() -> str:
    """An address of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Knock until somebody answers."""
    while server.poll() is None:
        try:
            urlopen(url).close()  # noqa: S310 - an address of our own server
        except HTTPError as error:
            error.close()
        except URLError:
            time.sleep(0.1)
            continue
        return
    raise SystemExit("the server ended at once")


if __name__ == "__main__":
    sys.exit(main())
