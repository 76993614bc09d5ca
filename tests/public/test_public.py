"""The public pages before the count: everybody may read them, and none of them knows anything of the urn."""

import hashlib
import re
from datetime import UTC, datetime

import pytest
from board import seat_board
from restamped import restamp

from votingapp.web.languages import LANGUAGES

PAGES = tuple(
    f"/koege-2021/{name}"
    for name in (
        "",
        "candidates",
        "how-to-vote",
        "timetable",
        "rules",
        "eligibility",
        "openness",
        "trust",
        "hall",
        "receipt",
        "result",
        "verify",
        "check",
    )
)


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


def test_an_empty_house_has_a_front_page(client):
    """Before the first election the front page says that there is none."""
    assert "ikke udskrevet noget valg" in client.get("/").text


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_everybody_may_read_in_seven_languages(client, election, page):
    """Each public page opens without signing in, in every language, and says which one and which way it runs."""
    for language in LANGUAGES:
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}">' in answer.text


def test_the_front_page_lists_every_election_newest_day_first(client, store, election, found_election, koege_rules):
    """Elections of several years stand by election day, and a rehearsal left over in the house says that it is one."""
    later = koege_rules.replace("2021-11-23", "2021-11-30")
    found_election(store, "senere", later, rehearsal=True)
    restamp(store.engine, rehearsal=False)
    page = client.get("/").text
    assert page.index("/senere/") < page.index("/koege-2021/")
    assert page.count("PRØVEVALG") == 1
    assert "PRØVEVALG" in client.get("/senere/candidates").text


@pytest.mark.parametrize(
    ("at", "says", "may_stand"),
    [
        (datetime(2021, 11, 3, 22, 59, 59, tzinfo=UTC), "ikke begyndt endnu", False),
        (datetime(2021, 11, 3, 23, 0, tzinfo=UTC), "stille op nu", True),
        (datetime(2021, 11, 16, 11, 0, tzinfo=UTC), "stille op nu", True),
        (datetime(2021, 11, 16, 11, 0, 1, tzinfo=UTC), "Opstillingen er slut", False),
    ],
)
def test_the_election_page_says_where_the_election_is(client, election, clock, at, says, may_stand):
    """The page follows the clock: the way to the nomination form stands there exactly while it is open."""
    clock.move_to(at)
    page = client.get("/koege-2021/").text
    assert says in page
    assert ('href="/koege-2021/stand"' in page) == may_stand


def test_the_rules_are_given_as_adopted(client, election, koege_rules):
    """The file is byte for byte the adopted one, and the hash beside the plain words is the hash of these bytes."""
    page = client.get("/koege-2021/rules").text
    answer = client.get("/koege-2021/rules.toml")
    assert answer.data == koege_rules.encode()
    assert hashlib.sha256(answer.data).hexdigest() in page
    for words in (
        "fyldt 18 år",
        "Køge Kommune",
        "16. november 2021 kl. 12.00.00",
        "5 medlemmer",
        "1 kandidat.",
        "7 dage",
    ):
        assert words in page


def test_the_rules_of_reserved_seats_name_the_groups(client, store, found_election):
    """Køge's rules for 2014 say how many seats are kept for whom."""
    from votingapp.resources import rulesets_dir  # noqa: PLC0415 - only this test reads the old rules

    found_election(store, "koege-2013", (rulesets_dir() / "koege-2014.toml").read_text(encoding="utf-8"))
    page = client.get("/koege-2013/rules").text
    assert "3 pladser er forbeholdt kandidater fra gruppen ikke-vestlig" in page
    assert "2 pladser er forbeholdt kandidater fra gruppen vestlig" in page


def test_an_election_that_does_not_exist_is_not_found(client):
    """An invented address is answered with a page of the house."""
    assert client.get("/ingen-steder/").status_code == 404


FIGURES = (
    "election.bel",
    "receipts.txt",
    "counts.json",
    "paper.json",
    "lots.json",
    "result.json",
    "record.pdf",
    "record.json",
)


def test_before_the_freeze_there_is_no_file_about_ballots(client, election):
    """No download exists before there is something that everybody may have."""
    assert {client.get(f"/koege-2021/{name}").status_code for name in FIGURES} == {404}


def test_no_public_page_changes_while_votes_are_cast(client, store, election, add_staff):
    """From the opening to the close every public page and file is the same with no ballot in the urn as with many."""
    board = seat_board(store, election, add_staff)
    board.prepare()
    board.freeze()
    board.open()
    everything = ("/", *PAGES, *(f"/koege-2021/{name}" for name in FIGURES))
    empty = [_without_token(client.get(path)) for path in everything]
    board.issue_slips(3)
    for slip in board.slips[:3]:
        board.cast(slip, 1)
    assert [_without_token(client.get(path)) for path in everything] == empty
    assert client.get("/koege-2021/counts.json").status_code == 404


def _without_token(answer) -> tuple[int, bytes]:
    return answer.status_code, re.sub(rb'name="csrf_token"[^>]*', b"", answer.data)
