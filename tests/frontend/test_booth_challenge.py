"""The tablet commits itself before the voter decides, and opens on the house's answer what any other program can seal again."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from booth_steps import NARROW, WIDE, begin, check_page, choose, confirm, give_slip, heading
from PIL import Image
from playwright.sync_api import expect

from ballots.protocol import canonical
from ballots.protocol.ballot import check_ballot
from ballots.protocol.election import parse_election
from ballots.protocol.hashing import digest_base64

if TYPE_CHECKING:
    from playwright.sync_api import Page


ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def paper():
    """The program that wrote the vectors, which seals by docs/challenge.md and knows nothing of the tablet's."""
    spec = importlib.util.spec_from_file_location("paper", ROOT / "scripts" / "write_challenge_vectors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["paper"] = module
    spec.loader.exec_module(module)
    return module


def scanned(page: Page, check: str = "https://valg.example/valg/check") -> str:
    """What a phone reads from the screen, behind the address of the check page."""
    page.locator("svg.qr").evaluate("code => code.scrollIntoView({ block: 'center' })")
    picture = Image.open(io.BytesIO(page.locator("svg.qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    address, _sign, content = code.text.partition("#")
    assert address == check
    return content


def committed(page: Page) -> str:
    """The code of the locked ballot, once it is there: as text and as a code they are the same."""
    expect(page.get_by_role("button", name="Afgiv min stemme")).to_be_enabled()
    shown = page.locator(".receipt").inner_text().replace("\n", "").replace(" ", "")
    assert scanned(page) == shown
    return shown


def names_in(opening: str, commitment: str, election_text: str, paper) -> list[str]:
    """The check of docs/challenge.md, done here with what the phone has read."""
    record = base64.urlsafe_b64decode(opening + "=" * (-len(opening) % 4))
    election = parse_election(election_text.encode())
    assert record[:33] == b"\x01" + hashlib.sha256(election.raw).digest()
    marks = [record[161 + place // 8] >> (7 - place % 8) & 1 for place in range(election.positions)]
    credential = record[33:65].hex()
    answer = paper.seal(election, f"{election.fingerprint}|{credential}", marks, paper.Stream(record[65:97]))
    unsigned = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [answer.to_json()],
    }
    proof = {
        name: str(int.from_bytes(record[at : at + 32], "big")) for name, at in (("challenge", 97), ("response", 129))
    }
    signature = {
        "hash": digest_base64(canonical.write(unsigned)),
        "proof": proof,
    }
    sealed = canonical.write({**unsigned, "signature": signature})
    assert check_ballot(election, sealed).tracker == commitment
    return [name for name, mark in zip(election.answers, marks[election.blank :], strict=True) if mark]


def test_a_ballot_is_checked_by_another_device_and_the_next_one_is_cast(tablet: Page, played, paper) -> None:
    """Choice and code are never on one screen; the code stands before any press, the opening says whose vote it was, nothing stays marked, and the slip, shown again, still votes."""
    election = played.election()["election"]
    choose(tablet, played.url)
    for size in (NARROW, WIDE):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        if size == NARROW:
            tablet.get_by_role("button", name="Fortsæt").click()
            heading(tablet, "Er det rigtigt?")
            expect(tablet.locator(".vote")).to_contain_text("Bo Bach")
            expect(tablet.locator(".receipt, svg.qr")).to_have_count(0)
            tablet.get_by_role("button", name="Ja, det er rigtigt").click()
            heading(tablet, "Afgiv din stemme")
            expect(tablet.locator("main")).not_to_contain_text("Bo Bach")
        first = committed(tablet)
        check_page(tablet, size)
    assert (played.ballots, played.challenged) == ([], [])

    played.challenging = "broken"
    tablet.get_by_role("button", name="Kontrollér tabletten").click()
    expect(tablet.locator("h1")).to_have_text("Stemmen er ikke åbnet endnu")
    expect(tablet.get_by_role("status").filter(has_text="Urnen svarer ikke")).to_be_visible()
    assert scanned(tablet) == first
    check_page(tablet, WIDE)
    played.challenging = "challenged"
    tablet.get_by_role("button", name="Prøv igen").click()
    heading(tablet, "Stemmen er åbnet")
    assert {digest_base64(ballot) for ballot in played.challenged} == {first}
    expect(tablet.locator(".vote")).to_contain_text("Bo Bach")
    check_page(tablet, WIDE)
    assert names_in(scanned(tablet), first, election, paper) == ["Bo Bach"]

    tablet.get_by_role("button", name="Vælg igen").click()
    heading(tablet, "Vis din stemmeseddel")
    give_slip(tablet)
    heading(tablet, "Sæt dit kryds")
    expect(tablet.locator("input:checked")).to_have_count(0)
    tablet.get_by_label("Çağla Öztürk").check()
    confirm(tablet)
    second = committed(tablet)
    assert second != first
    tablet.get_by_role("button", name="Ret", exact=True).click()
    confirm(tablet)
    third = committed(tablet)
    assert third not in {first, second}
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Din stemme er afgivet")
    assert [digest_base64(ballot) for ballot in played.ballots] == [third]
    expect(tablet.locator(".receipt")).to_have_text(third)
    kept = tablet.evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])"
    )
    assert kept == '[[],[],""]'


def test_a_challenge_that_is_not_taken_opens_nothing(tablet: Page, played) -> None:
    """With no more challenges to be had she may cast the ballot she was shown; nothing of it was opened."""
    played.challenging = "exhausted"
    tablet.goto(played.url)
    begin(tablet)
    give_slip(tablet)
    tablet.get_by_label("Stem blankt").check()
    confirm(tablet)
    first = committed(tablet)
    tablet.get_by_role("button", name="Kontrollér tabletten").click()
    expect(tablet.get_by_role("alert")).to_contain_text("Kontrollen kan ikke bruges lige nu")
    assert committed(tablet) == first
    played.challenging = "slip_exhausted"
    tablet.get_by_role("button", name="Kontrollér tabletten").click()
    expect(tablet.get_by_role("alert")).to_contain_text("ikke åbnes flere stemmer med denne stemmeseddel")
    assert committed(tablet) == first
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Din stemme er afgivet")
    assert [digest_base64(ballot) for ballot in played.ballots] == [first]
