"""A case in doubt is raised at a desk and decided by a supervisor with a reason; a yes is an admission, once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from doubt_cases import ELSEWHERE, NEW, SIGNE, YOUNG, admitted, case
from polling import keep_register, prepare_poll

from ballots.admission import Admitted, AlreadyAdmitted, NeedsDeclaration, NotOnRoll, NotResident, TooYoung
from ballots.poll import PollState
from votingapp.desks.checkin import doubt_words, doubting, service, undoing
from votingapp.desks.checkin.doubting import Case, Papers
from votingapp.desks.secretariat.insight import export
from votingapp.desks.secretariat.insight import service as insight
from votingapp.store import audit, doubts, looks, refusals, register
from votingapp.store.admissions import Channel
from votingapp.store.doubts import DoubtKind
from votingapp.store.elections import urn_of
from votingapp.store.insight import Subject
from votingapp.store.looks import What


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
    any_store, open_poll, raised, say_yes, desk_1, person_id, clock
):
    """The first admission must be taken back first, by its own desk."""
    poll = open_poll(any_store)
    first = clock.now
    wish = service.Wish(person_id(any_store, SIGNE), declared=True)
    service.answer(any_store, desk_1, poll.election, wish)
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


def test_one_case_waits_for_one_person(any_store, open_poll, desk_1, person_id):
    """Raised at two desks, it is the same case; two voters nobody found are two."""
    poll = open_poll(any_store)
    about = Case(DoubtKind.NOT_RESIDENT, person_id(any_store, ELSEWHERE), "Viser lejekontrakt")
    first = doubting.raise_doubt(any_store, desk_1, poll.election, about)
    second = doubting.raise_doubt(any_store, service.Desk("Bord 2", desk_1.official), poll.election, about)
    assert (first.new, second.new, second.doubt_id) == (True, False, first.doubt_id)
    nobody = replace(about, person_id=None)
    ids = {doubting.raise_doubt(any_store, desk_1, poll.election, nobody).doubt_id for _ in range(2)}
    assert len(ids) == 2
    stranger = replace(about, person_id="00000000-0000-4000-8000-000000000000")
    assert doubting.raise_doubt(any_store, desk_1, poll.election, stranger) == doubting.NobodyHere()


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


def test_refusals_are_counted_by_person_and_reason(
    any_store, open_poll, desk_1, raised, say_yes, supervisor, person_id
):
    """Looked up three times she is one refusal; admitted in the end she is none; cases are counted by how they ended."""
    poll = open_poll(any_store)
    for _ in range(3):
        service.look_up_cpr(any_store, desk_1, poll.election, "0505701111")
    service.look_up_cpr(any_store, desk_1, poll.election, "2411034321")
    with any_store.reading() as connection:
        assert refusals.count(connection, poll.election.id) == {"NotResident": 1, "TooYoung": 1}
    say_yes(poll, raised(poll, ELSEWHERE), Papers(resident=True))
    doubting.refuse(any_store, supervisor, poll.election, raised(poll, YOUNG, DoubtKind.TOO_YOUNG), "Først næste år")
    service.answer(
        any_store,
        service.Desk("Bord 2", desk_1.official),
        poll.election,
        service.Wish(person_id(any_store, ELSEWHERE), declared=True),
    )
    with any_store.reading() as connection:
        assert refusals.count(connection, poll.election.id) == {"AlreadyAdmitted": 1, "TooYoung": 1}
        assert doubts.count_decided(connection, poll.election.id) == {
            (DoubtKind.NOT_RESIDENT, True): 1,
            (DoubtKind.TOO_YOUNG, False): 1,
        }


def test_a_yes_that_was_taken_back_is_no_yes_any_more(any_store, open_poll, raised, say_yes, desk_1, supervisor, clock):
    """Undone, the case says so, and still says so when the voter has been admitted anew, on a case of her own."""
    poll = open_poll(any_store)
    first = raised(poll, ELSEWHERE)
    say_yes(poll, first, Papers(resident=True))
    assert case(any_store, poll, first).undone is False
    clock.advance(minutes=1)
    reason = undoing.Reason("Det var en anden", supervisor)
    undone = undoing.undo(any_store, desk_1, poll.election, 1, undoing.NotDrawn(), reason)
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
def test_a_case_is_raised_while_the_poll_is_open(any_store, open_poll, desk_1, person_id, state):
    """Before the opening it would bind a roll that is not final, and after the close nobody can be let in."""
    poll = open_poll(any_store, state=state)
    about = Case(DoubtKind.NOT_RESIDENT, person_id(any_store, ELSEWHERE), "Viser lejekontrakt")
    refused = doubting.raise_doubt(any_store, desk_1, poll.election, about)
    assert refused == doubting.NotOpen(PollState.FROZEN if state == "not_open" else PollState.CLOSED)
    with any_store.reading() as connection:
        assert doubts.waiting(connection, poll.election.id) == ()
        assert register.is_in_use(connection, poll.election.id) is False


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
