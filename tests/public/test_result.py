"""The public pages after the count: the figures, the seats, and everything needed to check them."""

import io
import json
import re

import pytest
from board import CANDIDATES, seat_board
from recorded import ask, draw_up, newest, sign

from candidates.clauses import BadInput
from tally.allocation import allocate_documents
from tally.audit.outcome import AuditOutcome, AuditState
from tally.signing import is_signature
from tally.verification import Accepted, verify_archive
from votingapp.desks.count import lots
from votingapp.desks.public import service
from votingapp.desks.public.door import ARCHIVES_AT_ONCE
from votingapp.desks.record import drawing_up
from votingapp.store import challenges, record_draft


@pytest.fixture
def board(store, found_election, add_staff):
    """A board whose poll has been prepared."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    return seated


def test_between_close_and_count_no_figure_is_shown(client, board):
    """A closed poll that nobody has counted yet says so, and its counts, seats and record are not to be had."""
    board.vote((1,), (1,), ())
    page = client.get("/koege-2021/result").text
    assert "Stemmerne tælles op" in page
    for name in ("counts.json", "paper.json", "lots.json", "result.json", "record.pdf", "record.json"):
        assert client.get(f"/koege-2021/{name}").status_code == 404


def test_the_result_is_shown_as_it_was_counted(client, board):
    """Each candidate's votes stand in ballot order, the blank ones apart, and the elected under the council's reservation."""
    board.vote((1,), (1,), (2,), ())
    board.count()
    page = client.get("/koege-2021/result").text
    first, second, third = (page.index(name) for name in CANDIDATES)
    assert first < second < third
    assert "forbeholdt Byrådets godkendelse" in page
    counts = client.get("/koege-2021/counts.json").get_json()
    assert [one["votes"] for one in counts["candidates"]] == [2, 1, 0]
    assert (counts["blank"], counts["invalid"]) == (1, 0)
    assert "Resultatet er offentligt" in client.get("/koege-2021/").text


def test_whoever_reads_the_result_is_told_what_the_papers_said(client, board, monkeypatch):
    """One sentence for each way in which an audit of the booths' papers may stand, and none where the rules ask for none."""
    board.vote((1,), (1,), (2,), ())
    board.count()
    assert "ontrolsedler" not in client.get("/koege-2021/result").text
    said = {
        AuditState.NOT_BEGUN: "Kontrolsedlerne er ikke efterprøvet endnu.",
        AuditState.RUNNING: "Kontrolsedlerne er ikke efterprøvet endnu.",
        AuditState.CONFIRMED: "En stikprøve af kontrolsedlerne har bekræftet, hvem der får plads.",
        AuditState.SAME: "Alle kontrolsedler er talt, og de siger det samme som urnen.",
        AuditState.OTHER_VOTES: "Kontrolsedlerne siger noget andet end urnen.",
        AuditState.OTHER_SEATS: "Kontrolsedlerne siger noget andet end urnen.",
    }
    for state, sentence in said.items():
        found = AuditOutcome("sample", state, papers=4, ballots=4)
        monkeypatch.setattr(service, "audit", lambda *_asked, found=found: found)
        assert sentence in client.get("/koege-2021/result").text, state


