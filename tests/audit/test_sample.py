"""An audit by a sample goes step by step, each by two, and ends in a confirmation or in a count of all papers."""

from __future__ import annotations

import json

import pytest
from audited_poll import DIGITS, close_poll
from sqlalchemy import func, select

from ballots.poll import Trail
from tally.audit.outcome import AuditState, CandidateDifference
from tally.audit.readings import Marks
from tally.paper_record import RecordFault, RecordFigures
from votingapp.desks.audit import full, reading
from votingapp.desks.audit.reading import Read
from votingapp.desks.audit.steps import AuditObstacle, Hindered, Taken
from votingapp.desks.council import item
from votingapp.desks.council.standing import council_of
from votingapp.desks.paper import recording
from votingapp.store import apart, audit, elections, paper_audits, paper_records, sample_audits
from votingapp.store.tables.paper_audits import paper_audit_reading

TEN_TO_ONE = [1] * 20 + [2] * 4 + [3]


@pytest.fixture
def poll(found_election, koege_rules):
    """A closed poll: `poll(store, papers, ballots=25, counted="sample")`."""

    def closed(store, papers=TEN_TO_ONE, *, ballots=None, counted="sample"):
        ballots = ballots or len(papers)
        return close_poll(store, found_election, koege_rules, counted=counted, ballots=ballots, papers=papers)

    return closed


def outcome(audited):
    with audited.store.reading() as connection:
        return paper_audits.outcome(connection, audited.election)


def document(audited):
    with audited.store.reading() as connection:
        return paper_audits.document(connection, audited.election)


def told(audited, act):
    with audited.store.reading() as connection:
        found = audit.entries(connection, audited.election.id)
        return [json.loads(one.details) for one in found if one.act == act]


def readings_kept(audited):
    with audited.store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(paper_audit_reading))


def test_a_sample_confirms_the_seats_and_keeps_no_paper(any_store, poll):
    """From the batches to the last draw: each step in its turn, two readers apart, totals alone at the end."""
    audited = poll(any_store)
    assert outcome(audited).state is AuditState.NOT_BEGUN
    assert trail(audited) is Trail.UNCOUNTED, "the urn waits until the papers lie in batches"
    assert audited.lay(20, 4) == Hindered(AuditObstacle.UNFIT_BATCHES)
    assert audited.lay(20, 6) == Hindered(AuditObstacle.UNFIT_BATCHES)
    assert audited.lay(25, 0) == Hindered(AuditObstacle.UNFIT_BATCHES)
    assert audited.lay(25) == Taken()
    assert audited.lay(10, 10, 5) == Taken(), "a slip of the pen is mended before the sum"
    assert trail(audited) is Trail.SETTLED
    assert audited.announce() == Hindered(AuditObstacle.RESULT_UNKNOWN)
    audited.open_urn(20, 4, 1, 0)
    assert audited.lay(25) == Hindered(AuditObstacle.RESULT_KNOWN)
    assert audited.roll() == Hindered(AuditObstacle.NOT_ANNOUNCED)
    assert audited.announce(doubted=26) == Hindered(AuditObstacle.UNFIT_DOUBT)
    assert audited.announce(most_draws=26) == Hindered(AuditObstacle.UNFIT_DRAWS)
    assert audited.announce(doubted=16) == Hindered(AuditObstacle.HOPELESS), "a lead of 16 is no larger than the doubt"
    assert audited.read(audited.board.chair, 1, Marks()) == Hindered(AuditObstacle.NOT_DRAWING)
    assert audited.announce() == Taken()
    assert audited.announce() == Hindered(AuditObstacle.ANNOUNCED_BEFORE)
    assert document(audited)["sample"]["claims"][0]["threshold"] == "1/2"
    assert audited.roll(digits=DIGITS[:-1]) == Hindered(AuditObstacle.UNFIT_DIGITS)
    assert audited.roll(again=DIGITS[:-1] + "5") == Hindered(AuditObstacle.DIGITS_DIFFER)
    assert audited.roll(witnesses=("Vera Vidne", " vera  vidne")) == Hindered(AuditObstacle.UNFIT_WITNESSES)
    assert audited.roll() == Taken()
    assert audited.roll(digits="1" * 24, again="1" * 24) == Hindered(AuditObstacle.ROLLED_BEFORE)
    assert outcome(audited).state is AuditState.RUNNING
    assert audited.read_all() is Read.CONFIRMED
    found = outcome(audited)
    assert (found.state, found.claims, found.confirmed) == (AuditState.CONFIRMED, 2, 2)
    assert (found.papers, found.ballots, found.risk_limit) == (25, 25, 100)
    assert (found.digits, found.witnesses) == ("".join(DIGITS.split()), ("Vera Vidne", "Viggo Vidne"))
    assert 0 < found.draws < found.most_draws
    assert found.is_settled
    assert readings_kept(audited) == 0, "a paper with several names can be a signature"
    assert audited.read(audited.board.chair, 1) == Hindered(AuditObstacle.NOT_DRAWING)
    published = document(audited)["sample"]
    assert published["draws"] == found.draws
    assert all(one["ones"] + one["halves"] + one["zeros"] == found.draws for one in published["claims"])
    read = told(audited, "audit_paper_read")
    assert {frozenset(one) for one in read} == {frozenset({"draw", "outcome"})}, "the log never says what was read"
    assert stop(audited) == Hindered(AuditObstacle.FULL_BEFORE)


