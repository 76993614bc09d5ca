"""From an empty home to a polling station that is ready, by the guided page alone; what that takes is counted and stands in the manual.

No time is measured: who clicks here is a program. The counts are what a person would have to do, and the manual reckons with them.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import zxingcpp
from journey_counting import PAGE_SECONDS, PRESS_SECONDS, SIGN_SECONDS, Book, Effort, Hand
from journey_house import FOUNDER, open_house
from journey_people import OWN_PASSWORD, PATIENCE_MS, Town, heading, told
from journey_rules import (
    ANNA,
    COPENHAGEN,
    LUKASZ,
    NAME,
    OZLEM,
    STANDING,
    extract_of_today,
    rules_of_today,
)
from journey_secretariat import SLUG
from PIL import Image
from playwright.sync_api import expect

from votingapp.resources import manual_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey_rules import Resident
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

CHAPTER = manual_dir() / "polling-station.md"
BOARD = (("formand", "Birgit Lund"), ("naestformand", "Ewa Kowalska"), ("medlem", "Hassan Yılmaz"))
DESK = ("bord1", "Lis Møller")
OTHERS_AT_DESKS = (
    "Jørgen Bæk",
    "Tove Aagaard",
    "Merve Yıldız",
    "Mogens Ærø",
    "Agnieszka Żak",
    "Karen Margrethe Holm",
    "Peter Østergaard",
)
DESKS = {"Bord 1": DESK[0], "Bord 2": BOARD[1][0]}
BOOTHS = ("Stemmeboks 1", "Stemmeboks 2")
GUIDE = "Gør valgstedet klar"
PASSPHRASE = "kajak kalender sommer vindue"
SUMS = {
    "opstiller": "Den, der stiller op",
    "sekretær": "Kandidaterne på papir",
}
"""Whose rows the manual adds up, and the words before the sum; whoever does a thing for herself is added to nobody's."""


@pytest.fixture
def town(tmp_path, bundle, browser) -> Iterator[Town]:
    """A house with both of its sticks, which nobody has used yet."""
    del bundle
    sticks = {name: tmp_path / name for name in ("VOTINGAPP_BACKUP", "VOTINGAPP_ROLL")}
    for stick in sticks.values():
        stick.mkdir()
    expect.set_options(timeout=PATIENCE_MS)
    with open_house(tmp_path, **{name: str(stick) for name, stick in sticks.items()}) as house:
        opened = Town(house, browser)
        yield opened
        assert opened.complaints == []
        assert "Traceback" not in house.log.read_text(encoding="utf-8")


def test_the_guided_page_leads_to_a_station_that_is_ready(town: Town) -> None:
    """Every step is reached from the guided page, which says at last that nothing is missing; the manual tells what it took."""
    book = Book()
    _type_the_commands(book)
    clerk = _enter(town, book, FOUNDER, town.house.one_time_password)
    _found(clerk, book)
    hired = _hire(clerk, book)
    _take_in_the_extract(clerk, book)
    for person in (OZLEM, LUKASZ, ANNA):
        _key_in(clerk, book, person)
    members = [_enter(town, book, login, hired[login]) for login, _name in BOARD]
    _make_the_key(clerk, members, book)
    chair = members[0]
    _print_slips(chair, book)
    town.house.wait(STANDING)
    _freeze(chair, book)
    for member in members[:2]:
        _confirm(member, book)

    _enter(town, book, DESK[0], hired[DESK[0]])
    codes = _invite(clerk, book)
    for name, login in DESKS.items():
        _join_desk(Hand(town.visitor(), book), book, codes[name], login)
    for name in BOOTHS:
        _join_booth(Hand(town.tablet(), book), book, codes[name])
    _give_slips(chair, book)
    _print_the_papers(chair, book)
    with book.row("Se efter en sidste gang"):
        chair.follow(GUIDE)
    expect(chair.page.locator(".answer.good")).to_contain_text("Klar")
    _stands_in_the_manual(book)


