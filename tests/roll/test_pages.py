"""The secretariat prints the roll and its cards; addresses leave no trace, every print an entry, and each look a note."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from polling import keep_register, person
from roll_papers import AASE, BENT, CARLA, EVERYBODY, HIDDEN, YOUNG, codes, texts
from sqlalchemy import select

from votingapp.desks.roll import cards
from votingapp.paper_roll.state import Noted, Why, note_alive, note_failure, note_written
from votingapp.store import audit, looks, poll_cards
from votingapp.store.looks import What
from votingapp.store.poll_cards import InForce
from votingapp.store.staff import Role
from votingapp.store.tables import metadata

PAGE = "/koege-2021/secretariat/roll"
STREET = "Hemmelighedsvej 17, st. th."
AT = datetime(2021, 11, 23, 17, 2, 30, tzinfo=UTC)
ADDRESSES = f"cpr;adresse;by\n{AASE.cpr.number};{STREET};4600 Køge\n{HIDDEN.cpr.number};{STREET};4600 Køge\n".encode()


@pytest.fixture
def closed_rules(koege_rules) -> str:
    """The rules of Køge with a closed roll."""
    return koege_rules.replace('roll = "open"', 'roll = "closed"')


@pytest.fixture
def election(store, keep_roll, closed_rules):
    return keep_roll(store, rules_text=closed_rules)


@pytest.fixture
def clerk(store, election, add_staff):
    return add_staff(store, election, "clerk", Role.SECRETARIAT)


@pytest.fixture
def desk(client, clerk, sign_in):
    """The secretary's browser."""
    return sign_in(client, clerk.login)


@pytest.fixture
def board_desk(store, election, office, add_staff, sign_in):
    """The browser of a member of the board."""
    add_staff(store, election, "bo", Role.BOARD)
    return sign_in(office.test_client(), "bo")


@pytest.fixture
def order(desk):
    """Ask for cards: `order(who="others", ...)`; `file` is an address file."""

    def ask(file: bytes | None = None, **fields):
        data = {"csrf_token": token(desk), "who": "others"} | fields
        if file is not None:
            data["addresses"] = (io.BytesIO(file), "adresser.csv")
        return desk.post(f"{PAGE}/cards", data=data, content_type="multipart/form-data")

    return ask


def token(browser, page: str = PAGE) -> str:
    return browser.get(page).text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def entries(store, election) -> list[audit.Entry]:
    with store.reading() as connection:
        return [one for one in audit.entries(connection, election.id) if one.act.startswith(("poll_card", "roll_"))]


def details(store, election) -> list[dict]:
    return [json.loads(one.details) for one in entries(store, election)]


def looks_at(store, election, whom) -> list[What]:
    with store.reading() as connection:
        found = looks.of_subject(connection, election.id, store.vault.hash_cpr(election.id, whom.cpr.number))
    return [one.what for one in found]


def names_of(store, election, pdf: bytes) -> list[str]:
    """Whom the codes on a paper lead to."""
    with store.reading() as connection:
        found = [poll_cards.recognise(connection, store.vault, election.id, code) for code in codes(pdf)]
    assert all(isinstance(one, InForce) for one in found)
    return [one.holder.name for one in found]