def test_the_record_is_had_as_it_was_drawn_up(client, board):
    """No record before the board has drawn it up; then everybody gets the bytes that are signed, version by version."""
    board.vote((1,), (1,), (2,), ())
    board.count()
    names = ("record.pdf", "record.json", "record.docx", "record/1.pdf", "signatures.json")
    assert {client.get(f"/koege-2021/{name}").status_code for name in names} == {404}
    assert "Valgprotokollen står her, når" in client.get("/koege-2021/result").text
    first = draw_up(board)
    sign(board, board.chair)
    assert ask(board, 2, "Et navn var galt.") == drawing_up.DrawnUp(2)
    second = newest(board)
    for drawn, place in ((second, "record"), (first, "record/1"), (second, "record/2")):
        files = [client.get(f"/koege-2021/{place}.{form}").data for form in ("pdf", "json", "docx")]
        assert files == [drawn.pdf, drawn.content, drawn.docx]
    for number in (0, 3, 2**31, 10**30):
        assert client.get(f"/koege-2021/record/{number}.pdf").status_code == 404
    assert client.get("/koege-2021/record/1.exe").status_code == 404
    page = client.get("/koege-2021/result").text
    assert "record.docx" in page
    assert "Valgprotokollen står her, når" not in page
    told = client.get("/koege-2021/signatures.json").get_json()
    newer, older = told["versions"]
    assert [(one["name"], one["way"]) for one in newer["board"]] == [("Anne", None), ("Birk", None)]
    anne = older["board"][0]
    raw = json.dumps(anne["signature"], separators=(",", ":")).encode()
    assert (anne["way"], anne["office"], older["record_pdf_sha256"]) == ("key", "formand", first.pdf_sha256)
    assert is_signature(older["message"], anne["key"], raw)


def test_however_many_strangers_ask_a_record_is_drawn_once(client, board, monkeypatch):
    """The files of the figures draw none; the page draws it once, and again when a line has come into the log."""
    board.vote((1,), (1,), (2,), ())
    board.count()
    drawn, draft = [], record_draft.draft
    monkeypatch.setattr(record_draft, "draft", lambda *asked: drawn.append(1) or draft(*asked))
    for name in ("counts.json", "paper.json", "lots.json", "result.json", "result.csv", "nist.json"):
        assert client.get(f"/koege-2021/{name}").status_code == 200
    assert drawn == []
    assert {"Stemmer i urnen" in client.get("/koege-2021/result").text for _ in range(3)} == {True}
    assert drawn == [1]
    board.store.write(lambda work: work.record(board.election.id, "test", "told"))
    client.get("/koege-2021/result")
    assert drawn == [1, 1]
    draw_up(board)
    drawn.clear()
    client.get("/koege-2021/result")
    assert drawn == []


