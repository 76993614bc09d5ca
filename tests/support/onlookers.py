"""Everybody who could ask a house anything, at every kind of device, and every address there is to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from flask.testing import FlaskClient
from identity import sign_in_applicant
from joined import join_device, use_device
from sweeping import _any
from werkzeug.routing import IntegerConverter

from votingapp.store import staff
from votingapp.store.devices import Kind
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

_PASSWORD = "en lang og god sætning"
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_TOKENS = re.compile(rb'(?:name="csrf_token"[^>]*value=|"csrf": ?)"[^"]*"')


@dataclass(frozen=True)
class Onlooker:
    """Somebody at a device of some kind, or at none of the house's."""

    name: str
    client: FlaskClient


def onlookers(app: Flask, store: Store, election: Election, kinds: tuple[Kind, ...]) -> list[Onlooker]:
    """A stranger, an applicant, an official of each role and one who holds them all, each at no device and at each kind."""
    app.test_client_class = FlaskClient
    tokens = {kind: join_device(store, election, kind, f"{kind.value} til prøven") for kind in kinds}
    people = {"stranger": (), "applicant": (), **{role.value: (role,) for role in Role}, "everything": tuple(Role)}
    for name, roles in people.items():
        if roles:
            _hire(store, election, f"prøve-{name}", roles)
    found = []
    for name, roles in people.items():
        for kind in (None, *kinds):
            client = app.test_client()
            if roles:
                _sign_in(client, f"prøve-{name}")
            if name == "applicant":
                sign_in_applicant(client, store, election)
            if kind is not None:
                use_device(client, kind, tokens[kind])
            found.append(Onlooker(f"{name} at {kind.value if kind else 'no device'}", client))
    return found


def tablets(app: Flask, store: Store, election: Election) -> list[Onlooker]:
    """Somebody at a tablet that has joined, at a desk's device, and at none."""
    app.test_client_class = FlaskClient
    token = join_device(store, election, Kind.BOOTH, "Stemmeboks til prøven")
    joined, stranger = app.test_client(), app.test_client()
    use_device(joined, Kind.BOOTH, token)
    return [Onlooker("a tablet", joined), Onlooker("no tablet", stranger)]


def addresses(app: Flask, places: Mapping[str, str]) -> list[str]:
    """Every address that answers to GET, with what is known here, or else with something that nobody has."""
    found = []
    with app.test_request_context():
        for route in app.url_map.iter_rules():
            if "GET" not in (route.methods or ()) or route.endpoint == "static":
                continue
            arguments = route.arguments - set(route.defaults or ())
            found.append(app.url_for(route.endpoint, **{name: _named(route, name, places) for name in arguments}))
    return sorted(set(found))


def _named(route: Rule, name: str, places: Mapping[str, str]) -> object:
    own = places.get(f"{route.endpoint} {name}")
    known = None if isinstance(route._converters[name], IntegerConverter) else places.get(name)
    return own or known or _any(route, name)


def words(answer: TestResponse) -> str:
    """What a person can read of an answer: the text of a page or a paper, and everything else as it is."""
    data = answer.get_data()
    if answer.mimetype == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    if answer.mimetype == "text/html":
        attributes = " ".join(re.findall(r'(?:value|content|title|aria-label|alt|data-[\w-]+)="([^"]*)"', answer.text))
        return f"{_TAG.sub(' ', answer.text)} {attributes}"
    return data.decode("utf-8", "replace")


def says(text: str, number: int) -> bool:
    """Whether a number stands in a text as a number of its own: not inside another one, a time, a date or a hash."""
    return re.search(rf"(?<![\w-])(?<!\d[.:,/]){number}(?![\w-])(?![.:,/]\d)", text) is not None


def without_tokens(answer: TestResponse) -> tuple[int, bytes]:
    """An answer without what is new in it each time it is asked for."""
    return answer.status_code, _TOKENS.sub(b"", answer.get_data())


def ask_all(people: list[Onlooker], paths: list[str]) -> Iterator[tuple[str, str, TestResponse]]:
    """Let everybody ask for everything."""
    for one in people:
        for path in paths:
            yield one.name, path, one.client.get(path)


def _hire(store: Store, election: Election, login: str, roles: tuple[Role, ...]) -> None:
    official = store.write(
        lambda work: staff.add(work, "test", login, login, _PASSWORD, may_found=len(roles) > 1, must_change=False)
    )
    for role in roles:
        store.write(lambda work, role=role: staff.appoint(work, "test", election.id, official.id, role))


def _sign_in(client: FlaskClient, login: str) -> None:
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    answer = client.post("/sign-in", data={"login": login, "password": _PASSWORD, "csrf_token": token})
    assert answer.status_code == 302, answer.text
