"""A secretariat that invites devices, and browsers of office and booth that nobody knows yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from auditing import AuditingClient
from sqlalchemy import select

from votingapp.booth import create_booth
from votingapp.desks.devices import service
from votingapp.office import create_office
from votingapp.store.staff import Role
from votingapp.store.tables.audit import audit_entry

OFFICE, BOOTH = "https://valg.koege.example", "https://boks.koege.example:8001"


@pytest.fixture
def settings(settings):
    """A house whose office and booth have addresses of their own."""
    return replace(settings, office_url=OFFICE, booth_url=BOOTH)


@pytest.fixture
def election(store, found_election):
    """The election that the devices are for."""
    return found_election(store)


@pytest.fixture
def clerk(client, store, election, add_staff, sign_in):
    """The secretariat's browser."""
    add_staff(store, election, "anna", Role.SECRETARIAT)
    return sign_in(client, "anna")


@pytest.fixture
def page(election) -> str:
    """Where the devices of the election are."""
    return f"/{election.slug}/devices"


@pytest.fixture
def booth(settings, store):
    """The booth app; its clients audit every page they open."""
    app = create_booth(settings, store)
    app.test_client_class = AuditingClient
    return app


@pytest.fixture
def make_office(settings):
    """An office on whichever store: `make_office(store)`."""
    return lambda store: create_office(settings, store)


@pytest.fixture
def invite():
    """Invite desks and booths through the service: `invite(store, official, election, desks, booths)` gives name -> code."""

    def act(store, official, election, desks: int = 1, booths: int = 1) -> dict[str, str]:
        outcome = service.invite_several(store, official, election, desks, booths)
        assert isinstance(outcome, service.Invited)
        return {one.device.name: one.code for one in outcome.invitations}

    return act


@pytest.fixture
def log():
    """The acts about devices in the log, with particulars: `log(store)`."""

    def read(store) -> list[tuple[str, str, str]]:
        with store.reading() as connection:
            rows = connection.execute(select(audit_entry).order_by(audit_entry.c.serial)).all()
        return [(row.actor, row.act, row.details) for row in rows if "device" in row.act]

    return read
