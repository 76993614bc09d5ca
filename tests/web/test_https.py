"""Behind TLS, as in the canteen."""

import pytest
from auditing import AuditingClient, Page

from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store.staff import Role

HOST = "https://valg.example"


@pytest.fixture
def client(tmp_path, store, found_election, add_staff):
    """A browser of an office that is served over HTTPS."""
    add_staff(store, found_election(store), "anna", Role.SECRETARIAT)
    app = create_office(load_settings({"VOTINGAPP_HOME": str(tmp_path / "tls"), "VOTINGAPP_HTTPS": "1"}), store)
    app.test_client_class = AuditingClient
    return app.test_client()


def sign_in(client, **headers):
    token = Page(client.get("/sign-in", base_url=HOST).text).tokens[0]
    data = {"login": "anna", "password": "en lang og god sætning", "csrf_token": token}
    return client.post("/sign-in", base_url=HOST, data=data, headers=headers)


def test_forms_work_with_the_referer_that_our_policy_lets_a_browser_send(client):
    """A browser that obeys our Referrer-Policy can sign in over HTTPS."""
    assert client.get("/sign-in", base_url=HOST).headers["Referrer-Policy"] == "same-origin"
    assert sign_in(client, Referer=f"{HOST}/sign-in").status_code == 302


def test_a_form_sent_from_another_site_is_refused(client):
    """Over HTTPS a form with another site's Referer is refused even with a token."""
    assert sign_in(client, Referer="https://evil.example/").status_code == 400


def test_cookies_travel_over_tls_only(client):
    """The cookie is Secure, HttpOnly and stays on this site; browsers are told to keep to HTTPS."""
    answer = client.get("/sign-in", base_url=HOST)
    cookie = answer.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