def _type_the_commands(book: Book) -> None:
    """The commands were run before the house opened, with other folders; typed are those of the manual."""
    block = re.search(r"## Tænd computeren.*?```\n(.*?)```", CHAPTER.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    lines = block[1].splitlines()
    with book.row("Kommandoerne på computeren"):
        book.add(presses=len(lines), signs=sum(map(len, lines)))


def _enter(town: Town, book: Book, login: str, given: str) -> Hand:
    """Sign in for the first time, by the scanned slip or with the code that the command printed, and choose a password."""
    hand = Hand(town.visitor(), book)
    if given.startswith(town.house.office):
        with book.row("Første login med egen adgangskode"):
            hand.scan(given)
            expect(hand.page.get_by_label("Brugernavn")).to_have_value(login)
            _choose_password(hand)
        return hand
    with book.row("Sekretærens første login"):
        hand.type_address(town.house.office)
        hand.follow("Log ind")
        hand.write("Brugernavn", login)
        hand.write("Adgangskode", given)
        _choose_password(hand)
    return hand


def _choose_password(hand: Hand) -> None:
    hand.button("Log ind")
    heading(hand.page, "Skift adgangskode")
    hand.write("Ny adgangskode", OWN_PASSWORD)
    hand.write("Ny adgangskode igen", OWN_PASSWORD)
    hand.button("Gem adgangskoden")
    told(hand.page, "Adgangskoden er ændret.")


def _guide(hand: Hand, link: str) -> None:
    """Go to the guided page, which stands in the navigation, and from there where it leads."""
    hand.follow(GUIDE)
    heading(hand.page, GUIDE)
    hand.follow(link)


def _found(clerk: Hand, book: Book) -> None:
    rules = rules_of_today(datetime.now(UTC)).encode()
    with book.row("Valget oprettes efter sine regler"):
        clerk.follow("Nyt valg")
        clerk.choose("Regelsæt", "Egen fil, som vælges herunder")
        clerk.hand_in("Egen fil (TOML)", {"name": "regler.toml", "mimeType": "application/toml", "buffer": rules})
        clerk.write("Kort navn i adressen", SLUG)
        clerk.button("Læs reglerne igennem")
        heading(clerk.page, "Er det de rigtige regler?")
        clerk.button("Opret valget")
        heading(clerk.page, "Sekretariatets overblik")


def _hire(clerk: Hand, book: Book) -> dict[str, str]:
    """Add and appoint as many as the manual's example has; answers the links of their slips, by login."""
    with book.row("Alle medarbejdere tilføjes og udpeges"):
        _guide(clerk, "Medarbejdere og roller")
        clerk.write("Valgbestyrelse", "\n".join(f"{name}, {login}" for login, name in BOARD))
        clerk.write("Fremmøde", "\n".join([f"{DESK[1]}, {DESK[0]}", *OTHERS_AT_DESKS]))
        clerk.button("Tilføj alle, og vis engangskoderne")
        heading(clerk.page, "Engangskoder til medarbejderne")
        sheet = clerk.fetch("Hent sedlerne med engangskoder (PDF)")
    with pypdfium2.PdfDocument(sheet.path()) as pdf:
        pages = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pdf]
    links = [square.text for page in pages for square in zxingcpp.read_barcodes(page)]
    assert len(links) == len(BOARD) + 1 + len(OTHERS_AT_DESKS)
    return {link.partition("#")[2].partition(":")[0]: link for link in links}


def _take_in_the_extract(clerk: Hand, book: Book) -> None:
    with book.row("Udtrækket fra folkeregisteret"):
        _guide(clerk, "Til udtrækket")
        file = {"name": "udtræk.csv", "mimeType": "text/csv", "buffer": extract_of_today()}
        clerk.hand_in("Udtræk (CSV-fil)", file)
        clerk.button("Indlæs til gennemsyn")
        heading(clerk.page, "Gennemsyn af udtræk")
        clerk.press(clerk.page.get_by_role("button", name=re.compile("^Tag udtrækket med")))
        told(clerk.page, "Udtrækket er taget i brug")


