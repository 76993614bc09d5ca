"""What follows from a mailed link: the letter is opened, the button pressed, and somebody is known."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from auditing import Page

from votingapp.store import applicants
from votingapp.store.tables.applicants import applicant as table

DOOR = "/koege-2021/identify"
FORM = "/koege-2021/stand/form"
ADDRESS = "aase@eksempel.dk"


def path_in(letter):
    """The path and query of the first link in a letter."""
    link = urlsplit(re.search(r"^http://127\.0\.0\.1:8000(\S+)", letter.get_content(), re.MULTILINE)[0])
    return f"{link.path}?{link.query}"


def rows(store, which):
    with store.reading() as connection:
        return connection.execute(which.select()).all()


def known(store):
    with store.reading() as connection:
        return [applicants.find(connection, store.vault, row.id) for row in connection.execute(table.select())]


def press(client, path):
    """Open a link and press its button."""
    return client.submit(path, {})


def leave(client):
    """Stop being known in this browser."""
    token = Page(client.get(DOOR).text).tokens[0]
    assert client.post(f"{DOOR}/leave", data={"csrf_token": token}).status_code == 302
