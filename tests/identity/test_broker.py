"""Saying who one is by MitID, at a real provider in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from auditing import AuditingClient
from brokers import broker_settings, consent, provider

from candidates.identity import Identity
from votingapp.desks.identity import attempt
from votingapp.office import create_office
from votingapp.store import applicants, audit
from votingapp.store.tables.applicants import applicant as table

START = "/koege-2021/identify/mitid"
FORM = "/koege-2021/stand/form"


@pytest.fixture(scope="module")
def issuer():
    with provider() as issuer:
        yield issuer


@pytest.fixture
def election(store, found_election, clock):
    clock.move_to(datetime.now(UTC))
    return found_election(store)


@pytest.fixture
def client(settings, store, issuer, election, tmp_path):
    """A visitor of an office that is registered at the provider."""
    app = create_office(replace(settings, broker=broker_settings(tmp_path, issuer)), store)
    app.test_client_class = AuditingClient
    return app.test_client()


def known(store):
    """Everybody who has made herself known."""
    with store.reading() as connection:
        found = connection.scalars(table.select().with_only_columns(table.c.id)).all()
        return [applicants.find(connection, store.vault, one) for one in found]


def sign_in(client, sub, start=START):
    return client.get(consent(client.get(start).location, sub))


def altered(address, **changes):
    """An address at the broker with some of its parameters exchanged."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()} | changes
    return f"{address.split('?')[0]}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def test_a_person_comes_back_known(client, store, election):
    """From our page to the broker and back: her number and name are known, and her form opens."""
    page = client.get("/koege-2021/identify").text
    assert 'href="/koege-2021/identify/mitid?lang=da"' in page
    answer = sign_in(client, "aase")
    assert answer.status_code == 200
    assert f'href="{FORM}"' in answer.text
    assert 'Du er logget ind som: <strong><bdi dir="auto">Åse Østergård</bdi></strong>' in answer.text
    (person,) = known(store)
    assert (person.identity, person.cpr.number, person.name) == (Identity.MITID, "1012620001", "Åse Østergård")
    assert (person.protected, person.email) == (False, None)
    assert client.get(FORM).status_code == 200


def test_who_comes_again_is_the_same_person(client, store):
    """A second sign-in with the same number finds the same applicant."""
    sign_in(client, "aase")
    sign_in(client, "aase")
    assert len(known(store)) == 1


def test_a_protected_person_needs_no_name(client, store):
    """A person whose name is protected comes without a name and is known all the same."""
    assert client.get(START).status_code == 302
    answer = sign_in(client, "hidden")
    assert answer.status_code == 200
    assert 'CPR-nummer <bdi dir="ltr">101262-••••</bdi>' in answer.text
    (person,) = known(store)
    assert (person.name, person.protected, person.cpr.number) == (None, True, "1012620002")


@pytest.mark.parametrize(
    ("sub", "words"),
    [
        ("weak", "Dit login er ikke sikkert nok"),
        ("unsaid", "Dit login er ikke sikkert nok"),
        ("visitor", "erstatningspersonnummer"),
        ("abroad", "ikke et CPR-nummer"),
    ],
)
def test_who_is_not_let_in_is_told_why(client, store, sub, words):
    """A weak sign-in, a level that is not stated, a replacement number and no number at all are refused in plain words."""
    answer = sign_in(client, sub)
    assert (answer.status_code, words in answer.text) == (403, True)
    assert not known(store)
    assert client.get(FORM).status_code == 302


def test_the_log_tells_of_the_sign_in_and_not_of_the_number(client, store, election):
    """One entry per sign-in, with how she is known and without who she is."""
    sign_in(client, "aase")
    with store.reading() as connection:
        entry = list(audit.entries(connection, election.id))[-1]
    assert (entry.act, '"identity":"mitid"' in entry.details) == ("applicant_identified", True)
    assert "1012620001" not in repr(entry)
    assert "stergård" not in repr(entry)


def test_an_answer_for_another_attempt_is_refused(client, store):
    """A nonce that is not this attempt's: somebody else's id token was slipped in."""
    back = consent(altered(client.get(START).location, nonce="somebody-elses"), "aase")
    assert client.get(back).status_code == 400
    assert not known(store)


