"""A house with an up-to-date database, served as the command serves it, in clear or with a certificate of its own."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest
from served_house import ServedHouse

from votingapp.certificates import AUTHORITY, found_authority, issue

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