def test_an_arabic_page_shows_keys_and_commands_from_the_left(client, board):
    """The steps are told in the reader's language; what is typed or stands in the rules is written from the left."""
    board.vote((1,), (1,), (2,), ())
    board.count()
    page = client.get("/koege-2021/result?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert not any(step in page for step in client.get("/koege-2021/result.json").get_json()["steps"])
    assert '<pre tabindex="0" dir="ltr">votingapp verify' in page
    assert '<code dir="ltr">[seats] total</code>' in page


def test_each_step_stands_beside_its_figures(client, board):
    """Who competed, with how many votes and what came of it: in words, in a table, and with the rule's key."""
    board.vote((1,), (1,), (2,), (2,), ())
    board.count()
    course = client.get("/koege-2021/result").text.split("Sådan er pladserne fordelt", 1)[1].split("Kontrollér selv")[0]
    assert "Åbne pladser: 5. De gives til dem af de øvrige, der har flest stemmer." in course
    rows = re.findall(r'<th scope="row">(.+?)</th><td class="number">(\d+)</td><td>(.+?)</td>', course)
    assert rows == [(CANDIDATES[0], "2", "Plads"), (CANDIDATES[1], "2", "Plads"), (CANDIDATES[2], "0", "Plads")]
    assert "2 pladser er vakante." in course


def test_anybody_can_check_the_downloads(client, board):
    """The archive verifies, and the rules and counts give the very seats that the page shows."""
    board.vote((1,), (2,), (2,), (3,), ())
    board.count()
    files = {name: client.get(f"/koege-2021/{name}").text for name in ("rules.toml", "counts.json", "result.json")}
    archive = client.get("/koege-2021/election.bel")
    assert isinstance(verify_archive(io.BytesIO(archive.data)), Accepted)
    recounted = allocate_documents(files["rules.toml"], files["counts.json"])
    assert (json.loads(files["result.json"]), 0) == recounted
    draw_up(board)
    assert client.get("/koege-2021/record.json").get_json()["allocation"] == json.loads(files["result.json"])
    assert client.get("/koege-2021/record.pdf").data.startswith(b"%PDF")


def test_a_hall_that_verifies_leaves_the_board_its_threads(client, office, board, sign_in):
    """So many fetch an archive at once, and others are told to wait; whoever has it, or goes away in the middle, makes room."""
    board.vote((1,), (2,))
    address = "/koege-2021/election.bel"
    fetching = [office.test_client().get(address, buffered=False) for _ in range(ARCHIVES_AT_ONCE)]
    late = client.get(address)
    assert (late.status_code, "Systemet har travlt" in late.text) == (503, True)
    assert client.get("/koege-2021/result").status_code == 200
    assert sign_in(office.test_client(), "anne").get(address, buffered=True).status_code == 200, "she opens her part"
    for one in fetching:
        one.close()
    for fetch in (client.get, client.head):
        for _ in range(ARCHIVES_AT_ONCE + 1):
            assert fetch(address, buffered=True).status_code == 200
    with pytest.raises(ValueError, match="too many"):
        office.extensions["archive_places"].release()


def test_before_the_close_the_archive_holds_the_setup_alone(client, board):
    """A ballot cast adds nothing to the public archive until the poll is closed."""
    board.freeze()
    frozen = client.get("/koege-2021/election.bel").data
    board.open()
    board.issue_slips(1)
    board.cast(board.slips[0], 1)
    assert client.get("/koege-2021/election.bel").data == frozen
    board.close()
    assert len(client.get("/koege-2021/election.bel").data) > len(frozen)


def test_the_opened_ballots_are_listed_after_the_close(client, store, board):
    """Who holds an opening finds its hash in the list and not in the archive; before the close there is no list."""
    board.freeze()
    board.open()
    board.issue_slips(1)
    for name in ("f" * 64, "0" * 64):
        store.write(lambda work, name=name: open_ballot(work, board.election.urn_uuid, name))
    assert client.get("/koege-2021/challenges.json").status_code == 404
    board.close()
    answer = client.get("/koege-2021/challenges.json")
    assert answer.get_json() == {
        "election": board.election.urn_uuid,
        "fingerprint": board.question().fingerprint,
        "challenged": ["0" * 64, "f" * 64],
    }


def open_ballot(work, urn_uuid: str, name: str) -> None:
    challenges.keep(work.connection, urn_uuid, name)
    work.keep_unrecorded()


def test_candidates_carry_their_numbers_once_the_ballot_is_fixed(client, board):
    """After the freeze the list stands in ballot order with numbers."""
    board.freeze()
    page = client.get("/koege-2021/candidates").text
    assert [f"{number}. <bdi>{name}</bdi>" in page for number, name in enumerate(CANDIDATES, 1)] == [True, True, True]


def test_a_tie_that_matters_waits_for_its_lot(client, store, found_election, add_staff, koege_rules):
    """With one seat and two ahead nobody is called elected and there is no record, until the board has drawn the lot."""
    rules = koege_rules.replace("total = 5", "total = 1")
    board = seat_board(store, found_election(store, rules_text=rules), add_staff)
    board.prepare()
    board.vote((1,), (2,))
    board.count()
    waiting = client.get("/koege-2021/result").text
    assert "Der skal trækkes lod" in waiting
    assert client.get("/koege-2021/record.pdf").status_code == 404
    drawn = ("c2", "c1")
    witnesses = ("Ida Vidne", "Pia <Vidne>")
    answer = lots.enter_lot(store, board.members[:2], board.election, drawn, "Rådhusets kantine", witnesses)
    assert isinstance(answer, lots.LotEntered)
    page = client.get("/koege-2021/result").text
    assert "Ida Vidne, Pia &lt;Vidne&gt;" in page
    draw_up(board)
    assert client.get("/koege-2021/record.pdf").status_code == 200
    documents = [client.get(f"/koege-2021/{name}").text for name in ("rules.toml", "counts.json", "lots.json")]
    answer, _exit_code = allocate_documents(*documents)
    assert answer["elected"][0]["id"] == "c2"
    with pytest.raises(BadInput):
        allocate_documents(documents[0], documents[1], documents[2].replace("c2", "c3"))