def test_everybody_on_the_roll_gets_a_card(order, store, election):
    """The cards lead to those who may vote, by number; the protected are left for a paper of their own."""
    answer = order()
    assert answer.mimetype == "application/pdf"
    assert names_of(store, election, answer.data) == ["Bent Ærø", "Carla", "Åse Østergård"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="koege-2021-valgkort-00001-00006.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    (entry,) = entries(store, election)
    assert entry.act == "poll_cards_printed"
    assert details(store, election)[0] == {"cards": 3, "addressed": 0, "protected": False, "first": 1, "last": 6}


def test_the_protected_get_theirs_in_a_paper_of_their_own(order, store, election):
    """Asked for, their cards are printed alone, with the name as the register has it, for the authority to send."""
    answer = order(ADDRESSES, who="protected")
    assert names_of(store, election, answer.data) == ["Dorte Skjult"]
    assert STREET in texts(answer.data)[0]
    assert "valgkort-beskyttede" in answer.headers["Content-Disposition"]
    assert details(store, election)[0]["protected"] is True


def test_addresses_are_printed_and_leave_no_trace(order, desk, store, election, settings, monkeypatch, caplog):
    """The address is on the card; no temporary file is made, and neither disk, database nor log has it afterwards."""

    def forbidden(*_args, **_kwargs):
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, forbidden)
    caplog.set_level("DEBUG")
    large = ADDRESSES + b"".join(b"%010d;Ukendtvej 1;4600 Koege\n" % (101000000 + n) for n in range(1, 100))
    large = b"".join(line for line in large.splitlines(keepends=True) if b"0101000" not in line)
    answer = order(large)
    pages = " ".join(texts(answer.data))
    assert STREET in pages
    assert pages.count("4600 Køge") == 1
    with store.reading() as connection:
        rows = [str(tuple(row)) for table in metadata.tables.values() for row in connection.execute(select(table))]
    kept = "\n".join([*rows, caplog.text]).encode()
    kept += b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert b"Hemmelighedsvej" not in kept
    assert AASE.cpr.number.encode() not in kept
    assert STREET not in desk.get(PAGE).text


def test_how_many_have_an_address_is_told(order, desk):
    """Who handed a file in reads how many cards it served, and that it names somebody who is not on the roll."""
    order(ADDRESSES + f"{YOUNG.cpr.number};Vej 1;4600 Køge\n".encode())
    page = desk.get(PAGE).text
    assert "Der er lavet 3 valgkort. 1 af dem har en adresse. 1 adresse i filen hører til en" in page


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"PK\x03\x04\x00\x00", "ikke en tekstfil"),
        (b"", None),
        (b"cpr;vej\nhej;Vej 1\n0101801234\n", "Første kolonne er ikke et CPR-nummer."),
    ],
)
def test_a_bad_address_file_prints_nothing(order, store, election, file, told):
    """What is wrong is told by line and without what stands there; an empty choice of file is none."""
    answer = order(file)
    if told is None:
        assert answer.status_code == 422
        assert "Filen er tom" in answer.text
    else:
        assert answer.status_code == 422
        assert told in answer.text
    assert AASE.cpr.number not in answer.text
    assert entries(store, election) == []


def test_some_numbers_can_be_printed_again(order, store, election):
    """After a paper jam the cards from one number to another are asked for, and nobody else's."""
    assert names_of(store, election, order(first="2", last="4").data) == ["Carla"]
    assert order(first="5", last="5").status_code == 422
    answer = order(first="0")
    assert answer.status_code == 422
    assert "Skriv et nummer fra 1." in answer.text


def test_many_cards_come_in_several_papers(order, store, election, monkeypatch):
    """More than one paper holds come in an archive, each named by its numbers."""
    monkeypatch.setattr(cards, "MOST_IN_ONE", 2)
    answer = order()
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["koege-2021-valgkort-00001-00002.pdf", "koege-2021-valgkort-00006-00006.pdf"]
        found = [name for one in archive.namelist() for name in names_of(store, election, archive.read(one))]
    assert found == ["Bent Ærø", "Carla", "Åse Østergård"]


def test_an_open_roll_is_asked_about_first(client, store, keep_roll, add_staff, sign_in):
    """Where anybody of age may come, cards go out only when somebody has said so."""
    election = keep_roll(store)
    add_staff(store, election, "clerk", Role.SECRETARIAT)
    browser = sign_in(client, "clerk")
    assert "Kort er kun en hjælp" in browser.get(PAGE).text
    refused = browser.post(f"{PAGE}/cards", data={"csrf_token": token(browser), "who": "others"})
    assert refused.status_code == 422
    assert "Sæt kryds" in refused.text
    answer = browser.post(f"{PAGE}/cards", data={"csrf_token": token(browser), "who": "others", "sure": "y"})
    assert names_of(store, election, answer.data) == ["Bent Ærø", "Carla", "Åse Østergård"]
    assert "Ved bordet læser du en erklæring" in texts(answer.data)[0]