def test_a_state_that_is_not_ours_is_refused(client, store):
    """A state that is not this browser's, or none: somebody else began this sign-in."""
    for change in ("state=somebody-elses", "state="):
        path, query = consent(client.get(START).location, "aase").split("?")
        kept = "&".join(part for part in query.split("&") if not part.startswith("state="))
        assert client.get(f"{path}?{kept}&{change}").status_code == 400
        assert client.get(f"{path}?{kept}").status_code == 400
    assert not known(store)


def test_a_browser_that_began_nothing_is_refused(client, store, settings):
    """A link that carries another person's code opens nothing in a browser that did not ask for it."""
    back = consent(client.get(START).location, "aase")
    stranger = client.application.test_client()
    assert stranger.get(back).status_code == 400
    stranger.set_cookie(attempt.COOKIE, "made-up", path="/mitid/")
    assert stranger.get(back).status_code == 400
    assert not known(store)


def test_a_code_works_once(client, store):
    """The same answer of the broker is refused the second time, with the cookie of the first time too."""
    start = client.get(START)
    cookie = client.get_cookie(attempt.COOKIE, path="/mitid/").value
    back = consent(start.location, "aase")
    assert client.get(back).status_code == 200
    assert client.get_cookie(attempt.COOKIE, path="/mitid/") is None
    client.set_cookie(attempt.COOKIE, cookie, path="/mitid/")
    assert client.get(back).status_code == 400


def test_an_attempt_lasts_ten_minutes(client, store, clock):
    """Who stays at the broker for ten minutes is let in; a second longer, and she begins again."""
    for seconds, status in ((600, 200), (601, 400)):
        clock.move_to(datetime.now(UTC).replace(microsecond=0))
        began = clock.now
        start = client.get(START)
        cookie = client.get_cookie(attempt.COOKIE, path="/mitid/").value
        secret = client.application.secret_key
        clock.advance(seconds=seconds)
        assert (attempt.read(cookie, secret, clock.now) is not None) == (status == 200)
        assert attempt.read(cookie, secret, began) is not None
        assert start.status_code == 302
    assert attempt.read(cookie, b"another house's secret", began) is None


def test_who_gives_up_at_the_broker_is_told_what_to_do(client):
    """A refusal by the broker, or by the person herself, is a plain page; what the broker wrote is not on it."""
    client.get(START)
    state = client.get(START).location.split("state=")[1].split("&")[0]
    answer = client.get(f"/mitid/callback?error=access_denied&error_description=SECRET&state={state}")
    assert answer.status_code == 400
    assert "Prøv igen" in answer.text
    assert "SECRET" not in answer.text
    assert "access_denied" not in answer.text


def test_the_attempts_cookie_travels_with_the_broker_only(client):
    """It is HttpOnly, short-lived and sent to the callback alone; coming back she is told who she is known as."""
    cookie = client.get(START).headers["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/mitid/"):
        assert word in cookie
    answer = sign_in(client, "aase")
    office = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("votingapp-office=")]
    assert len(office) == 1
    assert "SameSite=Lax" in office[0]
    assert answer.status_code == 200


def test_one_goes_on_where_one_was_going_in_ones_language(client):
    """The page that was asked for first, and the language, are remembered over the way through the broker."""
    answer = sign_in(client, "aase", f"{START}?lang=ar&next=/koege-2021/stand/mine")
    assert 'href="/koege-2021/stand/mine"' in answer.text
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert '<html lang="ar"' in client.get("/koege-2021/").text


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/anden/stand/mine", "/koege-2021/../sign-out", "/koege-2021/%2e%2e/x"],
)
def test_one_goes_on_within_the_election_only(client, wanted):
    """An address outside the election is not gone on to, however it is written."""
    assert f'href="{FORM}"' in sign_in(client, "aase", f"{START}?next={wanted}").text


def test_where_a_broker_vouches_no_link_is_mailed(client):
    """With a broker the e-mail's doors are closed."""
    assert client.post("/koege-2021/identify/email").status_code in {400, 404}
    client.application.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/koege-2021/identify/email", data={"email": "a@b.dk"}).status_code == 404
    assert client.get("/koege-2021/identify/link/x").status_code == 404


def test_without_a_broker_there_is_none(settings, store, election):
    """Without a broker its doors are closed."""
    client = create_office(settings, store).test_client()
    assert client.get(START).status_code == 404
    assert client.get("/mitid/callback").status_code == 404
