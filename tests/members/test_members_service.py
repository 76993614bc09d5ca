"""The register of members over a whole term: who leaves, who is asked, who enters, and what nobody may enter alone or out of turn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from council_term import Council
from sqlalchemy import select

from tally.council import Answer
from tally.succession import EarlierFirst, Nobody, OrderNeeded, Passed, Reason
from tally.tenure import spans
from tally.vacancy import Cause, Progress, Step
from votingapp.desks.members import leaving, missing, ordering, stepping, substituting
from votingapp.desks.members.leaving import Leaving
from votingapp.desks.members.stepping import Taken, Wished
from votingapp.store import absences, audit, complaints, rulings, seats, tenures, vacancies
from votingapp.store.rulings import Meeting
from votingapp.store.tables.members import substitute_word, vacancy, vacancy_step

DAY = timedelta(days=1)


@pytest.fixture
def council(store, found_election, clock):
    return Council(store, found_election(store), clock)


def test_a_term_of_four_years(any_store, found_election, clock):
    """Five are elected; one leaves, the first substitute declines, the second enters; two years later another follows."""
    council = Council(any_store, found_election(any_store), clock)
    first = council.free(2)
    assert council.sits(2) == "c2"
    assert council.sits(2, council.today + DAY) is None
    assert council.step(first, Step.PROPOSED, words="Suppleant nr. 1 foreslås") == Taken(Progress.PROPOSED)
    assert council.case(first).asked == "c6"
    council.go_to(date(2022, 3, 20))
    for _ in range(3):
        assert council.step(first, Step.POSTPONED, words="Ikke beslutningsdygtigt") == Taken(Progress.PROPOSED)
    assert council.step(first, Step.APPROVED) == Taken(Progress.PROPOSED)
    assert council.step(first, Step.DECLINED, words="Har ikke tid") == Taken(Progress.OPEN)
    assert council.step(first, Step.PROPOSED) == Taken(Progress.PROPOSED)
    proposal = council.said(first)[-1]
    assert (council.case(first).asked, proposal.rank) == ("c7", 2)
    assert proposal.passed == (Passed("c6", 1, Reason.DECLINED, date(2022, 3, 20)),)
    assert council.step(first, Step.ACCEPTED) == Taken(Progress.PROPOSED)
    assert council.sits(2) is None
    assert council.step(first, Step.APPROVED, enters_on=date(2022, 4, 1)) == Taken(Progress.FILLED)
    assert council.sits(2, date(2022, 3, 31)) is None
    assert council.sits(2, date(2022, 4, 1)) == "c7"

    council.go_to(date(2024, 4, 2))
    second = council.free(5, Cause.MOVED_AWAY, date(2024, 6, 30))
    assert council.step(second, Step.PROPOSED) == Taken(Progress.PROPOSED)
    assert [(one.candidate, one.reason) for one in council.said(second)[-1].passed] == [
        ("c6", Reason.DECLINED),
        ("c7", Reason.SITTING),
    ]
    council.step(second, Step.ACCEPTED)
    assert council.step(second, Step.APPROVED) == Taken(Progress.FILLED)
    assert (council.sits(5, date(2024, 6, 30)), council.sits(5, date(2024, 7, 1))) == ("c5", "c8")

    council.go_to(date(2024, 9, 1))
    third = council.free(1, Cause.DIED)
    found = council.step(third, Step.PROPOSED)
    assert isinstance(found, Nobody)
    assert council.step(third, Step.LEFT_VACANT) == Taken(Progress.VACANT)
    with council.store.reading() as connection:
        times = tenures.sittings(connection, council.election.id)
        assert audit.first_broken_link(connection, council.election.id) is None
    term = council.election.rules.election
    told = {
        number: [one.sitting and one.sitting.candidate for one in spans(times, number, term.term_start, term.term_end)]
        for number in range(1, 6)
    }
    assert told == {1: ["c1", None], 2: ["c2", None, "c7"], 3: ["c3"], 4: ["c4"], 5: ["c5", "c8"]}
    assert {one.name for one in times if one.candidate == "c7"} == {"Hans Ib"}


def test_no_cause_and_no_word_stands_in_the_log_or_open_in_the_tables(council):
    """Why somebody left and what was written of it may be of health: the log names seat, person and day alone."""
    secret = "Hun er syg, fortæller hendes bror"
    case = leaving.leave(
        council.store, council.election, 1, Leaving(Cause.DIED, council.today, secret), council.two
    ).vacancy_id
    council.step(case, Step.PROPOSED, words=secret)
    council.note("c6", Reason.DIED)
    council.miss(3, council.today)
    text = " ".join(entry.details for entry in council.log())
    assert "died" not in text
    assert "syg" not in text
    with council.store.reading() as connection:
        kept = [row for table in (vacancy, vacancy_step, substitute_word) for row in connection.execute(select(table))]
        assert not any(b"syg" in value for row in kept for value in row if isinstance(value, bytes))
        opened = vacancies.evidence_of(connection, council.store.vault, council.election.id, case)
        assert opened == secret
    assert council.said(case)[0].words == secret


def test_nobody_frees_or_fills_a_seat_alone(council):
    """One official, or the same twice, is refused for everything but the note that a meeting put it off."""
    one = council.two[0]
    case = council.free(1)
    with pytest.raises(ValueError, match="two"):
        leaving.leave(council.store, council.election, 2, Leaving(Cause.RESIGNED, council.today, ""), (one, one))
    for second in (None, one):
        with pytest.raises(ValueError, match="two"):
            stepping.take_step(
                council.store, council.election, case, Wished(Step.PROPOSED, council.today, "", 0), (one, second)
            )
    with pytest.raises(ValueError, match="two"):
        substituting.note_substitute(council.store, council.election, "c6", Reason.DIED, council.today, "", (one, one))
    with pytest.raises(ValueError, match="two"):
        ordering.set_order(council.store, council.election, (1, 2), "", (one, one))
    council.step(case, Step.PROPOSED)
    wished = Wished(Step.POSTPONED, council.today, "", 1)
    assert stepping.take_step(council.store, council.election, case, wished, (one, None)) == Taken(Progress.PROPOSED)


@pytest.mark.parametrize(
    ("cause", "day", "refusal"),
    [
        (Cause.RESIGNED, date(2021, 12, 31), leaving.Refusal.BEFORE_HER_TIME),
        (Cause.RESIGNED, date(2025, 12, 31), leaving.Refusal.AFTER_THE_TERM),
        (Cause.DIED, date(2022, 3, 2), leaving.Refusal.AHEAD),
        (Cause.ANNULLED, date(2022, 3, 1), leaving.Refusal.NOT_ANNULLED),
        (Cause.NOT_APPOINTED, date(2022, 3, 1), leaving.Refusal.APPOINTED),
        (Cause.ABSENT, date(2022, 3, 1), leaving.Refusal.TOO_FEW_ABSENCES),
    ],
)
def test_days_and_causes_that_cannot_be(council, cause, day, refusal):
    """Before her time, after the term, a death to come, a member who was appointed: nothing is kept."""
    before = len(council.log())
    assert council.leave(1, cause, day) is refusal
    assert council.sits(1) == "c1"
    assert len(council.log()) == before


def test_an_election_that_was_set_aside_lets_the_substitute_in(council, monkeypatch):
    """Only of whom a decision on a complaint says so, and not on a day to come."""
    monkeypatch.setattr(complaints, "set_aside", lambda _connection, _election_id: ("c1",))
    assert council.leave(2, Cause.ANNULLED) is leaving.Refusal.NOT_ANNULLED
    assert council.leave(1, Cause.ANNULLED, council.today + DAY) is leaving.Refusal.AHEAD
    case = council.free(1, Cause.ANNULLED)
    assert council.step(case, Step.WITHDRAWN) is stepping.Refusal.SET_ASIDE, "the byråd decided, and not these two"
    assert council.sits(1, council.today + DAY) is None
    council.step(case, Step.PROPOSED)
    assert council.case(case).asked == "c6"


def test_nobody_leaves_twice(council):
    """Pressing again, or entering another cause, finds that she is leaving already; a seat that is not there is told."""
    council.free(1, left_on=date(2022, 8, 1))
    assert council.leave(1) is leaving.Refusal.NOBODY_SITS
    assert council.leave(99) is leaving.Refusal.NO_SUCH_SEAT


def test_steps_out_of_turn_keep_nothing(council):
    """Another page's step, a day to come, a day before the last, an entry before the seat is free: all refused, nothing kept."""
    case = council.free(1, left_on=date(2022, 6, 30))
    before = len(council.log())
    refusal = stepping.Refusal
    assert council.step(case, Step.APPROVED) is refusal.CHANGED
    assert council.step(case, Step.PROPOSED, seen=1) is refusal.CHANGED
    assert council.step(case, Step.PROPOSED, day=council.today + DAY) is refusal.AHEAD
    assert council.step(case, Step.LEFT_VACANT) is refusal.SOMEBODY_LEFT
    assert len(council.log()) == before
    council.step(case, Step.PROPOSED)
    assert council.step(case, Step.APPROVED, day=council.today - DAY) is refusal.OUT_OF_ORDER
    council.step(case, Step.APPROVED)
    assert council.step(case, Step.ACCEPTED, enters_on=date(2022, 6, 30)) is refusal.TOO_EARLY
    assert council.step(case, Step.ACCEPTED, enters_on=date(2026, 1, 1)) is refusal.AFTER_THE_TERM
    assert council.step(case, Step.ACCEPTED) == Taken(Progress.FILLED)
    assert council.sits(1, date(2022, 7, 1)) == "c6"
    assert council.step(case, Step.DECLINED) is refusal.CHANGED
    assert (
        stepping.take_step(
            council.store, council.election, "nowhere", Wished(Step.PROPOSED, council.today, "", 0), council.two
        )
        is refusal.NO_SUCH_CASE
    )


