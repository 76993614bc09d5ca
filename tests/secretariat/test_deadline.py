"""An extension is a decision that stays: for everybody alike, only to a later instant, and with those who came too late."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from ballot_lots import METHOD, draw_lot, ordered_by_lot
from board import seat_board
from filed import NUMBERS, file_nomination, find
from sqlalchemy import select, update

from candidates.extension import ExtensionObstacle
from candidates.nomination import NominationState
from votingapp.desks.secretariat.deadline import service
from votingapp.desks.secretariat.lot import service as lots
from votingapp.store import audit, decisions, elections
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.looks import look

PAGE = "/koege-2021/secretariat/deadline"
CLOSES = datetime(2021, 11, 18, 11, tzinfo=UTC)
CURE = datetime(2021, 11, 20, 11, tzinfo=UTC)
FORM = {
    "closes": "2021-11-18T12:00",
    "cure_until": "2021-11-20T12:00",
    "body": "Byrådet",
    "reason": "Kun to kandidater til fem pladser.",
    "confirm": "y",
}


def extend(store, official, election, closes=CLOSES, cure_until=CURE):
    return service.extend_deadline(store, official, election, closes, cure_until, "Byrådet", "For få kandidater")


def now(store, election):
    with store.reading() as connection:
        return elections.by_id(connection, election.id)


def last_entry(store, election):
    with store.reading() as connection:
        entry = list(audit.entries(connection, election.id))[-1]
    return entry.act, json.loads(entry.details)


def test_an_extension_is_in_force_at_once_and_the_adopted_rules_stay(any_store, board, clock):
    """The later deadlines count from now on; what was adopted, its text and hash are as they were."""
    seated = board(any_store)
    adopted = seated.election.rules
    assert extend(any_store, seated.secretary, seated.election) == service.Extended(())
    current = seated.now()
    assert (current.rules.nomination.closes, current.rules.nomination.cure_until) == (CLOSES, CURE)
    assert current.adopted_rules == adopted
    assert current.rules.sha256 == adopted.sha256
    assert (current.extension.body, current.extension.reason) == ("Byrådet", "For få kandidater")
    assert current.extension.decided_at == clock.now


def test_every_extension_is_kept(store, board):
    """The deadline may be moved again, and each decision can be read afterwards."""
    seated = board(store)
    for days in range(3):
        step = timedelta(days=days)
        assert isinstance(
            extend(store, seated.secretary, seated.election, CLOSES + step, CURE + step), service.Extended
        )
    with store.reading() as connection:
        every = decisions.extensions(connection, seated.election.id)
    assert [one.closes for one in every] == [CLOSES + timedelta(days=days) for days in range(3)]
    assert seated.now().rules.nomination.closes == CLOSES + timedelta(days=2)
    assert extend(store, seated.secretary, seated.election) == service.Hindered(ExtensionObstacle.NOT_LATER)


def test_who_came_too_late_is_taken_in_if_she_came_in_time_for_the_new_deadline(store, board, clock):
    """The last second of the new deadline is in, the next is not, and the log names who was taken in."""
    seated = board(store)
    filed = []
    for number, at in enumerate((CLOSES - timedelta(hours=9), CLOSES, CLOSES + timedelta(seconds=1))):
        clock.move_to(at)
        filed.append(file_nomination(store, seated.election, f"Åse {number}", NUMBERS[number]))
        assert filed[-1].state is NominationState.LATE
    assert extend(store, seated.secretary, seated.election) == service.Hindered(ExtensionObstacle.ALREADY_PAST)
    clock.move_to(CLOSES - timedelta(microseconds=1))
    outcome = extend(store, seated.secretary, seated.election)
    assert [one.id for one in outcome.reinstated] == [one.id for one in filed[:2]]
    states = [find(store, seated.election, one.id).state for one in filed]
    assert states == [NominationState.SUBMITTED, NominationState.SUBMITTED, NominationState.LATE]
    act, details = last_entry(store, seated.election)
    assert (act, details["reinstated"]) == ("deadline_extended", [one.id for one in filed[:2]])
    assert details["closes_before"] == seated.election.rules.nomination.closes.isoformat()
    again = extend(store, seated.secretary, seated.election, CLOSES + timedelta(days=1), CURE)
    assert [one.id for one in again.reinstated] == [filed[2].id]
    assert find(store, seated.election, filed[2].id).nomination.submitted_at == filed[2].nomination.submitted_at


def test_a_fixed_ballot_is_given_no_more_time(store, board):
    """After the freeze nothing is extended."""
    seated = board(store)

    def fix(work):
        here = election_table.c.id == seated.election.id
        work.connection.execute(update(election_table).where(here).values(frozen_at=work.now))
        work.keep_unrecorded()

    store.write(fix)
    outcome = extend(store, seated.secretary, seated.election)
    assert outcome == service.Hindered(ExtensionObstacle.BALLOT_FIXED)


def test_a_vote_that_is_not_held_is_given_no_more_time(store, board):
    """Nor after the decision that there is no vote."""
    seated = board(store)
    decided = decisions.Uncontested(store.clock(), "Byrådet", "Fredsvalg", "[]", seated.secretary.id)

    def cancel(work):
        decisions.keep_uncontested(work, seated.election.id, decided)
        work.keep_unrecorded()

    store.write(cancel)
    outcome = extend(store, seated.secretary, seated.election)
    assert outcome == service.Hindered(ExtensionObstacle.BALLOT_FIXED)


def test_the_lot_stays_behind_the_last_deadline(store, found_election, koege_rules, clock):
    """An announced lot is put off first; from its instant on, and once it is drawn, nobody can come forward any more."""
    seated = seat_board(store, found_election(store, rules_text=ordered_by_lot(koege_rules)))
    draw_at = CURE - timedelta(days=1)
    lots.announce(store, seated.chair, seated.election, METHOD, draw_at)
    hindered = service.Hindered(ExtensionObstacle.LOT_COMES_FIRST)
    assert extend(store, seated.secretary, seated.election) == hindered
    later = CURE + timedelta(hours=1)
    lots.announce_anew(store, seated.chair, seated.election, METHOD, later, "Fristen forlænges")
    assert isinstance(extend(store, seated.secretary, seated.election), service.Extended)
    clock.move_to(later)
    new_closes, new_cure = later + timedelta(hours=1), later + timedelta(hours=2)
    assert extend(store, seated.secretary, seated.election, new_closes, new_cure) == hindered


def test_a_drawn_lot_ends_it(store, found_election, koege_rules):
    """With the seed known a new candidate could aim at a place."""
    seated = seat_board(store, found_election(store, rules_text=ordered_by_lot(koege_rules)))
    draw_lot(store, seated.election, seated.secretary, seated.chair)
    at = store.clock()
    outcome = extend(store, seated.secretary, seated.election, at + timedelta(hours=1), at + timedelta(hours=2))
    assert outcome == service.Hindered(ExtensionObstacle.LOT_COMES_FIRST)


def test_two_extensions_at_once_are_one_after_the_other(any_store, board):
    """Of two officials who enter the same decision one is told that it stands; nobody is reinstated twice."""
    seated = board(any_store)
    any_store.clock.move_to(seated.election.rules.nomination.closes + timedelta(minutes=5))
    late = file_nomination(any_store, seated.election, "Åse Ærø")
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(extend(any_store, seated.secretary, seated.election)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [one for one in answers if isinstance(one, service.Extended)]
    assert [one.id for one in taken[0].reinstated] == [late.id]
    assert answers.count(service.Hindered(ExtensionObstacle.NOT_LATER)) == 3
    with any_store.reading() as connection:
        assert len(decisions.extensions(connection, seated.election.id)) == 1


def test_the_decision_by_its_page(act, desk, store, election, clerk, clock, sign_in):
    """Times are typed in Danish time; the page shows both deadlines, who decided and why, and who was taken in."""
    clock.move_to(election.rules.nomination.closes + timedelta(minutes=1))
    late = file_nomination(store, election, "Zoë Ærlig")
    page = sign_in(desk, clerk.login).get(PAGE).text
    assert "16. november 2021 kl. 12.00.00" in page
    assert "Zoë Ærlig" in page
    done = act(PAGE, FORM, page=PAGE, follow_redirects=True).text
    for words in ("Fristen er forlænget", "Zoë Ærlig", "18. november 2021 kl. 12.00.00", "Kun to kandidater", "Clerk"):
        assert words in done
    assert now(store, election).rules.nomination.closes == CLOSES
    assert find(store, election, late.id).state is NominationState.SUBMITTED


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"closes": ""}, 422, "Skriv en ny frist."),
        ({"closes": "i morgen"}, 422, "Skriv en dato og et klokkeslæt."),
        ({"closes": "0001-01-01T00:00"}, 422, "findes ikke"),
        ({"cure_until": "9999-12-31T23:59:59"}, 409, "før valgdagen"),
        ({"body": " "}, 422, "Skriv, hvem der har besluttet det."),
        ({"reason": ""}, 422, "Skriv en begrundelse."),
        ({"reason": f"Samme som {NUMBERS[0]}"}, 422, "Skriv ikke et CPR-nummer her."),
        ({"confirm": ""}, 422, "Sæt kryds"),
        ({"closes": "2021-11-16T12:00"}, 409, "efter den, der gælder nu"),
        ({"cure_until": "2021-11-18T11:59"}, 409, "ikke ligge før fristen"),
        ({"cure_until": "2021-11-23T00:00"}, 409, "før valgdagen"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(act, store, election, changes, status, says):
    """Each mistake is named on the page, and the deadline is as it was."""
    data = {name: value for name, value in (FORM | changes).items() if value or name != "confirm"}
    answer = act(PAGE, data, page=PAGE)
    assert answer.status_code == status
    assert says in answer.text
    assert NUMBERS[0] not in answer.text
    assert now(store, election).extension is None


def test_the_hour_that_comes_twice_is_no_deadline(act, election):
    """On the night when summer time ends half past two would be two instants."""
    del election
    answer = act(PAGE, FORM | {"closes": "2021-10-31T02:30"}, page=PAGE)
    assert answer.status_code == 422
    assert "kommer to gange" in answer.text


def test_a_look_at_the_late_is_noted(desk, store, election, clerk):
    """The page shows people, so it is written down that they were seen."""
    desk.get(PAGE)
    with store.reading() as connection:
        assert connection.execute(select(look.c.what, look.c.staff_id)).all() == [("nomination_list", clerk.id)]