def _key_in(clerk: Hand, book: Book, person: Resident) -> None:
    received = datetime.now(COPENHAGEN) - timedelta(minutes=5)
    with book.row("En kandidat på papir tastes ind og godkendes"):
        _guide(clerk, "Til opstillingerne")
        clerk.follow("Tast et skema på papir ind")
        clerk.write("Modtaget", received.strftime("%Y-%m-%dT%H:%M"))
        clerk.write("Navn på stemmesedlen", person.name)
        clerk.write("CPR-nummer", person.cpr)
        clerk.write("Legitimation, du har set (kan udelades)", "Pas")
        clerk.tick("Kandidaten har underskrevet erklæringen.")
        clerk.tick("Kandidaten har underskrevet samtykket")
        clerk.button("Gem skemaet")
        clerk.button("Godkend kandidaten")
        told(clerk.page, "Kandidaten er godkendt.")


def _make_the_key(clerk: Hand, members: list[Hand], book: Book) -> None:
    with book.row("Nøgleceremonien begynder"):
        _guide(clerk, "Til nøgleceremonien")
        for _login, name in BOARD:
            clerk.tick(name)
        clerk.write("Så mange af dem skal være til stede for at åbne urnen", "2")
        clerk.button("Begynd ceremonien")
        told(clerk.page, "Nøgleceremonien er begyndt.")
    sheets: list[str] = []
    for member in members:
        with book.row("En nøgleholder laver sin del"):
            member.press(member.page.get_by_role("link", name=NAME).first)
            _guide(member, "Til nøgleceremonien")
            member.follow("Lav min del af nøglen")
            member.button("Det er det samme: gå videre")
            # In the place of the words that the device proposes, which are not always as long.
            member.page.get_by_label("Adgangssætning", exact=True).fill(PASSPHRASE)
            member.copy_by_hand(PASSPHRASE)
            member.button("Jeg har skrevet sætningen ned")
            expect(member.page.locator("#show-sheet")).to_be_visible()
            signs = member.page.locator("#sheet-signs").inner_text()
            sheets.append(signs)
            member.copy_by_hand(signs)
            member.button("Jeg har arket på papir")
            member.write("Fra nøglearket", signs)
            member.write("Din adgangssætning", PASSPHRASE)
            member.button("Gå videre")
            expect(member.page.locator("#working")).to_be_visible()
    for member in members:
        expect(member.page.locator("#done")).to_be_visible()
    for member, sheet in zip(members[:2], sheets, strict=False):
        with book.row("En nøgleholder prøver nøglen"):
            member.follow("Prøv nøglen med mit ark")
            member.write("Fra nøglearket", sheet)
            member.write("Din adgangssætning", PASSPHRASE)
            member.button("Gå videre")
            expect(member.page.locator("#working, #done").filter(visible=True)).to_be_visible()
    expect(members[1].page.locator("#number")).not_to_be_empty()


def _print_slips(chair: Hand, book: Book) -> None:
    with book.row("Stemmesedlerne printes"):
        _guide(chair, "Til stemmesedlerne")
        chair.write("Antal stemmesedler", "8")
        chair.fetch("Lav stemmesedler (PDF)")


def _freeze(chair: Hand, book: Book) -> None:
    with book.row("Valget låses"):
        _guide(chair, "Til låsning")
        form = _form(chair.page, "Lås valget")
        chair.press(form.get_by_role("checkbox"))
        chair.button("Lås valget")
        told(chair.page, "Valget er låst.")


def _confirm(member: Hand, book: Book) -> None:
    with book.row("En nøgleholder bekræfter det låste valg"):
        _guide(member, "Til bekræftelsen")
        member.follow("Bekræft det låste valg")
        expect(member.page.locator("#setup-fits")).to_be_visible()
        member.button("Det er det samme: bekræft")
        told(member.page, "Du har bekræftet")


def _invite(clerk: Hand, book: Book) -> dict[str, str]:
    with book.row("Koder til alle enheder"):
        _guide(clerk, "Til enhederne")
        clerk.write("Antal borde", "2")
        clerk.write("Antal stemmebokse", "2")
        clerk.button("Inviter, og vis koderne")
        heading(clerk.page, "Koder til enhederne")
        clerk.fetch("Hent arket med koderne (PDF)")
    found = {}
    for card in clerk.page.locator(".invitations > li").all():
        (square,) = zxingcpp.read_barcodes(Image.open(BytesIO(card.locator("img").screenshot())))
        found[card.get_by_role("heading").inner_text()] = square.text
    return found


