"""The server's clock is set back in mid-evening: nobody is admitted twice, nobody is thrown out, and the log still holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner
from joined import make_booth, make_desk
from polling import keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import AlreadyAdmitted
from votingapp.booth import create_booth
from votingapp.desks.checkin import service as checkin
from votingapp.store import audit
from votingapp.store.staff import Role
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.register import register_person
from votingapp.web import throttle
from votingapp.web.cookies import PatientSigner
from votingapp.web.sessions import IDLE_LIMIT

HOUR = timedelta(hours=1)


@pytest.fixture
def poll(store, found_election, clock):
    """An open poll with two people in the register."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"), person("Łukasz Æ", "0101801250"))
    found = prepare_poll(store, election, slips=5, issued=1)
    clock.move_to(found.election.opened_at + 2 * HOUR)
    return found


@pytest.fixture
def both_clocks(clock, monkeypatch):
    """Move the store's clock and the one by which cookies are signed: `both_clocks(hours=-1)`."""
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(clock.now.timestamp()))
    return clock.advance


def test_an_hour_lived_twice(client, store, poll, add_staff, sign_in, settings, clock, both_clocks):
    """Signed in, at a desk and in the booth before; an hour back: all go on, and a voter admitted "later" is not admitted again."""
    official = add_staff(store, poll.election, "bente", Role.DESK)
    tablet = make_booth(create_booth(settings, store), store, poll.election)
    sign_in(client, "bente")
    make_desk(client, store, poll.election)
    page = f"/{poll.election.slug}/checkin/"
    with store.reading() as connection:
        first, second = connection.execute(select(register_person.c.id)).scalars()
    before = checkin.admit(store, official, poll.election, first, "Bord 1", declared=True)
    assert client.get(page).status_code == 200

    both_clocks(hours=-1)
    assert client.get(page).status_code == 200, "a cookie from the future is a young one"
    again = checkin.admit(store, official, poll.election, first, "Bord 2", declared=True)
    assert again == AlreadyAdmitted(before.at, "Bord 1")
    checkin.admit(store, official, poll.election, second, "Bord 1", declared=True)
    cast = tablet.post(f"/{poll.election.slug}/ballots", data=poll.seal(poll.slips[0]), content_type="application/json")
    assert cast.status_code == 201

    for _ in range(5):
        both_clocks(minutes=10)
        assert client.get(page).status_code == 200
    both_clocks(hours=1)
    assert client.get(page).status_code == 200, "and when it is put right again"
    with store.reading() as connection:
        assert audit.first_broken_link(connection, poll.election.id) is None
        at = select(audit_entry.c.at).where(audit_entry.c.chain == poll.election.id).order_by(audit_entry.c.serial)
        told = connection.execute(at).scalars().all()
    assert told != sorted(told), "the log keeps its own order, and each time as the clock told it"


def test_the_session_ends_all_the_same(client, store, poll, add_staff, sign_in, clock, both_clocks):
    """A clock set back makes no session last for ever: an hour after the last sign of life it is over."""
    add_staff(store, poll.election, "bente", Role.DESK)
    sign_in(client, "bente")
    make_desk(client, store, poll.election)
    page = f"/{poll.election.slug}/checkin/"
    both_clocks(hours=-1)
    assert client.get(page).status_code == 200
    clock.advance(hours=1)
    clock.now += IDLE_LIMIT + timedelta(minutes=1)
    assert client.get(page).status_code == 302


def test_a_door_that_was_shut_opens_again(store, clock):
    """Too many wrong passwords, and then the clock goes back a day: the official waits a quarter, not a day."""
    for _ in range(5):
        throttle.count_failure(store, "login bente")
    assert throttle.is_shut(store, "login bente", 5)
    clock.advance(minutes=-5)
    assert throttle.is_shut(store, "login bente", 5), "setting the clock back a little opens nothing"
    clock.advance(days=-1)
    assert not throttle.is_shut(store, "login bente", 5)
    throttle.count_failure(store, "login bente")
    assert throttle.is_shut(store, "login bente", 1)
    assert not throttle.is_shut(store, "login bente", 2), "the count began anew"


def test_cookies_are_believed_as_before_otherwise(office, clock, both_clocks):
    """A cookie that is too old, or that was changed, is not believed; Flask's own signer would refuse one from the future."""
    signer = PatientSigner("secret")
    signed = signer.sign("value")
    assert signer.unsign(signed, max_age=10) == b"value"
    with pytest.raises(BadSignature):
        signer.unsign(b"x" + signed[1:], max_age=10)
    both_clocks(seconds=-1)
    assert signer.unsign(signed, max_age=10, return_timestamp=True)[0] == b"value"
    with pytest.raises(SignatureExpired):
        TimestampSigner("secret").unsign(signed, max_age=10)
    both_clocks(seconds=12)
    with pytest.raises(SignatureExpired):
        signer.unsign(signed, max_age=10)
    assert isinstance(office.session_interface, SecureCookieSessionInterface)
