"""A desk of the polling station: an open poll, a register of five, and an official at a device that has joined."""

from __future__ import annotations

import pytest
from auditing import Page
from desk_browser import sit
from joined import join_device, make_desk
from polling import Poll, keep_register, person, prepare_poll
from served_office import serve_office
from sqlalchemy import select

from votingapp.desks.checkin import doubting, service
from votingapp.desks.checkin.doubting import Case, Papers, Verdict
from votingapp.store import poll_cards, register
from votingapp.store.devices import Kind
from votingapp.store.doubts import DoubtKind
from votingapp.store.staff import Role
from votingapp.store.tables.register import register_person

SIGNE = "Signe Sørensen"
LUKASZ = "Łukasz Öztürk-Ærø"
YOUNG = "Ung Åkesson"
ELSEWHERE = "Bent Andetsteds"
HIDDEN = "Hemmelig Nguyen"


@pytest.fixture
def residents():
    """The register extract: two who may vote, one a day too young, one from elsewhere, one protected."""
    return (
        person(SIGNE, "0101801234"),
        person(LUKASZ, "0101801250"),
        person(YOUNG, "2411034321"),
        person(ELSEWHERE, "0505701111", municipality_code="0265"),
        person(HIDDEN, "0707901111", protected=True),
    )


@pytest.fixture
def open_poll(found_election, residents):
    """Bring an election of a store to its open poll: `open_poll(store, slips=3)`."""

    def prepare(store, **kwargs) -> Poll:
        election = found_election(store)
        keep_register(store, election, *residents)
        return prepare_poll(store, election, **kwargs)

    return prepare


@pytest.fixture
def person_id():
    """The row id of a resident by name: `person_id(store, name)`."""

    def find(store, name: str) -> str:
        with store.reading() as connection:
            return connection.execute(select(register_person.c.id).where(register_person.c.name == name)).scalar_one()

    return find


@pytest.fixture
def poll(store, open_poll, clock) -> Poll:
    """The open poll of Køge 2021 with three slips in the box."""
    found = open_poll(store)
    clock.move_to(found.election.opened_at)
    return found


@pytest.fixture
def desk_official(store, poll, add_staff):
    """An official with the role desk."""
    return add_staff(store, poll.election, "bente", Role.DESK)


@pytest.fixture
def desk(client, store, desk_official, sign_in, poll):
    """A signed-in official's browser at Bord 1."""
    sign_in(client, desk_official.login)
    make_desk(client, store, poll.election, "Bord 1")
    return client


@pytest.fixture
def look_up(desk, poll):
    """Find a person at the desk's one field: `look_up(cpr=…)`, `look_up(name=…, birth_date=…)`, `look_up(card=…)`."""

    def send(**typed: str):
        query = next((text for what, text in typed.items() if what != "birth_date"), "")
        return desk.submit(
            f"/{poll.election.slug}/checkin/", {"query": query, "birth_date": typed.get("birth_date", "")}
        )

    return send


@pytest.fixture
def admit(desk, poll):
    """Admit a person at the desk: `admit(person_id, confirmed="y", declared="y")`."""

    def send(person_id: str, **ticks: str):
        token = Page(desk.get(f"/{poll.election.slug}/checkin/").text).tokens[0]
        data = {"csrf_token": token, "person_id": person_id} | ticks
        return desk.post(f"/{poll.election.slug}/checkin/admit", data=data)

    return send


@pytest.fixture
def token(store, poll) -> str:
    """What makes a browser be Bord 1."""
    return join_device(store, poll.election, Kind.DESK, "Bord 1")


@pytest.fixture
def served(settings, store, desk_official):
    """The office behind a real socket."""
    with serve_office(settings, store) as one:
        yield one


@pytest.fixture
def at_desk(served, browser, token, poll):
    """A real browser at Bord 1."""
    seated = sit(served, browser, token, poll)
    yield seated
    seated.page.context.close()


@pytest.fixture
def card(store, poll, person_id):
    """The text on the poll card of a resident by name: `card(name)`."""

    def text(name: str) -> str:
        with store.reading() as connection:
            found = register.find(connection, poll.election.id, person_id(store, name))
        return poll_cards.issue(store.vault, poll.election.id, found).text

    return text


@pytest.fixture
def desk_1(any_store, add_staff):
    """Bord 1 with an official of its own, on either database."""
    return service.Desk("Bord 1", add_staff(any_store, None, "bente"))


@pytest.fixture
def supervisor(any_store, add_staff):
    """Whoever decides cases in doubt."""
    return add_staff(any_store, None, "bo")


@pytest.fixture
def raised(any_store, desk_1, person_id):
    """Raise a case about somebody, or about nobody: its id."""

    def act(poll, name: str | None = None, kind: DoubtKind = DoubtKind.NOT_RESIDENT) -> str:
        who = person_id(any_store, name) if name else None
        waiting = doubting.raise_doubt(any_store, desk_1, poll.election, Case(kind, who, "Viser lejekontrakt"))
        assert isinstance(waiting, doubting.Waiting)
        return waiting.doubt_id

    return act


@pytest.fixture
def say_yes(any_store, supervisor):
    """Decide a case with yes: `say_yes(poll, doubt_id, papers, declared=True)`."""

    def act(poll, doubt_id: str, papers: Papers, *, declared: bool = True):
        verdict = Verdict("Papirerne er i orden", papers, declared=declared)
        return doubting.admit(any_store, supervisor, poll.election, doubt_id, verdict)

    return act
