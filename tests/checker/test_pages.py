"""The pages that check: one a whole election, one a tablet, both in the reader's own browser and with nothing sent."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

import pytest
import qrcode
from axe_playwright_python.sync_playwright import Axe
from board import seat_board
from journey_camera import PaperSlip, film
from playwright.sync_api import expect
from served_office import serve_office
from small_elections import small_election, write_story
from write_challenge_vectors import Case, record, written

from ballots.protocol.ballot import check_ballot

USED_AT_ONCE = """codes => {
  const field = document.querySelector("#code-text");
  for (const code of codes) { field.value = code; field.parentElement.querySelector("button").click(); }
  return document.querySelector(".checker").textContent;
}"""
PAGE, CHECK, SAVED = "/koege-2021/verify", "/koege-2021/check", "/koege-2021/checker.html"


@pytest.fixture
def board(store, found_election, add_staff):
    """A board whose poll has been prepared."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    return seated


def test_the_archive_is_fetched_by_the_page_once_the_poll_is_closed(client, board):
    """Until then the page tells when; a file can be chosen at any time."""
    assert "efter kl. 20.00" in client.get(PAGE).text
    assert "data-archive" not in client.get(PAGE).text
    board.vote((1,), ())
    page = client.get(PAGE).text
    assert 'data-archive="/koege-2021/election.bel"' in page
    answer = client.get("/koege-2021/election.bel")
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_the_saved_file_is_handed_out_and_never_shown(client, board):
    """It comes as an attachment, and the page tells its fingerprint."""
    answer = client.get(SAVED)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="valgkontrol.html"'
    assert answer.mimetype == "application/octet-stream"
    assert hashlib.sha256(answer.data).hexdigest() in client.get(PAGE).text


def test_a_tablet_is_checked_from_the_freeze_on_and_the_camera_may_be_used(client, board):
    """Before there is an election to compare with the page says so; the page that checks everything has no camera."""
    assert "data-tablet-check" not in client.get(CHECK).text
    board.freeze()
    page = client.get(CHECK)
    assert "data-tablet-check" in page.text
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    assert "camera=()" in client.get(PAGE).headers["Permissions-Policy"]


def sealed(board, slip: str, *marks: int) -> tuple[str, str, bytes]:
    """Commitment and opening of a ballot, as a tablet would show them, and its exact bytes, as the house gets them."""
    case = Case("", "", board.question(), slip, marks, seed=b"s" * 32, nonce=b"n" * 64)
    made = case.sealed()
    return made.commitment, written(record(case, made)), made.text


@pytest.mark.browser
def test_a_reader_checks_a_tablet_and_the_whole_election(settings, store, board, launch, tmp_path):
    """By camera and by address, in time and too late, with the right ballot and another one; then everything, and stops it once."""
    board.freeze()
    board.open()
    board.issue_slips(3)
    commitment, opening, _ = sealed(board, board.slips[0], 0, 0, 1, 0)
    other, other_opening, raw = sealed(board, board.slips[1], 0, 1, 0, 0)
    named = board.question().answers[1]
    board.cast(board.slips[2], 1)
    store.clock = lambda: datetime.now(UTC)
    with serve_office(settings, store) as served:
        _hold_up(f"{served.address}{CHECK}#{commitment}", tmp_path / "code.y4m")
        browser = launch(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'code.y4m'}",
        )
        context = browser.new_context(base_url=served.address, locale="da-DK")
        sent, errors = [], []
        context.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
        context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

        _scanned_by_camera(context.new_page(), commitment, opening, named)
        _opened_by_a_phone(context.new_page(), commitment, opening, named)
        _alarms(context.new_page(), other, opening)
        assert [one for one in sent if any(code in one for code in (commitment, other, opening))] == []

        checked = check_ballot(board.question(), raw)
        board.put(raw, checked.credential, checked.hash_hex)
        board.close()
        board.seal()
        page = context.new_page()
        _looked_for_in_the_urn(page, (commitment, opening), (other, other_opening))
        _stopped(page)
        page.get_by_role("button", name="Hent arkivet, og kontrollér alt").click()
        told = "Alt i filen er i orden, men resultatet er ikke i den"
        expect(page.locator(".verdict")).to_contain_text(told, timeout=15_000)
        expect(page.locator("li.done")).to_have_count(4)
        assert Axe().run(page).response["violations"] == []
        _chosen(page, tmp_path / "other.bel")
        assert errors == []
        context.close()


