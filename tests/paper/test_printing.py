"""Paper ballots: every one like the other, in ballot order, for as long as anybody may vote."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest
from board import CANDIDATES

from ballots.slips import Movement
from votingapp.desks.paper import printing
from votingapp.documents.paper_ballot import BallotLine, Instruction, PaperBallot, render_paper_ballot
from votingapp.store import ledger
from votingapp.store.ledger import Paper
from votingapp.web.languages import LANGUAGES


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def printed(office):
    """Print within a request, as the page does: `printed(board, number)`."""

    def act(board, number: int):
        with office.test_request_context():
            return printing.print_ballots(board.store, board.chair, board.election, number)

    return act


def test_every_ballot_is_like_the_other(store, board, printed):
    """Three pages, the same to the letter, with everybody in ballot order and how to vote in each language."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    pages = texts(printed(seated, 3).pdf)
    assert len(pages) == 3
    assert len(set(pages)) == 1
    places = [pages[0].index(name) for name in CANDIDATES]
    assert places == sorted(places)
    assert "Fold sedlen" in pages[0]


def test_the_printed_ballots_are_in_the_boards_box(any_store, board, printed):
    """What came from the printer is in the account, print by print."""
    seated = board(any_store)
    seated.prepare()
    seated.freeze()
    for number in (2, 3):
        assert isinstance(printed(seated, number), printing.Printed)
    with any_store.reading() as connection:
        assert ledger.total(connection, seated.election.id, Paper.BALLOT, Movement.PRINTED) == 5


def test_nothing_is_printed_before_the_freeze_or_after_the_close(store, board, printed):
    """Before the freeze the order is open; after the close nobody needs a ballot."""
    seated = board(store)
    seated.prepare()
    assert printed(seated, 1) == printing.NotFrozen()
    seated.vote((1,), ())
    assert printed(seated, 1) == printing.PollOver()


@pytest.mark.parametrize("candidates", [1, 5, 15, 20, 21, 50, 51, 96])
def test_everybody_fits_on_one_page(candidates):
    """However many stand, with long names and lines, a ballot is one page that names each of them once."""
    lines = tuple(
        BallotLine(place, f"Kandidat-{place:03d} Østergård Ærøskøbing", "sygeplejerske i Ølby" if place % 2 else "", "")
        for place in range(1, candidates + 1)
    )
    say = tuple(Instruction(code, "rtl" if code == "ar" else "ltr", "Sæt ét kryds. " * 4) for code in LANGUAGES)
    ballot = PaperBallot("Valg til Integrationsrådet", "Køge", date(2021, 11, 23), True, lines, say)  # noqa: FBT003
    pdf = render_paper_ballot(ballot, 1)
    (text,) = texts(pdf)
    assert all(text.count(f"Kandidat-{place:03d}") == 1 for place in range(1, candidates + 1))
    assert "PRØVEVALG" in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "da-DK"


def test_no_ballot_is_no_print():
    """A print of none is an error of the caller."""
    with pytest.raises(ValueError, match="at least one"):
        render_paper_ballot(PaperBallot("V", "K", date(2021, 11, 23), False, (), ()), 0)  # noqa: FBT003
