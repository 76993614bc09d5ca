"""Eyes for the papers: a camera that reads codes, a reader of text; slips from a seed and records from a real count."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp

from tally.allocation import allocate_documents
from tally.reconciliation import reconcile
from tally.record import (
    BoardMember,
    Candidate,
    Election,
    Present,
    Record,
    Remark,
    Statement,
    Station,
    Times,
    Trustee,
    Turnout,
    Verification,
)
from votingapp.documents.slips import SlipHeading

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


@pytest.fixture
def make_credentials() -> Callable[[int], list[str]]:
    """As many credentials as asked for, the same every time."""

    def make(count: int) -> list[str]:
        chance = random.Random(count)
        drawn = ("".join(chance.choice(BASE58) for _ in range(22)) for _ in range(count))
        return [f"{c[:5]}-{c[5:11]}-{c[11:16]}-{c[16:]}" for c in drawn]

    return make


@pytest.fixture
def heading() -> SlipHeading:
    return SlipHeading("Valg til Integrationsrådet", "Køge Kommune", date(2021, 11, 23), rehearsal=False)


@pytest.fixture
def read_codes() -> Callable[[bytes], list[list[zxingcpp.Barcode]]]:
    """Every code on every page, as a camera at 150 dots per inch sees them."""

    def read(pdf: bytes) -> list[list[zxingcpp.Barcode]]:
        with opened(pdf) as document:
            pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
        upright = {"try_rotate": False, "try_invert": False, "try_downscale": False}
        return [zxingcpp.read_barcodes(picture, **upright) for picture in pictures]

    return read


@pytest.fixture
def page_texts() -> Callable[[bytes], list[str]]:
    """The text of every page, with line ends made spaces and break marks taken out."""

    def texts(pdf: bytes) -> list[str]:
        with opened(pdf) as document:
            raw = [page.get_textpage().get_text_bounded() for page in document]
        return [" ".join(text.replace("\u200b", "").replace("\u00ad", "").split()) for text in raw]

    return texts


@pytest.fixture
def read(page_texts):
    """All text of a PDF without spaces and hyphens, so that line ends change nothing."""

    def squeezed(pdf):
        return re.sub(r"[\s\ufffe\x02-]", "", "".join(page_texts(pdf)))

    return squeezed


THERE = tuple(Present(name, datetime(2021, 11, 23, 15, 30, tzinfo=UTC)) for name in ("Mette Møller", "Ali Demir"))
STATION = Station(
    opened_by=THERE,
    closed_by=THERE,
    doors_closed=datetime(2021, 11, 23, 19, 0, tzinfo=UTC),
    queue=3,
    admitted_from_queue=2,
    urn_sha256="12ab" * 16,
    zero_report_sha256="34cd" * 16,
    urn_report_sha256="56ef" * 16,
    sealed_by=THERE,
)
STATED = tuple(
    Statement(code, datetime(2021, 11, 23, 21, 5, tzinfo=UTC), ("Mette Møller", "Ali Demir"))
    for code in ("incidents", "assistance")
)
KOEGE = """
[ballot]
votes_per_voter = 1
blank = true
order = "alphabetical"
[seats]
total = 2
unfilled = "vacant"
[substitutes]
model = "ranked"
"""


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """A complete record of these people, its seats given by the real count under the rules and lots asked for."""

    def make(people: Sequence[Candidate], rules: str = KOEGE, lots: Sequence[dict] = ()) -> Record:
        blank = 3 if any(person.votes is not None for person in people) else 0
        counts = {
            "candidates": [{"id": p.id, "name": p.name, "group": p.group, "votes": p.votes} for p in people],
            "blank": blank,
            "invalid": 0,
        }
        allocation, _ = allocate_documents(rules, json.dumps(counts), json.dumps({"lots": list(lots)}))
        candidates = tuple(people)
        ballots = sum(person.votes or 0 for person in people) + blank
        turnout = Turnout(
            roll=900,
            admissions=ballots,
            slips_printed=ballots + 100,
            slips_issued=ballots,
            slips_exchanged=0,
            slips_returned=0,
            slips_void=0,
            slips_left_over=100,
            ballots=ballots,
            blank=blank,
        )
        return Record(
            election=Election(
                name="Valg til Integrationsrådet",
                municipality="Køge Kommune",
                election_day=date(2021, 11, 23),
                term_start=date(2022, 1, 1),
                term_end=date(2025, 12, 31),
                seats=2,
                votes_per_voter=1,
                adopted_by="Køge Byråd",
                adopted_on=date(2021, 6, 22),
                rules_sha256="0123abcd" * 8,
            ),
            drawn_up=date(2021, 11, 24),
            rehearsal=False,
            board=(BoardMember("Mette Møller", "formand"), BoardMember("Ali Demir", "medlem")),
            times=Times(
                frozen=datetime(2021, 11, 20, 9, 0, tzinfo=UTC),
                opened=datetime(2021, 11, 23, 16, 0, tzinfo=UTC),
                closed=datetime(2021, 11, 23, 19, 0, tzinfo=UTC),
            ),
            candidates=candidates,
            turnout=turnout,
            allocation=allocation,
            verification=Verification(
                election_fingerprint="Zx81" * 10 + "abc",
                last_event="feed4321" * 8,
                archive_sha256="beef1234" * 8,
                threshold=2,
                trustees=(Trustee("Mette Møller", decrypted=True), Trustee("Ali Demir", decrypted=True)),
            ),
            station=STATION,
            statements=STATED,
            reconciliation=reconcile(turnout, candidates, 1),
            remarks=(Remark("Tabletten ved døren blev skiftet.", datetime(2021, 11, 23, 17, 12, tzinfo=UTC)),),
        )

    return make
