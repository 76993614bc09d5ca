"""One whole election in real browsers on real servers, from founding to the record, as its people live through it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import journey_board as board
import journey_ceremonies as ceremonies
import journey_devices as devices
import journey_polling as polling
import journey_published as published
import journey_record as record
import journey_secretariat as secretariat
import pytest
from journey_board import KeyHolder
from journey_camera import cut_slips, film
from journey_house import FOUNDER, fetch
from journey_people import heading, listed
from journey_rules import (
    ANNA,
    ANNE,
    BO,
    CANDIDATES,
    LUKASZ,
    NAME,
    OZLEM,
    STANDING,
    VOTERS,
    extract_of_today,
    rules_of_today,
)
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
ANNA_ON_PAPER, ANNE_ON_PAPER = (f"{person.name} ({line})" for person, line in LINES.items())
CAST = {OZLEM.name: 2, LUKASZ.name: 1, ANNA_ON_PAPER: 1, ANNE_ON_PAPER: 0}
BLANK = 1
REASON = "Du bor i en anden kommune og kan derfor ikke stille op."
SLIPS = 8
FILES = (
    "election.bel",
    "rules.toml",
    "counts.json",
    "lots.json",
    "result.json",
    "record.pdf",
    "record.json",
    "record.docx",
    "signatures.json",
)
ANOTHER_ELECTION = "nLq13U8vNxgdGn"


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
    board.is_too_early(chair)
    town.house.wait(STANDING)
    _freeze(chair)
    assert len({board.confirm_setup(holder) for holder in holders}) == 1

    invitations = devices.invite(founder, desks=2, booths=2)
    polling.sit_down(desk, invitations, "Bord 1")
    polling.sit_down(holders[1].page, invitations, "Bord 2")
    ceremonies.give_slips(chair, "Bord 1", 4, "bord1")
    ceremonies.give_slips(chair, "Bord 2", 2, "naestformand")
    ceremonies.open_poll(chair, ("formand", "medlem"))
    _admit(town, desk, holders[1].page)
    before = published.everything_public(town.house)
    codes = [_vote_by_camera(town, launch, slips[0], tmp_path, invitations, founder)]
    tablet = town.tablet()
    polling.set_up(tablet, invitations, "Stemmeboks 2")
    _is_refused(town, tablet, slips[0])
    codes += _vote_by_typing(town, tablet, slips[1:3])
    _finds_the_urn_full(tablet, slips[3])
    polling.tells_nothing(town.wire, [slip.credential for slip in slips], ballots=4)
    assert published.everything_public(town.house) == before
    _is_silent_before_close(town, chair)

    ceremonies.close_poll(chair, ("formand", "medlem"), 3)
    _finds_the_poll_closed(tablet)
    ceremonies.settle(chair, {"Bord 1": 2, "Bord 2": 1, "Valgbestyrelsens kasse": 2}, "medlem")
    _count(town, holders)
    _put_on_record(town, holders)
    files = _publish(town, tmp_path)
    published.is_what_was_cast(files, CAST, BLANK, codes)
    published.is_a_record(files["record.pdf"], NAME)
    published.keeps_none_of(town.house, [slip.credential for slip in slips])
    published.keeps_none_of(town.house, [text for holder in holders for text in holder.sheet.spellings()])
    published.keeps_none_of(town.house, [person.cpr for person in (*CANDIDATES, *VOTERS)])


def _nominate(town: Town) -> dict[str, str]:
    """Five people stand, one of them in English on the way; answers their receipt numbers."""
    receipts = {}
    for number, person in enumerate(CANDIDATES, 1):
        visitor = town.visitor()
        if person is LUKASZ:
            _read_in_english(visitor)
        statement = f"Jeg er {person.name}.\nVi skal tale sammen."
        email = f"kandidat{number}@example.invalid"
        receipts[person.name] = secretariat.stand(town.house, visitor, person, email, statement)
        if person is OZLEM:
            town.look_over(visitor)
            visitor.goto(f"/{SLUG}/stand")
            town.look_over(visitor)
        visitor.context.close()
    return receipts


def _read_in_english(page: Page) -> None:
    page.goto(f"/{SLUG}/stand")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.locator(".language summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("main")).to_contain_text("an ethnic background other than Danish")
    page.locator(".language summary").click()
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
    for address in ("/sign-in", "/"):
        visitor.goto(address)
        town.look_over(visitor)
    visitor.goto(f"/{SLUG}/candidates")
    town.look_over(visitor)
    names = visitor.locator("ol.candidate-cards h2")
    expect(names).to_have_count(4)
    assert {re.sub(r"^\d+\. ", "", name) for name in names.all_inner_texts()} == {
        person.name for person in (OZLEM, LUKASZ, ANNA, ANNE)
    }
    expect(visitor.get_by_role("main")).to_contain_text("buschauffør")
    visitor.context.close()


def _hire(town: Town, page: Page) -> tuple[list[KeyHolder], Page]:
    """Three members of the board and one official at the desk sign in with their one-time passwords."""
    passwords = {login: secretariat.hire(page, login, name, "Valgbestyrelse") for login, name in BOARD}
    desk = secretariat.hire(page, "bord1", "Lis Møller", "Fremmøde")
    holders = [KeyHolder(name, town.official(login, passwords[login])) for login, name in BOARD]
    return holders, town.official("bord1", desk)


def _make_key(page: Page, holders: list[KeyHolder]) -> None:
    """Each member makes her part on her own device, and all see the same fingerprint as the house shows."""
    board.begin_ceremony(page, holders)
    for holder in holders:
        board.make_own_sheet(holder)
    prints = {board.fingerprint(holder) for holder in holders}
    board.try_key(holders[1:])
    page.goto(f"/{SLUG}/ceremony")
    assert prints == {page.locator("p.code").inner_text()}
    expect(page.get_by_text(f"Det kan gøres uden {holders[0].name}.")).to_be_visible()
    assert len({holder.sheet.signs for holder in holders}) == len(holders)


def _print(chair: Page) -> list[PaperSlip]:
    """Eight slips come out of the printer, each with a code of its own."""
    slips = cut_slips(board.print_slips(chair, SLIPS))
    assert len({slip.credential for slip in slips}) == SLIPS
    return slips


def _freeze(chair: Page) -> None:
    board.take_step(chair, "Lås valget", "Valget er låst.")
    expect(chair.get_by_role("table", name="Kandidater i stemmesedlens rækkefølge").locator("tbody tr")).to_have_count(
        4
    )


def _admit(town: Town, desk: Page, other_desk: Page) -> None:
    """Three voters are admitted, by number or by name; the one who comes again elsewhere is told when and where she was."""
    town.look_over(desk)
    polling.find_by_cpr(desk, VOTERS[0])
    town.look_over(desk)
    polling.admit(desk)
    polling.find_by_name(desk, "sørensen", VOTERS[2].birth_date)
    polling.admit(desk)
    town.look_over(desk)
    polling.find_by_cpr(other_desk, VOTERS[0])
    polling.is_told_of_admission(other_desk, "Bord 1")
    town.look_over(other_desk)
    polling.find_by_cpr(other_desk, VOTERS[1])
    polling.admit(other_desk)


def _vote_by_camera(
    town: Town,
    launch: Callable[..., Browser],
    slip: PaperSlip,
    folder: Path,
    invitations: dict[str, str],
    founder: Page,
) -> str:
    """A voter holds her slip up to the camera and votes; held up once more it is told to be spent."""
    film(slip, folder / "slip.y4m")
    camera = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={folder / 'slip.y4m'}",
    )
    tablet = town.tablet(camera)
    polling.set_up(tablet, invitations, "Stemmeboks 1")
    town.look_over(tablet)
    polling.begin(tablet)
    heading(tablet, "Vis din stemmeseddel")
    town.look_over(tablet)
    polling.show_slip(tablet)
    code = polling.cast(tablet, OZLEM.name, LUKASZ.name)
    town.look_over(tablet)
    polling.leave(tablet, code)
    polling.begin(tablet)
    polling.show_slip(tablet)
    polling.is_refused(tablet, "Der er allerede stemt med denne stemmeseddel.")
    _is_taken_out_of_use(town, founder, tablet)
    camera.close()
    return code


def _is_taken_out_of_use(town: Town, founder: Page, tablet: Page) -> None:
    """The booth's access is taken back: the waiting tablet says so by itself, and nobody can vote on it."""
    devices.revoke(founder, "Stemmeboks 1")
    heading(tablet, "Der kan ikke stemmes her lige nu")
    town.look_over(tablet)
    tablet.goto("/")
    heading(tablet, "Denne tablet er ikke tilsluttet")


