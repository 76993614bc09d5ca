"""Slips leave on paper and nowhere else: the house must be unable to vote with what it keeps."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
import zxingcpp

from ballots.protocol.credentials import derive_public
from votingapp.desks.slips.printing import BadNumber, ListClosed, SlipsPrinted, print_slips
from votingapp.store import audit, urns
from votingapp.store.elections import urn_of

DPI = 150 / 72


def read_slips(pdf: bytes) -> list[str]:
    """The codes a camera reads from the sheets."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=DPI).to_pil().convert("L") for page in document]
    document.close()
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.fixture
def printed(store, board):
    """A board, and the slips it printed."""
    seated = board(store)
    outcome = print_slips(store, seated.chair, seated.election, 11)
    assert isinstance(outcome, SlipsPrinted)
    return seated, outcome.pdf


def test_what_is_on_paper_fits_what_is_on_the_list(store, printed):
    """Every printed slip can vote, and no credential stands on the list without a slip."""
    seated, pdf = printed
    read = read_slips(pdf)
    with store.reading() as connection:
        listed = urns.credentials(connection, seated.election.urn_uuid)
    assert len(read) == 11
    assert sorted(derive_public(seated.election.urn_uuid, code) for code in read) == sorted(listed)


def test_no_private_credential_stays_in_the_house(store, settings, printed, caplog):
    """Neither the database and its journal, nor any other file of the installation, nor a log holds a slip's code."""
    _seated, pdf = printed
    codes = read_slips(pdf)
    spellings = [form.encode() for code in codes for form in (code, code.replace("-", ""), code[:12])]
    files = [path for path in settings.home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".db" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [one for one in spellings if one in content], path
    assert not [code for code in codes if code in caplog.text]


def test_the_outcome_does_not_show_itself(printed):
    """A traceback or a log line that names the outcome must not carry the paper."""
    _seated, pdf = printed
    assert repr(SlipsPrinted(pdf)) == "SlipsPrinted(...)"


def test_the_log_tells_how_many_and_no_more(store, printed):
    """The entry holds the number of slips; no credential, public or private."""
    seated, _pdf = printed
    with store.reading() as connection:
        (entry,) = [one for one in audit.entries(connection, seated.election.id) if one.act == "slips_printed"]
    assert entry.details == '{"number":11}'


def test_slips_may_be_printed_again_until_the_freeze(any_store, board):
    """A second print adds other slips to the same account."""
    seated = board(any_store)
    for number in (1, 2):
        assert isinstance(print_slips(any_store, seated.chair, seated.election, number), SlipsPrinted)
    with any_store.reading() as connection:
        assert urn_of(connection, seated.election.urn_uuid).slips_printed == 3
        assert len(urns.credentials(connection, seated.election.urn_uuid)) == 3


def test_nothing_is_printed_after_the_freeze(store, board):
    """A slip that is not on the frozen list could not vote, and the list cannot change."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    assert print_slips(store, seated.chair, seated.election, 1) == ListClosed()
    with store.reading() as connection:
        assert len(urns.credentials(connection, seated.election.urn_uuid)) == 6


@pytest.mark.parametrize("number", [0, -1, 1001])
def test_a_number_beyond_the_limits_is_refused(store, board, number):
    """Nobody prints nothing, and nobody prints more than one request can carry."""
    seated = board(store)
    assert print_slips(store, seated.chair, seated.election, number) == BadNumber()


def test_a_rehearsal_says_so_on_every_slip(store, board):
    """A slip of a rehearsal must never be taken for one of the election."""
    seated = board(store, rehearsal=True)
    outcome = print_slips(store, seated.chair, seated.election, 3)
    assert isinstance(outcome, SlipsPrinted)
    document = pypdfium2.PdfDocument(io.BytesIO(outcome.pdf))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert len(re.findall("PRØVEVALG", text)) >= 3
