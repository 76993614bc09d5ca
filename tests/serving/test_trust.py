"""The page at which devices learn to trust the house: public, plain, and nothing else behind it."""

import plistlib
import re

import pytest
from auditing import Page
from cryptography import x509

from votingapp.documents.trust_steps import DANISH, ENGLISH
from votingapp.settings import load_settings
from votingapp.trust import NoAuthorityError, create_trust, profile_of
from votingapp.web.access import list_doors

DOORS = [
    "GET      /                                                             public",
    "GET      /trust.css                                                    public",
    "GET      /valg-certifikat.crt                                          public",
    "GET      /valg.mobileconfig                                            public",
]
"""Every door of the app: one more is a decision, for it would be served in clear."""


@pytest.fixture
def device(settings, authority):
    """A tablet at the page."""
    return create_trust(load_settings({"VOTINGAPP_HOME": str(settings.home)})).test_client()


def test_its_doors_are_these(device):
    """What is served in clear is decided: nothing of office or booth, no folder of files."""
    assert [line.rstrip() for line in list_doors(device.application)] == DOORS


def test_the_page_says_what_to_compare_and_what_to_do(device, authority):
    """Fingerprint, name, files and each device's steps, in Danish and English; it says that it is not to be trusted alone."""
    page = device.get("/").text
    assert authority.fingerprint in page
    assert authority.title in page
    for found in (*DANISH, *ENGLISH):
        assert found.name in page
    assert "Gør det ikke på din egen telefon" in page
    assert 'lang="en"' in page
    assert "https://127.0.0.1:8000/" in page
    assert "https://127.0.0.1:8001/" in page


def test_both_languages_have_the_same_steps():
    """Whoever reads English does just as much, and types the same."""
    assert len(DANISH) == len(ENGLISH)
    for danish, english in zip(DANISH, ENGLISH, strict=True):
        assert [step.typed for step in danish.steps] == [step.typed for step in english.steps]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/office.css"])
def test_its_pages_are_sound(device, path):
    """One heading, a title, a language, labelled and without script or inline style."""
    page = Page(device.get(path).text)
    assert page.language == "da"
    assert page.title
    assert page.headings.count(1) == 1
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", ["/", "/trust.css", "/valg-certifikat.crt", "/valg.mobileconfig", "/nowhere"])
def test_it_remembers_nobody(device, path):
    """No cookie on any answer, strict headers on each, and no demand for TLS on a host that has this page in clear."""
    with device.get(path, headers={"Cookie": "votingapp-office=x"}) as answer:
        answer.get_data()
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_certificate_is_the_authoritys(device, authority):
    """DER under the type that every system knows; never a key."""
    answer = device.get("/valg-certifikat.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    assert x509.load_der_x509_certificate(answer.data) == authority.certificate
    assert "valg-certifikat.crt" in answer.headers["Content-Disposition"]


def test_the_profile_holds_the_same_certificate(device, authority):
    """A configuration profile with one root certificate, the same one each time, so that a second install replaces it."""
    answer = device.get("/valg.mobileconfig")
    assert answer.mimetype == "application/x-apple-aspen-config"
    profile = plistlib.loads(answer.data)
    (root,) = profile["PayloadContent"]
    assert (profile["PayloadType"], root["PayloadType"]) == ("Configuration", "com.apple.security.root")
    assert root["PayloadContent"] == authority.der
    assert profile["PayloadUUID"] != root["PayloadUUID"]
    assert re.fullmatch(r"[0-9A-F-]{36}", profile["PayloadUUID"])
    assert answer.data == profile_of(authority)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_handed_in(device, method):
    """The page listens to nobody."""
    assert device.open("/", method=method, data=b"x" * 4096).status_code in {405, 413}


def test_a_rehearsal_says_so_here_too(settings, authority):
    """PRØVEVALG stands on every page, for the same tablets are used on the day; the certificate is the same one."""
    rehearsing = load_settings({"VOTINGAPP_HOME": str(settings.home), "VOTINGAPP_REHEARSAL": "1"})
    device = create_trust(rehearsing).test_client()
    assert "PRØVEVALG" in device.get("/").text
    assert "PRØVEVALG" in device.get("/nowhere").text
    assert device.get("/valg-certifikat.crt").data == authority.der


def test_a_real_house_is_not_marked(device):
    """The mark means something."""
    assert "PRØVEVALG" not in device.get("/").text


def test_without_an_authority_there_is_no_page(settings):
    """Nothing is shown that nobody made."""
    with pytest.raises(NoAuthorityError):
        create_trust(settings)


def test_it_opens_no_database(settings, authority, device):
    """Showing how to trust the house touches nothing that is kept."""
    device.get("/")
    assert not (settings.home / "election.db").exists()