def trail(audited):
    with audited.store.reading() as connection:
        return paper_records.trail(connection, audited.election)


def stop(audited, reason="Det går hurtigere."):
    return full.count_all(audited.store, audited.pair, audited.election, reason)


def drawing(audited, *votes, doubted=0, most_draws=None):
    """Bring a poll to where papers are read."""
    assert audited.lay() == Taken()
    audited.open_urn(*votes)
    assert audited.announce(doubted, most_draws) == Taken()
    assert audited.roll() == Taken()
    return audited


def test_two_read_each_paper_alone(store, poll):
    """A third one is not asked, nobody twice, and where two differ both read again; the paper is one of the ballot."""
    audited = drawing(poll(store), 20, 4, 1, 0)
    anne, birk, cilla = audited.board.members
    other = Marks(lost=True)
    assert audited.read(anne, 1) is Read.WAITING
    assert audited.read(anne, 1) == Hindered(AuditObstacle.OTHER_DRAW)
    assert audited.read(birk, 1, other) is Read.DIFFER
    assert readings_kept(audited) == 0
    assert audited.read(birk, 1) is Read.WAITING
    assert audited.read(cilla, 1) is Read.AGREED
    assert audited.read(anne, 1) == Hindered(AuditObstacle.OTHER_DRAW), "two have read it"
    assert audited.read(anne, 26, other) == Hindered(AuditObstacle.OTHER_DRAW)
    assert audited.read(anne, 2, Marks(frozenset({"c9"}))) == Hindered(AuditObstacle.UNFIT_MARKS)
    assert audited.read(anne, 2, Marks(frozenset({"c1", "c2"}))) == Hindered(AuditObstacle.UNFIT_MARKS)


def test_a_draw_is_asked_only_when_those_before_it_are_read(store, poll):
    """Papers are read batch by batch; the evidence follows the draws, and a paper drawn again counts again."""
    audited = drawing(poll(store, [1] * 3 + [2]), 3, 1, 0, 0)
    with store.reading() as connection:
        kept = sample_audits.audit_of(connection, audited.election.id)
        first = list(reading.drawn_papers(kept))
    assert len(first) < kept.announced.most_draws, "these dice draw a paper twice"
    later = first[1]
    for member in audited.pair:
        audited.read(member, later)
    assert progress(audited).draws == 0
    for member in audited.pair:
        audited.read(member, 1)
    assert progress(audited).draws >= later


def progress(audited):
    with audited.store.reading() as connection:
        kept = sample_audits.audit_of(connection, audited.election.id)
        return reading.progress(connection, audited.election, kept)


