"""Whoever is put on an open roll at the desk is new to it: by her number, or by what a supervisor says of those like her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from doubt_cases import NEW, SIGNE, admitted, case
from sqlalchemy import event, inspect, select

from ballots.admission import Admitted, AlreadyAdmitted
from candidates.cpr import parse_cpr
from votingapp.desks.checkin import doubting, recognising
from votingapp.desks.checkin.doubting import Papers
from votingapp.desks.checkin.service import Desk
from votingapp.store import looks, register
from votingapp.store.doubts import DoubtKind
from votingapp.store.looks import What
from votingapp.store.tables.register import register_person


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
        none_of = outcome.mark if isinstance(outcome, recognising.Alike) else ""
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


@pytest.mark.parametrize("born", [date(1980, 5, 17), date(1975, 1, 1)])
def test_a_namesake_of_another_day_is_shown(any_store, open_poll, raised, say_yes, born):
    """Admitted once, she comes again with her name and another birth date: the supervisor sees her, and decides."""
    poll = open_poll(any_store)
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), NEW), Admitted)
    again = raised(poll, kind=DoubtKind.NOT_FOUND)
    papers = replace(NEW, name="amal  ØSTERGÅRD", birth_date=born)
    shown = say_yes(poll, again, papers)
    assert [(one.name, one.birth_date) for one in shown.persons] == [(NEW.name, NEW.birth_date)]
    assert isinstance(say_yes(poll, again, replace(papers, person_id=shown.persons[0].id)), AlreadyAdmitted)
    assert isinstance(say_yes(poll, again, replace(papers, none_of=shown.mark)), Admitted)
    third = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), replace(papers, birth_date=date(1990, 2, 3)))
    assert {one.birth_date for one in third.persons} == {NEW.birth_date, born}
    assert third.mark != shown.mark


def test_a_namesake_comes_before_others_of_the_day(any_store, open_poll, raised, say_yes):
    """Those born that day and those of her name stand on one list, and one mark stands for all of them."""
    poll = open_poll(any_store)
    papers = Papers(resident=True, name="Bent Andetsteds", birth_date=date(1980, 1, 1))
    shown = say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), papers)
    assert shown.persons[0].name == papers.name
    assert {one.birth_date for one in shown.persons[1:]} == {papers.birth_date}
    assert len(shown.persons) == 3


def test_a_number_tells_her_from_her_namesakes(any_store, open_poll, raised, say_yes):
    """Many share a name: with a number of her own nobody is asked about those born on another day."""
    poll = open_poll(any_store)
    papers = replace(NEW, name=SIGNE, cpr=parse_cpr("0102801236"))
    assert isinstance(say_yes(poll, raised(poll, kind=DoubtKind.NOT_FOUND), papers), Admitted)


def test_namesakes_are_found_through_an_index(any_store, open_poll):
    """An extract has a hundred thousand persons: the database answers by name, and other elections' are not looked at."""
    poll = open_poll(any_store)
    with any_store.reading() as connection:
        found = register.find_by_whole_name(connection, poll.election.id, "signe  SØRENSEN")
        assert [one.name for one in found] == [SIGNE]
        assert register.find_by_whole_name(connection, "another", SIGNE) == ()
        indexes = inspect(connection).get_indexes("register_person")
    assert ["election_id", "name_key"] in [one["column_names"] for one in indexes]


def test_sqlite_goes_to_namesakes_at_once(store, open_poll):
    """Of two indexes that begin with the election it takes the one by name."""
    poll = open_poll(store)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with store.reading() as connection:
        register.find_by_whole_name(connection, poll.election.id, SIGNE)
        (question,) = [one for one in asked if "name_key = ?" in one]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", (poll.election.id, "signe sørensen")).all()
    assert [row.detail for row in plan] == [
        "SEARCH register_person USING INDEX ix_register_person_election_id_name_key (election_id=? AND name_key=?)"
    ]


def test_one_person_alone_enters_nobody(any_store, open_poll, add_staff, supervisor):
    """Who raised a case puts nobody on the roll, also not by saying that none of those shown is she; another does."""
    poll = open_poll(any_store)
    waiting = doubting.raise_doubt(
        any_store, Desk("Bord 1", supervisor), poll.election, doubting.Case(DoubtKind.NOT_FOUND, None, "Ny")
    )
    verdict = doubting.Verdict("Papirer set", NEW, declared=True)

    def decide(who, papers=NEW):
        return doubting.admit(any_store, who, poll.election, waiting.doubt_id, replace(verdict, papers=papers))

    alike = replace(NEW, birth_date=date(1980, 1, 1))
    mark = decide(supervisor, alike).mark
    for papers in (NEW, replace(NEW, cpr=parse_cpr("0102801236")), replace(alike, none_of=mark)):
        assert decide(supervisor, papers) == doubting.RaisedByHer()
    assert admitted(any_store) == []
    assert case(any_store, poll, waiting.doubt_id).decided_at is None
    with any_store.reading() as connection:
        assert connection.execute(select(register_person).where(register_person.c.by_supervisor)).all() == []
    assert isinstance(decide(add_staff(any_store, None, "birk")), Admitted)


def test_who_raised_a_case_may_find_the_voter_on_the_roll(any_store, open_poll, supervisor, person_id):
    """Nobody is added where the roll has her: one person decides, as of every voter on it."""
    poll = open_poll(any_store)
    waiting = doubting.raise_doubt(
        any_store, Desk("Bord 1", supervisor), poll.election, doubting.Case(DoubtKind.NOT_FOUND, None, "Stavet om")
    )
    papers = Papers(resident=True, person_id=person_id(any_store, SIGNE))
    verdict = doubting.Verdict("Pas set", papers, declared=True)
    assert isinstance(doubting.admit(any_store, supervisor, poll.election, waiting.doubt_id, verdict), Admitted)


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
