"""Three members make a key and two of them open the sum, in real browsers, and nothing secret is ever on the wire."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from board import AFTER_NOMINATIONS, Board, seat_board
from in_a_thread import serving
from key_holders import Device, all_secrets, assert_nothing_leaked, make_own_sheet, seed_of, sign_in
from key_sheets import agree, make_sheet, print_sheet, show_text, try_key
from playwright.sync_api import expect
from recorded import draw_up, signatures

from ballots.key_sheet import Place, sheet_code, sheet_mark, sheet_words
from ballots.poll import ObstacleCode
from ballots.protocol.hashing import digest_hex
from ballots.protocol.threshold.trial import TrialSum
from votingapp.desks.ceremony import confirming
from votingapp.desks.ceremony.service import Taken
from votingapp.desks.count import tallying
from votingapp.desks.poll import service as poll
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.resources import bundle_dir
from votingapp.store import confirmations, counts, keys, record_signatures
from votingapp.store.record_signatures import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route


PATIENCE_MS = 60_000

pytestmark = pytest.mark.browser


@pytest.fixture
def seated(store, found_election, add_staff, clock) -> Board:
    clock.move_to(AFTER_NOMINATIONS)
    return seat_board(store, found_election(store), add_staff)


@pytest.fixture
def address(office, request) -> str:
    """The office, served on this machine."""
    if not (bundle_dir() / "ceremony.js").is_file():
        subprocess.run(["node", "build.mjs"], cwd=request.config.rootpath / "frontend", check=True)
    with serving(office) as address:
        yield address


@pytest.fixture
def devices(address: str, seated: Board, browser: Browser) -> Iterator[list[Device]]:
    """Three browsers that know nothing of one another, each with a member signed in."""
    expect.set_options(timeout=PATIENCE_MS)
    found = []
    for member in seated.members:
        context = browser.new_context(base_url=address, locale="da-DK")
        context.set_default_timeout(PATIENCE_MS)
        device = Device(member, context.new_page())
        sign_in(device.page, member.login)
        device.listen(context)
        found.append(device)
    yield found
    for device in found:
        device.page.context.close()


def agreement_of(store, seated: Board) -> str:
    with store.reading() as connection:
        return confirmations.agreement_of(connection, seated.now())


def test_the_sheet_is_one_page_that_opens_with_what_is_not_on_it(seated: Board, devices: list[Device], store):
    """Printed, it is one page with signs, words and square and without the passphrase; a wrong sheet is told as what it is."""
    slug, device = seated.election.slug, devices[0]
    seated.start()
    device.page.route(
        "**/rules.toml", lambda route: route.fulfill(body="andre regler", content_type="application/toml")
    )
    device.page.goto(f"/{slug}/ceremony/key")
    expect(device.page.locator("#agreement-differs")).to_be_visible()
    expect(device.page.locator("#agreement-fits")).to_be_hidden()
    device.page.unroute("**/rules.toml")
    device.page.reload()
    assert agree(device.page) == agreement_of(store, seated)
    device.page.get_by_label("Adgangssætning", exact=True).fill("for kort")
    device.page.get_by_role("button", name="Jeg har skrevet sætningen ned").click()
    expect(device.page.locator("#passphrase-short")).to_be_visible()
    device.page.reload()
    sheet = make_sheet(device.page)
    paper, square = print_sheet(device.page)
    place = Place(seated.election.urn_uuid, 1)
    bare = sheet.signs.replace(" ", "")
    mark = sheet_mark(sheet.seed(place))
    assert square == sheet_code(place, mark, bare)
    assert sheet_words(bare) == tuple(sheet.words.split())
    assert all(text in paper for text in (sheet.signs, mark, "Anne", *sheet.words.split()))
    assert sheet.passphrase not in paper
    assert "Jeg har arket på papir" not in paper, "only the sheet is printed"
    device.page.get_by_role("button", name="Jeg har arket på papir").click()
    assert bare not in device.page.content().replace(" ", ""), "it is on paper alone now"
    for text, reason in (
        (sheet_code(Place(place.uuid, 2), mark, bare), "member"),
        (sheet_code(Place("8Hoxqx4h8LYyzR", 1), mark, bare), "election"),
        (sheet_code(place, "00000000", bare), "ceremony"),
        (sheet.words.replace(sheet.words.split()[3], "xyz"), "word"),
        (bare[:-1], "unreadable"),
    ):
        show_text(device.page, text, sheet.passphrase)
        device.is_refused(reason)
    assert seated.ceremony().members[0].certificate is None, "nothing is sent before the sheet was tried"
    device.page.get_by_role("button", name="Lav et nyt ark").click()
    other = make_sheet(device.page)
    assert (other.signs, other.passphrase) != (sheet.signs, sheet.passphrase)
    device.page.get_by_role("button", name="Jeg har arket på papir").click()
    show_text(device.page, square, sheet.passphrase)
    device.is_refused("ceremony")
    assert isinstance(seated.send(seated.chair, keys.Step.CERTIFICATE), Taken), "her other window was first"
    device.show(other)
    expect(device.page.locator("#made-elsewhere")).to_be_visible()
    expect(device.page.locator("#working")).to_be_hidden()


def signs_the_record(devices: list[Device], slug: str, seated: Board) -> None:
    """Each hashes on her own device what she is to sign, and signs it with her sheet; another's sheet is refused."""
    drawn = draw_up(seated)
    for device, other in zip(devices, reversed(devices), strict=True):
        page = device.page
        page.goto(f"/{slug}/record")
        page.get_by_role("link", name="Underskriv med mit nøgleark").click()
        expect(page.locator("#checked")).to_be_visible()
        expect(page.locator("#ask-sheet")).to_be_hidden()
        assert page.locator("#pdf-mark").inner_text().replace(" ", "") == drawn.pdf_sha256
        assert page.locator("#content-mark").inner_text().replace(" ", "") == drawn.content_sha256
        page.get_by_role("button", name="Kontrolsummerne er ens hos os alle").click()
        device.show(other.sheet)
        expect(page.locator("#sheet-wrong")).to_be_visible()
        device.show(device.sheet)
        expect(page.locator("#done")).to_be_visible()
    assert {one.way for one in signatures(seated).values()} == {Way.KEY}
    with seated.store.reading() as connection:
        assert record_signatures.signed_by_all(connection, seated.election)


