"""A case in doubt is raised at a desk and decided by a supervisor with a reason; a yes is an admission, once."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from auditing import Page
from joined import make_desk
from polling import keep_register, prepare_poll
from sqlalchemy import select, update

from ballots.admission import Admitted, AlreadyAdmitted, NeedsDeclaration, NotOnRoll, NotResident, TooYoung
from ballots.poll import PollState
from candidates.cpr import parse_cpr
from votingapp.desks.checkin import doubt_words, doubting, recognising, service, undoing
from votingapp.desks.checkin.doubting import Case, Papers, Verdict
from votingapp.desks.secretariat.insight import export
from votingapp.desks.secretariat.insight import service as insight
from votingapp.store import audit, doubts, looks, refusals, register
from votingapp.store.admissions import Channel
from votingapp.store.doubts import DoubtKind
from votingapp.store.elections import urn_of
from votingapp.store.insight import Subject
from votingapp.store.looks import What
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.register import register_person

SIGNE, YOUNG, ELSEWHERE = "Signe Sørensen", "Ung Åkesson", "Bent Andetsteds"
NEW = Papers(resident=True, name="Amal Østergård", birth_date=date(1980, 2, 1))


@pytest.fixture
def desk(any_store, add_staff):
    return service.Desk("Bord 1", add_staff(any_store, None, "bente"))


@pytest.fixture
def supervisor(any_store, add_staff):
    return add_staff(any_store, None, "bo")


@pytest.fixture
def raised(any_store, desk, person_id):
    """Raise a case about somebody, or about nobody: its id."""

    def act(poll, name: str | None = None, kind: DoubtKind = DoubtKind.NOT_RESIDENT) -> str:
        who = person_id(any_store, name) if name else None
        waiting = doubting.raise_doubt(any_store, desk, poll.election, Case(kind, who, "Viser lejekontrakt"))
        assert isinstance(waiting, doubting.Waiting)
        return waiting.doubt_id

    return act


@pytest.fixture
def say_yes(any_store, supervisor):
    def act(poll, doubt_id: str, papers: Papers, *, declared: bool = True):
        verdict = Verdict("Papirerne er i orden", papers, declared=declared)
        return doubting.admit(any_store, supervisor, poll.election, doubt_id, verdict)

    return act


def admitted(store):
    with store.reading() as connection:
        return connection.execute(select(admission)).all()


def case(store, poll, doubt_id: str):
    with store.reading() as connection:
        return doubts.find(connection, poll.election.id, doubt_id)


def test_who_moved_here_is_admitted_on_her_papers(any_store, open_poll, raised, say_yes, clock):
    """The register says another municipality, her papers this one: decision, admission and slip are one transaction."""
    poll = open_poll(any_store)
    waiting = raised(poll, ELSEWHERE)
    assert say_yes(poll, waiting, Papers(resident=True)) == Admitted(clock.now, "Bord 1")
    (row,) = admitted(any_store)
    assert row.declaration_text == "anden-etnisk-baggrund-1"
    found = case(any_store, poll, waiting)
    assert (found.admit, found.reason, found.decided_at) == (True, "Papirerne er i orden", clock.now)
    with any_store.reading() as connection:
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 1
        last = audit.last(connection, poll.election.id)
        told = json.loads(last.details)
        assert (last.act, last.actor, told["admit"], told["person"]) == ("doubt_decided", "bo", True, row.person_id)


def test_the_rules_hold_for_a_supervisor_too(any_store, open_poll, raised, say_yes):
    """Without papers the register stands; too young stays too young; the declaration is asked of everybody."""
    poll = open_poll(any_store)
    elsewhere, young = raised(poll, ELSEWHERE), raised(poll, YOUNG, DoubtKind.TOO_YOUNG)
    assert isinstance(say_yes(poll, elsewhere, Papers(resident=False)), NotResident)
    assert isinstance(say_yes(poll, young, Papers(resident=True)), TooYoung)
    assert isinstance(say_yes(poll, elsewhere, Papers(resident=True), declared=False), NeedsDeclaration)
    assert admitted(any_store) == []
    assert case(any_store, poll, young).decided_at is None
    assert isinstance(say_yes(poll, young, Papers(resident=True, birth_date=date(2003, 1, 1))), Admitted)


def test_an_open_roll_takes_in_whom_the_extract_lacks(any_store, open_poll, raised, say_yes, person_id):
    """She is entered under the next number, marked as the supervisor's, and her CPR number is a hash."""
    poll = open_poll(any_store)
    papers = replace(NEW, cpr=parse_cpr("0102801236"))
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), papers), Admitted)
    with any_store.reading() as connection:
        row = connection.execute(select(register_person).where(register_person.c.name == NEW.name)).one()
    assert (row.by_supervisor, row.roll_number, row.municipality_code) == (True, 6, "0259")
    assert row.cpr_hash == any_store.vault.hash_cpr(poll.election.id, "0102801236")