def _is_refused(town: Town, tablet: Page, spent: PaperSlip) -> None:
    """A mistyped code, a slip of another election and a spent slip are each told in words of their own."""
    tablet.goto("/")
    polling.begin(tablet)
    polling.type_slip(tablet, spent.credential[:-1])
    polling.is_refused(tablet, "Koden er ikke skrevet rigtigt.")
    polling.type_slip(tablet, generate_credential(ANOTHER_ELECTION, lambda length: bytes(range(length))))
    polling.is_refused(tablet, "Denne kode hører ikke til valget.")
    polling.type_slip(tablet, spent.credential)
    polling.is_refused(tablet, "Der er allerede stemt med denne stemmeseddel.")
    town.look_over(tablet)


def _vote_by_typing(town: Town, tablet: Page, slips: list[PaperSlip]) -> list[str]:
    """One voter types her code without hyphens and looks at the paper in English; the next one votes blank."""
    polling.type_slip(tablet, slips[0].credential.replace("-", ""))
    heading(tablet, "Sæt dit kryds")
    town.look_over(tablet)
    polling.speak(tablet, "en")
    heading(tablet, "Make your choice")
    polling.speak(tablet, "da")
    codes = [polling.cast(tablet, OZLEM.name, ANNA.name)]
    polling.leave(tablet, codes[0])
    polling.begin(tablet)
    polling.type_slip(tablet, slips[1].credential)
    codes.append(polling.cast(tablet))
    polling.leave(tablet, codes[1])
    return codes


