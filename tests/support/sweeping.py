"""A sweep through every page of the office: found in its own routes, so that no page is left out by forgetting it."""

from __future__ import annotations

import shutil
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from auditing import AuditingClient
from axe_playwright_python.sync_playwright import Axe
from board import Board, seat_board
from counted_stage import count_and_go_on
from doors import NOBODY
from identity import sign_in_applicant
from in_a_thread import serving
from joined import enter_as, join_device, known_device, revoke_device, use_device
from standing import DECLARATION, DURING, NUMBERS, import_extract
from werkzeug.routing import AnyConverter, IntegerConverter

from candidates.cpr import Cpr, parse_cpr
from candidates.identity import Identity
from candidates.nomination import Nomination, NominationState
from tally.complaints import Step, StepKind, Subject
from tally.deadlines import copenhagen_day
from votingapp.demo.schedule import RehearsalClock
from votingapp.desks.complaints import service as complaining
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store import (
    doubts,
    elections,
    filing,
    nominations,
    proposers,
    sign_in_links,
    staff,
    vacancies,
)
from votingapp.store.complaints import Particulars
from votingapp.store.devices import Kind
from votingapp.store.doubts import DoubtKind, Raised
from votingapp.store.engine import make_engine
from votingapp.store.filing import Contact, Kept, Submission
from votingapp.store.staff import Role
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault
from votingapp.web.access import rule_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import BrowserContext, Page
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff

NARROW = (320, 640)
"""The narrowest screen, in CSS pixels: a small phone, and a screen of 1280 pixels at 400 % (WCAG 1.4.10)."""

_COOKIE = "votingapp-office"
_MAIL = {
    "VOTINGAPP_SMTP_HOST": "127.0.0.1",
    "VOTINGAPP_SMTP_SECURITY": "none",
    "VOTINGAPP_MAIL_FROM": "valg@eksempel.dk",
}
_PASSWORD = "en lang og god sætning"
_PAPERS = '\n[audit]\npaper_record = true\ndeposit = "before_cast"\ncounted = "sample"\nrisk_limit = 100\n'
_NAMES = ("Åse Østergård-Łuczak", "فاطمة الزهراء Sørensen", "Олена Ґедзь")
_AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
VISITORS = ("visitor", "applicant", "official")
_ASKED_WITH = {
    "secretariat.look_at_postponing": {"opens": "2021-12-07T09:00", "closes": "2021-12-07T20:00"},
}
"""What is asked in the address of a page that shows nothing without it."""


@dataclass
class Stage:
    """An election at one time of its life: the office that shows it, who visits it, and what its addresses name.

    The official sits at a device that has joined as a desk, whose token is `desk`.
    """

    app: Flask
    address: str
    cookies: dict[str, str]
    places: dict[str, str]
    desk: str

    def doors(self) -> Iterator[tuple[str, str, str]]:
        """Endpoint, path and visitor of every route that can be opened."""
        for route in sorted(self.app.url_map.iter_rules(), key=lambda one: one.rule):
            if "GET" not in route.methods or route.endpoint == "static":
                continue
            with self.app.test_request_context():
                named = {name: self._named(route, name) for name in route.arguments - set(route.defaults or ())}
                path = self.app.url_for(route.endpoint, **named, **_ASKED_WITH.get(route.endpoint, {}))
            yield route.endpoint, path, _visitor(route.endpoint, rule_of(self.app, route.endpoint))

    def _named(self, route: Rule, name: str) -> object:
        """What this route's address names: a thing of the route's own, else the election's, else nothing there is."""
        known = self.places.get(f"{route.endpoint} {name}") or self.places.get(name)
        return known or _any(route, name)

    @cached_property
    def answers(self) -> tuple[tuple[str, str, str, TestResponse], ...]:
        """The same, and what each answers to its visitor."""
        clients = {visitor: self.client(visitor) for visitor in VISITORS}
        return tuple((endpoint, path, who, clients[who].get(path)) for endpoint, path, who in self.doors())

    @cached_property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """Path and visitor of every page there is to see now, and of the one that says that a page is not there."""
        shown = tuple((path, visitor) for _, path, visitor, answer in self.answers if _is_page(answer))
        return (*shown, ("/nowhere/at/all", "visitor"))

    def client(self, visitor: str) -> AuditingClient:
        """A stand-in for a visitor's browser."""
        client = self.app.test_client()
        if visitor in self.cookies:
            client.set_cookie(_COOKIE, self.cookies[visitor], domain="localhost")
        if visitor == "official":
            use_device(client, Kind.DESK, self.desk)
        return client

    def enter(self, context: BrowserContext, visitor: str) -> None:
        """Let a browser be this visitor's."""
        context.clear_cookies()
        if visitor in self.cookies:
            context.add_cookies([{"name": _COOKIE, "value": self.cookies[visitor], "url": self.address}])
        if visitor == "official":
            enter_as(context, self.address, Kind.DESK, self.desk)


