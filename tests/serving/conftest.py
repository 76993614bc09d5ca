"""A house with an up-to-date database, served as the command serves it, in clear or with a certificate of its own."""

from __future__ import annotations

import shutil
import ssl
from datetime import UTC, datetime

import pytest
from served_house import ServedHouse, seconds_until

from votingapp.certificates import AUTHORITY, found_authority, issue, read_authority

NAMES = ("127.0.0.1", "localhost", "laptop.local")


@pytest.fixture
def house(settings, store):
    """A house that is not started yet; whatever is left of it at the end is ended."""
    store.engine.dispose()
    served = ServedHouse(settings.home)
    yield served
    if served.process is not None and served.process.poll() is None:
        served.stop()


@pytest.fixture
def tls_folder(settings):
    """The folder with the certificates of the house."""
    folder = settings.home / "tls"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def authority(tls_folder):
    """An authority of the house, and a certificate of the server by it."""
    made = found_authority(tls_folder, (), "laptop", datetime.now(UTC))
    issue(tls_folder, made, NAMES, datetime.now(UTC))
    return made


@pytest.fixture
def trusting(authority, tls_folder):
    """How a program connects that trusts the house's authority, and nobody else."""
    return ssl.create_default_context(cafile=str(tls_folder / AUTHORITY))


@pytest.fixture(scope="module")
def open_house(tmp_path_factory, migrated_sqlite):
    """A house in clear that is open for all tests of a module; `first` is how long it took to start on this machine."""
    home = tmp_path_factory.mktemp("open") / "home"
    home.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, home / "election.db")
    served = ServedHouse(home)
    served.start()
    served.first = seconds_until(f"http://127.0.0.1:{served.office}/sign-in")
    served.first += seconds_until(f"http://127.0.0.1:{served.booth}/")
    yield served
    served.stop()


@pytest.fixture(scope="module")
def secure_house(tmp_path_factory, migrated_sqlite):
    """A house that is open over TLS for all tests of a module."""
    home = tmp_path_factory.mktemp("secure") / "home"
    (home / "tls").mkdir(mode=0o700, parents=True)
    shutil.copy(migrated_sqlite, home / "election.db")
    issue(home / "tls", found_authority(home / "tls", (), "laptop", datetime.now(UTC)), NAMES, datetime.now(UTC))
    served = ServedHouse(home)
    served.start()
    context = ssl.create_default_context(cafile=str(home / "tls" / AUTHORITY))
    for port in (served.office, served.booth):
        seconds_until(f"https://127.0.0.1:{port}/", context)
    seconds_until(f"http://127.0.0.1:{served.trust}/")
    yield served
    served.stop()


@pytest.fixture
def visitor(secure_house):
    """How a program connects that trusts the open house's authority, and nobody else."""
    return ssl.create_default_context(cafile=str(secure_house.home / "tls" / AUTHORITY))


@pytest.fixture
def vouching(secure_house):
    """The authority of the open house, and its folder."""
    return read_authority(secure_house.home / "tls"), secure_house.home / "tls"