def test_a_key_is_made_and_the_sum_is_opened(seated: Board, devices: list[Device], store, settings):
    """From three empty browsers to a result: one key seen alike by all, a reload survived, a wrong part refused, two that open the sum."""
    slug = seated.election.slug
    seated.start()
    for device in devices:
        make_own_sheet(device, f"/{slug}/ceremony/key")
        if device is devices[1]:
            device.page.reload()
            device.show(devices[0].sheet)
            device.is_refused("passphrase")
            device.show(device.sheet)
    for device in devices:
        expect(device.page.locator("#done")).to_be_visible()
    shown = {device.page.locator("#fingerprint").inner_text() for device in devices}
    assert shown == {keys.key_fingerprint(seated.ceremony().trustees().combined_public_key)}
    assert_nothing_leaked(devices, seated)

    seated.nominate("Bo Østergård", "Aase Æbelø")
    seated.keep_slips(4)
    assert codes(seated.freeze()) == [ObstacleCode.TRIAL_MISSING]
    loses_one_sheet(devices, slug, seated)
    setup = poll.freeze(store, seated.chair, seated.election).seal.setup
    for device in devices[:2]:
        is_shown_the_set_up(device, slug, setup)
    stops_at_another_one(devices[2], slug, seated)
    assert_nothing_leaked(devices, seated)
    seated.hold_poll((1,), (2,), (2,), ())
    tallying.compute_tally(store, seated.chair, seated.election)
    marks = open_the_sum(devices, slug)
    with store.reading() as connection:
        outcome = counts.outcome(connection, seated.election)
        kept_sum = counts.count_of(connection, seated.election.id).encrypted_tally
    assert marks == {digest_hex(kept_sum)}
    assert [candidate.votes for candidate in outcome.counts.candidates] == [1, 2]
    assert outcome.counts.blank == 1

    signs_the_record(devices[:2], slug, seated)
    assert_nothing_leaked(devices, seated)
    refusals = [complaint for device in devices for complaint in device.complaints]
    assert [code for code in ("422", "409") for said in refusals if code in said] == ["422", "409"]
    assert len(refusals) == 2
    kept = b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert not [secret for secret in all_secrets(devices, seated) if secret.encode() in kept]