def _any(route: Rule, name: str) -> object:
    """Something an address can name where nothing here has that name."""
    match route._converters[name]:
        case AnyConverter() as one_of:
            return min(one_of.items)
        case IntegerConverter():
            return 1
        case _:
            return NOBODY


def _is_page(answer: TestResponse) -> bool:
    return answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303, 307, 308, 404}


def _visitor(endpoint: str, rule) -> str:
    if rule.needs_staff or endpoint in {"entrance.sign_in", "devices.join"}:
        return "official"
    return "applicant" if rule.name == "applicant" else "visitor"


@contextmanager
def make_stage(tmp_path_factory, migrated_sqlite, koege_rules: str, bring: Callable[[Board], None]) -> Iterator[Stage]:
    """Found an election in a house of its own, bring it where it is to be, and serve it until the block ends."""
    settings = load_settings({"VOTINGAPP_HOME": str(tmp_path_factory.mktemp("stage")), **_MAIL})
    shutil.copy(migrated_sqlite, settings.home / "election.db")
    store = Store(make_engine(settings.database_url), RehearsalClock(DURING), Vault(settings.keys.personal_data))
    app = create_office(settings, store)
    app.test_client_class = AuditingClient
    places, cookies, desk = _bring_about(app, store, koege_rules, bring)
    try:
        with serving(app) as address:
            yield Stage(app, address, cookies, places, desk)
    finally:
        store.engine.dispose()


def _bring_about(app: Flask, store: Store, koege_rules: str, bring: Callable[[Board], None]) -> tuple[dict, dict, str]:
    """What the addresses of the election name, the cookies of who visits it, and the token of the desk."""
    rules = koege_rules.replace("proposers = 0", "proposers = 2").replace("total = 5", "total = 2") + _PAPERS
    election = store.write(lambda work: elections.found(work, "test", rules, "koege-2021", rehearsal=False))
    board = _seat(store, election)
    import_extract(store, board.secretary, election, *(f"{number};Åse Ø;0259;nej" for number in NUMBERS))
    visitor = app.test_client()
    applicant = sign_in_applicant(visitor, store, election, cpr=NUMBERS[3], name="Ștefan Țuțu")
    stood = store.write(lambda work: _stand(work, election, applicant.id))
    asked = store.write(lambda work: _ask(work, election, stood))
    link = sign_in_links.new_token()
    store.write(lambda work: sign_in_links.keep(work, election.id, link, "bo@eksempel.dk"))
    bring(board)
    doubt = store.write(lambda work: _doubt(work, election, board.secretary))
    with store.reading() as connection:
        shown = nominations.accepted(connection, election.id)
        cases = vacancies.every(connection, election.id)
    desk, token = known_device(store, election, Kind.DESK)
    join_device(store, election, Kind.BOOTH, "Stemmeboks ved vinduet mod gården")
    join_device(store, election, Kind.BOOTH, "Stemmeboks 2")
    revoke_device(store, election, "Stemmeboks 2")
    places = {
        "slug": election.slug,
        "members.seat number": "1",
        "candidate": "c3",
        "vacancy_id": cases[0].id if cases else NOBODY,
        "nomination_id": stood.nomination_id,
        "number": stood.receipt,
        "public_id": shown[0].public_id,
        "secretariat.paper_again nomination_id": shown[0].id,
        "identity.link token": link,
        "proposers.answer token": asked,
        "doubt_id": doubt,
        "complaint_id": _complain(board),
        "checkin.undo number": "1",
        "device_id": desk.id,
        "staff_id": board.members[1].id,
    }
    official = app.test_client()
    assert official.submit("/sign-in", {"login": "åse", "password": _PASSWORD}).status_code == 302
    cookies = {"official": official.get_cookie(_COOKIE).value, "applicant": visitor.get_cookie(_COOKIE).value}
    return places, cookies, token