@pytest.mark.parametrize("number", [None, "0102801236"])
def test_nobody_is_entered_twice(any_store, open_poll, raised, say_yes, number):
    """With a number or without, the same person is known the second time; a number added later changes nothing."""
    poll = open_poll(any_store)
    first = replace(NEW, cpr=parse_cpr(number) if number else None)
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), first), Admitted)
    again = raised(poll, kind=DoubtKind.NOT_FOUND)
    for papers in (
        first,
        replace(NEW, name="  amal  ØSTERGÅRD" if number is None else NEW.name),
        replace(first, cpr=parse_cpr("0102801236")),
    ):
        assert isinstance(say_yes(poll, again, papers), recognising.InRegister), papers
    assert len(admitted(any_store)) == 1


def test_two_of_one_name_and_day_are_told_apart_by_their_numbers(any_store, open_poll, raised, say_yes):
    """Names prove nothing: with two numbers they are two persons."""
    poll = open_poll(any_store)
    for number in ("0102801236", "0102801244"):
        outcome = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), replace(NEW, cpr=parse_cpr(number)))
        assert isinstance(outcome, Admitted)
    assert len(admitted(any_store)) == 2


def test_two_spellings_are_not_two_voters(any_store, open_poll, raised, say_yes, supervisor, clock):
    """Without a number she comes again under another spelling: the supervisor sees who was born that day, and chooses."""
    poll = open_poll(any_store)
    twin = replace(NEW, name="Esther Bach")
    for papers in (twin, NEW):
        outcome = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), papers)
        none_of = outcome.mark if isinstance(outcome, recognising.BornThatDay) else ""
        if none_of:
            outcome = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), replace(papers, none_of=none_of))
        assert isinstance(outcome, Admitted)
    again = raised(poll, kind=DoubtKind.NOT_FOUND)
    other = replace(NEW, name="Östergaard, Amaal")
    shown = say_yes(poll, again, other)
    assert [one.name for one in shown.persons] == [NEW.name, twin.name], "the likest name first"
    with any_store.reading() as connection:
        for one in shown.persons:
            assert looks.of_subject(connection, poll.election.id, one.cpr_hash)[-1].what is What.CHECKIN_DOUBT
    assert say_yes(poll, again, replace(other, none_of="0" * 64)) == shown, "another list's mark says nothing"
    chosen = say_yes(poll, again, replace(other, person_id=shown.persons[0].id))
    assert chosen == AlreadyAdmitted(clock.now, "Bord 1")
    assert len(admitted(any_store)) == 2


def test_whoever_came_meanwhile_is_shown_too(any_store, open_poll, raised, say_yes):
    """None of those she was shown: while she looked, another was entered, of whom she has said nothing."""
    poll = open_poll(any_store)
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), NEW), Admitted)
    first, second = (raised(poll, kind=DoubtKind.NOT_FOUND) for _ in range(2))
    amaal, emel = replace(NEW, name="Amaal Oestergaard"), replace(NEW, name="Emel Østergaard")
    mark = say_yes(poll, first, amaal).mark
    assert isinstance(say_yes(poll, second, replace(emel, none_of=mark)), Admitted)
    assert len(say_yes(poll, first, replace(amaal, none_of=mark)).persons) == 2