def test_two_unexplained_absences_and_an_excuse_afterwards(council):
    """Two without a reason let the seat be free; a reason told later takes that back before anybody entered."""
    assert council.miss(1, date(2022, 1, 20)) == missing.Noted()
    assert council.miss(1, date(2022, 1, 20)) is missing.Refusal.NOTED_BEFORE
    assert council.miss(1, date(2022, 2, 1), excused=True) == missing.Noted()
    assert council.miss(1, date(2022, 3, 2)) is missing.Refusal.AHEAD
    assert council.miss(1, date(2021, 12, 1)) is missing.Refusal.NOBODY_SAT
    assert council.leave(1, Cause.ABSENT) is leaving.Refusal.TOO_FEW_ABSENCES
    council.miss(1, date(2022, 2, 20))
    assert council.leave(1, Cause.ABSENT, date(2022, 2, 19)) is leaving.Refusal.TOO_FEW_ABSENCES
    case = council.free(1, Cause.ABSENT)
    council.step(case, Step.PROPOSED)
    with council.store.reading() as connection:
        late = next(one for one in absences.every(connection, council.election.id) if one.met_on == date(2022, 2, 20))
    excused = missing.excuse(council.store, council.two[0], council.election, late.id, "Lå på sygehuset")
    assert excused == missing.Excused(case)
    again = missing.excuse(council.store, council.two[0], council.election, late.id, "")
    assert again is missing.Refusal.NO_SUCH_ABSENCE
    assert council.step(case, Step.WITHDRAWN) == Taken(Progress.WITHDRAWN)
    assert council.sits(1, council.today + DAY) == "c1"
    council.free(1, Cause.RESIGNED, date(2022, 9, 1))


