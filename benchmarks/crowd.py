"""The people of a polling station at their desks and booths, played by locust in a process of its own.

Run by `benchmarks.station` as `python -m benchmarks.crowd PLAN`; prints what it measured as JSON. Locust replaces the
sockets of the whole process by its own (gevent), so nothing of the house runs in here.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, constant_pacing, task
from locust.env import Environment
from requests.cookies import create_cookie

WARM_UP_SECONDS = 15
EVENING_SECONDS = 60
BURSTS = 4
DESK_SECONDS, BOOTH_SECONDS = 10, 30
"""Between two voters of one desk, and of one booth. People are slower: a desk needs half a minute, a booth some minutes."""
STATE_SECONDS, ALIVE_SECONDS = 2, 20

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_GREEN = 'class="answer good"'


class Figures:
    """How long each answer took, in milliseconds, by what was asked; nothing is kept before `keep` is called."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}
        self.errors: list[str] = []
        self.admitted: list[str] = []
        self.receipts: list[str] = []

    def keep(self) -> dict[str, list[float]]:
        """Begin a new table, and hand it out."""
        self.taken = {}
        return self.taken

    def note(self, *, name: str, response_time: float, exception: BaseException | None = None, **_more: object) -> None:
        """Locust tells of each answer here."""
        if exception is not None:
            self.errors.append(f"{name}: {exception!r}")
        self.taken.setdefault(name, []).append(response_time)


class Plan:
    """What everybody at the station has before the doors open; each desk and booth takes its own."""

    def __init__(self, read: dict[str, Any]) -> None:
        self.office: str = read["office"]
        self.booth: str = read["booth"]
        self.slug: str = read["slug"]
        self.desks: list[dict[str, Any]] = read["desks"]
        self.booths: list[dict[str, Any]] = read["booths"]
        self.bursting = False


PLAN = Plan(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
FIGURES = Figures()


class _Device(FastHttpUser):
    abstract = True
    max_retries = 1
    """As browsers do when the house has closed a connection that they had kept."""

    def begin(self, mine: dict[str, Any], name: str) -> None:
        """Be the device whose token this is."""
        self.mine = mine
        self.client.cookiejar.set_cookie(create_cookie(name, mine["token"], domain="127.0.0.1"))

    def every(self, seconds: float, path: str, name: str) -> None:
        """Ask again and again, as the page does by itself."""

        def go_on() -> None:
            gevent.sleep(random.uniform(0, seconds))
            while True:
                self.client.get(path, name=name)
                gevent.sleep(seconds)

        self.by_itself = gevent.spawn(go_on)

    def on_stop(self) -> None:
        """The page is closed."""
        self.by_itself.kill()


class Desk(_Device):
    """An official who finds a voter, asks, and admits her."""

    host = PLAN.office
    fixed_count = len(PLAN.desks)
    wait_time = constant_pacing(DESK_SECONDS)

    def on_start(self) -> None:
        """Sit down, sign in, and open the desk's page."""
        self.begin(PLAN.desks.pop(), "votingapp-office-device")
        self.page = f"/{PLAN.slug}/checkin/"
        token = _TOKEN.search(self.client.get("/sign-in", name="sign in").text)[1]
        form = {"login": self.mine["login"], "password": self.mine["password"], "csrf_token": token}
        self.client.post("/sign-in", form, name="sign in")
        self.csrf = _TOKEN.search(self.client.get(self.page, name="desk").text)[1]
        self.every(STATE_SECONDS, f"{self.page}state.json", "state")
        gevent.sleep(random.uniform(0, DESK_SECONDS))

    @task
    def serve_a_voter(self) -> None:
        """Find her by card, number or name, ask her birth date and for her declaration, and press."""
        voter = self.mine["voters"].pop()
        self._find(voter)
        now = time.monotonic()
        gevent.sleep(DESK_SECONDS - now % DESK_SECONDS if PLAN.bursting else random.uniform(2, 5))
        form = {"csrf_token": self.csrf, "person_id": voter["id"], "birth_date": voter["said"], "declared": "y"}
        with self.client.post(f"{self.page}admit", form, name="admission", catch_response=True) as answer:
            if _GREEN in (answer.text or ""):
                FIGURES.admitted.append(voter["id"])
            else:
                answer.failure(f"she is not admitted: {answer.status_code}")

    def _find(self, voter: dict[str, str]) -> None:
        form = {"csrf_token": self.csrf, "query": voter["query"], "birth_date": voter["birth_date"]}
        with self.client.post(self.page, form, name="search", catch_response=True) as answer:
            if f'value="{voter["id"]}"' not in (answer.text or ""):
                answer.failure(f"she is not found: {answer.status_code}")


class Booth(_Device):
    """A tablet on which one voter after the other asks about her slip and casts a sealed ballot."""

    host = PLAN.booth
    fixed_count = len(PLAN.booths)
    wait_time = constant_pacing(BOOTH_SECONDS)

    def on_start(self) -> None:
        """Open the booth's page."""
        self.begin(PLAN.booths.pop(), "votingapp-booth-device")
        self.client.get(f"/{PLAN.slug}/election.json", name="booth")
        self.every(ALIVE_SECONDS, f"/{PLAN.slug}/alive.json", "alive")
        gevent.sleep(random.uniform(0, BOOTH_SECONDS))

    @task
    def vote(self) -> None:
        """Show a slip, choose for a while, and hand the ballot in."""
        ballot = self.mine["ballots"].pop()
        with self.client.post(
            f"/{PLAN.slug}/slip", name="slip", json=ballot["question"], catch_response=True
        ) as answer:
            if '"ready"' not in (answer.text or ""):
                answer.failure(f"the slip is not ready: {answer.status_code}")
        gevent.sleep(random.uniform(3, 10))
        headers = {"Content-Type": "application/json"}
        with self.client.post(
            f"/{PLAN.slug}/ballots", ballot["sealed"].encode(), name="cast", headers=headers, catch_response=True
        ) as answer:
            if answer.status_code != HTTPStatus.CREATED:
                answer.failure(f"the ballot is not taken: {answer.status_code} {answer.text}")
            else:
                FIGURES.receipts.append(answer.json()["receipt"])


def main() -> None:
    """Let everybody in, measure an evening, then let all desks press at once a few times."""
    environment = Environment(user_classes=[Desk, Booth])
    environment.events.request.add_listener(FIGURES.note)
    runner = environment.create_local_runner()
    runner.start(Desk.fixed_count + Booth.fixed_count, spawn_rate=16)
    gevent.sleep(WARM_UP_SECONDS)
    evening = FIGURES.keep()
    gevent.sleep(EVENING_SECONDS)
    PLAN.bursting = True
    FIGURES.keep()
    gevent.sleep(2 * DESK_SECONDS)
    burst = FIGURES.keep()
    gevent.sleep(BURSTS * DESK_SECONDS)
    FIGURES.keep()
    runner.stop()
    told = {"evening": evening, "burst": burst, "errors": FIGURES.errors}
    print(json.dumps(told | {"admitted": FIGURES.admitted, "receipts": FIGURES.receipts}))


if __name__ == "__main__":
    main()