def test_a_number_tells_her_from_all_who_have_one(any_store, open_poll, raised, say_yes):
    """With a number she is new beside everybody of the extract; only who was entered without one may be she."""
    poll = open_poll(any_store)
    numbered = Papers(resident=True, name="Amal Østergård", birth_date=date(1980, 1, 1), cpr=parse_cpr("0101801242"))
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), numbered), Admitted)
    unnumbered = replace(numbered, name="Emel Ağa", cpr=None)
    shown = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), unnumbered)
    assert {SIGNE, numbered.name} <= {one.name for one in shown.persons}
    admitted_now = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), replace(unnumbered, none_of=shown.mark))
    assert isinstance(admitted_now, Admitted)
    other = replace(numbered, name="Emel Aga Yilmaz", cpr=parse_cpr("0101801269"))
    asked = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), other)
    assert [one.name for one in asked.persons] == [unnumbered.name]


def test_whom_the_register_has_is_admitted_as_herself(any_store, open_poll, raised, say_yes, person_id):
    """A voter whom the desk did not find is found by her exact name and day, and chosen."""
    poll = open_poll(any_store)
    waiting = raised(poll, kind=DoubtKind.NOT_FOUND)
    papers = Papers(resident=True, name=SIGNE, birth_date=date(1980, 1, 1))
    known = say_yes(poll, waiting, papers)
    assert isinstance(known, recognising.InRegister)
    assert isinstance(say_yes(poll, waiting, replace(papers, person_id=known.person.id)), Admitted)
    (row,) = admitted(any_store)
    assert row.person_id == person_id(any_store, SIGNE)
    assert case(any_store, poll, waiting).person.id == row.person_id


def test_without_name_or_day_nobody_is_entered(any_store, open_poll, raised, say_yes):
    """A row of the roll needs both."""
    poll = open_poll(any_store)
    waiting = raised(poll, kind=DoubtKind.NOT_FOUND)
    assert say_yes(poll, waiting, Papers(resident=True)) == doubting.PapersMissing()
    assert say_yes(poll, waiting, replace(NEW, birth_date=None)) == doubting.PapersMissing()


def test_a_closed_roll_is_final(any_store, found_election, koege_rules, residents, raised, say_yes):
    """Nobody is added to a closed roll, and papers change nothing of what it says."""
    election = found_election(any_store, rules_text=koege_rules.replace('roll = "open"', 'roll = "closed"'))
    keep_register(any_store, election, *residents)
    poll = prepare_poll(any_store, election)
    assert say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), NEW) == NotOnRoll()
    assert isinstance(say_yes(poll, raised(poll, ELSEWHERE), Papers(resident=True)), NotResident)
    assert isinstance(say_yes(poll, raised(poll, SIGNE, DoubtKind.OTHER_BIRTH_DATE), Papers(resident=False)), Admitted)
    assert len(admitted(any_store)) == 1


def test_who_was_here_is_not_admitted_by_a_supervisor_either(
    any_store, open_poll, raised, say_yes, desk, person_id, clock
):
    """The first admission must be taken back first, by its own desk."""
    poll = open_poll(any_store)
    first = clock.now
    wish = service.Wish(person_id(any_store, SIGNE), declared=True)
    service.answer(any_store, desk, poll.election, wish)
    assert say_yes(poll, raised(poll, SIGNE, DoubtKind.BEEN_HERE), Papers(resident=True)) == AlreadyAdmitted(
        first, "Bord 1"
    )


