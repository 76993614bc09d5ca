"""From the sum on nobody counts, moves or explains what the result rests on, and the record stands as it was signed."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from auditing import Page
from ceremonies import REASON, meet
from recorded import UNSTATED

from ballots.poll import Obstacle, ObstacleCode
from ballots.slips import Difference, DifferenceCode, Movement
from tally.paper import InvalidReason, PaperFigures
from tally.record import missing, to_json
from votingapp.desks.count import decrypting, tallying
from votingapp.desks.paper import counting
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.slips import supply
from votingapp.desks.slips.explaining import explain
from votingapp.desks.slips.supply import Signed
from votingapp.desks.station.shifting import Counted, change_shift
from votingapp.store import accounts, counts, ledger, paper_counts, record_draft, reports, settled
from votingapp.store.attendance import Ceremony
from votingapp.store.ledger import BOARD, Entry, Paper
from votingapp.store.settled import ResultKnown
from votingapp.version import software

PASSWORD = "en lang og god sætning"


def signed(seated) -> Signed:
    return Signed(seated.chair, str(uuid.uuid4()), seated.members[1])


def seal(seated):
    return make_urn_report(seated.store, seated.chair, seated.election, printer=lambda _frame, _sealed: b"urn report")


def count_box(seated, number: int) -> None:
    """Count the board's box as no page would let anybody."""

    def act(work) -> None:
        entry = Entry(Movement.COUNTED, BOARD, number, seated.chair.id)
        ledger.write(work, seated.election.id, Paper.SLIP, entry)
        work.record(seated.election.id, "test", "box_counted")

    seated.store.write(act)


def record_of(seated):
    with seated.store.reading() as connection:
        return record_draft.draft(connection, seated.now())


def published_json(seated) -> bytes:
    with seated.store.reading() as connection:
        return to_json(record_draft.draft(connection, seated.now()))


@pytest.fixture
def sealed(any_store, board):
    """A board that has sealed an urn with three ballots; a desk was given two slips, and nobody voted on paper."""
    seated = board(any_store)
    seated.prepare()
    supply.supply(any_store, seated.election, signed(seated), Movement.TO_DESK, "Bord 1", 2)
    seated.vote((1,), (2,), (1,))
    return seated


@pytest.fixture
def added_up(sealed):
    """The same between the sum and the result."""
    assert isinstance(tallying.compute_tally(sealed.store, sealed.chair, sealed.election), tallying.Tallied)
    return sealed


@pytest.fixture
def counted(sealed):
    """The same when the result is found."""
    sealed.count()
    return sealed


def find_result(seated):
    """Enough members decrypt, and the result is asked for."""
    for member in seated.members[:2]:
        assert isinstance(seated.decrypt(member), decrypting.Decrypted)
    return decrypting.compute_result(seated.store, seated.chair, seated.election)


def explain_one(seated):
    difference = Difference(DifferenceCode.LEFT_OVER_NOT_AS_COUNTED, 3, 9)
    return explain(seated.store, seated.election, difference, "Nu ved vi det.", seated.members[:2])


def hand_over(seated):
    chair, second, _third = seated.members
    shift = Counted(str(uuid.uuid4()), "Bord 1", chair, second, chair, slips=0)
    return change_shift(seated.store, seated.election, shift)


def count_by_hand(seated):
    """Two "find" nine ballots of paper; nobody was given one."""
    found = PaperFigures((0, 0, 9), 9, 0, tuple((reason, 0) for reason in InvalidReason))
    first, second = (counting.enter(seated.store, one, seated.election, found) for one in seated.members[:2])
    assert first == second
    return second


ACTS = {
    "count": lambda seated: supply.count(seated.store, seated.election, signed(seated), BOARD, 1, 0),
    "take back": lambda seated: supply.supply(
        seated.store, seated.election, signed(seated), Movement.FROM_DESK, "Bord 1", 1
    ),
    "explain": explain_one,
    "change hands": hand_over,
    "count by hand": count_by_hand,
}


@pytest.mark.parametrize("act", ACTS)
def test_what_the_result_rests_on_is_touched_no_more(counted, act):
    """Whoever knows the result neither counts nor explains; the record is the same to the byte."""
    before = published_json(counted)
    assert ACTS[act](counted) == ResultKnown()
    assert published_json(counted) == before


@pytest.mark.parametrize("act", ACTS)
def test_from_the_sum_on_it_is_touched_no_more(added_up, act):
    """Who holds enough parts of the key may know the result before the house does."""
    assert ACTS[act](added_up) == ResultKnown()
    with added_up.store.reading() as connection:
        assert paper_counts.BALLOTS.every(connection, added_up.election.id) == ()
        assert accounts.unexplained(connection, added_up.now()) == ()
    assert isinstance(find_result(added_up), decrypting.Counted)
    assert missing(record_of(added_up)) == UNSTATED


def test_no_figure_that_comes_later_makes_the_result_unknown(counted):
    """Even where two "agreed" past every page, the account does not thaw, and the difference blocks and is told."""
    figures = PaperFigures((9, 0, 0), 9, 0, tuple((reason, 0) for reason in InvalidReason))

    def agree(work) -> None:
        paper_counts.BALLOTS.accept(work, counted.election.id, figures)
        work.record(counted.election.id, "test", "paper_counted")

    counted.store.write(agree)
    with counted.store.reading() as connection:
        assert settled.result_is_known(connection, counted.now())
        assert accounts.in_use(connection, counted.now()) == tuple(Paper)
        assert accounts.count_unexplained(connection, counted.now())[Paper.BALLOT] > 0
    assert ACTS["explain"](counted) == ResultKnown()
    assert ACTS["count"](counted) == ResultKnown()


