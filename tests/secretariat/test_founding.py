"""Founding an election: the rules are read before anything is kept, and their bytes are kept as they came."""

import base64
import io
import re

import pytest
from restamped import restamp

from votingapp.resources import rulesets_dir
from votingapp.store import audit, elections, staff
from votingapp.store.staff import Role


@pytest.fixture
def founder(store, add_staff, client, sign_in):
    """The browser of an official who may found elections."""
    add_staff(store, None, "stifter", may_found=True)
    return sign_in(client, "stifter")


def choose(founder, slug="koege-2025", shipped="koege-2021", raw: bytes | None = None, **more):
    data = {"slug": slug, "shipped": "" if raw is not None else shipped} | more
    if raw is not None:
        data["upload"] = (io.BytesIO(raw), "regler.toml")
    return founder.submit("/new-election", data, content_type="multipart/form-data")


def confirm(founder, page: str, **changes):
    fields = dict(re.findall(r'name="(rules_base64|slug)" type="hidden" value="([^"]*)"', page))
    fields |= dict(re.findall(r'type="hidden" name="(slug)" value="([^"]*)"', page))
    token = page.split('action="/new-election/found"')[1].split('name="csrf_token"', 1)[1].split('value="', 1)[1]
    return founder.post("/new-election/found", data=fields | {"csrf_token": token.split('"', 1)[0]} | changes)


def every(store):
    with store.reading() as connection:
        return elections.every(connection)


@pytest.mark.parametrize("path", sorted(rulesets_dir().glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_rule_set_founds_an_election(founder, store, path):
    """A rule set of the house is previewed in plain words, then founded with the very bytes of its file."""
    preview = choose(founder, shipped=path.stem)
    assert preview.status_code == 200
    assert "Intet er oprettet endnu" in preview.text
    assert every(store) == ()
    assert confirm(founder, preview.text).location == "/koege-2025/secretariat"
    (election,) = every(store)
    assert election.rules.text == path.read_text(encoding="utf-8")
    assert not election.rehearsal


def test_the_founder_becomes_the_secretariat(founder, store):
    """In the one transaction of founding the founder is appointed, and the log names her."""
    confirm(founder, choose(founder).text)
    (election,) = every(store)
    with store.reading() as connection:
        (appointed,) = staff.appointed(connection, election.id, Role.SECRETARIAT)
        (entry,) = audit.entries(connection, election.id)
    assert appointed.login == entry.actor == "stifter"
    assert founder.get("/koege-2025/secretariat").status_code == 200


def test_an_uploaded_rule_set_keeps_its_bytes(founder, store):
    """A file with Windows line ends and æøå is founded with the hash of exactly these bytes."""
    raw = (rulesets_dir() / "koege-2021.toml").read_bytes().replace(b"\n", b"\r\n")
    confirm(founder, choose(founder, raw=raw).text)
    (election,) = every(store)
    assert election.rules.text.encode() == raw


def test_a_house_for_rehearsals_founds_rehearsals(founder, store):
    """Nobody is asked: in a house for rehearsals an election is one, and the preview says so before it is founded."""
    restamp(store.engine, rehearsal=True)
    preview = choose(founder).text
    assert "PRØVEVALG" in preview
    confirm(founder, preview)
    (election,) = every(store)
    assert election.rehearsal


def test_what_a_browser_says_of_a_rehearsal_is_not_listened_to(founder, store):
    """A real house founds a real election, whatever an old form or a hand-made one sends along."""
    confirm(founder, choose(founder, rehearsal="y").text, rehearsal="1")
    (election,) = every(store)
    assert not election.rehearsal


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"total = 5", b"total = 0", "[seats] total"),
        (b"minimum_age = 18", b"minimum_age = true", "[eligibility] minimum_age"),
        (b"anden-etnisk-baggrund-1", b"en-ukendt-tekst", "[eligibility] declaration"),
        (b"[complaints]", b"[klager]", "[klager]"),
        ("Køge".encode(), "Køge".encode("cp1252"), "TOML"),
        (b"[election]", b"[election]\n<script>=1", "TOML"),
    ],
)
def test_a_rule_set_that_cannot_be_used_names_the_field(founder, store, old, new, says):
    """A bad rule set is refused with the place that is wrong, and nothing is kept."""
    raw = (rulesets_dir() / "koege-2021.toml").read_bytes().replace(old, new)
    answer = choose(founder, raw=raw)
    assert answer.status_code == 422
    assert says in answer.text
    assert "<script>" not in answer.text
    assert every(store) == ()


def test_a_file_that_is_no_rule_set_is_refused(founder, store):
    """An empty file, a huge one and one of random bytes are each refused in a sentence."""
    for raw in (b"\x00\xff" * 50, b"#" * 70_000):
        assert choose(founder, raw=raw).status_code == 422
    assert every(store) == ()


@pytest.mark.parametrize("slug", ["", "ab", "Køge", "a b", "a--b", "-ab", "../x", "sign-in", "static", "new-election"])
def test_an_address_that_cannot_be_is_refused(founder, store, slug):
    """The short name fits an address and is none that the house uses itself."""
    assert choose(founder, slug=slug).status_code == 422
    assert every(store) == ()


def test_two_elections_do_not_share_an_address(founder, store):
    """A short name that is taken is refused at the last step, and the first election stays as it is."""
    confirm(founder, choose(founder).text)
    again = confirm(founder, choose(founder, shipped="koege-2014").text)
    assert again.status_code == 409
    assert len(every(store)) == 1


def test_the_last_step_checks_everything_again(founder, store):
    """What comes back from the browser is not trusted: rules, address and encoding are read anew."""
    page = choose(founder).text
    broken = base64.b64encode(b"[election]").decode()
    for changes in ({"rules_base64": broken}, {"rules_base64": "%%%"}, {"slug": "static"}):
        assert confirm(founder, page, **changes).status_code == 422
    assert every(store) == ()


def test_only_founders_found(store, add_staff, office, sign_in, found_election):
    """Neither a stranger nor the secretary of another election may found one."""
    election = found_election(store)
    add_staff(store, election, "clerk", Role.SECRETARIAT)
    assert office.test_client().get("/new-election").status_code == 302
    clerk = sign_in(office.test_client(), "clerk")
    assert clerk.get("/new-election").status_code == 403
    assert "/new-election" not in clerk.get("/").text
