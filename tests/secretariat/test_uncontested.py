"""That no vote is held is decided once and for good, on candidates judged again at that very moment."""

import json
import re
import threading
from datetime import timedelta

import pytest
from ballot_lots import draw_lot, ordered_by_lot
from board import AFTER_NOMINATIONS, seat_board
from filed import NUMBERS, file_nomination, find, set_state
from standing import DURING, import_extract

from ballots.poll import ObstacleCode
from candidates.extension import ExtensionObstacle
from candidates.identity import Identity
from candidates.nomination import NominationState
from tally.uncontested import UncontestedObstacle
from votingapp.desks.poll import service as poll
from votingapp.desks.secretariat.deadline import service as deadline
from votingapp.desks.secretariat.decisions.examining import letter
from votingapp.desks.secretariat.uncontested import service
from votingapp.documents.letters import plain_text
from votingapp.store import audit, decisions, no_vote, notices
from votingapp.store.notices import Delivery, NoticeKind
from votingapp.store.staff import Role

PAGE = "/koege-2021/secretariat/uncontested"
NAMES = ("Zoë Ærlig", "Aase Æbelø", "Bo Østergård")


def residents(store, official, election, *numbers):
    import_extract(store, official, election, *(f"{number};Navn;0259;nej" for number in numbers))


def accept(store, official, election, *names, **changes):
    """Candidates who came in time and were accepted, by the secretary."""
    filed = [file_nomination(store, election, name, NUMBERS[place], **changes) for place, name in enumerate(names)]
    for one in filed:
        set_state(store, election, one, NominationState.ACCEPTED, official)
    return filed


@pytest.fixture
def seated(any_store, found_election, clock):
    """Three accepted residents for five seats; the cure period is over."""
    return prepare(any_store, found_election(any_store), clock)


def prepare(store, election, clock, *names, add_staff=None, **changes):
    clock.move_to(DURING)
    seated = seat_board(store, election, add_staff)
    residents(store, seated.secretary, election, *NUMBERS)
    accept(store, seated.secretary, election, *(names or NAMES), **changes)
    clock.move_to(AFTER_NOMINATIONS)
    return seated


def examine(seated):
    return service.examine(seated.store, seated.secretary, seated.election)


def decide(seated, seen=None, sentences=()):
    seen = examine(seated).fingerprint if seen is None else seen
    return service.decide(
        seated.store, seated.secretary, seated.election, seen, "Byrådet", "Tre kandidater", dict(sentences)
    )


def test_everybody_is_elected_in_ballot_order_and_the_rest_is_vacant(seated):
    """The outcome is the allocation's own, subject to the council, and the decision holds what each was found to be."""
    assert decide(seated) == service.Decided()
    current = seated.now()
    assert current.uncontested_at == AFTER_NOMINATIONS
    assert current.ballot_fixed
    with seated.store.reading() as connection:
        outcome = no_vote.outcome(connection, current)
        kept = json.loads(decisions.uncontested(connection, current.id).findings_json)
        last = list(audit.entries(connection, current.id))[-1]
    assert [outcome.names[one.id] for one in outcome.allocation.elected] == ["Bo Østergård", "Zoë Ærlig", "Aase Æbelø"]
    assert (outcome.allocation.status, outcome.allocation.vacant) == ("uncontested", 2)
    assert "forbeholdt" in outcome.allocation.steps[-1]
    assert [one["name"] for one in kept] == ["Bo Østergård", "Zoë Ærlig", "Aase Æbelø"]
    assert set(kept[0]["findings"].values()) == {True}
    assert (last.act, json.loads(last.details)["body"]) == ("uncontested_decided", "Byrådet")
    assert not any(number in last.details for number in NUMBERS)


def test_everybody_who_is_elected_is_told(seated):
    """One letter each, with the reason and the way to complain; a mail where there is an address; nobody else hears."""
    judged = examine(seated).judged
    set_state(seated.store, seated.election, judged[0].filed, NominationState.WITHDRAWN)
    decide(seated)
    with seated.store.reading() as connection:
        told = [notices.of_nomination(connection, seated.election.id, one.filed.id) for one in judged]
    assert told[0] == ()
    assert [[one.kind for one in each] for each in told[1:]] == [[NoticeKind.UNCONTESTED]] * 2
    (notice,) = told[1]
    assert (notice.reason, notice.decided_by, notice.delivery) == (
        "Tre kandidater",
        seated.secretary.id,
        Delivery.WAITING,
    )
    sent = letter(seated.store, seated.secretary, seated.now(), notice.nomination_id, notice.id)[1]
    said = plain_text(sent)
    for words in ("Du er valgt, forbeholdt Byrådets godkendelse.", "Tre kandidater", "Du kan klage"):
        assert words in said


