"""What every test may ask for: a store on each database, an election, officials, and browsers of the office."""

from __future__ import annotations

import gc
import os
import shutil
import stat
import subprocess
import uuid
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from auditing import AuditingClient
from board import AFTER_NOMINATIONS, Board, seat_board
from playwright.sync_api import Browser, Playwright, sync_playwright
from quicker import Cluster, addresses_compiled_once, compile_statements_once, templates_compiled_once, weak_passwords
from restamped import restamp

from votingapp.resources import rulesets_dir
from votingapp.settings import Settings, load_settings
from votingapp.store import elections, migrate, staff
from votingapp.store.engine import make_engine
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).parent.parent
CHROMIUM_SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START = datetime(2021, 10, 1, 10, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move_to(self, instant: datetime) -> None:
        self.now = instant

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not among what was there before the first test: an eighth of all time went into it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def quick(tmp_path_factory) -> Iterator[None]:
    """Nothing is computed a thousand times that need be only once."""
    workers_share = tmp_path_factory.getbasetemp().parent / "templates"
    with weak_passwords(), addresses_compiled_once(), templates_compiled_once(workers_share):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation in a folder of its own, on SQLite."""
    return load_settings({"VOTINGAPP_HOME": str(tmp_path / "home")})


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory) -> Path:
    """A database file with all migrations applied, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.rollback()
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory) -> str:
    """The address of a real PostgreSQL cluster that lives as long as this worker's tests."""
    folder = tmp_path_factory.mktemp("pg")
    binaries = _postgres_binaries()
    data, sockets = folder / "data", Path("/tmp") / f"pg-{uuid.uuid4().hex[:8]}"
    sockets.mkdir(mode=0o700)
    for ancestor in takewhile(_is_closed_to_others, [folder, *folder.parents]):
        ancestor.chmod(0o755)
    as_postgres: list[str] = []
    if os.geteuid() == 0:
        data.mkdir()
        shutil.chown(data, "postgres", "postgres")
        shutil.chown(sockets, "postgres", "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    subprocess.run(
        [
            *as_postgres,
            f"{binaries}/initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ],
        check=True,
        capture_output=True,
        cwd="/tmp",
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={sockets} -c max_connections=80 -c fsync=off"
    control = [*as_postgres, f"{binaries}/pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", data / "log", "-o", options, "start"], check=True, capture_output=True, cwd="/tmp")
    yield f"host={sockets}&user=postgres"
    # Tidying up is not what is tested: a machine too busy to stop it in time fails nobody's test.
    subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/tmp")
    shutil.rmtree(sockets, ignore_errors=True)


def _is_closed_to_others(folder: Path) -> bool:
    return folder.stat().st_mode & stat.S_IXOTH == 0


def _postgres_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    if initdb is None:
        pytest.fail("PostgreSQL is missing: apt-get install postgresql")
    return Path(initdb).resolve().parent


@pytest.fixture(scope="session")
def cluster(postgres_server: str) -> Iterator[Cluster]:
    """The databases of the throw-away cluster."""
    made = Cluster(postgres_server)
    yield made
    made.close()


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The URL of an empty database in the throw-away cluster."""
    with cluster.database(migrated=False) as url:
        yield url


@pytest.fixture
def sqlite_store(settings: Settings, migrated_sqlite: Path, clock: Clock) -> Store:
    """A store on a fresh SQLite file."""
    shutil.copy(migrated_sqlite, settings.home / "election.db")
    store = Store(
        compile_statements_once(make_engine(settings.database_url)), clock, Vault(settings.keys.personal_data)
    )
    yield store
    store.engine.dispose()


@pytest.fixture
def postgres_store(settings: Settings, cluster: Cluster, clock: Clock) -> Iterator[Store]:
    """A store on a fresh PostgreSQL database."""
    with cluster.database(migrated=True) as url:
        engine = compile_statements_once(make_engine(url))
        yield Store(engine, clock, Vault(settings.keys.personal_data))
        engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_store(request) -> Store:
    """The same test on both databases."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """The embedded default, for tests that do not ask about the database."""
    return sqlite_store


@pytest.fixture(scope="session")
def koege_rules() -> str:
    """The text of the shipped rule set Køge 2021."""
    return (rulesets_dir() / "koege-2021.toml").read_text(encoding="utf-8")


PASSWORD = "en lang og god sætning"


@pytest.fixture
def found_election(koege_rules: str):
    """Found an election in a store: `found_election(store, slug="koege-2021", rules_text=..., rehearsal=False)`.

    The house is stamped for it, behind its own back: a test may want to see what a leftover of the other kind does.
    """

    def found(store: Store, slug: str = "koege-2021", rules_text: str = koege_rules, *, rehearsal: bool = False):
        restamp(store.engine, rehearsal=rehearsal)
        return store.write(lambda work: elections.found(work, "test", rules_text, slug, rehearsal=rehearsal))

    return found


@pytest.fixture
def add_staff():
    """Add an official with roles at an election: `add_staff(store, election, "login", Role.DESK, ...)`."""

    def add(store: Store, election, login: str, *roles: staff.Role, may_found: bool = False, name: str | None = None):
        official = store.write(
            lambda work: staff.add(
                work, "test", login, name or login.title(), PASSWORD, may_found=may_found, must_change=False
            )
        )
        for role in roles:
            store.write(lambda work, role=role: staff.appoint(work, "test", election.id, official.id, role))
        return official

    return add


@pytest.fixture
def sign_in():
    """Sign a test client in: `sign_in(client, "login")`."""

    def sign(client, login: str):
        page = client.get("/sign-in")
        answer = client.post(
            "/sign-in", data={"login": login, "password": PASSWORD, "csrf_token": csrf_token(page.text)}
        )
        assert answer.status_code == 302, answer.text
        return client

    return sign


def csrf_token(html: str) -> str:
    """The token in the first form of a page."""
    return html.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def bare_chromium(chromium: str) -> str:
    """The same engine without the windows and menus around it, which nobody sees here and which cost two thirds of the work."""
    return shutil.which("chromium-headless-shell") or chromium


@pytest.fixture(scope="module")
def launch(playwright: Playwright, bare_chromium: str) -> Iterator[Callable[..., Browser]]:
    """Start the system's Chromium: `launch("--a-switch", ...)`; every browser started is closed again."""
    started: list[Browser] = []

    def start(*switches: str) -> Browser:
        started.append(playwright.chromium.launch(executable_path=bare_chromium, args=[*CHROMIUM_SWITCHES, *switches]))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture(scope="session")
def plain_chromium(playwright: Playwright, bare_chromium: str) -> Iterator[Browser]:
    """A browser without a camera, started once."""
    started = playwright.chromium.launch(executable_path=bare_chromium, args=CHROMIUM_SWITCHES)
    yield started
    started.close()


@pytest.fixture(scope="module")
def whole_browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """The browser as people have it, for what its engine alone does not show."""
    started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_SWITCHES)
    yield started
    started.close()


@pytest.fixture(scope="module")
def browser(plain_chromium: Browser) -> Iterator[Browser]:
    """A browser without a camera; what one module's tests opened in it is gone for the next."""
    yield plain_chromium
    for context in plain_chromium.contexts:
        context.close()


@pytest.fixture
def office(settings: Settings, store: Store):
    """The office app on the test's store; its clients audit every page they open."""
    from votingapp.office import create_office  # noqa: PLC0415 - only the pages' tests need the whole office

    app = create_office(settings, store)
    app.test_client_class = AuditingClient
    return app


@pytest.fixture
def client(office):
    """A visitor of the office."""
    return office.test_client()


@pytest.fixture
def board(found_election):
    """Seat a secretary and three board members at a founded election: `board(store, rehearsal=False)`."""

    def seat(store: Store, **kwargs) -> Board:
        return seat_board(store, found_election(store, **kwargs))

    return seat


@pytest.fixture
def signing_board(store, found_election, add_staff, clock) -> Board:
    """The same at an election of the office, with people who can sign in; the deadline for nominations has passed."""
    clock.move_to(AFTER_NOMINATIONS)
    return seat_board(store, found_election(store), add_staff)