def test_nobody_is_invited_to_a_poll_that_is_over(order, store, election, open_poll, close_poll):
    """After the close the page offers no cards, and a form from before gets none."""
    close_poll(store, open_poll(store, election))
    answer = order()
    assert answer.status_code == 409
    assert "Der laves ikke flere valgkort" in answer.text
    assert entries(store, election) == []


def test_without_an_extract_there_is_nothing_to_print(client, store, found_election, add_staff, sign_in):
    """The page leads to the extract, and a press gets a sentence and no empty paper."""
    election = found_election(store)
    add_staff(store, election, "clerk", Role.SECRETARIAT)
    browser = sign_in(client, "clerk")
    page = browser.get(PAGE).text
    assert "/koege-2021/secretariat/register" in page
    data = {"csrf_token": csrf_of(page), "who": "others", "sure": "y"}
    assert browser.post(f"{PAGE}/cards", data=data).status_code == 422
    assert browser.post(f"{PAGE}/list", data=data).status_code == 409


def csrf_of(page: str) -> str:
    return page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize("asked", [{"cpr": "010180-1234"}, {"name": "østergård", "birth_date": "01-01-1980"}])
def test_a_lost_card_is_found_and_printed_again(desk, store, election, order, asked):
    """Found by number or by name and birth date, the card is the same as before; look and print are noted."""
    before = codes(order().data)
    page = desk.submit(f"{PAGE}/card", asked)
    assert "Åse Østergård" in page.text
    assert AASE.cpr.number not in page.text
    assert looks_at(store, election, AASE) == [What.POLL_CARD]
    person_id = page.text.split('name="person_id" value="', 1)[1].split('"', 1)[0]
    answer = desk.post(f"{PAGE}/card/print", data={"csrf_token": csrf_of(page.text), "person_id": person_id})
    (code,) = codes(answer.data)
    assert code in before
    assert entries(store, election)[-1].act == "poll_card_printed"
    assert details(store, election)[-1] == {"person": person_id}


def test_who_is_not_on_the_roll_gets_no_card(desk, store, election):
    """A person too young to vote is not found, and the question about her is noted all the same."""
    page = desk.submit(f"{PAGE}/card", {"cpr": YOUNG.cpr.number})
    assert "Ingen på valglisten svarer til det" in page.text
    assert looks_at(store, election, YOUNG) == [What.POLL_CARD]
    nobody = {"csrf_token": csrf_of(page.text), "person_id": "00000000-0000-4000-8000-000000000000"}
    assert desk.post(f"{PAGE}/card/print", data=nobody).status_code == 409
    assert desk.post(f"{PAGE}/card/print", data=nobody | {"person_id": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Skriv enten CPR-nummeret eller både navn og fødselsdato."),
        ({"cpr": "3113801234"}, "Det er ikke et CPR-nummer"),
        ({"name": "Åse"}, "Skriv enten CPR-nummeret"),
        ({"name": "Åse", "birth_date": "i går"}, "Skriv datoen som dag, måned og år"),
    ],
)
def test_a_search_that_cannot_be_read_is_told(desk, election, asked, told):
    """What is missing is said, and a number is never shown again."""
    page = desk.submit(f"{PAGE}/card", asked)
    assert page.status_code == 422
    assert told in page.text
    assert "3113801234" not in page.text


