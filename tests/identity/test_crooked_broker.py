"""A broker that errs or lies, or somebody who speaks in its name, makes nobody known."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from auditing import AuditingClient
from brokers import CrookedBroker, broker_settings, challenge_of
from joserfc.jwk import ECKey, RSAKey
from shut_doors import doors

from votingapp.desks.identity.attempt import begin
from votingapp.desks.identity.broker import BrokerClient, BrokerFailure
from votingapp.office import create_office
from votingapp.store.tables.applicants import applicant as table

START = "/koege-2021/identify/mitid"


@pytest.fixture
def broker():
    with CrookedBroker() as broker:
        yield broker


@pytest.fixture
def enter(settings, store, found_election, clock, broker, tmp_path):
    """Make a visitor's way through the broker: `enter(**changes of the answer)` gives the page she comes back to."""
    clock.move_to(datetime.fromtimestamp(broker.now, UTC))
    found_election(store)
    app = create_office(replace(settings, broker=broker_settings(tmp_path, broker.issuer)), store)
    app.test_client_class = AuditingClient
    visitor = app.test_client()

    def enter(address="127.0.0.1", **changes):
        start = visitor.get(START)
        if start.status_code != 302:
            return start
        back = broker.come_back(start.location, **changes)
        return visitor.get(back, environ_overrides={"REMOTE_ADDR": address})

    return enter


def known(store):
    with store.reading() as connection:
        return connection.execute(table.select()).all()


def assert_refused(answer, store):
    assert answer.status_code == 400
    assert "Du blev ikke logget ind" in answer.text
    assert not known(store)


def test_an_honest_broker_is_believed(enter, broker, store):
    """What the tests below change one by one is accepted as it stands."""
    assert enter().status_code == 200
    assert len(known(store)) == 1


def test_we_ask_as_the_standard_says(enter, broker):
    """Code flow with state, nonce and a challenge by S256; the verifier, our secret and our own address redeem the code."""
    enter()
    sent, redeemed = broker.sent, broker.token_request
    assert (sent["response_type"], sent["client_id"], sent["scope"]) == ("code", "valg", "openid mitid ssn")
    assert sent["code_challenge_method"] == "S256"
    assert sent["code_challenge"] == challenge_of(redeemed["code_verifier"])
    assert sent["redirect_uri"] == redeemed["redirect_uri"] == "http://127.0.0.1:8000/mitid/callback"
    assert redeemed["grant_type"] == "authorization_code"
    assert min(len(sent[word]) for word in ("state", "nonce")) >= 43
    assert "client_secret" not in redeemed
    assert base64.b64decode(broker.authorization.removeprefix("Basic ")) == b"valg:a secret that only we know"


def test_no_two_attempts_share_a_word(enter, broker):
    """State, nonce and verifier are new each time."""
    enter()
    first = broker.sent | broker.token_request
    enter()
    second = broker.sent | broker.token_request
    assert all(first[word] != second[word] for word in ("state", "nonce", "code_challenge", "code_verifier"))


@pytest.mark.parametrize("way", ["altered", "unsigned", "sign_with_public_key_as_secret"])
def test_a_signature_that_is_none_is_refused(enter, broker, store, way):
    """Claims changed after signing, the algorithm "none", and the public key as a shared secret."""
    broker.forge = getattr(broker, way)
    assert_refused(enter(), store)


@pytest.mark.parametrize("algorithm", ["None", "NONE", "nOnE", "", None, 7])
def test_no_algorithm_by_another_name_is_refused(enter, broker, store, algorithm):
    """However "none" is spelt, and whatever else is no algorithm."""
    broker.header = {"alg": algorithm}
    broker.forge = broker.unsigned
    assert_refused(enter(), store)


@pytest.mark.parametrize("token", ["", "a.b.c", "a.b", ".", "å.ø.æ", "e30.e30.e30", None, 7, {"a": 1}, "x" * 100_000])
def test_what_is_no_token_is_refused(enter, broker, store, token):
    """Rubbish in place of the id token, or none at all."""
    broker.forge = lambda: token
    assert_refused(enter(), store)


@pytest.mark.parametrize(("algorithm", "curve"), [("PS256", None), ("ES256", "P-256")])
def test_other_good_algorithms_are_believed(enter, broker, store, algorithm, curve):
    """PS256 and ES256 are as good as RS256."""
    parameters = {"kid": "second"}
    key = ECKey.generate_key(curve, parameters) if curve else RSAKey.generate_key(2048, parameters)
    broker.published.append(key)
    broker.forge = lambda: broker.sign_with(key, algorithm)
    assert enter().status_code == 200