def _doubt(work, election: Election, official: Staff) -> str:
    """A case in doubt, which a desk could raise in an open poll alone."""
    added = doubts.add(work, election.id, official.id, Raised("Bord 1", DoubtKind.OTHER, None, "Siger, at åse er øm"))
    work.record(election.id, official.login, "doubt_raised", doubt=added)
    return added


def _complain(board: Board) -> str:
    """A complaint that waits for its decision."""
    kept = str(uuid.uuid4())
    words = Particulars("Åse Østergård-Łuczak", "aase@eksempel.dk", "Sedlen var væk.\n" + "etmegetlangtord" * 6)
    written = complaining.Written(kept, board.store.clock(), Subject.POLLING, words)
    assert isinstance(complaining.receive(board.store, board.secretary, board.election, written), complaining.Received)
    step = Step(StepKind.PUT_FORWARD, copenhagen_day(board.store.clock()))
    said = complaining.Said("", "På dagsordenen.")
    assert (
        complaining.take_step(board.store, (board.secretary,), board.election, kept, step, said) == complaining.Taken()
    )
    return kept


def _stand(work, election: Election, applicant_id: str) -> Kept:
    """A nomination that waits for its decision, with all that a candidate can send."""
    cpr = parse_cpr(NUMBERS[3])
    assert isinstance(cpr, Cpr)
    sent = Submission(
        "Ștefan Țuțu",
        cpr,
        Contact("stefan@eksempel.dk", "+45 12 34 56 78"),
        "Færre formularer.\nhttps://eksempel.dk/" + "enmegetlangadresse" * 4,
        DECLARATION,
        own_language="ar",
        own_statement="أريد أن يسمع المجلس صوتنا.",
        identity=Identity.MITID,
        applicant_id=applicant_id,
    )
    kept = filing.receive(work, election.id, sent, Nomination(NominationState.SUBMITTED, work.now))
    work.record(election.id, "test", "nominated")
    return kept


def _seat(store: Store, election: Election) -> Board:
    """A board of which one official, who holds every role, is chair and secretary."""
    official = store.write(
        lambda work: staff.add(work, "test", "åse", "Åse Alt", _PASSWORD, may_found=True, must_change=False)
    )
    for role in Role:
        store.write(lambda work, role=role: staff.appoint(work, "test", election.id, official.id, role))
    seated = seat_board(store, election)
    return Board(store, election, official, (official, *seated.members[1:]))


def _ask(work, election: Election, stood: Kept) -> str:
    work.record(election.id, "test", "asked")
    return proposers.ask(work, election.id, stood.nomination_id, "Bo Bæk", "bo@eksempel.dk")


def in_nomination(board: Board) -> None:
    """People stand, three of them accepted."""
    board.nominate(*_NAMES)


def in_ceremony(board: Board) -> None:
    """The key is made and waits to be tried, and one of the holders has stopped."""
    board.nominate(*_NAMES)
    board.store.clock.move_to(board.election.rules.nomination.cure_until)
    assert board.start()
    board.finish_key()
    assert board.stop(board.members[2])


def in_count(board: Board) -> None:
    """The poll is over and counted, and what follows has begun."""
    count_and_go_on(board, *_NAMES)


STAGES = {"nomination": in_nomination, "ceremony": in_ceremony, "count": in_count}

_LOOK = """([narrow]) => {
  const sticksOut = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && (box.right > narrow + 1 || box.left < -1) && !one.closest(".scroll, .skip");
  };
  const root = document.documentElement;
  return {
    language: root.lang,
    direction: root.dir,
    wide: root.scrollWidth > narrow,
    out: [...document.querySelectorAll("body *")].filter(sticksOut).slice(0, 3).map((one) => one.outerHTML.slice(0, 90)),
  };
}"""


@dataclass
class Sweep:
    """One browser going from page to page, noting what a person could stumble over."""

    page: Page
    language: str
    direction: str
    faults: list[str] = field(default_factory=list)

    def look(self, address: str) -> None:
        """Open a page at its narrowest and note its faults."""
        self.page.goto(address)
        where = "/" + address.partition("//")[2].partition("/")[2]
        found = self.page.evaluate(_LOOK, [NARROW[0]])
        if (found["language"], found["direction"]) != (self.language, self.direction):
            self.faults.append(f"{where} is in {found['language']}, {found['direction']}")
        if found["wide"] or found["out"]:
            self.faults.append(f"{where} is wider than the screen: {found['out']}")
        for violation in Axe().run(self.page, options=_AXE).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"][:3]]
            self.faults.append(f"{where}: {violation['id']}: {nodes}")