def test_the_roll_is_fetched_before_the_poll(desk, store, election):
    """The secretariat has the plain roll for the desks, and the print is recorded."""
    answer = desk.post(f"{PAGE}/list", data={"csrf_token": token(desk)})
    page = " ".join(texts(answer.data))
    assert all(one.name in page for one in (AASE, BENT, CARLA, HIDDEN))
    assert YOUNG.name not in page
    assert details(store, election)[-1] == {"persons": 4, "last_number": 0}


def test_while_the_poll_is_open_only_the_board_sees_who_has_come(
    desk, board_desk, store, election, open_poll, admit, close_poll
):
    """The secretariat is refused until the close; the board has it with the numbers."""
    admit(store, open_poll(store, election), AASE)
    refused = desk.post(f"{PAGE}/list", data={"csrf_token": token(desk)})
    assert refused.status_code == 409
    assert "henter valgbestyrelsen valglisten" in refused.text
    answer = board_desk.post(f"{PAGE}/list", data={"csrf_token": token(board_desk)})
    assert "Seneste kvitteringsnummer: 1" in texts(answer.data)[0]
    close_poll(store, election)
    answer = desk.post(f"{PAGE}/list", data={"csrf_token": token(desk)})
    assert "Seneste kvitteringsnummer: 1" in texts(answer.data)[0]


def test_the_board_prints_no_cards_and_searches_nobody(board_desk):
    """Cards and searches are the secretariat's; the board is offered the roll alone."""
    page = board_desk.get(PAGE).text
    assert f'action="{PAGE}/cards"' not in page
    assert f'action="{PAGE}/list"' in page
    assert board_desk.get(f"{PAGE}/card").status_code == 403
    assert board_desk.post(f"{PAGE}/cards", data={"csrf_token": csrf_of(page)}).status_code == 403


def test_how_the_stick_stands_is_told(office, desk, board_desk, election, settings, stick):
    """The page says what is wrong and what to do; the last number is for the board alone."""
    office.extensions["settings"] = replace(settings, roll=stick)
    assert "Ingen skriver valglisten" in desk.get(PAGE).text
    note_alive(settings.home, same_disk=True)
    note_written(settings.home, election.id, Noted(AT, 57, "open", 6, ("x.pdf",)))
    page = desk.get(PAGE).text
    assert "23. november 2021 kl. 18.02" in page
    assert "computerens egen disk" in page
    assert "57" not in page.split("USB-nøglen</h2>")[1]
    assert "Seneste kvitteringsnummer: 57." in board_desk.get(PAGE).text
    note_failure(settings.home, election.id, Why.FULL, AT)
    page = board_desk.get(PAGE).text
    assert "forældet" in page
    assert "USB-nøglen er fuld" in page


def test_a_long_roll_comes_in_several_papers(desk, store, election, monkeypatch):
    """A roll of several parts comes in an archive."""
    monkeypatch.setattr("votingapp.paper_roll.composing.MOST_IN_ONE", 3)
    answer = desk.post(f"{PAGE}/list", data={"csrf_token": token(desk)})
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["koege-2021-valgliste-del-01.pdf", "koege-2021-valgliste-del-02.pdf"]


def test_cards_are_made_on_both_databases(any_store, keep_roll, closed_rules, add_staff):
    """The same order gives the same cards whichever database holds the roll."""
    election = keep_roll(any_store, rules_text=closed_rules)
    official = add_staff(any_store, election, "clerk")
    keep_register(any_store, election, *EVERYBODY, person("Aa", "0808808888"))
    printed = cards.print_cards(
        any_store, official, election, cards.Order(1, 999, protected=False, addresses=ADDRESSES)
    )
    assert (printed.cards, printed.addressed, printed.strangers) == (4, 1, 0)
    assert names_of(any_store, election, printed.papers[0].pdf) == ["Aa", "Bent Ærø", "Carla", "Åse Østergård"]
    (line,) = cards.search_cpr(any_store, official, election, CARLA.cpr)
    again = cards.print_again(any_store, official, election, line.person_id)
    assert names_of(any_store, election, again.papers[0].pdf) == ["Carla"]
