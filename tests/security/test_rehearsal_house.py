"""What is done at a rehearsal cannot reach the real election: other database, other keys, other cookies, refused by design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from votingapp.booth import create_booth
from votingapp.desks.secretariat.founding import service as founding
from votingapp.office import create_office
from votingapp.resources import rulesets_dir
from votingapp.settings import MailFolder, SettingsError, load_settings
from votingapp.store import elections, house, migrate
from votingapp.store.engine import make_engine
from votingapp.store.house import WrongHouseError
from votingapp.store.tables.elections import election as election_table
from votingapp.store.vault import Vault, VaultError
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from votingapp.store.unit_of_work import Store

KEYS = ("office_session", "booth_session", "personal_data")


@pytest.fixture
def environ(tmp_path):
    """A town hall with a real house."""
    return {"VOTINGAPP_HOME": str(tmp_path / "home")}


@pytest.fixture
def both(environ):
    """The settings of the real house and of the one for rehearsals beside it."""
    return load_settings(environ), load_settings(environ | {"VOTINGAPP_REHEARSAL": "1"})


def prepared(settings) -> Store:
    """The store of a house, after `db upgrade`."""
    engine = make_engine(settings.database_url)
    migrate.upgrade(engine, rehearsal=settings.rehearsal)
    engine.dispose()
    return open_store(settings)


def test_the_houses_share_nothing_but_the_certificates(both):
    """Database, folder and every key are another one."""
    real, rehearsing = both
    assert rehearsing.home == real.home / "rehearsal"
    assert rehearsing.database_url != real.database_url
    assert all(getattr(real.keys, key) != getattr(rehearsing.keys, key) for key in KEYS)
    assert (real.rehearsal, rehearsing.rehearsal) == (False, True)


def test_what_one_house_sealed_the_other_cannot_open(both):
    """A person's data that got into the other database by a copied row is unreadable there."""
    real, rehearsing = (Vault(settings.keys.personal_data) for settings in both)
    sealed = rehearsing.seal("one-election", "person", b"Aase")
    assert rehearsing.unseal("one-election", "person", sealed) == b"Aase"
    with pytest.raises(VaultError):
        real.unseal("one-election", "person", sealed)


def test_a_rehearsal_never_opens_the_real_database(environ, tmp_path):
    """DATABASE_URL is the real house's: a rehearsal ignores a file and asks for a database of its own on a server."""
    real = f"sqlite:///{tmp_path / 'somewhere.db'}"
    found = load_settings(environ | {"VOTINGAPP_REHEARSAL": "1", "DATABASE_URL": real})
    assert found.database_url == f"sqlite:///{tmp_path / 'home' / 'rehearsal' / 'election.db'}"
    server = {"VOTINGAPP_REHEARSAL": "1", "DATABASE_URL": "postgresql:///valg"}
    with pytest.raises(SettingsError, match="VOTINGAPP_REHEARSAL_DATABASE_URL"):
        load_settings(environ | server)
    with pytest.raises(SettingsError, match="the real house"):
        load_settings(environ | server | {"VOTINGAPP_REHEARSAL_DATABASE_URL": "postgresql:///valg"})
    own = load_settings(environ | server | {"VOTINGAPP_REHEARSAL_DATABASE_URL": "postgresql:///proeve"})
    assert own.database_url == "postgresql:///proeve"


def test_the_real_house_takes_no_notice_of_the_rehearsals_database(environ):
    """The second variable may stay set on the day."""
    found = load_settings(environ | {"VOTINGAPP_REHEARSAL_DATABASE_URL": "postgresql:///proeve"})
    assert found.database_url.endswith("/home/election.db")


def test_a_rehearsal_writes_to_nobody(environ):
    """Where the real house has a mail server, a rehearsal lays its letters into a folder of its own."""
    mail = {"VOTINGAPP_SMTP_HOST": "mail.example", "VOTINGAPP_MAIL_FROM": "valg@koege.example"}
    found = load_settings(environ | mail | {"VOTINGAPP_REHEARSAL": "1"})
    assert found.mail == MailFolder(found.home / "mail", "valg@koege.example")
    assert found.mail.path.stat().st_mode & 0o077 == 0


def test_a_rehearsal_has_its_own_place_on_each_stick(environ, tmp_path):
    """Backup and printed roll of a rehearsal lie beside the real ones, and a stick that is not there is not made up for."""
    stick = tmp_path / "stick"
    named = {"VOTINGAPP_BACKUP": str(stick), "VOTINGAPP_ROLL": str(stick), "VOTINGAPP_REHEARSAL": "1"}
    gone = load_settings(environ | named)
    assert (gone.backup, gone.roll) == (stick / "rehearsal", stick / "rehearsal")
    assert not stick.exists()
    stick.mkdir()
    assert load_settings(environ | named).roll.is_dir()
    real = load_settings(environ | named | {"VOTINGAPP_REHEARSAL": ""})
    assert (real.backup, real.roll) == (stick, stick)


