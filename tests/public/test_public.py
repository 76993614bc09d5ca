"""The public pages before the count: everybody may read them, and none of them knows anything of the urn."""

import hashlib
import re
from datetime import UTC, datetime

import pytest
from board import seat_board
from standing import DURING, NUMBERS, stand

from votingapp.desks.secretariat.decisions import service as decisions
from votingapp.store.staff import Role

PAGES = ("/koege-2021/", "/koege-2021/candidates", "/koege-2021/rules", "/koege-2021/stand", "/koege-2021/result")


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


@pytest.fixture
def clerk(store, election, add_staff):
    """A secretary."""
    return add_staff(store, election, "clerk", Role.SECRETARIAT)


def test_an_empty_house_has_a_front_page(client):
    """Before the first election the front page says that there is none."""
    assert "ikke udskrevet noget valg" in client.get("/").text


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_everybody_may_read_in_danish_and_english(client, election, page):
    """Each public page opens without signing in, in both languages."""
    for language in ("da", "en"):
        assert client.get(page, headers={"Accept-Language": language}).status_code == 200


def test_the_front_page_lists_every_election_newest_day_first(client, store, election, found_election, koege_rules):
    """Elections of several years stand by election day, and a rehearsal says that it is one."""
    later = koege_rules.replace("2021-11-23", "2021-11-30")
    found_election(store, "senere", later, rehearsal=True)
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
    for words in ("fyldt 18 år", "Køge Kommune", "16.11.2021 kl. 12:00", "5 medlemmer", "1 kandidat.", "7 dage"):
        assert words in page


def test_the_rules_of_reserved_seats_name_the_groups(client, store, found_election):
    """Køge's rules for 2014 say how many seats are kept for whom."""
    from votingapp.resources import rulesets_dir  # noqa: PLC0415 - only this test reads the old rules

    found_election(store, "koege-2013", (rulesets_dir() / "koege-2014.toml").read_text(encoding="utf-8"))
    page = client.get("/koege-2013/rules").text
    assert "3 pladser er forbeholdt kandidater fra gruppen ikke-vestlig" in page
    assert "2 pladser er forbeholdt kandidater fra gruppen vestlig" in page


def test_only_accepted_candidates_are_shown(client, store, election, clerk, clock):
    """Who waits, was refused, withdrew or came late is not on the list; who was accepted is, with line and statement."""
    clock.move_to(DURING)
    accepted = stand(store, election, "Åse <b>Ærø</b>", NUMBERS[0], statement="Første linje\nAnden <i>linje</i>")
    refused = stand(store, election, "Afvist Person", NUMBERS[1])
    stand(store, election, "Ventende Person", NUMBERS[2])
    gone = stand(store, election, "Fortrudt Person", NUMBERS[3])
    decisions.accept(store, clerk, election, accepted.id, "set pas")
    decisions.set_line(store, clerk, election, accepted.id, "lærer & træner")
    decisions.refuse(store, clerk, election, refused.id, "bor ikke i Køge")
    decisions.accept(store, clerk, election, gone.id, "set pas")
    decisions.withdraw(store, clerk, election, gone.id)
    clock.move_to(datetime(2021, 11, 16, 11, 0, 1, tzinfo=UTC))
    stand(store, election, "Sen Person", "0101800001")
    page = client.get("/koege-2021/candidates").text
    assert "Åse &lt;b&gt;Ærø&lt;/b&gt;" in page
    assert "lærer &amp; træner" in page
    assert "Anden &lt;i&gt;linje&lt;/i&gt;" in page
    assert "Person" not in page
    assert accepted.receipt not in page
    assert "x@eksempel.dk" not in page


def test_candidates_stand_in_the_danish_alphabet_until_they_have_numbers(client, store, election, clerk, clock):
    """Before the freeze Aa stands with Å, after Ø and Z."""
    clock.move_to(DURING)
    for name, number in zip(("Aage Bo", "Ømer Ek", "Zia Dam", "Carla Vik"), NUMBERS, strict=True):
        filed = stand(store, election, name, number)
        decisions.accept(store, clerk, election, filed.id, "set pas")
    names = re.findall(r"<h2>(.*?)</h2>", client.get("/koege-2021/candidates").text)
    assert names == ["Carla Vik", "Zia Dam", "Ømer Ek", "Aage Bo"]


def test_an_election_shows_nothing_of_another(client, store, election, found_election, clerk, clock):
    """The candidates of one election do not stand on the pages of its neighbour."""
    found_election(store, "naboby-2021")
    clock.move_to(DURING)
    filed = stand(store, election, "Kun I Køge")
    decisions.accept(store, clerk, election, filed.id, "set pas")
    assert "Kun I Køge" not in client.get("/naboby-2021/candidates").text
    assert "Kun I Køge" not in client.get("/").text


def test_an_election_that_does_not_exist_is_not_found(client):
    """An invented address is answered with a page of the house."""
    assert client.get("/ingen-steder/").status_code == 404


FIGURES = ("election.bel", "counts.json", "lots.json", "result.json", "record.pdf", "record.json")


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
