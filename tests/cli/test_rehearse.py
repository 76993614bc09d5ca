"""The command `rehearse`: what `make run` leaves for whoever wants to try, and that one can stand with it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from auditing import AuditingClient
from PIL import Image
from ports import free_port

from ballots.key_sheet import Place, sheet_mark, uncover
from ballots.protocol.group import format_point
from ballots.protocol.threshold.certificate import check_certificates
from ballots.protocol.threshold.identity import derive_identity
from candidates.eligibility import FindingCode
from candidates.nomination import NominationState
from candidates.similar_names import undistinguished
from votingapp.booth import create_booth
from votingapp.desks.secretariat.decisions.findings import judge_filed
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store import elections, keys, nominations, photos
from votingapp.store.photos import Size
from votingapp.web.app import open_store

SLUG = "stil-op"


@pytest.fixture(scope="module")
def rehearsed(run, tmp_path_factory):
    """The folder of a rehearsal and what the command said; the environment names a mail server, which is not asked."""
    folder = tmp_path_factory.mktemp("rehearse") / "rehearsal"
    done = run(
        "rehearse", "--out", folder, "--no-serve", VOTINGAPP_SMTP_HOST="mail.example", VOTINGAPP_MAIL_FROM="a@b.dk"
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def named(folder):
    """What docs/command-line.md says the house of a rehearsal is served with."""
    return {
        "VOTINGAPP_HOME": str(folder / "house"),
        "VOTINGAPP_REHEARSAL": "1",
        "VOTINGAPP_MAIL_FOLDER": str(folder / "mail"),
    }


@pytest.fixture
def house(rehearsed):
    """Settings and store of the rehearsal, as `serve` would open them."""
    folder, _said = rehearsed
    settings = load_settings(named(folder))
    store = open_store(settings)
    yield settings, store
    store.engine.dispose()


@pytest.fixture
def visitor(house):
    """Somebody at the office of the rehearsal; every page is audited."""
    settings, store = house
    app = create_office(settings, store)
    app.test_client_class = AuditingClient
    client = app.test_client()
    yield client
    app.extensions["postman"].wait()


def test_everybody_signs_in_with_what_the_command_said(rehearsed, visitor):
    """The officials were hired at an election of long ago: what is told opens their accounts today."""
    _folder, said = rehearsed
    told = re.findall(r"(?m)^  (\w+) +([a-z0-9-]{19}) ", said)
    assert len(told) == 7
    for login, password in told:
        answer = visitor.submit("/sign-in", {"login": login, "password": password})
        assert (login, answer.status_code, answer.location) == (login, 302, "/password")
        visitor.delete_cookie("votingapp-office")


def standing(store):
    """The election that is open for candidates, and who has come forward."""
    with store.reading() as connection:
        election = elections.by_slug(connection, SLUG)
        return election, tuple(nominations.every(connection, election.id))


def letters(folder):
    """Every message in the folder, the newest last."""
    files = sorted((folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def token_in(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def follow_the_link(visitor, folder, email):
    """Ask for a link, open the newest message in the folder, and press the button behind its link."""
    asked = visitor.get(f"/{SLUG}/identify")
    visitor.post(f"/{SLUG}/identify/email", data={"email": email, "csrf_token": token_in(asked)})
    visitor.application.extensions["postman"].wait()
    letter = letters(folder)[-1]
    assert letter["To"] == email
    path = re.search(r"^http://127\.0\.0\.1:8000(\S+)$", letter.get_content(), re.MULTILINE)[1]
    return visitor.post(path, data={"csrf_token": token_in(visitor.get(path))}, follow_redirects=True)


def test_everything_that_is_named_is_there(rehearsed):
    """Each file the command names exists, and it says where mail lies and how one may stand."""
    folder, said = rehearsed
    named = set(re.findall(rf"{re.escape(str(folder))}/([\w./-]*\w)", said))
    assert named == {
        "open/voters.txt",
        "open/slips.pdf",
        "open/key-sheets.txt",
        "open/devices.pdf",
        "stand/people.txt",
        "mail",
    }
    assert all((folder / name).exists() for name in named)
    assert f"http://127.0.0.1:8000/{SLUG}/stand" in said
    assert "No mail is sent" in said


def test_the_key_sheets_open_the_key_of_the_election(rehearsed, house):
    """What stands there for each holder must lead, with the passphrase, to the very key that she was certified with."""
    folder, _said = rehearsed
    phrase, *sheets = (folder / "open" / "key-sheets.txt").read_text(encoding="utf-8").splitlines()
    with house[1].reading() as connection:
        election = elections.by_slug(connection, "proev-selv")
        ceremony = keys.ceremony_of(connection, election.id)
    certified = [one.signed.message for one in check_certificates(ceremony.messages(keys.Step.CERTIFICATE))]
    assert len(sheets) == len(certified) == 3
    for position, (sheet, message) in enumerate(zip(sheets, certified, strict=True), 1):
        _login, _, code = sheet.partition(": ")
        kind, uuid, place, mark, signs = code.split(":")
        assert (kind, uuid, place) == ("noegle1", election.urn_uuid, str(position))
        seed = uncover(signs, phrase.partition(": ")[2], Place(uuid, position))
        assert sheet_mark(seed) == mark
        assert json.loads(message)["verification"] == format_point(derive_identity(seed).verification)


def test_two_desks_and_two_booths_can_be_tried(rehearsed, house):
    """The command says which link makes a browser which device; a desk and a booth join by theirs, and no link works twice."""
    _folder, said = rehearsed
    settings, store = house
    found = re.findall(r"^  (\w+ \d) +http://127\.0\.0\.1:(\d+)/join#([A-Z0-9-]{24})$", said, re.MULTILINE)
    assert [(name, port) for name, port, _code in found] == [
        ("Bord 1", "8000"),
        ("Bord 2", "8000"),
        ("Stemmeboks 1", "8001"),
        ("Stemmeboks 2", "8001"),
    ]
    tablet = create_booth(settings, store).test_client()
    code = found[3][2]
    assert tablet.post("/join", data={"code": code}).location == "/proev-selv/"
    assert tablet.get("/").location == "/proev-selv/"
    assert tablet.get("/proev-selv/election.json").json["status"] == "open"
    assert tablet.post("/join", data={"code": code}).status_code == 422


def test_the_secretariat_finds_every_kind_of_work(house):
    """Six are accepted, one waits for a look at who she is, one was sent back, and two need a line to tell them apart."""
    _settings, store = house
    election, filed = standing(store)
    by_state = {state: [one for one in filed if one.state is state] for state in NominationState}
    assert {state: len(found) for state, found in by_state.items() if found} == {
        NominationState.ACCEPTED: 6,
        NominationState.SUBMITTED: 1,
        NominationState.RETURNED: 1,
    }
    assert len(undistinguished(tuple(one.entry for one in by_state[NominationState.ACCEPTED]))) == 1
    with store.reading() as connection:
        findings = judge_filed(connection, store.vault, election, by_state[NominationState.SUBMITTED][0])
    assert [one.code for one in findings if one.satisfied is not True] == [FindingCode.IDENTITY]
    assert election.rules.nomination.opens < store.clock() < election.rules.nomination.closes
    assert election.rehearsal


def test_everybody_has_a_face_of_her_own(house):
    """Each candidate has a square picture for her page, and no two are the same."""
    _settings, store = house
    election, filed = standing(store)
    with store.reading() as connection:
        pictures = [photos.pixels(connection, store.vault, election.id, one.photo_id, Size.PAGE) for one in filed]
    assert len(set(pictures)) == len(filed)
    assert {Image.open(BytesIO(picture)).size for picture in pictures} == {(720, 720)}


def test_those_who_gave_an_address_were_written_to(rehearsed):
    """Both receipts and the defect notice lie in the folder; nobody else is written to, and all say that it is a rehearsal."""
    folder, _said = rehearsed
    written = letters(folder)[:3]
    assert sorted(letter["To"] for letter in written) == [
        "mangler@example.invalid",
        "mangler@example.invalid",
        "venter@example.invalid",
    ]
    assert all("PRØVEVALG" in letter["Subject"] + letter.get_content() for letter in written)
    assert any("Du har ikke sat kryds ved erklæringen." in letter.get_content() for letter in written)


def test_whoever_tries_it_can_stand(rehearsed, house, visitor):
    """From the link in the folder to the receipt, as one of the people in the list; every page says that it is a rehearsal."""
    folder, _said = rehearsed
    name, _born, cpr = (folder / "stand" / "people.txt").read_text(encoding="utf-8").splitlines()[0].split("; ")
    form = follow_the_link(visitor, folder, "mig@eksempel.dk")
    assert "PRØVEVALG" in form.text
    told = {"name": name, "cpr": cpr, "statement": "Hej", "own_language": "", "declared": "y", "consented": "y"}
    sent = visitor.post(
        f"/{SLUG}/stand/form", data=told | {"act": "send", "csrf_token": token_in(form)}, follow_redirects=True
    )
    assert "Vi har modtaget din opstilling." in sent.text
    assert "PRØVEVALG" in sent.text
    _settings, store = house
    _election, filed = standing(store)
    assert [one.state for one in filed if one.name == name] == [NominationState.SUBMITTED]


def test_a_nomination_that_was_sent_back_can_be_mended(rehearsed, visitor):
    """Whoever asks for a link to the address of the returned nomination reads what is missing and finds her words in the form."""
    folder, _said = rehearsed
    form = follow_the_link(visitor, folder, "mangler@example.invalid")
    assert "Du har ikke sat kryds ved erklæringen." in form.text


def test_serving_says_that_no_mail_is_sent(rehearsed):
    """The office says at start that mail goes into the folder, and into which one."""
    folder, _said = rehearsed
    command = Path(sys.executable).with_name("votingapp")
    bind = f"127.0.0.1:{free_port()}"
    served = subprocess.Popen(
        [command, "serve", "--only", "office", "--office-bind", bind, "--workers", "1"],
        env=os.environ | named(folder),
        stderr=subprocess.PIPE,
        text=True,
    )
    with served:
        said = served.stderr.readline()
        served.terminate()
    assert said == f"No mail is sent: every message is written into {folder / 'mail'}.\n"