def _scanned_by_camera(page, commitment: str, opening: str, named: str) -> None:
    page.goto(CHECK)
    expect(page.locator(".checker")).to_contain_text("Valg til Integrationsrådet")
    scan = page.get_by_role("button", name="Læs koden med kameraet")
    # Whoever pressed a button that goes away is at the one in its place.
    assert scan.evaluate("(one) => { one.click(); return document.activeElement.textContent; }") == "Sluk kameraet"
    expect(page.locator(".checker .good")).to_contain_text(commitment, timeout=15_000)
    expect(page.locator("video")).to_be_hidden()
    _read_in_persian(page, commitment)
    expect(page.locator(".checker")).to_contain_text("Valg til Integrationsrådet")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # While one opening is worked out no other code is taken: its finding would stand where a new check has begun.
    working = page.evaluate(USED_AT_ONCE, [opening, "A" * 43])
    assert "en anden kontrolkode" not in working
    expect(page.locator(".sealed-names")).to_have_text(named)
    assert asked == []  # the house is not told that a ballot was opened just now
    expect(page.locator(".checker [role=status]")).to_be_empty()
    expect(page.locator(".checker")).to_contain_text("Gem kontrolkoden")


def _read_in_persian(page, commitment: str) -> None:
    """Whoever reads none of the page's languages has the check in one of the booth's, with the code that was read, and back; none has a barrier."""
    page.get_by_label("Sprog").select_option(label="فارسی")
    expect(page.locator(".checker[lang=fa][dir=rtl] .good")).to_contain_text(commitment)
    choice = page.locator(".checker select")
    expect(choice).to_be_focused()
    languages = choice.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert len(languages) == 16
    for language in (*languages, "da"):
        choice.select_option(language)
        expect(page.locator(f".checker[lang={language}]")).to_be_visible()
        assert (language, Axe().run(page).response["violations"]) == (language, [])


def _opened_by_a_phone(page, commitment: str, opening: str, named: str) -> None:
    """The phone's own camera opens the page anew for each code; neither is left in the address."""
    page.goto(f"{CHECK}#{commitment}")
    expect(page.locator(".checker .good")).to_contain_text(commitment)
    again = page.context.new_page()
    again.goto(f"{CHECK}#{opening}")
    expect(again.locator(".sealed-names")).to_have_text(named)
    # Whoever is to keep the code is shown it: nothing else has it any more.
    expect(again.locator(".checker")).to_contain_text(commitment)
    assert again.url.endswith(CHECK)
    assert Axe().run(again).response["violations"] == []
    assert page.evaluate("localStorage.length") == 0


def _alarms(page, other: str, opening: str) -> None:
    """An opening without a commitment before it proves nothing, and one that is of another ballot is an alarm.

    A second code takes nothing from the first: else a tablet would show, for the opening, another code and that one's opening.
    """
    page.goto(f"{CHECK}#{opening}")
    expect(page.locator(".verdict")).to_contain_text("før kontrolkoden var læst")
    page.get_by_role("button", name="Begynd forfra").click()
    field, use = page.get_by_label("Teksten i koden"), page.get_by_role("button", name="Brug teksten")
    for code in ("hej", other, "A" * 43, opening):
        if code == opening:
            expect(page.locator(".warning")).to_contain_text("en anden kontrolkode end den, der blev læst først")
            assert Axe().run(page).response["violations"] == []
        field.fill(code)
        use.click()
    expect(page.locator(".verdict")).to_contain_text("en anden stemme end den, kontrolkoden hører til")
    expect(page.locator(".checker")).to_contain_text(other)


def _looked_for_in_the_urn(page, opened: tuple[str, str], cast: tuple[str, str]) -> None:
    """After the close the page says that an opened ballot was not cast, and raises the alarm where a house cast it."""
    for (commitment, opening), said in (
        (opened, "Den åbnede stemme ligger ikke i urnen"),
        (cast, "Alarm – Den åbnede stemme ligger i urnen. Det må den aldrig."),
    ):
        page.goto(CHECK)
        for code in (commitment, opening):
            page.get_by_label("Teksten i koden").fill(code)
            page.get_by_role("button", name="Brug teksten").click()
        expect(page.locator(".checker [role=status]")).to_contain_text(said)
    assert Axe().run(page).response["violations"] == []


def _stopped(page) -> None:
    """A download that never comes can be stopped, and nothing is said of the election."""
    page.goto(PAGE)
    page.route(re.compile(r"election\.bel$"), lambda _route: None, times=1)
    with page.expect_request(re.compile(r"election\.bel$")):
        page.get_by_role("button", name="Hent arkivet, og kontrollér alt").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".verdict")).to_contain_text("Den siger intet om valget")


def _chosen(page, path) -> None:
    """An election of somebody else's making holds in itself; on this page it does not pass for this one."""
    path.write_bytes(write_story((small_election().setup,)))
    page.get_by_label("Vælg arkivet").set_input_files(path)
    page.get_by_role("button", name="Kontrollér filen").click()
    expect(page.locator(".verdict").first).to_contain_text("Filen hører til et andet valg", timeout=15_000)


def _hold_up(text: str, path) -> None:
    """What a camera sees of a QR code."""
    film(PaperSlip(text, qrcode.make(text, box_size=8).get_image().convert("RGB")), path)
