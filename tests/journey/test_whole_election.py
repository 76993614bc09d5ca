"""One whole election in real browsers on real servers, from founding to the record, as its people live through it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tarfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import journey_board as board
import journey_polling as polling
import journey_secretariat as secretariat
import pikepdf
import pytest
from journey_board import KeyHolder
from journey_camera import cut_slips, film
from journey_house import FOUNDER, fetch, votingapp
from journey_people import heading
from journey_rules import ANNA, ANNE, BO, CANDIDATES, LUKASZ, OZLEM, VOTERS, extract_of_today, rules_of_today
from journey_secretariat import SLUG
from playwright.sync_api import expect

from ballots.protocol.credentials import generate_credential

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from journey_camera import PaperSlip
    from journey_people import Town
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

BOARD = (("formand", "Birgit Lund"), ("naestformand", "Ewa Kowalska"), ("medlem", "Hassan Yılmaz"))
LINES = {ANNA: "sygeplejerske", ANNE: "buschauffør"}
REASON = "Du bor i en anden kommune og kan derfor ikke stille op."
SLIPS = 8
OFFICE_ADDRESSES = (
    "/", f"/{SLUG}/", *(
        f"/{SLUG}/{page}"
        for page in (
            "candidates", "rules", "rules.toml", "result", "stand", "election.bel", "counts.json", "lots.json",
            "result.json", "record.pdf", "record.json",
        )
    ),
)  # fmt: skip
BOOTH_ADDRESSES = (f"/{SLUG}/", f"/{SLUG}/election.json")


def test_a_whole_election(town: Town, launch: Callable[..., Browser], tmp_path: Path) -> None:
    """From the founding to the record every desk does its part, and the outcome is what was cast, for all to check."""
    founder = town.official(FOUNDER, town.house.one_time_password)
    secretariat.found_election(founder, rules_of_today(datetime.now(UTC)))
    receipts = _nominate(town)
    _decide(town, founder, receipts)
    holders, desk = _hire(town, founder)
    chair = holders[0].page
    _make_key(founder, holders)
    slips = _print(chair)
    _freeze_and_open(chair)

    _admit(town, desk, holders[1].page)
    before = _everything_public(town)
    codes = _vote(town, launch, slips, tmp_path)
    assert _everything_public(town) == before
    _is_silent_before_close(town, chair)

    board.take_step(chair, "Luk afstemningen", "Der ligger 3 stemmer i urnen.")
    _count(town, holders)
    published = _publish(town, tmp_path)
    _is_what_was_cast(published, codes, tmp_path)
    _is_a_record(published["record.pdf"])
    _keeps_no_secret(town, slips, holders)


def _nominate(town: Town) -> dict[str, str]:
    """Five people stand, one of them in English on the way; answers their receipt numbers."""
    receipts = {}
    for person in CANDIDATES:
        visitor = town.visitor()
        if person is LUKASZ:
            _read_in_english(visitor)
        receipts[person.name] = secretariat.stand(visitor, person, f"Jeg er {person.name}.\nVi skal tale sammen.")
        if person is OZLEM:
            town.look_over(visitor)
            visitor.goto(f"/{SLUG}/stand")
            town.look_over(visitor)
        visitor.context.close()
    return receipts


def _read_in_english(page: Page) -> None:
    page.goto(f"/{SLUG}/stand")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(
        page.get_by_label("I declare on my honour that I have an ethnic background other than Danish.")
    ).to_be_visible()
    page.get_by_role("button", name="Dansk").click()
    expect(page.locator("html")).to_have_attribute("lang", "da")


def _decide(town: Town, page: Page, receipts: dict[str, str]) -> None:
    """The extract comes in; four are accepted, two of them with a line to tell them apart; one is refused and reads why."""
    secretariat.take_in_extract(
        page, extract_of_today(), len(CANDIDATES) + len(VOTERS), len(CANDIDATES) + len(VOTERS) - 1
    )
    for person in (OZLEM, LUKASZ, ANNA, ANNE):
        secretariat.accept(page, person)
    secretariat.refuse(page, BO, REASON)
    page.goto(f"/{SLUG}/poll")
    expect(page.get_by_role("main")).to_contain_text("1 par kandidater hedder næsten det samme.")
    for person, line in LINES.items():
        secretariat.tell_apart(page, person, line)
    page.goto(f"/{SLUG}/poll")
    expect(page.get_by_role("main")).not_to_contain_text("hedder næsten det samme")
    page.goto(f"/{SLUG}/secretariat/")
    town.look_over(page)
    visitor = town.visitor()
    visitor.goto(f"/{SLUG}/stand/{receipts[BO.name]}")
    expect(visitor.get_by_role("main")).to_contain_text(REASON)
    visitor.goto("/")
    town.look_over(visitor)
    visitor.goto(f"/{SLUG}/candidates")
    town.look_over(visitor)
    names = visitor.locator("ol.cards h2")
    expect(names).to_have_count(4)
    assert {re.sub(r"^\d+\. ", "", name) for name in names.all_inner_texts()} == {
        person.name for person in (OZLEM, LUKASZ, ANNA, ANNE)
    }
    expect(visitor.get_by_role("main")).to_contain_text("buschauffør")
    visitor.context.close()


def _hire(town: Town, page: Page) -> tuple[list[KeyHolder], Page]:
    """Three members of the board and one official at the desk sign in with their one-time passwords."""
    passwords = {login: secretariat.hire(page, login, name, "board") for login, name in BOARD}
    desk = secretariat.hire(page, "bord1", "Lis Møller", "desk")
    holders = [KeyHolder(name, town.official(login, passwords[login])) for login, name in BOARD]
    return holders, town.official("bord1", desk)


def _make_key(page: Page, holders: list[KeyHolder]) -> None:
    """Each member makes her part on her own device, and all see the same fingerprint as the house shows."""
    board.begin_ceremony(page, holders)
    for holder in holders:
        board.write_card(holder)
    prints = {board.fingerprint(holder) for holder in holders}
    page.goto(f"/{SLUG}/ceremony")
    assert prints == {page.locator("p.code").inner_text()}
    assert len({holder.card for holder in holders}) == len(holders)


def _print(chair: Page) -> list[PaperSlip]:
    """Eight slips come out of the printer, each with a code of its own."""
    slips = cut_slips(board.print_slips(chair, SLIPS))
    assert len({slip.credential for slip in slips}) == SLIPS
    return slips


def _freeze_and_open(chair: Page) -> None:
    board.wait_for_deadline(chair)
    board.take_step(chair, "Lås valget", "Valget er låst.")
    expect(chair.get_by_role("table", name="Kandidater i stemmesedlens rækkefølge").locator("tbody tr")).to_have_count(
        4
    )
    board.take_step(chair, "Åbn afstemningen", "Afstemningen er åben.")


def _admit(town: Town, desk: Page, other_desk: Page) -> None:
    """Three voters are admitted, by number or by name; the one who comes again elsewhere is told when and where she was."""
    polling.sit_down(desk, "Bord 1")
    town.look_over(desk)
    polling.find_by_cpr(desk, VOTERS[0])
    town.look_over(desk)
    polling.admit(desk)
    polling.find_by_name(desk, "sørensen", VOTERS[2].birth_date)
    polling.admit(desk)
    town.look_over(desk)
    polling.sit_down(other_desk, "Bord 2")
    polling.find_by_cpr(other_desk, VOTERS[0])
    polling.is_told_of_admission(other_desk, "Bord 1")
    town.look_over(other_desk)
    polling.find_by_cpr(other_desk, VOTERS[1])
    polling.admit(other_desk)


def _vote(town: Town, launch: Callable[..., Browser], slips: list[PaperSlip], folder: Path) -> list[str]:
    """One voter shows her slip to the camera, one types it, one votes blank; slips that cannot vote are told why."""
    film(slips[0], folder / "slip.y4m")
    camera = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={folder / 'slip.y4m'}",
    )
    tablet = town.tablet(camera)
    tablet.goto("/")
    heading(tablet, "Vis din stemmeseddel")
    town.look_over(tablet)
    polling.show_slip(tablet)
    codes = [polling.cast(tablet, OZLEM.name, LUKASZ.name)]
    town.look_over(tablet)
    polling.leave(tablet, codes[0])
    polling.show_slip(tablet)
    polling.is_refused(tablet, "Der er allerede stemt med denne stemmeseddel.")

    tablet = town.tablet()
    tablet.goto("/")
    polling.type_slip(tablet, slips[1].credential[:-1])
    polling.is_refused(tablet, "Koden er ikke skrevet rigtigt.")
    polling.type_slip(tablet, generate_credential("nLq13U8vNxgdGn", lambda length: bytes(range(length))))
    polling.is_refused(tablet, "Denne kode hører ikke til valget.")
    polling.type_slip(tablet, slips[0].credential)
    polling.is_refused(tablet, "Der er allerede stemt med denne stemmeseddel.")
    town.look_over(tablet)
    polling.type_slip(tablet, slips[1].credential.replace("-", ""))
    heading(tablet, "Sæt dit kryds")
    town.look_over(tablet)
    tablet.get_by_role("button", name="English").click()
    expect(tablet.locator("html")).to_have_attribute("lang", "en")
    heading(tablet, "Make your choice")
    tablet.get_by_role("button", name="Dansk").click()
    codes.append(polling.cast(tablet, OZLEM.name, ANNA.name))
    polling.leave(tablet, codes[1])
    polling.type_slip(tablet, slips[2].credential)
    codes.append(polling.cast(tablet))
    polling.leave(tablet, codes[2])
    _is_full(tablet, slips[3])
    return codes


def _is_full(tablet: Page, slip: PaperSlip) -> None:
    """A slip that nobody was admitted for is not taken: the urn never holds more ballots than voters were admitted."""
    polling.type_slip(tablet, slip.credential)
    heading(tablet, "Sæt dit kryds")
    tablet.get_by_label("Stem blankt").check()
    tablet.get_by_role("button", name="Fortsæt").click()
    tablet.get_by_role("button", name="Afgiv min stemme").click()
    heading(tablet, "Stemmen blev ikke modtaget")
    expect(tablet.get_by_role("main")).to_contain_text("Urnen kan ikke tage imod flere stemmer lige nu.")


def _everything_public(town: Town) -> dict[str, tuple[int, bytes]]:
    """Every public answer of both servers, without the tokens that differ from one reading to the next."""
    urls = [town.house.office + address for address in OFFICE_ADDRESSES]
    urls += [town.house.booth + address for address in BOOTH_ADDRESSES]
    token = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"')
    return {url: (status, token.sub(b"", body)) for url in urls for status, body in [fetch(url)]}


def _is_silent_before_close(town: Town, chair: Page) -> None:
    """Nobody is told how many have voted, the board included; what is only known after the count is not there."""
    for name in ("counts.json", "lots.json", "result.json", "record.pdf", "record.json"):
        assert fetch(f"{town.house.office}/{SLUG}/{name}")[0] == 404
    for page in ("count", "poll"):
        chair.goto(f"/{SLUG}/{page}")
        expect(chair.get_by_role("main")).not_to_contain_text("Stemmer i urnen")
    bodies = [json.loads(body) for body in _records(fetch(f"{town.house.office}/{SLUG}/election.bel")[1]).values()]
    assert not any(isinstance(body, dict) and "credential" in body for body in bodies)


def _count(town: Town, holders: list[KeyHolder]) -> None:
    """The ballots are added up, two of three members open the sum, and the tie for the second seat is settled by lot."""
    chair = holders[0].page
    board.add_up(chair, 3)
    for holder in (holders[0], holders[2]):
        board.open_share(holder, 3)
    chair.goto(f"/{SLUG}/count")
    town.look_over(chair)
    visitor = town.visitor()
    visitor.goto(f"/{SLUG}/result")
    expect(visitor.get_by_role("heading", name="Der skal trækkes lod")).to_be_visible()
    visitor.context.close()
    board.draw_lot(chair, [f"{ANNA.name} ({LINES[ANNA]})", LUKASZ.name])
    elected = chair.locator("ol").first.locator("li")
    expect(elected).to_have_text([OZLEM.name, f"{ANNA.name} ({LINES[ANNA]})"])


def _publish(town: Town, folder: Path) -> dict[str, Path]:
    """The result stands on the public page with everything that is needed to check it."""
    visitor = town.visitor()
    visitor.goto(f"/{SLUG}/")
    visitor.get_by_role("link", name="Se resultatet").click()
    heading(visitor, "Resultat")
    town.look_over(visitor)
    main = visitor.get_by_role("main")
    expect(main).to_contain_text("Valgt, forbeholdt Byrådets godkendelse.")
    expect(main).to_contain_text("Vidner: Birgit Lund, Hassan Yılmaz.")
    files = {}
    for name in ("election.bel", "rules.toml", "counts.json", "lots.json", "result.json", "record.pdf", "record.json"):
        with visitor.expect_download() as download:
            visitor.get_by_role("link", name=name, exact=True).click()
        files[name] = folder / name
        download.value.save_as(files[name])
    return files


def _is_what_was_cast(files: dict[str, Path], codes: list[str], folder: Path) -> None:
    """The archive verifies, holds every receipt, and gives the counts of what was cast; the seats follow from them."""
    checked = votingapp("verify", files["election.bel"], "--json", home=folder / "nowhere")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    verdict = json.loads(checked.stdout)
    counts = json.loads(files["counts.json"].read_bytes())
    votes = {one["name"].split(" (")[0]: one["votes"] for one in counts["candidates"]}
    assert votes == {OZLEM.name: 2, LUKASZ.name: 1, ANNA.name: 1, ANNE.name: 0}
    assert (verdict["ballots"], counts["blank"], counts["invalid"]) == (3, 1, 0)
    assert verdict["result"] == [1, *(one["votes"] for one in counts["candidates"])]

    records = _records(files["election.bel"].read_bytes())
    ballots = {name for name, body in records.items() if body.startswith(b'{"election_uuid":')}
    assert {base64.b64decode(f"{code}=").hex() for code in codes} == ballots

    allocated = votingapp("allocate", files["rules.toml"], files["counts.json"], "--lots", files["lots.json"])
    assert allocated.returncode == 0, allocated.stderr
    assert json.loads(allocated.stdout) == json.loads(files["result.json"].read_bytes())


def _is_a_record(path: Path) -> None:
    """The record is a PDF for the archive and for screen readers, and names the election."""
    with pikepdf.open(path) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
        assert metadata["dc:title"] == "Valgprotokol: Valg til Integrationsrådet i Køge, i dag"
        assert str(document.Root.Lang) == "da-DK"


def _keeps_no_secret(town: Town, slips: list[PaperSlip], holders: list[KeyHolder]) -> None:
    """No slip's code, no key card and no candidate's CPR number stands in any file that the house has written."""
    secrets = [slip.credential for slip in slips]
    secrets += [re.sub(r"\s", "", holder.card) for holder in holders]
    secrets += [person.cpr for person in (*CANDIDATES, *VOTERS)]
    kept = town.house.kept() | {"log": town.house.log.read_bytes()}
    found = [name for name, body in kept.items() for secret in secrets if secret.encode() in body]
    assert found == []


def _records(archive: bytes) -> dict[str, bytes]:
    """Every record of an archive under the hash that it has, read with Python's own tar reader."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        bodies = [tar.extractfile(member) for member in tar]
        return {hashlib.sha256(body).hexdigest(): body for file in bodies if file for body in [file.read()]}
