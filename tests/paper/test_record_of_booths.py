"""The papers of the booths: two count them before the urn is added up, and what differs stands in the record, explained by two."""

from __future__ import annotations

import html
import json
import re

import pytest
from auditing import Page
from board import AFTER_NOMINATIONS, seat_board
from pypdfium2 import PdfDocument
from recorded import draft

from ballots.poll import Obstacle, ObstacleCode
from tally.paper import InvalidReason, PaperFigures
from tally.paper_record import RecordFigures
from tally.record import PaperRecord, missing, to_json
from votingapp.desks.count import tallying
from votingapp.desks.paper import recording
from votingapp.documents.record import render_record
from votingapp.store import apart, audit, counts, paper_records, publication
from votingapp.store.settled import ResultKnown
from votingapp.store.two_counts import TwoCounts

AUDIT = '\n[audit]\npaper_record = true\ndeposit = "before_cast"\ncounted = "{}"\n'


@pytest.fixture
def closed(found_election, koege_rules, on_paper):
    """Seat a board whose booths printed, with so many ballots: `closed(store, "by_candidate", (1,), ())`."""

    def close(store, counted: str, *choices, on_ballots: int = 0):
        seated = seat_board(store, found_election(store, rules_text=koege_rules + AUDIT.format(counted)))
        seated.prepare(slips=8)
        seated.vote(*choices, meanwhile=lambda: on_paper(seated, on_ballots))
        return seated

    return close


def agree(board, figures):
    """Two find the same."""
    for member in board.members[:2]:
        found = recording.enter(board.store, member, board.election, figures)
    assert found == apart.Agreed(figures)


def explain(board, account, expected, found, text="Printeren svigtede ved boks 2."):
    return recording.explain(
        board.store, board.election, account, (expected, found), text, (board.members[0], board.members[1])
    )


def published(board):
    with board.store.reading() as connection:
        return publication.published(connection, board.now())


def told_in(record) -> str:
    """What the record says on paper, wherever its lines are broken."""
    pages = (page.get_textpage().get_text_bounded() for page in PdfDocument(render_record(record)))
    return re.sub(r"[\s\u200b\u00ad]", "", " ".join(pages))


def test_the_urn_waits_until_the_papers_are_counted_and_explained(any_store, closed):
    """Nobody opens the urn before two found the same number, and two explained it where it is another than that of the ballots."""
    board = closed(any_store, "number", (1,), (2,), ())
    tally = lambda: tallying.compute_tally(any_store, board.chair, board.election)  # noqa: E731
    assert tally() == tallying.NotSettled((Obstacle(ObstacleCode.PAPER_RECORD_UNCOUNTED),))
    assert recording.enter(any_store, board.chair, board.election, RecordFigures(2, 0, 1)) == apart.Waiting()
    differing = recording.enter(any_store, board.members[1], board.election, RecordFigures(3, 0, 1))
    assert isinstance(differing, apart.Differ)
    agree(board, RecordFigures(2, 0, 1))
    assert tally() == tallying.NotSettled((Obstacle(ObstacleCode.PAPER_RECORD_UNEXPLAINED),))
    assert explain(board, "paper_record", 3, 3) == recording.OtherFigures()
    assert explain(board, "paper_record", 3, 2) == recording.Explained()
    assert explain(board, "paper_record", 3, 2) == recording.Explained(), "pressed twice, kept once"
    assert explain(board, "paper_record", 3, 2, "Noget andet.") == recording.ExplainedBefore()
    board.count()
    record = draft(board)
    assert record.paper_record == PaperRecord("before_cast", "number", 2, 0, 1)
    (account,) = (one for one in record.reconciliation if one.account == "paper_record")
    assert (account.difference, account.explanation) == (-1, "Printeren svigtede ved boks 2.")
    assert account.signed_by == ("Anne", "Birk")
    said = told_in(record)
    for words in ("Kontrolsedler, talt i hånden", "Printeren svigtede", "Givet tilbage og kasseret"):
        assert re.sub(r"\s", "", words) in said
    with any_store.reading() as connection:
        told = [json.loads(one.details) for one in audit.entries(connection, board.election.id) if "record" in one.act]
    assert [one["outcome"] for one in told[:4]] == ["waiting", "differ", "waiting", "agreed"]
    assert not any({"votes", "blank"} & set(one) for one in told)


def test_papers_by_candidate_have_a_table_of_their_own(store, closed, monkeypatch):
    """What the papers say stands apart from what is counted as votes, is in no sum, and is not counted once the urn is."""
    board = closed(store, "by_candidate", (1,), (2,), (2,), (2,), (), (3,))
    agree(board, RecordFigures(6, 0, 0, 1, (1, 3, 1)))
    board.count()
    record = draft(board)
    assert record.paper_record == PaperRecord("before_cast", "by_candidate", 6, 0, 0, 1, (1, 3, 1))
    assert [one.votes for one in record.candidates] == [1, 3, 1]
    assert (record.turnout.ballots, record.turnout.paper_ballots, record.turnout.blank) == (6, 0, 1)
    assert json.loads(to_json(record))["paper_record"]["votes"] == [1, 3, 1]
    assert "Hvadkontrolsedlernesiger" in told_in(record)
    monkeypatch.setattr(TwoCounts, "result_of", lambda *_: None)
    late = RecordFigures(6, 0, 0, 1, (1, 3, 1))
    assert recording.enter(store, board.chair, board.election, late) == ResultKnown()


