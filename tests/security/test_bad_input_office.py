"""Bad input at every door of the office: a 4xx with words that a person understands, and nothing stored."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from auditing import Page
from doors import kept, post_doors
from flask_wtf import FlaskForm
from identity import sign_in_applicant
from joined import make_desk
from polling import keep_register, person

from votingapp.store.staff import Role

ORDERS = {
    "ceremony.abandon": "gives up a ceremony, also one that has not begun",
    "entrance.sign_out": "ends one's own session",
    "identity.leave": "ends one's own session",
    "nomination.withdraw": "steps back from one's own nomination, or leads to one's page where there is none",
    "photo.remove": "removes one's own photograph, if there is one",
    "proposers.take_back": "takes one's own support back, or says that the link is nobody's",
    "roll.print_roll": "prints the roll as it stands now",
    "secretariat.take_over_register": "takes over the extract that was looked over",
    "secretariat.drop_register": "drops the extract that was looked over",
}
"""Doors without particulars: pressing the button says it all, so there is no field that could be wrong."""


@pytest.fixture
def election(store, found_election):
    """An election in preparation with one person in the register."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"))
    return election


@pytest.fixture
def anna(client, store, election, add_staff, sign_in):
    """An official who holds every role and an applicant in one, which nobody can be, so that no door refuses her for who she is."""
    add_staff(store, election, "anna", *Role, may_found=True)
    sign_in(client, "anna")
    make_desk(client, store, election)
    sign_in_applicant(client, store, election)
    return client


@pytest.fixture
def token(anna) -> str:
    return Page(anna.get("/password").text).tokens[0]


@pytest.fixture
def doors(office, election):
    found = post_doors(office, election.slug)
    assert len(found) > 25
    return found


def field_names() -> set[str]:
    """The name of every field of every form of the house."""
    forms, names = [FlaskForm], set()
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        names |= {name for name in vars(form) if hasattr(getattr(form, name), "field_class")}
    return names


def check(store, anna, doors, send) -> None:
    """Hand something in at each door and demand a clear 4xx and nothing kept."""
    wrong = []
    before = kept(store)
    for door in doors:
        answer = send(door)
        clear = answer.is_json or "<h1>" in answer.text
        after = kept(store)
        if not (400 <= answer.status_code < 500 and clear and after == before):
            grown = {name: number for name, number in after.items() if number != before[name]}
            wrong.append((door.endpoint, answer.status_code, clear, grown))
        before = after
    assert not wrong


def test_without_the_pages_token_nothing_is_taken(store, anna, doors):
    """A request that did not come from one of the house's own pages is refused at every door."""
    check(store, anna, doors, lambda door: anna.post(door.path, data={"x": "y"}))


def test_unknown_fields_alone_are_refused(store, anna, doors, token):
    """A form that lacks what is asked and brings what nobody asked for is refused."""
    asking = [door for door in doors if door.endpoint not in ORDERS]
    check(store, anna, asking, lambda door: anna.post(door.path, data={"csrf_token": token, "zzz": "1"}))


@pytest.mark.parametrize("value", ["\x00", "💥" * 250, "x" * 3000], ids=["nul", "signs", "long"])
def test_fields_full_of_nonsense_are_refused(store, anna, doors, token, value):
    """Unreadable or endless text in every field of a form is refused, whatever the field is for.

    All fields together stay within what the house reads at all, so that it is the forms that refuse.
    """
    data = dict.fromkeys(field_names() - {"csrf_token"}, value) | {"csrf_token": token}
    assert len(urlencode(data)) < anna.application.config["MAX_FORM_MEMORY_SIZE"]
    asking = [door for door in doors if door.endpoint not in ORDERS]
    check(store, anna, asking, lambda door: anna.post(door.path, data=data))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"a":1}', b"\xff", b"null"], ids=repr)
def test_json_where_it_does_not_belong_is_refused(store, anna, doors, token, body):
    """JSON at a form's door, and broken or unknown JSON at a JSON door, is refused."""
    asking = [door for door in doors if door.endpoint not in ORDERS]
    headers = {"X-CSRFToken": token}
    check(
        store,
        anna,
        asking,
        lambda door: anna.post(door.path, data=body, content_type="application/json", headers=headers),
    )


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/xml", ""]
)
def test_other_kinds_of_body_are_refused(store, anna, doors, token, content_type):
    """A body of a kind that no form sends is refused."""
    asking = [door for door in doors if door.endpoint not in ORDERS]
    headers = {"X-CSRFToken": token}
    check(
        store,
        anna,
        asking,
        lambda door: anna.post(door.path, data=b"--x\r\n\xff\r\n", content_type=content_type, headers=headers),
    )


@pytest.mark.parametrize("size", [10_000_000, 17_000_000])
def test_megabytes_are_refused(store, anna, doors, token, size):
    """Ten megabytes fit no form's field, and what is beyond the house's limit is not read at all."""
    asking = [door for door in doors if door.endpoint not in ORDERS]
    body = b"name=" + b"x" * size
    headers = {"X-CSRFToken": token}
    kind = "application/x-www-form-urlencoded"
    check(store, anna, asking, lambda door: anna.post(door.path, data=body, content_type=kind, headers=headers))


def test_the_doors_without_particulars_exist(doors):
    """The list of exceptions names no door that is gone."""
    assert ORDERS.keys() <= {door.endpoint for door in doors}


@pytest.mark.parametrize("path", ["/\x00/", "/\x00/candidates", "/" + "x" * 3000 + "/", "/%f0%28/", "/'--/rules"])
def test_an_address_of_no_election_is_not_found(client, store, election, path):
    """Odd addresses lead to a page that says so."""
    assert client.get(path).status_code == 404
