"""The pages of a case in doubt: raised at the desk, decided at the board's laptop, read at the desk."""

from __future__ import annotations

import re

import pytest
from auditing import Page
from doubt_cases import ELSEWHERE, SIGNE, admitted, words
from joined import make_desk
from sqlalchemy import update

from votingapp.desks.checkin import doubting, service, undoing
from votingapp.desks.checkin.doubting import Case, Papers, Verdict
from votingapp.store import audit, doubts
from votingapp.store.doubts import DoubtKind
from votingapp.store.staff import Role
from votingapp.store.tables.elections import election as election_table


@pytest.fixture
def at_desk(poll, client, desk_official, sign_in, store):
    """Bente's browser at Bord 1."""
    sign_in(client, desk_official.login)
    make_desk(client, store, poll.election, "Bord 1")
    return client


@pytest.fixture
def at_board(office, store, poll, sign_in, add_staff):
    """Bo of the board at a laptop of her own, which is no desk."""
    add_staff(store, poll.election, "bo", Role.BOARD)
    return sign_in(office.test_client(), "bo")


def test_from_the_desk_to_the_board_and_back(store, poll, at_desk, at_board, person_id):
    """Raised at the desk it waits there, is decided at a laptop, and turns green on the desk's screen."""
    base = f"/{poll.election.slug}/checkin"
    about = {"kind": "not_resident", "note": "Viser lejekontrakt", "person_id": person_id(store, ELSEWHERE)}
    shown = Page(at_desk.submit(f"{base}/", {"query": "0505701111"}).text)
    raised = at_desk.post(f"{base}/doubts/raise", data=about | shown.hidden)
    assert raised.status_code == 302
    assert "Venter på valgbestyrelsen" in words(at_desk.get(raised.location))
    board = at_board.get(f"{base}/doubts")
    assert "Bor ifølge registeret ikke i kommunen" in words(board)
    decide = f"{base}/doubts/{raised.location.rpartition('/')[2]}"
    decided = at_board.submit(decide, {"reason": "Lejekontrakt set", "resident": "y", "declared": "y", "admit": "y"})
    assert (decided.status_code, decided.location) == (302, f"{base}/doubts")
    page = words(at_desk.get(raised.location))
    assert 'class="answer good"' in page
    assert "Lejekontrakt set" in page
    assert 'data-sound="good"' in page
    assert "er afgjort" in words(at_board.get(decide))


def test_a_double_press_raises_one_case_about_a_voter_nobody_found(store, poll, at_desk):
    """Nobody can tell two cases about nobody apart: the form that was sent twice is one, and what it says now another."""
    base = f"/{poll.election.slug}/checkin/doubts"
    sent = Page(at_desk.get(f"{base}/new").text).hidden | {"kind": "not_found"}
    pressed = [
        at_desk.post(f"{base}/raise", data=sent | {"note": note}).location
        for note in ("Viser pas", "Viser pas", "Viser pas og lejekontrakt")
    ]
    assert pressed[0] == pressed[1] != pressed[2]
    with store.reading() as connection:
        assert len(doubts.waiting(connection, poll.election.id)) == 2
        acts = [one.act for one in audit.entries(connection, poll.election.id)]
    assert acts.count("doubt_raised") == 2


def test_after_the_undoing_the_desk_reads_no(store, poll, at_desk, at_board, desk_official, person_id):
    """The page that was green is red, and so is the line in the list of the desk's cases, and the board's."""
    desk = service.Desk("Bord 1", desk_official)
    about = Case(DoubtKind.NOT_RESIDENT, person_id(store, ELSEWHERE), "Viser lejekontrakt")
    waiting = doubting.raise_doubt(store, desk, poll.election, about)
    verdict = Verdict("Set", Papers(resident=True), declared=True)
    doubting.admit(store, desk_official, poll.election, waiting.doubt_id, verdict)
    base = f"/{poll.election.slug}/checkin/doubts"
    page = f"{base}/here/{waiting.doubt_id}"
    assert 'class="answer good"' in words(at_desk.get(page))
    reason = undoing.Reason("Det var en anden", desk_official)
    undoing.undo(store, desk, poll.election, 1, undoing.NotDrawn(), reason)
    shown = words(at_desk.get(page))
    assert 'class="answer bad"' in shown
    assert "Fortrudt, giv ingen seddel" in shown
    assert "trække en stemmeseddel" not in shown
    assert "Fortrudt, giv ingen seddel" in words(at_desk.get(f"{base}/here"))
    assert "siden fortrudt" in words(at_board.get(base))
    assert "siden fortrudt" in words(at_board.get(f"{base}/{waiting.doubt_id}"))


