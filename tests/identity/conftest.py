"""An office without a broker, whose mail goes to a real server on this machine."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from auditing import AuditingClient
from mailbox_server import Mailbox
from mailed_links import ADDRESS, DOOR, path_in

from votingapp.office import create_office


@pytest.fixture
def mailbox():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def election(store, found_election):
    return found_election(store)


@pytest.fixture
def app(settings, store, election, mailbox):
    """An office without a broker, whose mail goes to our own server."""
    app = create_office(replace(settings, mail=mailbox.server), store)
    app.test_client_class = AuditingClient
    yield app
    app.extensions["postman"].wait()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def ask(app, client):
    """Ask for a link and wait until the postman is through."""

    def ask(address=ADDRESS, *, query="", **environ):
        page = client.get(f"{DOOR}{query}").text
        action, form = re.search(
            r'<form method="post" action="([^"]+/email[^"]*)"(.+?)</form>', page, re.DOTALL
        ).groups()
        fields = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', form)) | {"email": address}
        answer = client.post(action, data=fields, environ_overrides=environ)
        app.extensions["postman"].wait()
        return answer

    return ask


@pytest.fixture
def mailed(ask, mailbox):
    """Ask for a link and answer the path in the letter that came."""

    def mailed(address=ADDRESS, **kwargs):
        before = len(mailbox.letters)
        assert ask(address, **kwargs).status_code == 200
        assert len(mailbox.letters) == before + 1
        return path_in(mailbox.letters[-1])

    return mailed
