"""A poll is postponed, or an election annulled, by two officials for a body that decided it; no step is taken against it then."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from casework import file
from ceremonies import meet
from polling import keep_register, person, prepare_poll
from standing import NUMBERS

from ballots.calling_off import CallingOffObstacle
from ballots.poll import ObstacleCode
from candidates.nomination import NominationState
from votingapp.desks.checkin import service as checkin
from votingapp.desks.count import decrypting, lots, tallying
from votingapp.desks.nomination.service import window_at
from votingapp.desks.poll import service as poll_service
from votingapp.desks.poll.zero_report import make_zero_report
from votingapp.desks.secretariat.calling_off import service
from votingapp.desks.secretariat.calling_off.service import Said
from votingapp.desks.secretariat.deadline import service as deadline
from votingapp.desks.secretariat.deadline.service import Hindered as NoTime
from votingapp.documents.notices import compose
from votingapp.store import audit, decisions, elections, notices, poll_decisions, register
from votingapp.store.attendance import Ceremony

PAGE = "/koege-2021/secretariat/poll-decision"
OPENS, CLOSES = datetime(2021, 12, 7, 16, tzinfo=UTC), datetime(2021, 12, 7, 19, tzinfo=UTC)
BEFORE = datetime(2021, 11, 20, 9, tzinfo=UTC)
SAID = Said("Køge Byråd", date(2021, 11, 1), "Strømmen svigtede i hele kommunen.")
HOURS = {"opens": "2021-12-07T17:00", "closes": "2021-12-07T20:00"}
FORM = {
    "body": "Køge Byråd",
    "decided_on": "2021-11-01",
    "reason": "Strømmen svigtede.",
    "confirm": "y",
    "second_login": "anne",
    "second_password": "en lang og god sætning",
}


def two(seated):
    return seated.secretary, seated.chair


def postpone(store, seated, opens=OPENS, closes=CLOSES, said=SAID):
    seen = service.look_ahead(store, seated.secretary, seated.election, opens, closes)
    assert not isinstance(seen, service.Hindered), seen
    return service.postpone(store, two(seated), seated.election, opens, closes, said, seen.fingerprint)


def annul(store, seated, said=SAID):
    return service.annul(store, two(seated), seated.election, said)


def press(client, path, data, *, page, **kwargs):
    """Send a form with what the page holds hidden."""
    text = client.get(page).text
    hidden = {name: held(text, name) for name in ("csrf_token", "seen") if f'name="{name}"' in text}
    return client.post(path, data=hidden | data, **kwargs)


def held(text, name):
    return text.rsplit(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def entries(store, election, act):
    with store.reading() as connection:
        return [json.loads(one.details) for one in audit.entries(connection, election.id) if one.act == act]


def test_a_postponed_poll_has_a_new_day_over_the_adopted_rules(any_store, board, clock):
    """Day, hours and the last day to complain move; the text, its hash and the deadlines for standing stay; it may move again."""
    seated = board(any_store)
    clock.move_to(BEFORE)
    adopted = seated.election.rules
    assert postpone(any_store, seated) == service.Postponed()
    again = timedelta(days=7)
    assert postpone(any_store, seated, OPENS + again, CLOSES + again) == service.Postponed()
    current = seated.now()
    rules = current.rules.election
    assert (rules.election_day, rules.opens_at, rules.closes_at) == (date(2021, 12, 14), OPENS + again, CLOSES + again)
    assert current.complaints_end == date(2021, 12, 21)
    assert current.adopted_rules == adopted
    assert (current.rules.text, current.rules.sha256) == (adopted.text, adopted.sha256)
    assert current.rules.nomination == adopted.nomination
    with any_store.reading() as connection:
        assert elections.every(connection) == (current,)
        made = poll_decisions.every(connection, current.id)
    assert [one.decision.opens_at for one in made] == [OPENS, OPENS + again]
    assert made[0].officials == (seated.secretary.name, seated.chair.name)
    first, second = entries(any_store, current, "poll_postponed")
    assert (first["opens_before"], second["opens_before"]) == (adopted.election.opens_at.isoformat(), OPENS.isoformat())
    assert first["second"] == seated.chair.login


def test_whoever_fills_the_years_between_the_days_may_stand_and_vote(store, board, clock):
    """Age is that of the day that is held: who turns 18 in between is named, counted and judged anew; the decision names nobody."""
    seated = board(store)
    clock.move_to(datetime(2021, 11, 10, 9, tzinfo=UTC))
    between = "0112034239"  # born on 1 December 2003
    old, young = file(store, seated.election, "Åse Ø", NUMBERS[0]), file(store, seated.election, "Ung Ærø", between)
    residents = (
        person("Ung Ærø", between),
        person("Åse Ø", NUMBERS[0]),
        person("Fra Byen", "0212034236", municipality_code="0101"),
    )
    keep_register(store, seated.election, *residents)
    found = service.look_ahead(store, seated.secretary, seated.election, OPENS, CLOSES)
    assert [(one.filed.id, one.before, one.after) for one in found.changing] == [(young.id, False, True)]
    assert found.voters == 1
    assert old.state is NominationState.SUBMITTED
    assert postpone(store, seated) == service.Postponed()
    (logged,) = entries(store, seated.election, "poll_postponed")
    assert logged["changed"] == [{"nomination": young.id, "before": False, "after": True}]
    assert "Ung Ærø" not in json.dumps(logged, ensure_ascii=False)
    poll = prepare_poll(store, seated.now(), slips=3)
    with store.reading() as connection:
        (resident,) = register.born_on(connection, seated.election.id, date(2003, 12, 1))
    admitted = checkin.admit(store, seated.secretary, poll.election, resident.id, "Bord 1", declared=True)
    assert type(admitted).__name__ == "Admitted", admitted
    clock.advance(hours=1)
    assert annul(store, seated) == service.Annulled(closed=True)
    with store.reading() as connection:
        told = [notices.of_nomination(connection, seated.election.id, one.id) for one in (old, young)]
        letters = [compose(connection, store.vault, seated.now(), old, one) for one in told[0]]
    assert [[one.kind.value for one in each] for each in told] == [["postponed", "annulled"]] * 2
    assert (
        letters[0].reason
        == f"Afstemningen er den 7. december 2021 kl. 17.00 til 7. december 2021 kl. 20.00.\n{SAID.reason}"
    )
    assert [one.complain_by for one in letters] == [None, None]


def test_what_was_not_seen_is_not_decided(store, board, clock):
    """Where somebody comes forward after the list was looked at, the decision is refused and the list is looked at again."""
    seated = board(store)
    clock.move_to(datetime(2021, 11, 10, 9, tzinfo=UTC))
    seen = service.look_ahead(store, seated.secretary, seated.election, OPENS, CLOSES).fingerprint
    file(store, seated.election, "Ung Ærø", "0112034239")
    outcome = service.postpone(store, two(seated), seated.election, OPENS, CLOSES, SAID, seen)
    assert outcome == service.Changed()
    assert seated.now().postponement is None


def test_the_zero_report_is_made_anew_for_the_new_hours(store, board, clock):
    """After the freeze the seal stays intact; the report that names the old day is worth nothing, and the hour is the new one."""
    seated = board(store)
    seated.prepare()
    sealed = seated.freeze().seal
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    make_zero_report(store, seated.chair, seated.election, printer=lambda _frame, _zero: b"zero report")
    clock.move_to(BEFORE + timedelta(hours=1))
    assert postpone(store, seated) == service.Postponed()
    clock.move_to(OPENS - timedelta(hours=1))
    refused = poll_service.open_poll(store, seated.chair, seated.election)
    codes = {one.code for one in refused.obstacles}
    assert {ObstacleCode.REPORT_STALE, ObstacleCode.BEFORE_TIME} <= codes
    assert ObstacleCode.SEAL_BROKEN not in codes
    assert sealed.rules == seated.now().rules.sha256


@pytest.mark.parametrize("uncontested", [False, True])
def test_an_election_annulled_before_the_freeze_goes_no_further(store, board, clock, uncontested):
    """Nobody comes forward or is given more time, nothing is frozen, and it is annulled once; the last day to complain moves on."""
    seated = board(store)
    clock.move_to(datetime(2021, 11, 25, 9, tzinfo=UTC))
    if uncontested:
        decided = decisions.Uncontested(store.clock(), "Byrådet", "Fredsvalg", "[]", seated.secretary.id)
        store.write(
            lambda work: (decisions.keep_uncontested(work, seated.election.id, decided), work.keep_unrecorded())
        )
    assert annul(store, seated) == service.Annulled(closed=False)
    assert annul(store, seated) == service.Hindered(CallingOffObstacle.ANNULLED)
    current = seated.now()
    assert current.annulment.reason == SAID.reason
    assert current.complaints_end == date(2021, 12, 2)
    assert window_at(current, datetime(2021, 11, 10, tzinfo=UTC)).name == "OVER"
    more = deadline.extend_deadline(store, seated.secretary, current, OPENS, OPENS, "Byrådet", "Mere tid")
    assert isinstance(more, NoTime)
    assert ObstacleCode.ANNULLED in {one.code for one in seated.freeze().obstacles}
    ahead = service.look_ahead(store, seated.secretary, seated.election, OPENS, CLOSES)
    assert ahead == service.Hindered(CallingOffObstacle.ANNULLED)


def test_an_election_annulled_between_sum_and_result_stays_unopened(store, board):
    """With one decryption in, no other is taken and no result is found: what does not stand is not known."""
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,), ())
    assert isinstance(tallying.compute_tally(store, seated.chair, seated.election), tallying.Tallied)
    assert isinstance(seated.decrypt(seated.members[0]), decrypting.Decrypted)
    raw = seated.decryption(seated.members[1])
    assert annul(store, seated) == service.Annulled(closed=False)
    assert isinstance(seated.decrypt(seated.members[1], raw), tallying.NotSettled)
    assert isinstance(
        decrypting.compute_result(store, seated.chair, seated.election), decrypting.TooFew | tallying.NotSettled
    )


def test_nobody_calls_off_alone(store, board):
    """One official signs no decision about the poll, whatever page she comes from."""
    seated = board(store)
    alone = (seated.secretary, seated.secretary)
    with pytest.raises(ValueError, match="entered by two"):
        service.annul(store, alone, seated.election, SAID)
    with pytest.raises(ValueError, match="entered by two"):
        service.postpone(store, alone, seated.election, OPENS, CLOSES, SAID, "")
    assert seated.now().annulment is None


def test_the_pages_postpone_and_annul(signing_board, client, sign_in, clock):
    """What changes is seen first; the wrong second official is refused; and all pages of the election say what was decided."""
    seated = signing_board
    clock.move_to(BEFORE)
    desk = sign_in(client, seated.secretary.login)
    assert desk.get(f"{PAGE}/postpone?opens=x").status_code == 422
    early = desk.get(f"{PAGE}/postpone?opens=2021-11-22T17:00&closes=2021-11-22T20:00")
    assert early.status_code == 409
    assert "kun udsættes, ikke rykkes frem" in early.text
    ahead = f"{PAGE}/postpone?opens=2021-12-07T17:00&closes=2021-12-07T20:00"
    assert "Ingen kandidat bliver bedømt anderledes." in desk.get(ahead).text
    alone = press(desk, f"{PAGE}/postpone", FORM | HOURS | {"second_login": seated.secretary.login}, page=ahead)
    assert alone.status_code == 422
    assert "en anden end dig" in alone.text
    cpr = press(desk, f"{PAGE}/postpone", FORM | HOURS | {"reason": "Om 1012620001."}, page=ahead)
    assert cpr.status_code == 422
    done = press(desk, f"{PAGE}/postpone", FORM | HOURS, page=ahead, follow_redirects=True)
    assert "Afstemningen er udsat" in done.text
    for name in ("", "candidates", "how-to-vote", "timetable", "rules"):
        page = client.get(f"/koege-2021/{name}").text
        assert "Strømmen svigtede." in page, name
        assert "7. december 2021" in page, name
    assert "23. november 2021 kl. 17.00.00" not in client.get("/koege-2021/").text
    gone = press(desk, f"{PAGE}/annul", FORM | {"reason": "Fejl på stemmesedlen."}, page=PAGE, follow_redirects=True)
    assert "Valget er annulleret" in gone.text
    for name in ("", "candidates", "how-to-vote", "timetable", "rules", "result", "openness", "receipt", "verify"):
        page = client.get(f"/koege-2021/{name}").text
        assert "Valget er annulleret" in page, name
        assert "Fejl på stemmesedlen." in page, name
    assert "Valget er annulleret" in client.get("/").text


def test_the_result_of_an_annulled_election_gives_no_seat(store, client, board, koege_rules):
    """Annulled after the count, the figures stand as they were counted and can be verified; no lot is drawn, nobody is elected."""
    seated = board(store, rules_text=koege_rules.replace("total = 5", "total = 1"))
    seated.prepare()
    seated.vote((1,), (2,))
    seated.count()
    assert "Der skal trækkes lod" in client.get("/koege-2021/result").text
    assert annul(store, seated) == service.Annulled(closed=False)
    drawn = lots.enter_lot(store, seated.members[:2], seated.election, ("c1", "c2"), "Rådhuset", ("Vera", "Viggo"))
    assert drawn == lots.NothingToDraw()
    page = client.get("/koege-2021/result").text
    assert "De gælder ikke, og ingen er valgt." in page
    for words in ("Valgt, forbeholdt", "Suppleanter", "Der skal trækkes lod"):
        assert words not in page
    for name in ("verify", "receipt", "openness"):
        assert client.get(f"/koege-2021/{name}").status_code == 200
    assert "election.bel" in client.get("/koege-2021/verify").text