def codes(outcome: Obstructed) -> list[ObstacleCode]:
    return [obstacle.code for obstacle in outcome.obstacles]


def loses_one_sheet(devices: list[Device], slug: str, seated: Board) -> None:
    """The first sheet is taken for lost: the other two open the trial sum, one of them only after another's sheet was refused."""
    address = f"/{slug}/ceremony/trial"
    devices[1].page.goto(address)
    devices[1].show(devices[0].sheet)
    devices[1].is_refused("passphrase")
    try_key(devices[1].page, address, devices[1].sheet)
    expect(devices[1].page.locator("#missing")).to_have_text("1")
    try_key(devices[2].page, address, devices[2].sheet)
    expected = TrialSum(seated.election.urn_uuid, seated.ceremony().trustees().combined_public_key).number
    for device in devices[1:]:
        expect(device.page.locator("#number")).to_have_text(str(expected))
    devices[0].page.goto(f"/{slug}/ceremony")
    expect(devices[0].page.get_by_text("Det kan gøres uden Anne.")).to_be_visible()
    is_told_another_number(devices[1].page)


def is_told_another_number(page: Page) -> None:
    """A house that opens the trial sum to another number than the key makes it is not believed."""

    def lie(route: Route) -> None:
        answer = route.fetch()
        said = answer.json()
        route.fulfill(response=answer, json=said | {"trial": said["trial"] | {"number": 999}})

    page.route("**/ceremony/state", lie)
    page.reload()
    expect(page.locator("#trouble-refused")).to_be_visible()
    expect(page.locator("#done")).to_be_hidden()
    page.unroute("**/ceremony/state")


def is_shown_the_set_up(device: Device, slug: str, setup: str) -> None:
    """The device finds the hash itself, as a stranger, with its own part of the key in it, and its holder confirms."""
    page = device.page
    with page.expect_request("**/election.bel") as archive, page.expect_request("**/openness") as shown:
        page.goto(f"/{slug}/ceremony/confirm")
    expect(page.locator("#setup-fits")).to_be_visible()
    assert not {"cookie", "authorization"} & {*archive.value.all_headers(), *shown.value.all_headers()}
    assert {page.locator(place).inner_text().replace(" ", "") for place in ("#found-setup", "#shown-setup")} == {setup}
    expect(page.locator("#mark-unknown")).to_be_hidden()
    page.get_by_role("button", name="Det er det samme: bekræft").click()
    expect(page.locator("main .notice").first).to_contain_text("Du har bekræftet.")


def stops_at_another_one(device: Device, slug: str, seated: Board) -> None:
    """A public page with another hash, and a set-up without the key that this browser made, leave her nothing but to stop."""
    page, kept = device.page, device.page.evaluate("JSON.stringify(localStorage)")
    page.route("**/openness", lambda route: route.fulfill(body=f"<p id=setup>{'0' * 64}</p>", content_type="text/html"))
    page.goto(f"/{slug}/ceremony/confirm")
    expect(page.locator("#setup-differs")).to_be_visible()
    expect(page.locator("#setup-fits")).to_be_hidden()
    page.unroute("**/openness")
    page.evaluate(f"localStorage.setItem('own-key-{seated.election.urn_uuid}', 'another')")
    page.reload()
    expect(page.locator("#setup-differs")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("#mark-unknown")).to_be_visible()
    assert page.locator("#own-mark").inner_text() == sheet_mark(seed_of(device, seated.election, 3))
    page.evaluate("(kept) => Object.assign(localStorage, JSON.parse(kept))", kept)
    page.get_by_text("Noget passer ikke: stop").click()
    page.get_by_role("button", name="Stop her").click()
    expect(page.get_by_text("Ceremonien er stoppet af Cilla.")).to_be_visible()
    assert isinstance(seated.open(), Obstructed)
    confirming.lift_stop(seated.store, seated.members[:2], seated.election, "Det var en prøve.")