def test_a_substitute_who_can_no_longer_enter_frees_the_proposal(council):
    """She dies after she was proposed: her case is open again, and the next is proposed over her."""
    case = council.free(1)
    council.step(case, Step.PROPOSED)
    assert council.note("c6", Reason.DIED) == substituting.NotedOf(case)
    assert council.note("c6", Reason.DIED) is substituting.Refusal.KNOWN
    assert council.note("c1", Reason.DIED) is substituting.Refusal.NO_SUCH_SUBSTITUTE
    assert council.note("c7", Reason.DIED, council.today + DAY) is substituting.Refusal.AHEAD
    assert council.case(case).course.progress is Progress.OPEN
    council.step(case, Step.PROPOSED)
    assert council.case(case).asked == "c7"
    with pytest.raises(ValueError, match="not entered"):
        council.note("c7", Reason.SITTING)


def test_whoever_was_not_appointed_is_followed_from_the_first_day(store, found_election, clock):
    """The byråd does not appoint one: no time of hers begins, and her substitute sits from the first day of the term."""
    election = found_election(store)
    council = Council(store, election, clock, refused=(3,))
    council.go_to(date(2021, 12, 15))
    assert council.leave(3, Cause.NOT_APPOINTED) is leaving.Refusal.APPOINTED
    assert council.leave(3, Cause.ABSENT) is leaving.Refusal.NEVER_SAT

    def rule(work):
        third = next(one for one in seats.every(work.connection, election.id) if one.place.number == 3)
        meeting = Meeting(date(2021, 12, 14), "Byrådet", "1", "Ikke udpeget")
        rulings.keep(work, election.id, third, Answer.NOT_APPOINTED, meeting, council.two)
        work.record(election.id, "test", "ruled")

    store.write(rule)
    case = council.free(3, Cause.NOT_APPOINTED)
    assert council.leave(3, Cause.WITHDREW) is leaving.Refusal.NOBODY_SITS
    council.step(case, Step.PROPOSED)
    council.step(case, Step.ACCEPTED)
    assert council.step(case, Step.APPROVED) == Taken(Progress.FILLED)
    assert council.sits(3, date(2022, 1, 1)) == "c6"