def test_draws_that_do_not_confirm_lead_to_a_count_of_all_papers(any_store, poll):
    """No draw more than was announced: all papers are counted by two, and what they say is laid beside the urn."""
    audited = drawing(poll(any_store, [1] * 10 + [2] * 9 + [3]), 10, 9, 1, 0)
    assert count_all(audited, audited.board.chair, (10, 9, 1)) == Hindered(AuditObstacle.NOT_FULL)
    assert audited.read_all() is Read.UNCONFIRMED
    assert outcome(audited).state is AuditState.RUNNING
    assert stop(audited) == Hindered(AuditObstacle.FULL_BEFORE)
    anne, birk, cilla = audited.board.members
    assert count_all(audited, anne, (10, 9, 3)) == (RecordFault.TOO_MANY_VOTES,)
    assert count_all(audited, anne, (10, 9, 1)) == apart.Waiting()
    assert count_all(audited, anne, (10, 9, 1)) == apart.CountedAlready()
    assert isinstance(count_all(audited, birk, (9, 10, 1)), apart.Differ)
    for member in (birk, cilla):
        agreed = count_all(audited, member, (10, 9, 1))
    assert isinstance(agreed, apart.Agreed)
    found = outcome(audited)
    assert (found.state, found.full_count, found.unlike, found.is_settled) == (AuditState.SAME, True, 0, True)
    assert found.differences[0] == CandidateDifference("c1", 10, 10)
    assert count_all(audited, anne, (10, 9, 1)) == Hindered(AuditObstacle.FULL_BEFORE)
    assert explain(audited) == Hindered(AuditObstacle.NOTHING_DIFFERS)


def count_all(audited, member, votes, blank=0):
    figures = RecordFigures(len(audited.box), 0, 0, blank, votes)
    return full.enter(audited.store, member, audited.election, figures)


def explain(audited, text="Vi ved det ikke."):
    return full.explain(audited.store, audited.pair, audited.election, text)


def test_papers_that_give_another_seat_change_none_and_are_explained(any_store, poll):
    """Two let all papers be counted in the middle of a sample; the seat is the urn's, and nothing is settled before words."""
    audited = drawing(poll(any_store, [1] * 8 + [2] * 12), 11, 9, 0, 0)
    audited.read(audited.board.chair, 1)
    assert stop(audited, "Terningen faldt på gulvet.") == Taken()
    assert readings_kept(audited) == 0
    assert audited.read(audited.board.chair, 2) == Hindered(AuditObstacle.NOT_DRAWING)
    for member in audited.pair:
        count_all(audited, member, (8, 12, 0))
    found = outcome(audited)
    assert (found.state, found.unlike, found.reason) == (AuditState.OTHER_SEATS, 3, "Terningen faldt på gulvet.")
    assert not found.is_settled
    assert [one.difference for one in found.differences] == [-3, 3, 0, 0]
    assert explain(audited) == Taken()
    assert explain(audited, "Noget andet.") == Hindered(AuditObstacle.EXPLAINED_BEFORE)
    settled = outcome(audited)
    assert (settled.explanation, settled.signed_by, settled.is_settled) == ("Vi ved det ikke.", ("Anne", "Birk"), True)
    assert document(audited)["full_count"]["unlike"] == 3
    with any_store.reading() as connection:
        election = elections.by_id(connection, audited.election.id)
        told = item.drafted(connection, election, council_of(connection, election)).sections["background"]
    assert "pladserne ville være andre. Ingen plads ændres af det. Forklaring: Vi ved det ikke. (Anne og Birk)" in told


def test_where_few_are_known_no_figure_by_candidate_is_told(store, poll):
    """One paper failed: urn less papers, and the sample's totals, would say how that voter voted."""
    audited = poll(store, [1] * 20 + [2] * 4, ballots=25)
    audited.explain_number()
    drawing(audited, 21, 4, 0, 0, doubted=1)
    assert audited.read_all() is Read.CONFIRMED
    assert all(set(one) == {"kind", "candidate", "other", "confirmed"} for one in document(audited)["sample"]["claims"])


def test_a_full_count_of_a_box_that_tells_of_few_shows_no_candidate(store, poll):
    """The same where all papers are counted: what is missing is no vote that they lack, and nobody is shown."""
    audited = poll(store, [1] * 20 + [2] * 4, ballots=25)
    audited.explain_number()
    audited.lay()
    audited.open_urn(21, 4, 0, 0)
    assert stop(audited) == Taken()
    for member in audited.pair:
        count_all(audited, member, (20, 4, 0))
    assert (outcome(audited).state, outcome(audited).differences) == (AuditState.SAME, ())