def test_a_case_is_decided_once(any_store, open_poll, raised, say_yes, supervisor):
    """A second decision finds the first one and changes nothing."""
    poll = open_poll(any_store)
    waiting = raised(poll, ELSEWHERE)
    assert doubting.refuse(any_store, supervisor, poll.election, waiting, "Ingen papirer") == doubting.Refused()
    assert isinstance(say_yes(poll, waiting, Papers(resident=True)), doubting.DecidedBefore)
    assert isinstance(doubting.refuse(any_store, supervisor, poll.election, waiting, "x"), doubting.DecidedBefore)
    assert case(any_store, poll, waiting).reason == "Ingen papirer"
    assert admitted(any_store) == []


def test_one_case_waits_for_one_person(any_store, open_poll, desk, person_id):
    """Raised at two desks, it is the same case; two voters nobody found are two."""
    poll = open_poll(any_store)
    about = Case(DoubtKind.NOT_RESIDENT, person_id(any_store, ELSEWHERE), "Viser lejekontrakt")
    first = doubting.raise_doubt(any_store, desk, poll.election, about)
    second = doubting.raise_doubt(any_store, service.Desk("Bord 2", desk.official), poll.election, about)
    assert (first.new, second.new, second.doubt_id) == (True, False, first.doubt_id)
    nobody = replace(about, person_id=None)
    ids = {doubting.raise_doubt(any_store, desk, poll.election, nobody).doubt_id for _ in range(2)}
    assert len(ids) == 2
    stranger = replace(about, person_id="00000000-0000-4000-8000-000000000000")
    assert doubting.raise_doubt(any_store, desk, poll.election, stranger) == doubting.NobodyHere()


def test_a_case_of_another_election_is_none_here(any_store, open_poll, found_election, raised, supervisor):
    """An id from elsewhere is no case, and decides nothing."""
    poll = open_poll(any_store)
    waiting = raised(poll, ELSEWHERE)
    other = prepare_poll(any_store, found_election(any_store, slug="anden")).election
    assert doubting.refuse(any_store, supervisor, other, waiting, "x") == doubting.NoSuchDoubt()
    assert doubting.read_doubt(any_store, supervisor, other, waiting) is None


def test_whoever_reads_a_case_has_looked_at_the_person(any_store, open_poll, raised, supervisor, person_id):
    """The supervisor's list is a look at everybody on it."""
    poll = open_poll(any_store)
    raised(poll, ELSEWHERE)
    doubting.read_board(any_store, supervisor, poll.election)
    with any_store.reading() as connection:
        resident = register.find(connection, poll.election.id, person_id(any_store, ELSEWHERE))
        (look,) = looks.of_subject(connection, poll.election.id, resident.cpr_hash)
    assert look.what is What.CHECKIN_DOUBT


def test_refusals_are_counted_by_person_and_reason(any_store, open_poll, desk, raised, say_yes, supervisor, person_id):
    """Looked up three times she is one refusal; admitted in the end she is none; cases are counted by how they ended."""
    poll = open_poll(any_store)
    for _ in range(3):
        service.look_up_cpr(any_store, desk, poll.election, "0505701111")
    service.look_up_cpr(any_store, desk, poll.election, "2411034321")
    with any_store.reading() as connection:
        assert refusals.count(connection, poll.election.id) == {"NotResident": 1, "TooYoung": 1}
    say_yes(poll, raised(poll, ELSEWHERE), Papers(resident=True))
    doubting.refuse(any_store, supervisor, poll.election, raised(poll, YOUNG, DoubtKind.TOO_YOUNG), "Først næste år")
    service.answer(
        any_store,
        service.Desk("Bord 2", desk.official),
        poll.election,
        service.Wish(person_id(any_store, ELSEWHERE), declared=True),
    )
    with any_store.reading() as connection:
        assert refusals.count(connection, poll.election.id) == {"AlreadyAdmitted": 1, "TooYoung": 1}
        assert doubts.count_decided(connection, poll.election.id) == {
            (DoubtKind.NOT_RESIDENT, True): 1,
            (DoubtKind.TOO_YOUNG, False): 1,
        }


