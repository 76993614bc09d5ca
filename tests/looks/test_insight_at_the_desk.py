"""What the evening kept about a voter is told to her too: a case tied to her later, an admission taken back, a row without a number."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from polling import keep_register, person, prepare_poll

from ballots.admission import Admitted
from votingapp.desks.checkin import doubting, undoing
from votingapp.desks.checkin import service as checkin
from votingapp.desks.checkin.doubting import Case, Papers, Verdict
from votingapp.desks.secretariat.insight import export, service
from votingapp.store.doubts import DoubtKind
from votingapp.store.looks import What
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from votingapp.store.insight import Subject

SIGNE = "0101801234"
AMAL, BORN = "Amal Østergård", date(1980, 2, 1)
WITHOUT_NUMBER = Papers(resident=True, name=AMAL, birth_date=BORN)


@pytest.fixture
def poll(any_store, found_election):
    election = found_election(any_store)
    keep_register(any_store, election, person("Signe Sørensen", SIGNE))
    return prepare_poll(any_store, election)


@pytest.fixture
def people(any_store, poll, add_staff):
    """A desk, a supervisor and a secretary."""
    bente = add_staff(any_store, poll.election, "bente", Role.DESK, name="Bente Bord")
    bo = add_staff(any_store, poll.election, "bo", Role.BOARD, name="Bo Bestyrer")
    return checkin.Desk("Bord 1", bente), bo, add_staff(any_store, poll.election, "clerk", Role.SECRETARIAT)


@pytest.fixture
def decide(any_store, poll, people):
    """A case about nobody is raised, and the supervisor says who it was about: `decide(papers)`."""
    desk, bo, _clerk = people

    def act(papers: Papers) -> None:
        case = Case(DoubtKind.NOT_FOUND, None, "Kan ikke findes, viser pas")
        waiting = doubting.raise_doubt(any_store, desk, poll.election, case)
        verdict = Verdict("Passet er i orden", papers, declared=True)
        assert isinstance(doubting.admit(any_store, bo, poll.election, waiting.doubt_id, verdict), Admitted)

    return act


@pytest.fixture
def tell(any_store, poll, people):
    """What a person is told, and the same as a file with names."""

    def ask(subject: Subject):
        told = service.tell(any_store, people[2], poll.election, subject, What.INSIGHT)
        return told.kept, json.loads(export.write(told, poll.election, any_store.clock(), names=True))

    return ask


def _signe(store, poll) -> Subject:
    return service.find_by_cpr(store, poll.election, SIGNE)


def test_a_case_that_turned_out_to_be_about_her_is_told(any_store, poll, tell, decide, people):
    """Raised about nobody and tied to her by the supervisor: note, reason and both entries of the log are in the answer."""
    (found,) = checkin.look_up_cpr(any_store, people[0], poll.election, SIGNE)
    decide(Papers(resident=True, person_id=found.person.id))
    kept, content = tell(_signe(any_store, poll))
    assert [entry.act for entry in kept.entries] == ["doubt_raised", "doubt_decided"]
    (case,) = content["tvivlssager"]
    assert (case["bemærkning"], case["begrundelse"], case["lukket_ind"]) == (
        "Kan ikke findes, viser pas",
        "Passet er i orden",
        True,
    )
    assert (case["rejst_af"], case["afgjort_af"]) == ("Bente Bord", "Bo Bestyrer")


def test_a_case_about_somebody_else_is_not_told(any_store, poll, tell, decide):
    """A case that was tied to another voter is the other's."""
    decide(WITHOUT_NUMBER)
    kept, content = tell(_signe(any_store, poll))
    assert (kept.entries, content["tvivlssager"]) == ((), [])


def test_who_has_no_number_is_found_by_name_and_birth_date(any_store, poll, tell, decide):
    """A supervisor entered her from a passport: asked by name and birth date she is told her row, admission, case and looks."""
    decide(WITHOUT_NUMBER)
    kept, content = tell(service.find_by_name(any_store, poll.election, " amal  østergård", BORN))
    assert kept.by_supervisor
    assert (kept.resident.name, kept.attendance.desk) == (AMAL, "Bord 1")
    assert content["folkeregisterudtræk"]["skrevet_på_valglisten_efter_papirer"] is True
    assert len(content["tvivlssager"]) == 1
    again, _content = tell(service.find_by_name(any_store, poll.election, AMAL, BORN))
    assert [look.what for look in again.looks] == [What.INSIGHT]


@pytest.mark.parametrize(
    ("name", "born"), [("Signe Sørensen", date(1980, 1, 1)), (AMAL, date(1980, 2, 2)), ("Amal", BORN)]
)
def test_nobody_else_is_found_by_a_name(any_store, poll, tell, decide, name, born):
    """Whoever has a number is asked for it, and half a name or another day leads to nobody."""
    decide(WITHOUT_NUMBER)
    kept, _content = tell(service.find_by_name(any_store, poll.election, name, born))
    assert kept.is_nothing


def test_an_admission_that_was_taken_back_is_told(any_store, poll, tell, people):
    """She was let in by mistake: when, where, why it was undone and by whom, though no admission of hers is left."""
    desk, bo, _clerk = people
    (found,) = checkin.look_up_cpr(any_store, desk, poll.election, SIGNE)
    checkin.admit(any_store, desk.official, poll.election, found.person.id, desk.name, declared=True)
    reason = undoing.Reason("Forkert vælger", bo)
    assert isinstance(undoing.undo(any_store, desk, poll.election, 1, undoing.NotDrawn(), reason), undoing.Undone)
    kept, content = tell(_signe(any_store, poll))
    assert kept.attendance is None
    (undone,) = content["fortrudte_fremmøder"]
    assert (undone["kvitteringsnummer"], undone["begrundelse"], undone["stemmeseddel"]) == (
        1,
        "Forkert vælger",
        "not_drawn",
    )
    assert undone["medarbejdere"] == ["Bente Bord", "Bo Bestyrer"]


@pytest.mark.parametrize("written", ["01-02-1980", "01021980", "1980-02-01"])
def test_the_page_shows_it(store, office, found_election, add_staff, sign_in, written):
    """Typed on the page, name and date find her; half of them, or a number beside them, is refused and says what to do."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", SIGNE))
    poll = prepare_poll(store, election)
    desk = checkin.Desk("Bord 1", add_staff(store, election, "bente", Role.DESK))
    bo = add_staff(store, election, "bo", Role.BOARD)
    add_staff(store, election, "clerk", Role.SECRETARIAT)
    waiting = doubting.raise_doubt(store, desk, poll.election, Case(DoubtKind.NOT_FOUND, None, "Viser pas"))
    doubting.admit(store, bo, poll.election, waiting.doubt_id, Verdict("I orden", WITHOUT_NUMBER, declared=True))
    clerk = sign_in(office.test_client(), "clerk")
    path = "/koege-2021/secretariat/insight"
    page = html.unescape(clerk.submit(path, {"name": AMAL, "birth_date": written}).text)
    for said in (AMAL, "skrev personen på valglisten", "Viser pas", "I orden"):
        assert said in page
    for half in ({"name": AMAL}, {"birth_date": written}, {"name": AMAL, "birth_date": written, "cpr": SIGNE}):
        assert clerk.submit(path, half).status_code == 422
    assert "31-12-1980" in clerk.submit(path, {"name": AMAL, "birth_date": "i går"}).text
