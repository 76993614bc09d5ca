"""The lot for the ballot's order is announced before it is drawn, entered by one and confirmed by another, and then stands."""

import json
import subprocess
import threading
from datetime import timedelta

import pytest
from ballot_lots import METHOD, SEED, WITNESSES, draw_lot, ordered_by_lot
from board import AFTER_NOMINATIONS, CANDIDATES, seat_board
from standing import DURING

from candidates.drawing import LotObstacle
from candidates.nomination import Nomination, NominationState
from votingapp.desks.poll import service as poll
from votingapp.desks.secretariat.lot import service
from votingapp.desks.secretariat.lot.order import order_of
from votingapp.store import audit, decisions, nominations
from votingapp.store.staff import Role

PAGE = "/koege-2021/secretariat/ballot-order"
DRAW = AFTER_NOMINATIONS + timedelta(hours=3)


def ready(store, election, clock, *add_staff):
    """A board whose candidates are known and whose ballot is ordered by lot."""
    seated = seat_board(store, election, *add_staff)
    seated.nominate(*CANDIDATES)
    clock.move_to(AFTER_NOMINATIONS)
    return seated


@pytest.fixture
def by_lot(store, found_election, koege_rules):
    """Køge 2021 with a lot in the place of the alphabet."""
    return found_election(store, rules_text=ordered_by_lot(koege_rules))


@pytest.fixture
def seated(store, by_lot, clock):
    """Officials who need not sign in."""
    return ready(store, by_lot, clock)


@pytest.fixture
def signing(store, by_lot, clock, add_staff):
    """Officials who can."""
    return ready(store, by_lot, clock, add_staff)


def lot_of(seated):
    with seated.store.reading() as connection:
        return decisions.lot_of(connection, seated.election.id)


def acts(seated):
    with seated.store.reading() as connection:
        return [(one.act, json.loads(one.details)) for one in audit.entries(connection, seated.election.id)]


def announce(seated, draw_at=DRAW):
    return service.announce(seated.store, seated.secretary, seated.election, METHOD, draw_at)


def enter(seated, official=None, seed=SEED, witnesses=WITNESSES):
    return service.enter(seated.store, official or seated.secretary, seated.election, seed, witnesses)


def confirm(seated, official=None, seed=SEED):
    return service.confirm(seated.store, official or seated.chair, seated.election, seed)


def refused(obstacle):
    return service.Hindered(obstacle)


def test_a_lot_is_announced_entered_and_confirmed(any_store, found_election, koege_rules, clock):
    """After the three steps the seed stands with its witnesses, and who did what stands in the log."""
    election = found_election(any_store, rules_text=ordered_by_lot(koege_rules))
    seated = seat_board(any_store, election)
    clock.move_to(AFTER_NOMINATIONS)
    assert announce(seated) == service.Taken()
    clock.move_to(DRAW)
    assert enter(seated) == service.Taken()
    assert (lot_of(seated).seed, lot_of(seated).entered, lot_of(seated).drawn_at) == ("", SEED, None)
    assert confirm(seated) == service.Taken()
    kept = lot_of(seated)
    assert (kept.seed, kept.entered, kept.drawn_at, kept.drawn_by) == (SEED, "", DRAW, seated.secretary.id)
    assert kept.witnesses.splitlines() == list(WITNESSES)
    assert [act for act, _ in acts(seated)][-3:] == [
        "ballot_lot_announced",
        "ballot_lot_entered",
        "ballot_lot_confirmed",
    ]


def test_nothing_is_announced_twice(seated):
    """Two announcements would let somebody choose between two draws."""
    assert announce(seated) == service.Taken()
    assert announce(seated, DRAW + timedelta(days=1)) == refused(LotObstacle.ALREADY_ANNOUNCED)
    assert lot_of(seated).draw_at == DRAW


def test_an_announcement_is_corrected_before_its_instant_only(seated, clock):
    """The new one needs a reason and the old one stays in the log; from the instant on it stands."""
    later = DRAW + timedelta(days=1)

    def change(reason="Lotto er aflyst"):
        return service.announce_anew(seated.store, seated.chair, seated.election, "Terninger", later, reason)

    assert change() == refused(LotObstacle.NOT_ANNOUNCED)
    announce(seated)
    assert change(" ") == refused(LotObstacle.REASON_MISSING)
    clock.move_to(DRAW)
    assert change() == refused(LotObstacle.INSTANT_PASSED)
    clock.move_to(DRAW - timedelta(microseconds=1))
    assert change() == service.Taken()
    assert (lot_of(seated).method, lot_of(seated).draw_at) == ("Terninger", later)
    act, details = acts(seated)[-1]
    assert act == "ballot_lot_announced_anew"
    assert (details["method_before"], details["draw_at_before"]) == (METHOD, DRAW.isoformat())
    assert details["reason"] == "Lotto er aflyst"