def test_a_database_is_stamped_once(any_store):
    """Either kind, on either database: an upgrade for the other one is refused and changes nothing."""
    assert migrate.is_current(any_store.engine)
    with pytest.raises(WrongHouseError, match="the real house"):
        migrate.upgrade(any_store.engine, rehearsal=True)
    migrate.upgrade(any_store.engine, rehearsal=False)
    with any_store.reading() as connection:
        assert not house.is_rehearsal(connection)


def test_an_unstamped_database_is_not_current(both):
    """An upgrade that was cut off before the stamp is to be run again."""
    store = prepared(both[0])
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM house")
    assert not migrate.is_current(store.engine)
    migrate.upgrade(store.engine)
    assert migrate.is_current(store.engine)
    store.engine.dispose()


def test_real_elections_never_come_into_a_house_for_rehearsals(both, koege_rules):
    """A database from before there were stamps that holds a real election does not become one for rehearsals."""
    store = prepared(both[0])
    store.write(lambda work: elections.found(work, "test", koege_rules, "valget", rehearsal=False))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM house")
    with pytest.raises(WrongHouseError):
        migrate.upgrade(store.engine, rehearsal=True)
    store.engine.dispose()


def test_no_app_opens_the_other_houses_database(both, tmp_path):
    """Whoever points a rehearsal's settings at a copy of the real database, or the other way round, gets no app."""
    real, rehearsing = both
    for settings in both:
        prepared(settings).engine.dispose()
    for at, says in ((rehearsing, "--rehearsal"), (real, "no rehearsal is held in it")):
        other = {"VOTINGAPP_HOME": str(tmp_path / "other"), "DATABASE_URL": at.database_url}
        if at is real:
            other = {
                "VOTINGAPP_HOME": str(tmp_path / "other"),
                "VOTINGAPP_REHEARSAL": "1",
                "VOTINGAPP_REHEARSAL_DATABASE_URL": at.database_url,
            }
        for create in (create_office, create_booth):
            with pytest.raises(WrongHouseError, match=says):
                create(load_settings(other))


@pytest.mark.parametrize("rehearsal", [True, False])
def test_no_election_of_the_other_kind_is_founded(both, koege_rules, rehearsal):
    """The kind follows the house, below every form: what says otherwise is refused and nothing is kept."""
    store = prepared(both[int(not rehearsal)])
    with pytest.raises(WrongHouseError):
        store.write(lambda work: elections.found(work, "test", koege_rules, "valget", rehearsal=rehearsal))
    with store.reading() as connection:
        assert elections.every(connection) == ()
    store.engine.dispose()


@pytest.mark.parametrize("place", [0, 1])
def test_founding_asks_the_house(both, add_staff, place):
    """The same act founds a real election in the one house and a rehearsal in the other."""
    settings = both[place]
    store = prepared(settings)
    official = add_staff(store, None, "stifter", may_found=True)
    raw = (rulesets_dir() / "koege-2021.toml").read_bytes()
    founded = founding.found(store, official, raw, "valget")
    assert founded.election.rehearsal is settings.rehearsal
    store.engine.dispose()


def test_one_device_can_be_known_at_both(both):
    """Every cookie of a rehearsal has another name, signed with another key: neither house reads or overwrites the other's."""
    names = []
    for settings in both:
        store = prepared(settings)
        office, booth = create_office(settings, store), create_booth(settings, store)
        names += [app.config["SESSION_COOKIE_NAME"] for app in (office, booth)]
        office.extensions["postman"].wait()
        store.engine.dispose()
    assert len(set(names)) == 4
    assert [name.endswith("-rehearsal") for name in names] == [False, False, True, True]


def test_a_session_of_a_rehearsal_opens_nothing_in_the_real_house(both, add_staff, sign_in):
    """Signed in at the rehearsal, and a stranger next door, even when the cookie is carried over under the other name."""
    clients = []
    for settings in both:
        store = prepared(settings)
        add_staff(store, None, "anna")
        clients.append((create_office(settings, store).test_client(), store))
    (real, real_store), (rehearsing, rehearsing_store) = clients
    sign_in(rehearsing, "anna")
    assert rehearsing.get("/password").status_code == 200
    carried = rehearsing.get_cookie("votingapp-office-rehearsal").value
    real.set_cookie("votingapp-office", carried)
    assert real.get("/password").status_code == 302
    for store in (real_store, rehearsing_store):
        store.engine.dispose()


def test_the_stamp_is_one_of_two_words(store):
    """The database itself takes no third kind."""
    from votingapp.store.tables.house import house as table  # noqa: PLC0415 - the module of the same name is meant above

    with store.engine.connect() as connection, connection.begin(), pytest.raises(IntegrityError):
        connection.execute(insert(table).values(kind="begge"))
    with store.reading() as connection:
        assert connection.scalars(select(table.c.kind)).all() == ["real"]
        assert connection.execute(select(election_table)).all() == []