def _join_desk(hand: Hand, book: Book, link: str, login: str) -> None:
    with book.row("Et bord tilsluttes"):
        _join(hand, link)
        told(hand.page, "Denne enhed er nu")
    with book.row("Bordets bemanding logger ind"):
        hand.write("Brugernavn", login)
        hand.write("Adgangskode", OWN_PASSWORD)
        hand.button("Log ind")
        heading(hand.page, "Find vælgeren")


def _join_booth(hand: Hand, book: Book, link: str) -> None:
    with book.row("En stemmeboks tilsluttes"):
        _join(hand, link)
        heading(hand.page, "Afstemningen er ikke åbnet")
        expect(hand.page.locator(".device")).to_contain_text("Stemmeboks")


def _join(hand: Hand, link: str) -> None:
    hand.scan(link)
    expect(hand.page.locator("input[name=code]")).to_have_value(link.partition("#")[2])
    hand.press(hand.page.get_by_role("button", name="Tilslut"))


def _give_slips(chair: Hand, book: Book) -> None:
    with book.row("Siden til bordenes stemmesedler"):
        _guide(chair, "Giv bordene stemmesedler")
    for desk, login in DESKS.items():
        with book.row("Et bord får sine stemmesedler"):
            row = chair.page.get_by_role("group", name=desk, exact=True)
            chair.write("Antal sedler i stakken", "3", within=row)
            chair.write("Den anden persons brugernavn", login, within=row)
            chair.write("Den anden persons adgangskode", OWN_PASSWORD, within=row)
    with book.row("Stakkene bekræftes"):
        chair.button("Vi har talt, og tallene passer")
        expect(chair.page.locator("main .notice").first).to_be_visible()


def _print_the_papers(chair: Hand, book: Book) -> None:
    with book.row("Papirstemmesedler printes"):
        _guide(chair, "Til papirstemmesedlerne")
        chair.write("Antal papirstemmesedler", "2")
        chair.fetch("Lav papirstemmesedler (PDF)")
    with book.row("Valglisten printes"):
        _guide(chair, "Til valgkort og valgliste")
        chair.fetch("Hent valglisten (PDF)")


def _form(page: Page, button: str) -> Locator:
    return page.locator("form", has=page.get_by_role("button", name=button, exact=True))


def _stands_in_the_manual(book: Book) -> None:
    """Each row of the manual's tables is what was counted, and its sums are what comes of the rows."""
    _text, _heading, section = CHAPTER.read_text(encoding="utf-8").partition("## Hvor lang tid det tager")
    lines = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", section, re.MULTILINE)
    written = [(name, who, int(times), Effort(*map(int, effort))) for name, who, times, *effort in lines]
    assert {name: effort for name, _who, _times, effort in written} == {name: book.cost(name) for name in book.rows}
    for who, said in SUMS.items():
        total = sum((effort * times for _name, whose, times, effort in written if whose == who), Effort())
        assert (
            f"{said}: {total.pages} sider, {total.presses} tryk og {total.signs} tegn, {_minutes(total)} minutter."
            in section
        )
    assert (
        f"{PAGE_SECONDS} sekunder for en side, {PRESS_SECONDS} for et tryk og {SIGN_SECONDS:n} for et tegn".replace(
            "0.5", "et halvt"
        )
        in section
    )

    _adds_up(section, written)


def _adds_up(section: str, written: list[tuple[str, str, int, Effort]]) -> None:
    """The totals follow from the rows and from what was guessed: two minutes to trust or to count, half a one to lock."""
    own = sum((effort * times for _name, whose, times, effort in written if whose == "opstiller"), Effort())
    desks = next(effort * times for name, _who, times, effort in written if name == "Et bord tilsluttes")
    guessed = 6 * 2 + 6 * 0.5 + 4 * 2
    slow = own.pages * PAGE_SECONDS + own.presses * 10 + own.signs
    assert f"Det er {guessed:.0f} minutter. **I alt {math.ceil(own.seconds / 60 + guessed)} minutter**" in section
    assert f"er det {math.ceil((own + desks).seconds / 60 + guessed + 4 * 2)} minutter." in section
    assert f"er de {math.ceil(own.seconds / 60 + guessed)} minutter {math.ceil(slow / 60 + guessed)}." in section


def _minutes(effort: Effort) -> int:
    return math.ceil(effort.seconds / 60)