def test_a_yes_that_was_taken_back_is_no_yes_any_more(any_store, open_poll, raised, say_yes, desk, supervisor, clock):
    """Undone, the case says so, and still says so when the voter has been admitted anew, on a case of her own."""
    poll = open_poll(any_store)
    first = raised(poll, ELSEWHERE)
    say_yes(poll, first, Papers(resident=True))
    assert case(any_store, poll, first).undone is False
    clock.advance(minutes=1)
    reason = undoing.Reason("Det var en anden", supervisor)
    undone = undoing.undo(any_store, desk, poll.election, 1, undoing.NotDrawn(), reason)
    assert isinstance(undone, undoing.Undone)
    found = case(any_store, poll, first)
    assert (found.admit, found.undone, found.channel) == (True, True, None)
    clock.advance(minutes=1)
    second = raised(poll, ELSEWHERE)
    say_yes(poll, second, Papers(resident=True))
    assert [case(any_store, poll, one).undone for one in (first, second)] == [True, False]
    assert [case(any_store, poll, one).channel for one in (first, second)] == [None, Channel.SLIP]


def test_a_way_of_voting_that_is_not_kept_any_more_is_no_undoing(office, any_store, open_poll, raised, say_yes):
    """Whether a yes was taken back is asked of the admissions taken back, and not read off a missing channel."""
    poll = open_poll(any_store)
    waiting = raised(poll, ELSEWHERE)
    say_yes(poll, waiting, Papers(resident=True))
    found = replace(case(any_store, poll, waiting), channel=None)
    assert found.undone is False
    with office.test_request_context("/"):
        told = doubt_words.tell_decision(found)
    assert (told.colour, told.headline) == ("warning", "Lukket ind af valgbestyrelsen")


@pytest.mark.parametrize("state", ["not_open", "closed"])
def test_a_case_is_raised_while_the_poll_is_open(any_store, open_poll, desk, person_id, state):
    """Before the opening it would bind a roll that is not final, and after the close nobody can be let in."""
    poll = open_poll(any_store, state=state)
    about = Case(DoubtKind.NOT_RESIDENT, person_id(any_store, ELSEWHERE), "Viser lejekontrakt")
    refused = doubting.raise_doubt(any_store, desk, poll.election, about)
    assert refused == doubting.NotOpen(PollState.FROZEN if state == "not_open" else PollState.CLOSED)
    with any_store.reading() as connection:
        assert doubts.waiting(connection, poll.election.id) == ()
        assert register.is_in_use(connection, poll.election.id) is False


def words(answer) -> str:
    return html.unescape(answer.text)


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
    assert "Er vælgeren en af dem, der er født samme dag?" in words(asked)
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


def test_whoever_asks_is_told_of_her_case(any_store, open_poll, raised, say_yes, person_id, add_staff):
    """What was written about her in doubt, how it was decided and how she votes belong to what is kept about her."""
    poll = open_poll(any_store)
    say_yes(poll, raised(poll, ELSEWHERE), Papers(resident=True))
    with any_store.reading() as connection:
        resident = register.find(connection, poll.election.id, person_id(any_store, ELSEWHERE))
    clerk = add_staff(any_store, None, "clerk")
    told = insight.tell(any_store, clerk, poll.election, Subject(resident.cpr_hash), What.INSIGHT)
    content = json.loads(export.write(told, poll.election, any_store.clock(), names=False))
    assert (content["fremmøde"]["kvitteringsnummer"], content["fremmøde"]["stemmer_på_papir"]) == (1, False)
    entries = content["afgørelser_og_handlinger_i_valgets_log"]
    assert [one["handling"] for one in entries] == ["doubt_raised", "doubt_decided"]
    assert entries[0]["bemærkning"] == "Viser lejekontrakt"
    assert entries[1]["begrundelse"] == "Papirerne er i orden"