def test_what_is_not_decided_is_told_to_nobody(store, found_election, clock):
    """A decision on a list that nobody saw is none."""
    seated = prepare(store, found_election(store), clock)
    filed = examine(seated).judged[0].filed
    assert decide(seated, seen="x") == service.Changed()
    with store.reading() as connection:
        assert notices.of_nomination(connection, seated.election.id, filed.id) == ()


def test_it_is_final_and_ends_everything_else(seated):
    """Decided once, nothing is frozen, extended or decided again."""
    decide(seated)
    assert isinstance(examine(seated), service.Held)
    assert decide(seated, seen="x") == service.Obstructed((UncontestedObstacle.BALLOT_FIXED,))
    seated.make_key()
    seated.keep_slips(3)
    frozen = seated.freeze()
    assert frozen == poll.Obstructed(frozen.obstacles)
    assert [one.code for one in frozen.obstacles] == [ObstacleCode.UNCONTESTED]
    at = seated.store.clock()
    more = deadline.extend_deadline(
        seated.store, seated.secretary, seated.election, at + timedelta(hours=1), at + timedelta(hours=1), "B", "r"
    )
    assert more == deadline.Hindered(ExtensionObstacle.BALLOT_FIXED)


def test_a_frozen_ballot_is_voted_on(seated):
    """Once the ballot is frozen the vote is held."""
    seated.make_key()
    seated.keep_slips(3)
    assert isinstance(seated.freeze(), poll.Frozen)
    assert decide(seated) == service.Obstructed((UncontestedObstacle.BALLOT_FIXED,))


def test_the_last_second_of_the_cure_period_is_waited_for(store, found_election, clock):
    """As long as something can be mended nobody knows who stands."""
    seated = prepare(store, found_election(store), clock)
    cure_until = seated.election.rules.nomination.cure_until
    clock.move_to(cure_until + timedelta(microseconds=999_999))
    assert decide(seated) == service.Obstructed((UncontestedObstacle.NOMINATIONS_OPEN,))
    clock.move_to(cure_until + timedelta(seconds=1))
    assert decide(seated) == service.Decided()


@pytest.mark.parametrize("state", [NominationState.SUBMITTED, NominationState.RETURNED])
def test_nobody_is_left_waiting(store, found_election, clock, state):
    """A nomination that waits, at the secretariat or with the candidate, is decided first."""
    seated = prepare(store, found_election(store), clock)
    set_state(store, seated.election, examine(seated).judged[0].filed, state)
    assert decide(seated) == service.Obstructed((UncontestedObstacle.UNDECIDED,))


def test_six_for_five_seats_need_a_vote(store, found_election, clock):
    """One candidate more than seats and the vote is held."""
    seated = prepare(store, found_election(store), clock, "Anna", "Børge", "Carlo", "Dagny", "Esther", "Frede")
    assert decide(seated) == service.Obstructed((UncontestedObstacle.TOO_MANY,))


def test_nobody_stands_and_every_seat_is_vacant(store, board, clock):
    """Without a candidate it is decided as well, and the outcome says so."""
    seated = board(store)
    clock.move_to(AFTER_NOMINATIONS)
    assert decide(seated) == service.Decided()
    with store.reading() as connection:
        allocation = no_vote.outcome(connection, seated.now()).allocation
    assert (allocation.elected, allocation.vacant) == ((), 5)


def test_who_is_in_doubt_needs_a_sentence(store, found_election, clock):
    """She moved away since, or nobody has seen who she is: an official writes why, or she is not elected."""
    seated = prepare(store, found_election(store), clock, identity=Identity.EMAIL)
    in_doubt = [one for one in examine(seated).judged if one.verdict is not True]
    assert len(in_doubt) == 3
    outcome = decide(seated, sentences={one.filed.id: "  " for one in in_doubt})
    assert [one.filed.id for one in outcome.judged] == [one.filed.id for one in in_doubt]
    assert seated.now().uncontested_at is None
    spoken = {one.filed.id: "Pas er set." for one in in_doubt}
    assert decide(seated, sentences=spoken) == service.Decided()
    with store.reading() as connection:
        kept = json.loads(decisions.uncontested(connection, seated.election.id).findings_json)
    assert [(one["findings"]["identity"], one["sentence"]) for one in kept] == [(None, "Pas er set.")] * 3