def test_a_browser_opens_one_sum_of_an_election(seated: Board, devices: list[Device], store):
    """Who was shown one sum of this election is not led to open another: the house could show an urn with a single ballot."""
    slug = seated.election.slug
    seated.prepare("Bo Østergård", "Aase Æbelø", slips=1)
    seated.vote((1,))
    tallying.compute_tally(store, seated.chair, seated.election)
    page = devices[0].page
    page.evaluate(f"localStorage.setItem('opened-sum-{seated.election.urn_uuid}', 'another')")
    page.goto(f"/{slug}/count/decryption")
    expect(page.locator("#ballots-in-urn")).to_have_text("1")
    devices[0].compare()
    expect(page.locator("#trouble-refused")).to_be_visible()
    expect(page.locator("#ask-sheet")).to_be_hidden()


def test_a_share_that_was_tampered_with_stops_the_member(seated: Board, devices: list[Device], store):
    """A dealing that the house exchanged is noticed in the browser, and the member is told to stop and call."""
    slug = seated.election.slug
    seated.start()
    first = devices[0]
    make_own_sheet(first, f"/{slug}/ceremony/key")
    for member in seated.members[1:]:
        seated.send(member, keys.Step.CERTIFICATE)
    expect(first.page.locator('#members [data-position="1"] span')).to_have_text("2")
    for member in seated.members[1:]:
        seated.send(member, keys.Step.DEALING, exchange_secrets(seated.message(member, keys.Step.DEALING)))
    expect(first.page.locator("#trouble-refused")).to_be_visible()
    expect(first.page.locator("#trouble-detail")).not_to_be_empty()
    assert seated.ceremony().members[0].share is None


def open_the_sum(devices: list[Device], slug: str) -> set[str]:
    """The first one's part is wrong and refused by name; the two others go on; her next is too late. The marks that they saw."""
    marks = set()
    devices[0].page.route("**/count/decryption", spoil_first_part())
    for device in devices:
        device.page.goto(f"/{slug}/count")
        device.page.get_by_role("link", name="Åbn min del").click()
        expect(device.page.locator("#ballots-in-urn")).to_have_text("4")
        expect(device.page.locator("#ask-sheet")).to_be_hidden()
        marks.add(device.page.locator("#sum-mark").inner_text().replace(" ", ""))
        device.compare()
        device.show(device.sheet)
        if device is devices[0]:  # a wrong part is refused by name, and the ceremony goes on with the other two
            expect(device.page.get_by_role("alert")).to_contain_text("Din del blev afvist, Anne")
            expect(device.page.locator("#refused-detail")).to_contain_text("decryption_proof")
            expect(device.page.locator("#working")).to_be_hidden()
            device.page.get_by_role("link", name="Prøv igen").click()
            device.compare()
        else:
            expect(device.page.locator("#done")).to_be_visible()
    devices[0].show(devices[0].sheet)  # too late: the two others have opened the sum
    expect(devices[0].page.locator("#unused")).to_be_visible()
    expect(devices[0].page.locator("#done")).to_be_hidden()
    return marks


def spoil_first_part() -> Callable[[Route], None]:
    """Send two factors in each other's place, once, as a device gone bad might; everything else is let through."""
    spoilt = []

    def pass_on(route: Route) -> None:
        if route.request.method != "POST" or spoilt:
            route.continue_()
            return
        record = json.loads(route.request.post_data)
        row = record["decryption_factors"][0]
        row[0], row[1] = row[1], row[0]
        spoilt.append(record)
        route.continue_(post_data=json.dumps(record, separators=(",", ":")))

    return pass_on


def exchange_secrets(dealing: bytes) -> bytes:
    """Hand out the sealed shares to the wrong members, as a dishonest dealer might; the house cannot see it."""
    record = json.loads(dealing)
    record["secrets"] = record["secrets"][1:] + record["secrets"][:1]
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()


def test_without_scripts_the_page_says_why(address: str, seated: Board, devices: list[Device]):
    """Whoever has switched scripts off learns that her part of the key can only be made in her own browser."""
    seated.start()
    context = devices[0].page.context.browser.new_context(base_url=address, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, seated.chair.login)
    page.goto(f"/{seated.election.slug}/ceremony/key")
    expect(page.get_by_text(re.compile("kræver JavaScript"))).to_be_visible()
    context.close()