def test_a_seat_that_the_byraad_filled_meanwhile_has_no_second_member(store, found_election, clock):
    """One withdraws before she was appointed, and is appointed all the same: nobody enters beside her."""
    council = Council(store, found_election(store), clock, refused=(3,))
    case = council.free(3, Cause.WITHDREW)
    council.step(case, Step.PROPOSED)
    council.step(case, Step.ACCEPTED)

    def appoint(work):
        third = next(one for one in seats.every(work.connection, council.election.id) if one.place.number == 3)
        seats.begin(work, council.election.id, third, date(2022, 1, 1))
        work.record(council.election.id, "test", "appointed")

    store.write(appoint)
    assert council.step(case, Step.APPROVED) is stepping.Refusal.CHANGED
    assert council.step(case, Step.WITHDRAWN) == Taken(Progress.WITHDRAWN)
    assert council.sits(3) == "c3"


def test_whoever_gives_the_seat_up_before_her_time_never_sat(council):
    """She is appointed and withdraws before the term: the one who follows sits from the same first day."""
    council.go_to(date(2021, 12, 20))
    case = council.free(1, Cause.WITHDREW)
    council.step(case, Step.PROPOSED)
    council.step(case, Step.APPROVED)
    council.step(case, Step.ACCEPTED)
    assert council.sits(1, date(2022, 1, 1)) == "c6"
    assert council.leave(1, Cause.RESIGNED, date(2022, 5, 1)) != leaving.Refusal.NOBODY_SITS


def test_nobody_withdraws_from_a_time_that_has_begun(council):
    """Two years later no press unmakes the days on which a member sat; she resigns, and they stay hers."""
    council.go_to(date(2021, 12, 31))
    early = council.free(1, Cause.WITHDREW)
    council.go_to(date(2022, 1, 1))
    assert council.leave(2, Cause.WITHDREW) is leaving.Refusal.BEGUN
    council.go_to(date(2024, 1, 1))
    assert council.leave(2, Cause.WITHDREW, date(2021, 12, 1)) is leaving.Refusal.BEGUN
    council.free(2, Cause.RESIGNED)
    assert (council.sits(2, date(2022, 1, 1)), council.sits(2, date(2024, 1, 2))) == ("c2", None)
    assert council.case(early).left_on == date(2021, 12, 31)