@pytest.mark.parametrize(
    ("column", "said"), [("opened_at", "Afstemningen er ikke åbnet"), ("closed_at", "Afstemningen er lukket")]
)
def test_outside_the_poll_no_case_is_offered_or_taken(store, poll, at_desk, column, said):
    """The form is not offered under an answer, its page says why, and one sent all the same is answered in words."""
    hidden = Page(at_desk.get(f"/{poll.election.slug}/checkin/doubts/new").text).hidden

    def move(work):
        moved = {column: None if column == "opened_at" else work.now}
        work.connection.execute(update(election_table).values(**moved))
        work.keep_unrecorded()

    store.write(move)
    base = f"/{poll.election.slug}/checkin"
    assert "doubts/raise" not in at_desk.submit(f"{base}/", {"query": "1111801234"}).text
    assert said in words(at_desk.get(f"{base}/doubts/new"))
    sent = hidden | {"kind": "other", "note": "Siger noget"}
    answer = at_desk.post(f"{base}/doubts/raise", data=sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "sagen er ikke sendt" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Skriv begrundelsen"),
        ({"reason": "010180-1234"}, "Skriv ikke et CPR-nummer"),
        ({"declared": ""}, "Sæt kryds"),
        ({"name": "123"}, "bogstav"),
        ({"birth_date": "31-02-1980"}, "årstal i fire cifre"),
        ({"birth_date": "010103"}, "årstal i fire cifre"),
        ({"cpr": "123"}, "ti cifre"),
        ({"name": ""}, "Navn og fødselsdato mangler"),
        ({"resident": ""}, "Bor ikke i kommunen"),
    ],
)
def test_half_a_decision_is_none(store, poll, at_board, desk_official, typed, said):
    """What is missing is named, nothing is kept, and no number goes back into the page."""
    desk = service.Desk("Bord 1", desk_official)
    waiting = doubting.raise_doubt(store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Ny i byen"))
    whole = {
        "reason": "Pas set",
        "resident": "y",
        "name": "Amal Østergård",
        "birth_date": "01-02-1980",
        "cpr": "",
        "declared": "y",
    }
    answer = at_board.submit(f"/{poll.election.slug}/checkin/doubts/{waiting.doubt_id}", whole | typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "010180-1234" not in words(answer)
    assert admitted(store) == []


def test_the_supervisor_sees_who_was_born_that_day(store, poll, at_board, desk_official):
    """Each with a button of her own, and one for none of them, which stays chosen while something else is mended."""
    desk = service.Desk("Bord 1", desk_official)
    waiting = doubting.raise_doubt(store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Ny i byen"))
    page = f"/{poll.election.slug}/checkin/doubts/{waiting.doubt_id}"
    sent = {"reason": "Pas set", "resident": "y", "name": "Signe Soerensen", "birth_date": "01-01-1980", "admit": "y"}
    asked = at_board.submit(page, sent | {"declared": "y"})
    assert asked.status_code == 422
    assert "Er vælgeren en af dem, der er født samme dag eller har samme navn?" in words(asked)
    assert f"Det er {SIGNE}, født 01.01.1980." in words(asked)
    assert admitted(store) == []
    mark = re.search(r'name="who" value="([0-9a-f]{64})"', asked.text).group(1)
    undeclared = at_board.submit(page, sent | {"who": mark})
    assert undeclared.status_code == 422
    assert f'type="hidden" name="who" value="{mark}"' in undeclared.text
    assert at_board.submit(page, sent | {"who": mark, "declared": "y"}).status_code == 302
    assert len(admitted(store)) == 1


@pytest.mark.parametrize("who", ["x", "0" * 63, "' OR 1=1 --"])
def test_a_choice_that_is_none_is_refused(store, poll, at_board, desk_official, who):
    """Only somebody's id or the mark of a list is taken."""
    desk = service.Desk("Bord 1", desk_official)
    waiting = doubting.raise_doubt(store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Ny i byen"))
    sent = {
        "reason": "Pas set",
        "resident": "y",
        "name": "Ny",
        "birth_date": "02-01-1980",
        "declared": "y",
        "admit": "y",
    }
    page = f"/{poll.election.slug}/checkin/doubts/{waiting.doubt_id}"
    assert at_board.submit(page, sent | {"who": who}).status_code == 422
    assert admitted(store) == []


def test_a_case_needs_words(store, poll, at_desk):
    """A note is asked for, and a CPR number in it is blotted out before the page shows it again."""
    base = f"/{poll.election.slug}/checkin/doubts"
    for note, said in (("", "Skriv kort"), ("Hun er 010180-1234", "Skriv ikke et CPR-nummer")):
        page = at_desk.get(f"{base}/new").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        answer = at_desk.post(f"{base}/raise", data={"csrf_token": token, "kind": "other", "note": note})
        assert answer.status_code == 422
        assert said in words(answer)
        assert "1234" not in words(answer).split("<textarea")[1]


def test_the_desk_may_not_decide(poll, at_desk, store, desk_official):
    """Only the board decides, and a case is shown at the desk that raised it."""
    desk = service.Desk("Bord 2", desk_official)
    waiting = doubting.raise_doubt(store, desk, poll.election, Case(DoubtKind.OTHER, None, "?"))
    base = f"/{poll.election.slug}/checkin/doubts"
    assert at_desk.get(base).status_code == 403
    assert at_desk.get(f"{base}/{waiting.doubt_id}").status_code == 403
    assert at_desk.get(f"{base}/here/{waiting.doubt_id}").status_code == 404