def test_nothing_is_entered_early_or_while_a_nomination_waits(seated, clock):
    """What was drawn comes after its instant, when nobody is left to be decided on, and as it can be recomputed."""
    assert enter(seated) == refused(LotObstacle.NOT_ANNOUNCED)
    announce(seated)
    assert enter(seated) == refused(LotObstacle.TOO_EARLY)
    clock.move_to(DRAW)
    assert enter(seated, witnesses=("Birgit", "birgit ")) == refused(LotObstacle.UNFIT_WITNESSES)
    assert enter(seated, seed="7'; rm") == refused(LotObstacle.UNFIT_SEED)
    with seated.store.reading() as connection:
        first = nominations.accepted(connection, seated.election.id)[0]

    def set_state(state):
        def act(work):
            waiting = Nomination(state, first.nomination.submitted_at)
            nominations.keep(work.connection, seated.election.id, first.id, waiting)
            work.keep_unrecorded()

        seated.store.write(act)

    for state in (NominationState.SUBMITTED, NominationState.RETURNED):
        set_state(state)
        assert enter(seated) == refused(LotObstacle.UNDECIDED)
    set_state(NominationState.ACCEPTED)
    assert enter(seated) == service.Taken()


def test_nobody_confirms_what_she_entered_herself(seated, clock):
    """Two officials have seen it; and what is confirmed is what stood on the page."""
    announce(seated)
    clock.move_to(DRAW)
    assert confirm(seated) == refused(LotObstacle.NOTHING_ENTERED)
    enter(seated)
    assert confirm(seated, seated.secretary) == refused(LotObstacle.SAME_OFFICIAL)
    assert confirm(seated, seed="7 12") == refused(LotObstacle.NOTHING_ENTERED)
    assert confirm(seated) == service.Taken()
    assert confirm(seated) == refused(LotObstacle.NOTHING_ENTERED)


def test_a_slip_of_the_pen_is_taken_back_before_it_is_confirmed(seated, clock):
    """What was entered wrongly goes back and stays in the log; what was confirmed stays for good."""
    announce(seated)
    clock.move_to(DRAW)
    assert service.drop(seated.store, seated.chair, seated.election) == refused(LotObstacle.NOTHING_ENTERED)
    enter(seated, seed="7 12 19 23 31 33 63")
    assert enter(seated) == refused(LotObstacle.ALREADY_ENTERED)
    assert service.drop(seated.store, seated.chair, seated.election) == service.Taken()
    assert acts(seated)[-1] == ("ballot_lot_entry_dropped", {"seed": "7 12 19 23 31 33 63"})
    enter(seated)
    confirm(seated)
    assert service.drop(seated.store, seated.chair, seated.election) == refused(LotObstacle.NOTHING_ENTERED)
    assert enter(seated, seed="1") == refused(LotObstacle.ALREADY_ENTERED)
    assert lot_of(seated).seed == SEED


def test_two_confirm_at_once_and_it_is_confirmed_once(any_store, found_election, koege_rules, clock):
    """Whoever comes second is told that there is nothing left to confirm."""
    seated = seat_board(any_store, found_election(any_store, rules_text=ordered_by_lot(koege_rules)))
    clock.move_to(AFTER_NOMINATIONS)
    announce(seated)
    clock.move_to(DRAW)
    enter(seated)
    answers = []
    threads = [threading.Thread(target=lambda m=m: answers.append(confirm(seated, m))) for m in seated.members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=repr) == [*[refused(LotObstacle.NOTHING_ENTERED)] * 2, service.Taken()]
    assert [act for act, _ in acts(seated)].count("ballot_lot_confirmed") == 1


def test_where_the_alphabet_orders_nothing_is_drawn(store, board):
    """An election whose rules say alphabetical has no lot."""
    seated = board(store)
    assert announce(seated) == refused(LotObstacle.ALPHABETICAL)
    assert lot_of(seated) is None


def test_the_order_is_the_one_a_shell_computes(seated, client):
    """The line on the public page, typed into a shell with each code that stands there, sorts as the ballot does."""
    draw_lot(seated.store, seated.election, seated.secretary, seated.chair)
    page = client.get("/koege-2021/rules").text
    line = page.split("<pre", 1)[1].split(">", 1)[1].split("</pre>")[0].replace("&#39;", "'")
    places = order_of(seated.store, seated.election).places
    sums = {}
    for place in places:
        assert place.public_id in page
        command = line.replace("KODE", place.public_id)
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, text=True)
        sums[done.stdout.split()[0]] = place
        assert place.digest == done.stdout.split()[0]
    assert [sums[one] for one in sorted(sums)] == list(places)
    seated.make_key()
    seated.keep_slips(3)
    assert isinstance(seated.freeze(), poll.Frozen)
    assert seated.question().answers == tuple(place.name for place in places)


def test_what_is_published_opens_nothing_private(seated, client):
    """The page of the order shows no receipt number, and a code is nobody's receipt number."""
    draw_lot(seated.store, seated.election, seated.secretary, seated.chair)
    page = client.get("/koege-2021/rules").text
    with seated.store.reading() as connection:
        for filed in nominations.accepted(connection, seated.election.id):
            assert filed.receipt not in page
            assert filed.public_id in page
            for written in (filed.public_id, filed.public_id.upper()):
                assert nominations.by_receipt(connection, seated.election.id, written) is None