def test_a_personal_substitute_follows_her_member_alone(store, found_election, clock, koege_rules):
    """Paired, the seat of the second goes to the second's own substitute and then to nobody, and no other seat waits for it."""
    paired = koege_rules.replace('model = "ranked"', 'model = "paired"\nper_member = 1')
    council = Council(store, found_election(store, rules_text=paired), clock)
    first, second = council.free(1), council.free(2, left_on=date(2022, 2, 1))
    council.step(first, Step.PROPOSED)
    council.step(second, Step.PROPOSED)
    assert (council.case(first).asked, council.case(second).asked) == ("c6", "c7")
    council.step(second, Step.DECLINED)
    found = council.step(second, Step.PROPOSED)
    assert found == Nobody("c2", (Passed("c7", 2, Reason.DECLINED, council.today),))


def test_where_no_vote_was_held_nobody_follows(store, found_election, clock):
    """All who stood sit, so whoever leaves leaves a vacant seat; the seats that nobody won were never hers to leave."""
    council = Council(store, found_election(store), clock, votes=())
    assert (council.sits(3), council.sits(4)) == ("c3", None)
    assert council.leave(4) is leaving.Refusal.NOBODY_SITS
    case = council.free(3)
    assert council.step(case, Step.PROPOSED) == Nobody(None, ())
    assert council.step(case, Step.LEFT_VACANT) == Taken(Progress.VACANT)


def test_the_seat_that_was_free_first_is_filled_first(council):
    """A later seat waits for an earlier one that wants the same people, and not for one whose proposal is made."""
    later, earlier = council.free(1), council.free(2, left_on=date(2022, 2, 1))
    assert council.step(later, Step.PROPOSED) == EarlierFirst((2,))
    council.step(earlier, Step.PROPOSED)
    council.step(later, Step.PROPOSED)
    assert (council.case(earlier).asked, council.case(later).asked) == ("c6", "c7")


def test_seats_of_one_day_and_one_kind_ask_for_no_order(council):
    """Nothing is to be ordered where the order changes nothing."""
    council.free(1)
    council.free(2)
    found = ordering.set_order(council.store, council.election, (2, 1), "Lod", council.two)
    assert found == ordering.NothingToOrder()


def test_people_say_which_of_two_seats_of_one_day_is_filled_first(store, found_election, clock, koege_rules):
    """An open seat and a reserved one want the first of the list: nobody is proposed until two have entered the order."""
    reserved = f'{koege_rules}\n[[seats.reserved]]\ngroup = "nord"\nseats = 1\n'
    council = Council(store, found_election(store, rules_text=reserved), clock, groups={1: "nord", 6: "nord"})
    free_open, free_reserved = council.free(2), council.free(1)
    for case in (free_open, free_reserved):
        assert isinstance(council.step(case, Step.PROPOSED), OrderNeeded)

    def order(*numbers):
        return ordering.set_order(store, council.election, numbers, "Lodtrækning på mødet", council.two)

    assert order(2) == order(2, 3) == order() == ordering.NothingToOrder()
    assert order(1, 2) == ordering.Ordered()
    assert order(2, 1) == ordering.NothingToOrder()
    assert council.step(free_open, Step.PROPOSED) == EarlierFirst((1,))
    council.step(free_reserved, Step.PROPOSED)
    council.step(free_open, Step.PROPOSED)
    assert (council.case(free_reserved).asked, council.case(free_open).asked) == ("c6", "c7")
    with pytest.raises(ValueError, match="CPR"):
        ordering.set_order(store, council.election, (1, 2), "101262-0010", council.two)


def test_two_press_at_once_and_one_seat_is_proposed_once(any_store, found_election, clock):
    """Of two desks that propose for the same case only one is heard."""
    council = Council(any_store, found_election(any_store), clock)
    case = council.free(1)
    answers = [council.step(case, Step.PROPOSED, seen=0) for _ in range(2)]
    assert answers == [Taken(Progress.PROPOSED), stepping.Refusal.CHANGED]
