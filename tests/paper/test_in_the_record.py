"""The account of the paper ballots stands in the record beside that of the slips: figures, boxes, words and names."""

from __future__ import annotations

import re
import uuid

import pytest
from pypdfium2 import PdfDocument
from recorded import UNSTATED

from ballots.slips import Movement
from tally.record import BoxDifference, PaperAccount, missing
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.slips.explaining import Explained, explain
from votingapp.desks.slips.supply import Signed, count, supply
from votingapp.documents.record import render_record
from votingapp.store import accounts, ledger, record_draft
from votingapp.store.ledger import BOARD, Entry, Paper


@pytest.fixture
def closed(any_store, board, on_paper):
    """Twenty paper ballots were printed, eight given to Bord 1, five of them handed out; everything else is settled."""
    seated = board(any_store)
    seated.prepare()

    def printed(work) -> None:
        ledger.write(work, seated.election.id, Paper.BALLOT, Entry(Movement.PRINTED, BOARD, 20, seated.chair.id))
        work.record(seated.election.id, "test", "paper_ballots_printed")

    any_store.write(printed)
    supply(any_store, seated.election, signed(seated), Movement.TO_DESK, "Bord 1", 8, Paper.BALLOT)
    seated.vote((1,), (2,), (), meanwhile=lambda: on_paper(seated, 5))
    return seated


def signed(seated) -> Signed:
    chair, second, _third = seated.members
    return Signed(chair, str(uuid.uuid4()), second)


def record_of(seated, enter, found):
    """Count by hand, seal, open the urn, and draw the record up."""
    for member in seated.members[:2]:
        enter(seated, member, found)
    with seated.store.reading() as connection:
        standing = accounts.unexplained(connection, seated.now(), Paper.BALLOT)
    for one in standing:
        said = f"Vi ved det ikke ({one.code.value})."
        assert explain(seated.store, seated.election, one, said, seated.members[:2], Paper.BALLOT) == Explained()
    made = make_urn_report(seated.store, seated.chair, seated.election, printer=lambda _frame, _sealed: b"urn report")
    assert isinstance(made, Made)
    seated.count()
    with seated.store.reading() as connection:
        return record_draft.draft(connection, seated.now())


def told_in(record, *words: str) -> bool:
    """Whether the paper says these words, wherever its lines are broken."""
    pages = (page.get_textpage().get_text_bounded() for page in PdfDocument(render_record(record)))
    said = re.sub(r"[\s\u200b\u00ad]", "", " ".join(pages))
    return all(re.sub(r"\s", "", one) in said for one in words)


def test_an_account_that_comes_out_stands_with_its_figures(closed, enter, figures):
    """Printed, handed out and left over, and both sums of paper come out beside those of the slips."""
    record = record_of(closed, enter, figures((0, 3, 1), valid=4, blank=1))
    assert record.turnout.paper == PaperAccount(20, 5, 0, 0, 0, left_over=15)
    told = {one.account: (one.expected, one.counted, one.comes_out) for one in record.reconciliation}
    assert (told["paper"], told["paper_ballots"]) == ((20, 20, True), (5, 5, True))
    assert record.boxes == ()
    assert missing(record) == UNSTATED
    assert told_in(record, "Regnskab over papirstemmesedler")


def test_what_two_explained_about_paper_stands_in_the_record(closed, enter, figures):
    """The page that they sign on says so: a box that is one short, and two ballots more than were handed out."""
    names = tuple(one.name for one in closed.members[:2])
    count(closed.store, closed.election, signed(closed), "Bord 1", 2, 0, Paper.BALLOT)
    record = record_of(closed, enter, figures((0, 6, 1), valid=7))
    said = {code: f"Vi ved det ikke ({code})." for code in ("desk_not_as_counted", "more_ballots_than_slips")}
    assert record.boxes == (BoxDifference("Bord 1", 2, 1, 0, said["desk_not_as_counted"], names, holds="ballot"),)
    told = {one.account: (one.difference, one.explanation, one.signed_by) for one in record.reconciliation}
    assert told["paper"] == (-1, f"Bord 1: {said['desk_not_as_counted']}", names)
    assert told["paper_ballots"] == (2, said["more_ballots_than_slips"], names)
    assert missing(record) == UNSTATED
    assert told_in(record, "Bord 1, papirstemmesedler", *said.values())