def test_a_strangers_key_is_refused(enter, broker, store):
    """A token signed by another key under the broker's key id, and one that brings its key along."""
    stranger = RSAKey.generate_key(2048, {"kid": "first"})
    broker.forge = lambda: broker.sign_with(stranger, "RS256")
    assert_refused(enter(), store)
    broker.header = {"jwk": stranger.as_dict(private=False)}
    assert_refused(enter(), store)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": None},
        {"aud": []},
        {"aud": ["valg", "somebody-else"]},
        {"azp": "somebody-else"},
        {"nonce": "somebody-elses"},
        {"nonce": None},
        {"nonce": ""},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": None},
        {"exp": 0},
        {"exp": "later"},
        {"exp": True},
        {"exp": {}},
        {"iat": None},
        {"iat": 10**400},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us_is_refused(enter, broker, store, changed):
    """Issuer, audience, authorised party, nonce, subject and times are each looked at."""
    broker.claims = changed
    assert_refused(enter(), store)


@pytest.mark.parametrize(
    ("claim", "seconds", "status"),
    [
        ("exp", -59, 200),
        ("exp", -60, 400),
        ("iat", 60, 200),
        ("iat", 61, 400),
        ("iat", -60, 200),
        ("iat", -61, 400),
        ("nbf", 60, 200),
        ("nbf", 61, 400),
    ],
)
def test_clocks_may_differ_by_a_minute(enter, broker, claim, seconds, status):
    """A token is believed a minute past its end and a minute before its making, to the second, and never an older one."""
    broker.claims = {claim: broker.now + seconds}
    assert enter().status_code == status


def test_several_audiences_name_the_one_that_asked(enter, broker, store):
    """A token for several parties says that it was made for us."""
    broker.claims = {"aud": ["other", "valg"], "azp": "valg"}
    assert enter().status_code == 200


def test_a_new_key_is_looked_for_once(enter, broker, store):
    """After the broker changed its key we ask for the new one; for a key nobody has we ask once and no more."""
    assert enter().status_code == 200
    fresh = RSAKey.generate_key(2048, {"kid": "second"})
    broker.published, broker.forge = [fresh], lambda: broker.sign_with(fresh, "RS256")
    assert enter().status_code == 200
    assert broker.asked.count("/jwks") == 2
    nobodys = RSAKey.generate_key(2048, {"kid": "third"})
    broker.forge = lambda: broker.sign_with(nobodys, "RS256")
    assert enter().status_code == 400
    assert broker.asked.count("/jwks") == 3


def test_the_broker_is_asked_about_itself_once_an_hour(enter, broker, clock):
    """Discovery and keys are remembered for an hour and then asked for again."""
    enter()
    enter()
    assert broker.asked.count("/.well-known/openid-configuration") == 1
    clock.advance(minutes=60)
    broker.now += 3600
    assert enter().status_code == 200
    assert broker.asked.count("/.well-known/openid-configuration") == 2


@pytest.mark.parametrize(
    "stated",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"token_endpoint": "ftp://127.0.0.1/"},
        {"token_endpoint": None},
        {"jwks_uri": "http://[broken"},
        {"userinfo_endpoint": 7},
    ],
    ids=str,
)
def test_a_broker_that_misstates_itself_is_not_used(enter, broker, store, stated):
    """Another issuer, an address in clear or none at all: nobody is sent anywhere."""
    broker.discovery = stated
    assert_refused(enter(), store)


def test_keys_that_cannot_be_read_make_nobody_known(enter, broker, store):
    """An address of keys that answers with something else ends on the same page."""
    broker.discovery = {"jwks_uri": f"{broker.issuer}/nothing"}
    assert_refused(enter(), store)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error":"invalid_grant","error_description":"SECRET"}'),
        (500, b"<html>"),
        (200, b"[]"),
        (200, b"null"),
        (200, b"7"),
        (200, b"{}"),
        (200, b"\xff"),
        (302, b"{}"),
        (200, b"[" * 100_000),
    ],
    ids=str,
)
def test_an_answer_that_is_none_makes_nobody_known(enter, broker, store, status, body, caplog):
    """Errors, rubbish and redirects from the broker end on the same page, and what it wrote is in no log."""
    broker.status, broker.body = status, body
    assert_refused(enter(), store)
    assert "SECRET" not in caplog.text
    assert "a sign-in by broker failed" in caplog.text


