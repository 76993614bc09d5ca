"""Recorded as cast: whoever wrote her receipt down finds it after the close, in her own browser, and no sooner."""

from __future__ import annotations

import io
import json
import re
import tarfile
from datetime import UTC, datetime

import pytest
import qrcode
from board import seat_board
from journey_camera import PaperSlip, film
from PIL import Image
from playwright.sync_api import expect
from served_office import serve_office

from ballots.protocol.ballot import check_ballot
from ballots.receipt_words import receipt_words
from votingapp.store import challenges

PAGE, LIST = "/koege-2021/receipt", "/koege-2021/receipts.txt"


@pytest.fixture
def board(store, found_election, add_staff):
    """A board whose poll has been prepared."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    return seated


def begin(board) -> list[str]:
    """Three voters cast a ballot each and keep their receipts."""
    board.freeze()
    board.open()
    board.issue_slips(3)
    return [check_ballot(board.question(), board.cast(slip, 1)).tracker for slip in board.slips[:3]]


def test_before_the_close_the_page_says_when_to_come_back(client, board):
    """There is neither a list nor a search, and the page names the day and the hour; a QR code that was scanned early leads here."""
    assert client.get(LIST).status_code == 404
    kept = begin(board)
    page = client.get(PAGE)
    assert "Du kan søge her, når afstemningen er slut: 23. november 2021 efter kl. 20.00" in page.text
    assert 'data-list="' not in page.text
    assert client.get(LIST).status_code == 404
    assert not any(one in page.text for one in kept)


def test_after_the_close_the_list_is_the_urn(client, board):
    """Each receipt stands there once with its words, in an order that says nothing, and they are those of the archive."""
    kept = begin(board)
    board.close()
    answer = client.get(LIST)
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert sorted(lines) == sorted(f"{one} {' '.join(receipt_words(one))}" for one in kept)
    in_archive = [check_ballot(board.question(), raw).tracker for raw in _ballots(client)]
    assert [line.partition(" ")[0] for line in lines] == in_archive


def _ballots(client) -> list[bytes]:
    """The ballots of the public archive, in its order."""
    with tarfile.open(fileobj=io.BytesIO(client.get("/koege-2021/election.bel").data)) as archive:
        texts = {member.name: archive.extractfile(member).read() for member in archive}
    events = [json.loads(text) for name, text in texts.items() if name.endswith(".event.json")]
    return [texts[f"{one['payload']}.data.json"] for one in events if one["type"] == "Ballot"]


@pytest.mark.parametrize("closed", [False, True])
def test_the_page_says_that_a_receipt_proves_nothing_of_the_choice(client, board, closed):
    """Before and after the close it says so in plain words."""
    begin(board)
    if closed:
        board.close()
    assert "Den viser ikke, hvad du har stemt. Den beviser intet om dit valg" in client.get(PAGE).text


def test_the_page_has_words_for_a_ballot_that_was_opened_and_cast(client, board):
    """The house refuses it twice over; the reader's browser, which has both lists, would say it all the same."""
    begin(board)
    board.close()
    told = client.get(PAGE).text.split('data-said="both"')[1]
    assert "ligger alligevel i urnen. Det må den aldrig." in told


def test_the_camera_may_be_used_on_this_page_alone(client, board):
    """The page that reads a square code may use the camera; the result beside it may not."""
    assert "camera=(self)" in client.get(PAGE).headers["Permissions-Policy"]
    assert "camera=()" in client.get("/koege-2021/result").headers["Permissions-Policy"]


@pytest.mark.browser
def test_a_receipt_is_found_by_words_signs_address_and_camera(settings, store, board, launch, tmp_path):
    """Whichever way it is asked for, the browser fetches the same whole lists and sends nothing of what is looked for."""
    mine, other, hers = begin(board)
    store.write(lambda work: _open(work, board.election.urn_uuid))
    board.close()
    store.clock = lambda: datetime.now(UTC)
    with serve_office(settings, store) as served:
        _hold_up(f"https://10.0.0.2/koege-2021/receipt#{hers}", tmp_path / "code.y4m")
        browser = launch(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'code.y4m'}",
        )
        context = browser.new_context(base_url=served.address, locale="da-DK")
        page = context.new_page()
        sent = []
        page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
        found, field = page.locator("[data-said=found]"), page.get_by_label("Seks ord eller 43 tegn")

        page.goto(f"{PAGE}#{mine}")
        expect(found).to_contain_text(mine)
        expect(found).to_contain_text(" ".join(receipt_words(mine)))
        assert page.url.endswith(PAGE), "nothing of it is left in the address"
        expect(found).to_contain_text("Er det koden fra en stemme, som tabletten åbnede for dig, er noget galt")

        field.fill(", ".join(receipt_words(other)).replace("ø", "oe").upper())
        field.press("Enter")
        expect(found).to_contain_text(other)

        field.fill("æble " * 6)
        page.get_by_role("button", name="Find kvitteringen").click()
        expect(page.get_by_text("Ingen stemme i urnen har denne kvittering.")).to_be_visible()
        expect(found).to_be_hidden()

        field.fill("A" * 43)
        field.press("Enter")
        expect(page.get_by_text("Denne stemme blev åbnet for at kontrollere tabletten.")).to_be_visible()
        expect(page.get_by_text("Viste tabletten den som kvittering, da du havde stemt")).to_be_visible()
        page.evaluate("location.hash = 'main'")
        expect(field).to_have_value("A" * 43)
        expect(page.get_by_text("Det er ikke en kvittering.")).to_be_hidden()

        camera = page.get_by_role("button", name="Læs den firkantede kode")
        page.evaluate("document.querySelector('[data-part=stop]').click()")
        expect(camera).to_be_focused()
        camera.click()
        expect(found).to_contain_text(hers, timeout=15_000)
        expect(page.locator("video")).to_be_hidden()

        lists = [address for address in sent if address.endswith(LIST)]
        assert len(lists) == 1
        asked = re.compile("|".join(re.escape(one) for one in (mine, other, hers, *receipt_words(mine))))
        assert [address for address in sent if asked.search(address.partition("#")[0])] == []
        context.close()


def _open(work, urn_uuid: str) -> None:
    """Somebody challenges a tablet, whose ballot has a hash of noughts."""
    challenges.keep(work.connection, urn_uuid, "00" * 32)
    work.keep_unrecorded()


def _hold_up(text: str, path) -> None:
    """What a camera sees of a QR code."""
    code = qrcode.make(text, box_size=8).get_image().convert("RGB")
    assert isinstance(code, Image.Image)
    film(PaperSlip(text, code), path)
