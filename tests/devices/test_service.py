"""Devices in the service and the store, on both databases: a code lets one in once, and a revoked device is nothing any more."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from votingapp.desks.devices import service
from votingapp.store import devices
from votingapp.store.devices import CODE_LIFE, Kind, NameTaken
from votingapp.store.tables.devices import device as device_table


@pytest.fixture
def official(any_store, add_staff):
    return add_staff(any_store, None, "anna")


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


def join(store, code: str, kind: Kind = Kind.DESK):
    """Use a code, as the pages of office and booth do."""

    def act(work):
        found = devices.join(work, code, kind)
        work.keep_unrecorded()
        return found

    return store.write(act)


def known(store, token: str):
    with store.reading() as connection:
        return devices.by_token(connection, token)


def test_names_go_on_where_the_last_numbers_ended(any_store, official, election, invite):
    """Four desks and two booths have their numbers; more of them get the next ones, whatever other names there are."""
    first = invite(any_store, official, election, 2, 1)
    assert list(first) == ["Bord 1", "Bord 2", "Stemmeboks 1"]
    assert isinstance(service.invite(any_store, official, election, Kind.DESK, "bord 7"), service.Invited)
    assert isinstance(service.invite(any_store, official, election, Kind.BOOTH, "Ærø سارة"), service.Invited)
    assert list(invite(any_store, official, election, 1, 2)) == ["Bord 8", "Stemmeboks 2", "Stemmeboks 3"]


def test_each_act_is_one_entry_with_names_and_no_code(any_store, official, election, invite, log):
    """The log says who invited, invited anew and revoked which device; no code and no token is in it."""
    codes = invite(any_store, official, election, 1, 1)
    _joined, token = join(any_store, codes["Bord 1"])
    (desk, booth) = service.look_over(any_store, election).devices
    again = service.invite_again(any_store, official, election, desk.id)
    service.revoke(any_store, official, election, booth.id)
    assert [(actor, act, json.loads(details)) for actor, act, details in log(any_store)] == [
        ("anna", "devices_invited", {"devices": ["Bord 1", "Stemmeboks 1"]}),
        ("anna", "device_invited_again", {"device": "Bord 1", "kind": "desk"}),
        ("anna", "device_revoked", {"device": "Stemmeboks 1", "kind": "booth"}),
    ]
    secrets = [*codes.values(), again.invitations[0].code, token]
    assert not [one for one in secrets if one in str(log(any_store))]


def test_neither_code_nor_token_is_in_the_database(any_store, official, election, invite):
    """Whoever reads the database can let no device in and be none."""
    codes = invite(any_store, official, election, 2, 0)
    _joined, token = join(any_store, codes["Bord 1"])
    with any_store.reading() as connection:
        rows = str(connection.execute(select(device_table)).all())
    for secret in (*codes.values(), *(code.replace("-", "") for code in codes.values()), token):
        assert secret not in rows


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]
)
def test_a_code_may_be_typed_in_any_way(any_store, official, election, invite, write):
    """Capitals, hyphens and blanks make no difference to whoever types from the sheet."""
    codes = invite(any_store, official, election)
    found, token = join(any_store, write(codes["Bord 1"]))
    assert (found.name, found.kind, found.election_id) == ("Bord 1", Kind.DESK, election.id)
    assert known(any_store, token).id == found.id


def test_a_code_works_once_for_its_kind_and_for_half_a_day(any_store, official, election, invite, clock):
    """Used, too old, of the other kind, replaced or made up: each lets nobody in."""
    codes = invite(any_store, official, election, 2, 1)
    assert join(any_store, codes["Stemmeboks 1"], Kind.DESK) is None
    assert join(any_store, codes["Bord 1"], Kind.BOOTH) is None
    assert join(any_store, codes["Bord 1"]) is not None
    assert join(any_store, codes["Bord 1"]) is None
    for made_up in ("", "-", "AAAA-AAAA-AAAA-AAAA-AAAA", codes["Bord 2"][:-1], codes["Bord 2"] + "A"):
        assert join(any_store, made_up) is None
    clock.advance(seconds=(CODE_LIFE + timedelta(seconds=1)).total_seconds())
    assert join(any_store, codes["Bord 2"]) is None


def test_of_two_browsers_with_one_code_exactly_one_joins(any_store, official, election, invite):
    """A code shown to two cameras at once makes one device and not two."""
    codes = invite(any_store, official, election, 1, 0)
    with ThreadPoolExecutor(8) as browsers:
        answers = list(browsers.map(lambda _number: join(any_store, codes["Bord 1"]), range(8)))
    (winner,) = [answer for answer in answers if answer is not None]
    assert known(any_store, winner[1]).name == "Bord 1"


def test_a_device_that_is_invited_anew_is_out_until_it_joins_again(any_store, official, election, invite):
    """A stolen token is worth nothing from the moment the device is given a fresh code; so is the code before."""
    codes = invite(any_store, official, election, 1, 0)
    joined, stolen = join(any_store, codes["Bord 1"])
    first = service.invite_again(any_store, official, election, joined.id).invitations[0].code
    second = service.invite_again(any_store, official, election, joined.id).invitations[0].code
    assert known(any_store, stolen) is None
    assert join(any_store, first) is None
    again, token = join(any_store, second)
    assert (again.id, again.name) == (joined.id, "Bord 1")
    assert known(any_store, token).id == joined.id


def test_a_revoked_device_is_out_for_good(any_store, official, election, invite):
    """Neither its token nor a code of before works, no fresh code is made for it, and its name stays taken."""
    codes = invite(any_store, official, election, 1, 1)
    joined, token = join(any_store, codes["Bord 1"])
    booth = service.look_over(any_store, election).devices[1]
    for one in (joined, booth):
        assert service.revoke(any_store, official, election, one.id).name == one.name
        assert service.revoke(any_store, official, election, one.id) == service.NoSuchDevice()
        assert service.invite_again(any_store, official, election, one.id) == service.NoSuchDevice()
    assert known(any_store, token) is None
    assert join(any_store, codes["Stemmeboks 1"], Kind.BOOTH) is None
    taken = service.invite(any_store, official, election, Kind.DESK, "BORD 1")
    assert taken == NameTaken("BORD 1")


def test_a_device_of_another_election_is_nobody_here(any_store, official, election, found_election, invite):
    """Neither looked at, nor invited anew, nor revoked from the pages of an election that is not its own."""
    other = found_election(any_store, slug="anden")
    codes = invite(any_store, official, other, 1, 0)
    (foreign,) = service.look_over(any_store, other).devices
    assert service.look_over(any_store, election).devices == ()
    assert service.find(any_store, election, foreign.id) == service.NoSuchDevice()
    assert service.invite_again(any_store, official, election, foreign.id) == service.NoSuchDevice()
    assert service.revoke(any_store, official, election, foreign.id) == service.NoSuchDevice()
    assert service.open_invitations(any_store, election, list(codes.values())) == ()
    assert join(any_store, codes["Bord 1"])[0].election_id == other.id


def test_there_is_an_end_to_devices(any_store, official, election, invite, log):
    """Beyond what a page can hold nothing is invited, not even a part of what was asked for."""
    for _ in range(3):
        invite(any_store, official, election, 40, 5)
    before = log(any_store)
    assert service.invite_several(any_store, official, election, 10, 10) == service.TooMany()
    assert len(service.look_over(any_store, election).devices) == 135
    assert log(any_store) == before


def test_the_sheet_shows_only_codes_that_still_let_somebody_in(any_store, official, election, invite, clock):
    """A used, replaced or made-up code is not printed."""
    codes = invite(any_store, official, election, 3, 0)
    join(any_store, codes["Bord 1"])
    second = service.look_over(any_store, election).devices[1]
    service.invite_again(any_store, official, election, second.id)
    asked = [*codes.values(), "AAAA-AAAA-AAAA-AAAA-AAAA", ""]
    assert [one.device.name for one in service.open_invitations(any_store, election, asked)] == ["Bord 3"]
    clock.advance(hours=13)
    assert service.open_invitations(any_store, election, asked) == ()