def test_she_is_judged_by_the_register_of_today(store, found_election, clock):
    """A new extract in which a candidate has moved away changes what was seen, and she is in doubt."""
    seated = prepare(store, found_election(store), clock)
    before = examine(seated)
    assert {one.verdict for one in before.judged} == {True}
    import_extract(
        store,
        seated.secretary,
        seated.election,
        f"{NUMBERS[0]};A;0101;nej",
        f"{NUMBERS[1]};B;0259;nej",
        f"{NUMBERS[2]};C;0259;nej",
    )
    assert decide(seated, seen=before.fingerprint) == service.Changed()
    after = decide(seated)
    assert [one.filed.name for one in after.judged] == ["Zoë Ærlig"]
    assert after.judged[0].answers["residence"] is False


def test_only_the_list_that_was_seen_is_decided(store, found_election, clock):
    """Who stepped back meanwhile is not elected unseen, and not missed unseen either."""
    seated = prepare(store, found_election(store), clock)
    before = examine(seated)
    set_state(store, seated.election, before.judged[0].filed, NominationState.WITHDRAWN)
    assert decide(seated, seen=before.fingerprint) == service.Changed()
    assert decide(seated) == service.Decided()
    assert find(store, seated.election, before.judged[0].filed.id).ballot_number is None


def test_two_decide_at_once_and_it_is_decided_once(seated):
    """Of two officials who press at once one is told that it is decided."""
    seen = examine(seated).fingerprint
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(decide(seated, seen))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fixed = service.Obstructed((UncontestedObstacle.BALLOT_FIXED,))
    assert sorted(answers, key=repr) == [service.Decided(), fixed, fixed]


def test_by_lot_the_order_is_drawn_first(store, found_election, koege_rules, clock):
    """Where the rules say lot, the list of the elected follows the lot too."""
    seated = prepare(store, found_election(store, rules_text=ordered_by_lot(koege_rules)), clock)
    assert decide(seated) == service.Obstructed((UncontestedObstacle.LOT_NOT_DRAWN,))
    draw_lot(store, seated.election, seated.secretary, seated.chair)
    order = [one.filed.name for one in examine(seated).judged]
    assert decide(seated) == service.Decided()
    with store.reading() as connection:
        outcome = no_vote.outcome(connection, seated.now())
    assert [outcome.names[one.id] for one in outcome.allocation.elected] == order


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    form = page.split('action="/koege-2021/secretariat/uncontested"', 1)[1].split("</form>", maxsplit=1)[0]
    fields = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    return {re.search('name="([^"]*)"', one)[1]: re.search('value="([^"]*)"', one)[1] for one in fields}


def test_the_decision_by_its_page(store, found_election, office, sign_in, add_staff, clock, client):
    """The page shows each candidate with her findings, asks for a sentence where one is needed, and then the outcome."""
    seated = prepare(store, found_election(store), clock, add_staff=add_staff, identity=Identity.PAPER)
    browser = sign_in(office.test_client(), seated.secretary.login)
    page = browser.get(PAGE).text
    assert page.count("Skriv en sætning, eller") == 3
    assert not any(number in page for number in NUMBERS)
    filled = hidden(page) | {"body": "Byrådet", "reason": "Tre <kandidater>", "confirm": "y"}
    silent = browser.post(PAGE, data=filled)
    assert silent.status_code == 409
    assert "Skriv en sætning om: Bo Østergård, Zoë Ærlig, Aase Æbelø." in silent.text
    sentences = {f"sentences-{number}-sentence": f"Pas {number} er set." for number in range(3)}
    numbered = browser.post(PAGE, data=filled | sentences | {"sentences-1-sentence": f"Er {NUMBERS[3]}"})
    assert numbered.status_code == 422
    assert NUMBERS[3] not in numbered.text
    unconfirmed = {name: value for name, value in filled.items() if name != "confirm"}
    assert browser.post(PAGE, data=unconfirmed | sentences).status_code == 422
    assert browser.post(PAGE, data=filled | sentences).status_code == 302
    done = browser.get(PAGE).text
    for words in ("Der holdes ingen afstemning", "Tre &lt;kandidater&gt;", "2 pladser er vakante", "Pas 2 er set."):
        assert words in done
    result = client.get("/koege-2021/result").text
    assert "Bo Østergård" in result


@pytest.mark.parametrize("role", [Role.BOARD, Role.OBSERVER, Role.DESK])
def test_only_the_secretariat_sees_the_judged(store, election, office, sign_in, add_staff, role):
    """What a candidate was found to be is shown to the secretariat alone."""
    add_staff(store, election, "anden", role)
    assert sign_in(office.test_client(), "anden").get(PAGE).status_code == 403


def test_while_it_cannot_be_decided_the_page_says_why(desk, election):
    """Before the deadline the page names what is missing and shows no button."""
    page = desk.get(PAGE).text
    assert "er ikke forbi" in page
    assert "Hold ingen afstemning" not in page