def _finds_the_urn_full(tablet: Page, slip: PaperSlip) -> None:
    """A slip that nobody was admitted for is not taken: the urn never holds more ballots than voters were admitted."""
    polling.begin(tablet)
    polling.type_slip(tablet, slip.credential)
    polling.seal_blank(tablet)
    heading(tablet, "Stemmen blev ikke modtaget")
    expect(tablet.get_by_role("main")).to_contain_text("Urnen kan ikke tage imod flere stemmer lige nu.")


def _finds_the_poll_closed(tablet: Page) -> None:
    """A tablet that is still on says that the poll is over."""
    tablet.get_by_role("button", name="Begynd forfra").click()
    heading(tablet, "Afstemningen er slut")
    expect(tablet.get_by_role("main")).to_contain_text("Der kan ikke længere stemmes.")


def _is_silent_before_close(town: Town, chair: Page) -> None:
    """Nobody is told how many have voted, the board included."""
    published.is_silent_before_close(town.house)
    for page in ("count", "poll"):
        chair.goto(f"/{SLUG}/{page}")
        expect(chair.get_by_role("main")).not_to_contain_text("Stemmer i urnen")


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
    board.draw_lot(chair, [ANNA_ON_PAPER, LUKASZ.name], BOARD[2][0])
    listed(chair, "Valgt, forbeholdt Byrådets godkendelse", [OZLEM.name, ANNA_ON_PAPER])


def _put_on_record(town: Town, holders: list[KeyHolder]) -> None:
    """Until the board has drawn it up there is no record to fetch; then those who opened and closed sign the same files."""
    chair = holders[0].page
    assert fetch(f"{town.house.office}/{SLUG}/record.pdf")[0] == 404
    record.state_all(chair, BOARD[2][0])
    town.look_over(chair)
    record.draw_up(chair, holders[0].name)
    assert len({record.sign(holder) for holder in (holders[0], holders[2])}) == 1
    chair.goto(f"/{SLUG}/record")
    expect(chair.get_by_role("main")).to_contain_text("Alle har underskrevet.")
    town.look_over(chair)


def _publish(town: Town, folder: Path) -> dict[str, Path]:
    """The result stands on the public page with everything that is needed to check it."""
    visitor = town.visitor()
    visitor.goto(f"/{SLUG}/")
    visitor.get_by_role("link", name="Se resultatet").click()
    heading(visitor, "Resultat")
    town.look_over(visitor)
    main = visitor.get_by_role("main")
    expect(main).to_contain_text("Valgt, forbeholdt Byrådets godkendelse.")
    listed(visitor, "Valgt, forbeholdt Byrådets godkendelse", [OZLEM.name, ANNA_ON_PAPER])
    listed(visitor, "Suppleanter", [LUKASZ.name, ANNE_ON_PAPER])
    expect(main).to_contain_text("Vidner: Birgit Lund, Hassan Yılmaz.")
    files = {}
    for name in FILES:
        with visitor.expect_download() as download:
            visitor.get_by_role("link", name=name, exact=True).click()
        files[name] = folder / name
        download.value.save_as(files[name])
    return files