def test_the_order_of_the_others_outlives_a_change(seated):
    """Whoever falls out after the draw leaves the order of the rest as it was, and nothing is drawn again."""
    draw_lot(seated.store, seated.election, seated.secretary, seated.chair)
    before = [place.name for place in order_of(seated.store, seated.election).places]
    with seated.store.reading() as connection:
        gone = next(one for one in nominations.accepted(connection, seated.election.id) if one.name == before[1])

    def withdraw(work):
        left = Nomination(NominationState.WITHDRAWN, gone.nomination.submitted_at)
        nominations.keep(work.connection, seated.election.id, gone.id, left)
        work.keep_unrecorded()

    seated.store.write(withdraw)
    assert [place.name for place in order_of(seated.store, seated.election).places] == [before[0], before[2]]


def test_after_the_freeze_nothing_is_drawn(seated):
    """A fixed ballot keeps its order."""
    draw_lot(seated.store, seated.election, seated.secretary, seated.chair)
    seated.make_key()
    seated.keep_slips(3)
    seated.freeze()
    assert enter(seated) == refused(LotObstacle.BALLOT_FIXED)
    assert announce(seated) == refused(LotObstacle.BALLOT_FIXED)


def post(browser, step, **data):
    token = browser.get("/koege-2021/log").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = browser.post(f"{PAGE}/{step}", data=data | {"csrf_token": token})
    return browser.get(PAGE) if answer.status_code == 302 else answer


def test_the_whole_lot_by_the_pages(signing, office, sign_in, clock, client):
    """The secretary announces and enters, a board member confirms on her own sign-in, and everybody sees the order."""
    clock.move_to(DURING)
    secretary = sign_in(office.test_client(), signing.secretary.login)
    wrong = {"announce-method": "Terninger", "announce-draw_at": "2021-10-31T02:30"}
    assert "kommer to gange" in post(secretary, "announce", **wrong).text
    early = wrong | {"announce-draw_at": "2021-11-18T12:00"}
    assert "for tidligt" in post(secretary, "announce", **early).text
    said = wrong | {"announce-draw_at": "2021-11-20T13:00"}
    assert "20. november 2021 kl. 13.00.00" in post(secretary, "announce", **said).text
    assert lot_of(signing).draw_at == DRAW
    clock.move_to(DRAW)
    secretary = sign_in(office.test_client(), signing.secretary.login)
    chair = sign_in(office.test_client(), signing.chair.login)
    entry = {"enter-seed": " 4  6 1", "enter-first_witness": "Birgit", "enter-second_witness": "Ægir Þór"}
    assert "Brug kun tal" in post(secretary, "enter", **entry | {"enter-seed": "4|6"}).text
    assert "En anden medarbejder" in post(secretary, "enter", **entry).text
    assert (
        "har selv skrevet det ind"
        in post(secretary, "confirm", **{"confirm-seen": "4 6 1", "confirm-checked": "y"}).text
    )
    seen = chair.get(PAGE).text
    assert "4 6 1" in seen
    assert 'value="4 6 1"' in seen
    assert "Bekræft" in post(chair, "confirm", **{"confirm-seen": "4 6 1"}).text
    assert lot_of(signing).seed == ""
    done = post(chair, "confirm", **{"confirm-seen": "4 6 1", "confirm-checked": "y"}).text
    assert "rækkefølgen ligger fast" in done
    public = client.get("/koege-2021/rules").text
    for name in (*CANDIDATES, "Ægir Þór", "4 6 1"):
        assert name in public


@pytest.mark.parametrize(
    ("role", "looks", "acts"), [(Role.OBSERVER, 200, 403), (Role.DESK, 403, 403), (Role.BOARD, 200, 422)]
)
def test_the_lot_is_drawn_by_secretariat_and_board(by_lot, store, office, sign_in, add_staff, role, looks, acts):
    """An observer sees how far it has come, the desk does not, and neither takes a step."""
    add_staff(store, by_lot, "anden", role)
    browser = sign_in(office.test_client(), "anden")
    assert browser.get(PAGE).status_code == looks
    token = browser.get("/password").text.split('name="csrf_token" value="')[1].split('"')[0]
    for step in ("announce", "change", "enter", "confirm"):
        assert browser.post(f"{PAGE}/{step}", data={"csrf_token": token}).status_code == acts


def test_the_alphabet_is_shown_and_those_who_read_alike_are_named(desk, store, election):
    """Accepted candidates stand in the order of the rules; two who read the same are named instead of ordered."""
    seated = seat_board(store, election)
    seated.nominate("Åse Ærø", "Zia Dam")
    page = desk.get(PAGE).text
    assert page.index("Zia Dam") < page.index("Åse Ærø")
    assert "SHA-256" not in page
    seated.nominate("åse ærø")
    assert "kan ikke skelnes" in desk.get(PAGE).text