def test_a_broker_that_is_down_makes_nobody_known(enter, broker, store):
    """Nobody is sent to a broker that does not answer."""
    broker.close()
    assert_refused(enter(), store)


def test_a_silent_broker_is_asked_every_twenty_seconds_and_no_more(enter, broker, clock):
    """Whoever keeps asking keeps no worker waiting; once the broker answers again people come in."""
    broker.discovery = {"issuer": "https://another.example"}
    for _visitor in range(5):
        assert enter().status_code == 400
    assert broker.asked.count("/.well-known/openid-configuration") == 1
    clock.advance(seconds=20)
    broker.discovery = {}
    assert enter().status_code == 200
    assert broker.asked.count("/.well-known/openid-configuration") == 2


def test_nobody_waits_while_a_silent_broker_is_asked(broker, clock, tmp_path):
    """Of those who come while one asks again, each is told at once that it failed."""
    client = BrokerClient(broker_settings(tmp_path, broker.issuer), "https://valg.example/mitid/callback", clock)
    attempt = begin("koege-2021", None, "da", clock())
    broker.discovery = {"issuer": "https://another.example"}
    with pytest.raises(BrokerFailure):
        client.address_for(attempt)
    clock.advance(seconds=20)
    with client._asking, pytest.raises(BrokerFailure, match="being asked"):
        client.address_for(attempt)


def test_what_is_told_beside_the_token_counts_for_the_same_person_only(enter, broker, store):
    """The userinfo fills in what the token leaves out, if it is about the same person; it never overrules the token."""
    broker.claims = {"dk.cpr": None}
    broker.userinfo = {"sub": "aase", "dk.cpr": "1012620002", "loa": "low"}
    assert enter().status_code == 200
    broker.userinfo = {"sub": "somebody-else", "dk.cpr": "1012620003"}
    assert enter().status_code == 400
    broker.userinfo = {"dk.cpr": "1012620003"}
    assert enter().status_code == 400
    broker.userinfo = {}
    assert enter().status_code == 400
    assert len(known(store)) == 1


def test_an_answer_in_another_issuers_name_is_refused(enter, broker, store):
    """Where the answer names its issuer (RFC 9207), it is ours."""
    assert_refused(enter(iss="https://evil.example"), store)
    assert enter(iss=broker.issuer).status_code == 200


@pytest.mark.parametrize("level", ["low", "", None, 3, True, ["high"], "substantially", "https://data.gov.dk/high"])
def test_a_level_is_one_of_those_that_count(enter, broker, store, level):
    """Anything but a level that the settings name is too low."""
    broker.claims = {"loa": level}
    answer = enter()
    assert (answer.status_code, "ikke sikkert nok" in answer.text) == (403, True)
    assert not known(store)


@pytest.mark.parametrize("number", ["3013620001", "101262", 1012620001, ["1012620001"], "", "x' OR 1=1"])
def test_a_number_that_is_none_goes_by_hand(enter, broker, store, number):
    """What is no CPR number is not guessed at."""
    broker.claims = {"dk.cpr": number}
    assert enter().status_code == 403
    assert not known(store)


@pytest.mark.parametrize("name", ["", "  ", None, 7, "x" * 101, "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_left_out(enter, broker, store, name):
    """A missing or unprintable name is no hindrance; the form asks for it."""
    broker.claims = {"mitid.identity_name": name}
    assert enter().status_code == 200


def test_a_stranger_who_keeps_failing_is_held_back(enter, broker):
    """Forty failed returns from one network address shut the door for a quarter of an hour, for right answers too."""
    broker.claims = {"nonce": "x"}
    assert [enter().status_code for _try in range(40)] == [400] * 40
    broker.claims = {}
    assert enter().status_code == 429


def test_failures_from_one_ipv6_network_are_counted_together(enter, broker, store):
    """Two addresses of one /64 are one visitor's."""
    broker.claims = {"nonce": "x"}
    for last in (1, 2):
        assert enter(f"2001:db8::{last}").status_code == 400
    assert doors(store, "mitid:") == {"mitid:2001:db8::/64": 2}


def test_the_language_is_chosen_on_the_page_that_comes_after(enter):
    """The callback's address works once, so its page offers the next address in another language and never itself."""
    page = enter().text
    assert "/mitid/callback" not in page
    assert 'name="next" value="/koege-2021/stand/form"' in page