def test_a_result_stands_on_the_account_that_was_signed(added_up):
    """A figure that was changed past every page between sum and result keeps the result back, and no report covers it."""
    count_box(added_up, 0)
    stopped = find_result(added_up)
    assert isinstance(stopped, tallying.NotSettled)
    assert {one.code for one in stopped.obstacles} == {ObstacleCode.DIFFERENCES_UNEXPLAINED, ObstacleCode.REPORT_STALE}
    assert isinstance(seal(added_up), Obstructed)
    with added_up.store.reading() as connection:
        assert counts.count_of(connection, added_up.election.id).result is None


def test_an_upgrade_between_sum_and_result_asks_for_a_report(added_up, monkeypatch):
    """The result waits for a report that names the program, with the same figures; then it is the last."""
    assert seal(added_up) == Obstructed((Obstacle(ObstacleCode.RESULT_KNOWN),))
    monkeypatch.setattr(reports, "software", lambda: replace(software(), version="99"))
    stopped = find_result(added_up)
    assert stopped == tallying.NotSettled((Obstacle(ObstacleCode.REPORT_STALE),))
    assert isinstance(seal(added_up), Made)
    assert seal(added_up) == Obstructed((Obstacle(ObstacleCode.RESULT_KNOWN),))
    found = decrypting.compute_result(added_up.store, added_up.chair, added_up.election)
    assert isinstance(found, decrypting.Counted)


def test_the_report_on_which_the_urn_was_opened_is_made_once(counted, clock):
    """Its hash stands in the record beside the figures that it says: a later one would be another hash."""
    before = published_json(counted)
    clock.advance(hours=1)
    assert seal(counted) == Obstructed((Obstacle(ObstacleCode.RESULT_KNOWN),))
    assert published_json(counted) == before


def test_a_report_with_other_figures_is_a_gap_in_the_record(counted):
    """No hash stands unmarked beside figures that were not signed, and no later report takes the gap away."""
    with counted.store.reading() as connection:
        held = accounts.account_of(connection, counted.now()).boxes[0].expected
    count_box(counted, held - 1)
    record = record_of(counted)
    assert record.station.urn_report_outdated
    assert "report_outdated" in missing(record)
    assert ObstacleCode.RESULT_KNOWN in {one.code for one in seal(counted).obstacles}
    assert record_of(counted) == record
    count_box(counted, held)
    assert missing(record_of(counted)) == UNSTATED
    assert seal(counted) == Obstructed((Obstacle(ObstacleCode.RESULT_KNOWN),))


def test_another_program_makes_no_report_outdated(counted, monkeypatch):
    """After an upgrade the figures are the ones that were signed."""
    monkeypatch.setattr(reports, "software", lambda: replace(software(), version="99"))
    assert missing(record_of(counted)) == UNSTATED
    assert seal(counted) == Obstructed((Obstacle(ObstacleCode.RESULT_KNOWN),))


def test_a_box_counted_while_the_ballots_are_checked_stops_the_sum(any_store, board, monkeypatch):
    """The check takes a while; what was settled when it began is asked for once more before the sum is kept."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,))
    check = tallying._judge

    def slowly(connection, election):
        count_box(seated, 1)
        return check(connection, election)

    monkeypatch.setattr(tallying, "_judge", slowly)
    stopped = tallying.compute_tally(any_store, seated.chair, seated.election)
    assert isinstance(stopped, tallying.NotSettled)
    assert {one.code for one in stopped.obstacles} == {ObstacleCode.DIFFERENCES_UNEXPLAINED, ObstacleCode.REPORT_STALE}
    with any_store.reading() as connection:
        assert counts.count_of(connection, seated.election.id) is None


def test_the_pages_say_that_the_account_stands(office, sign_in, signing_board):
    """A count that is sent is refused in words, and the page of the close offers no other report."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (1,))
    signing_board.count()
    slug, client = signing_board.election.slug, sign_in(office.test_client(), "anne")
    sent = {"box": "", "number": "1", "spoiled": "0", "second_login": "birk", "second_password": PASSWORD}
    answer = client.submit(f"/{slug}/slips/count", sent)
    assert answer.status_code == 409
    assert "regnskabet ligger fast" in answer.text
    difference = {
        "code": "left_over_not_as_counted",
        "desk": "",
        "expected": "3",
        "found": "9",
        "text": "Nu ved vi det.",
    }
    hidden = Page(client.get(f"/{slug}/slips/count").text).hidden
    said = client.post(f"/{slug}/slips/account/explain", data=hidden | difference | sent)
    assert said.status_code == 409
    assert "regnskabet ligger fast" in said.text
    meet(signing_board.store, signing_board.election, Ceremony.CLOSE, signing_board.members[:2])
    closing = client.get(f"/{slug}/poll/closing").text
    assert "Stemmerne er lagt sammen på denne rapport." in closing
    assert "Lav urnens rapport igen" not in closing
    assert REASON not in closing