def test_a_lead_no_larger_than_the_doubt_is_counted_in_full(store, poll):
    """Equal but for a lot, or one vote: the board is told before it announces, and counts all papers at once."""
    audited = poll(store, [1] * 5 + [2] * 4)
    audited.lay()
    audited.open_urn(5, 4, 0, 0)
    assert audited.announce(doubted=1) == Hindered(AuditObstacle.HOPELESS)
    assert stop(audited) == Taken()
    for member in audited.pair:
        count_all(audited, member, (5, 4, 0))
    assert outcome(audited).state is AuditState.SAME


def test_papers_counted_by_candidate_are_explained_once(store, poll):
    """What two say before the result is published is said of the audit too; no step of a sample is taken."""
    audited = poll(store, [1] * 6 + [2] * 4, counted="by_candidate")
    assert audited.lay() == Hindered(AuditObstacle.NOT_ASKED)
    assert outcome(audited).state is AuditState.NOT_BEGUN
    audited.open_urn(4, 6, 0, 0)
    assert (outcome(audited).state, outcome(audited).unlike) == (AuditState.OTHER_SEATS, 2)
    assert document(audited) is None, "papers that say something else are explained before anything is published"
    words = ("paper_record_votes", (0, 2), "Vi ved det ikke.", audited.pair)
    assert recording.explain(store, audited.election, *words) == recording.Explained()
    assert (outcome(audited).explanation, outcome(audited).is_settled) == ("Vi ved det ikke.", True)
    assert document(audited)["full_count"]["differences"][0] == {"id": "c1", "urn": 4, "papers": 6}
    assert explain(audited) == Hindered(AuditObstacle.EXPLAINED_BEFORE)


def test_seats_are_compared_once_no_lot_is_left(store, poll):
    """A tie in the urn that the papers do not have is other votes, and says nothing of a seat before the lot."""
    audited = poll(store, [1] * 6 + [2] * 4, counted="by_candidate")
    audited.open_urn(5, 5, 0, 0)
    assert outcome(audited).state is AuditState.OTHER_VOTES


@pytest.mark.parametrize(
    ("ballots", "urn", "state"),
    [(10, (5, 4, 1, 0), AuditState.SAME), (15, (9, 5, 1, 0), AuditState.OTHER_SEATS)],
    ids=["one_missing", "six_missing"],
)
def test_seats_that_a_few_missing_papers_decide_are_not_told(store, poll, ballots, urn, state):
    """That the papers less one have a tie says how that voter voted; of six that are missing it says that nobody knows."""
    audited = poll(store, [1] * (urn[0] - ballots + 9) + [2] * urn[1] + [3], ballots=ballots)
    audited.explain_number()
    audited.lay()
    audited.open_urn(*urn)
    assert stop(audited) == Taken()
    for member in audited.pair:
        count_all(audited, member, tuple(sum(f"c{one}" in marks.named for marks in audited.box) for one in (1, 2, 3)))
    found = outcome(audited)
    assert (found.state, found.unlike) == (state, 0)
    assert found.is_settled is (state is AuditState.SAME)


def test_an_empty_box_is_counted_in_full(store, poll):
    """No paper was printed at all: nothing can be laid or drawn, and the urn waits for nothing but words."""
    audited = poll(store, [], ballots=10)
    assert trail(audited) is Trail.UNEXPLAINED
    audited.explain_number()
    assert trail(audited) is Trail.SETTLED
    audited.open_urn(6, 4, 0, 0)
    assert audited.announce(most_draws=1) == Hindered(AuditObstacle.RESULT_UNKNOWN)
    assert stop(audited) == Taken()
    for member in audited.pair:
        count_all(audited, member, (0, 0, 0))
    assert outcome(audited).state is AuditState.SAME, "what is missing, two have explained"
    assert outcome(audited).differences == ()


def test_papers_counted_by_number_alone_are_no_audit(store, poll):
    """Then nothing is said of seats, and nothing waits for it."""
    audited = poll(store, [1] * 6, counted="number")
    assert outcome(audited) is None
    assert document(audited) is None


def test_one_alone_takes_no_step(store, poll):
    """Two sign each of them."""
    audited = poll(store)
    audited.board.members = (audited.board.chair,) * 2
    for step in (audited.lay, audited.announce, audited.roll, lambda: stop(audited), lambda: explain(audited)):
        with pytest.raises(ValueError, match="two take a step"):
            step()