def test_papers_that_say_something_else_are_explained_before_the_result_is_public(any_store, closed):
    """The urn is opened without them, and nothing of it is published before two have said why they differ."""
    board = closed(any_store, "by_candidate", (1,), (2,), (2,), (2,), (), (3,))
    agree(board, RecordFigures(6, 0, 0, 1, (2, 2, 1)))
    board.count()
    assert published(board) is None
    with any_store.reading() as connection:
        assert counts.outcome(connection, board.now()) is None
    assert explain(board, "paper_record_votes", 0, 1, "Vi ved det ikke.") == recording.Explained()
    record = draft(board)
    assert [one.votes for one in record.candidates] == [1, 3, 1], "the result is that of the urn"
    (account,) = (one for one in record.reconciliation if one.account == "paper_record_votes")
    assert (account.counted, account.explanation) == (1, "Vi ved det ikke.")
    assert missing(record) == missing(record.__class__(**{**_fields(record), "paper_record": None}))


def test_a_result_that_waits_for_words_is_not_said_to_wait_for_the_sum(store, closed, client):
    """The sum is open and stands in the archive: who reads the page of the result is told so, and what it waits for."""
    board = closed(store, "by_candidate", (1,), (2,))
    page = f"/{board.election.slug}/result"
    assert "når valgbestyrelsen har åbnet summen" in html.unescape(client.get(page).text)
    agree(board, RecordFigures(2, 0, 0, 0, (2, 0, 0)))
    board.count()
    waiting = html.unescape(client.get(page).text)
    assert "når valgbestyrelsen har åbnet summen" not in waiting
    assert "når to personer har forklaret en forskel" in waiting
    assert f'href="/{board.election.slug}/election.bel"' in waiting


def _fields(record):
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_the_votes_of_few_without_a_paper_are_not_shown(store, closed):
    """Where one voter's paper failed, the papers by candidate would be her vote."""
    board = closed(store, "by_candidate", (1,), (2,), (2,), (2,), (), (3,))
    agree(board, RecordFigures(5, 0, 0, 1, (1, 3, 0)))
    explain(board, "paper_record", 6, 5)
    board.count()
    record = draft(board)
    assert (record.paper_record.papers, record.paper_record.blank, record.paper_record.votes) == (5, None, None)
    assert "nogle få vælgeres stemmer kunne regnes ud".replace(" ", "") in told_in(record)


def test_papers_by_candidate_wait_for_the_ballots_of_paper(any_store, closed, enter):
    """Who had counted the papers would know what the urn will give, and what would help, while the ballots are counted."""
    board = closed(any_store, "by_candidate", (1,), (2,), on_ballots=1)
    papers, ballots = (
        RecordFigures(2, 0, 0, 0, (1, 1, 0)),
        PaperFigures((1, 0, 0), 1, 0, tuple((one, 0) for one in InvalidReason)),
    )
    for member in board.members[:2]:
        assert recording.enter(any_store, member, board.election, papers) == recording.BallotsFirst()
        enter(board, member, ballots)
    agree(board, papers)


def test_nothing_is_counted_that_the_rules_do_not_ask_for(store, board, closed, found_election):
    """Not without the clause, not by candidate where the number is asked for, nor before the close."""
    plain = board(store)
    assert recording.enter(store, plain.chair, plain.election, RecordFigures(0, 0, 0)) == recording.NotAsked()
    with store.reading() as connection:
        assert paper_records.recorded(connection, plain.election, 0) is None
        assert paper_records.accounts(connection, plain.election, None) == ()


def test_the_page_leads_two_through_the_count(
    store, found_election, koege_rules, add_staff, clock, office, sign_in, client
):
    """Each enters on her own login; what is missing is explained on the same page by two passwords."""
    clock.move_to(AFTER_NOMINATIONS)
    election = found_election(store, rules_text=koege_rules + AUDIT.format("by_candidate"))
    board, slug = seat_board(store, election, add_staff), election.slug
    board.prepare()
    board.vote((1,), (2,))
    page = f"/{slug}/paper/record"
    chair, birk = sign_in(client, "anne"), sign_in(office.test_client(), "birk")
    assert f'href="{page}">Til kontrolsedlerne' in chair.get(f"/{slug}/count").text
    assert "Kontrolsedlerne er ikke talt." in html.unescape(chair.get(f"/{slug}/poll/closing").text)

    def send(browser, step, data):
        token = Page(browser.get(page).text).tokens[0]
        return browser.post(f"{page}/{step}", data=data | {"csrf_token": token})

    found = {
        "papers": "1",
        "unreadable": "0",
        "spoilt": "2",
        "blank": "0",
        "votes-0": "1",
        "votes-1": "0",
        "votes-2": "0",
    }
    assert send(chair, "count", found | {"votes-0": "2"}).status_code == 422
    assert send(chair, "count", found | {"papers": "x"}).status_code == 422
    assert send(chair, "count", found).status_code == 302
    assert send(chair, "count", found).status_code == 409
    assert "Anne har skrevet sine tal" in html.unescape(birk.get(page).text)
    assert send(birk, "count", found).status_code == 302
    said = {"account": "paper_record", "expected": "2", "found": "1", "text": "En vælger tog sedlen med."}
    assert send(chair, "explain", said | signed_by("anne")).status_code == 422
    assert send(chair, "explain", said | signed_by("birk")).status_code == 302
    late = send(chair, "explain", said | signed_by("birk") | {"text": "Noget andet."})
    assert (late.status_code, "Jeres forklaring er ikke gemt." in html.unescape(late.text)) == (409, True)
    assert "En vælger tog sedlen med. (Anne, Birk)" in html.unescape(chair.get(page).text)


def signed_by(login: str) -> dict[str, str]:
    """The fields in which a second official signs."""
    return {"second_login": login, "second_password": "en lang og god sætning"}
