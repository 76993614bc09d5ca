"""Who sat when: a picture that says the same as the table beside it, to whoever sees it and whoever hears it."""

from __future__ import annotations

import io
from datetime import date
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from tally.council import Place, SeatKind
from votingapp.documents.seat_history import DANISH, History, SeatHistory, Stretch, draw, render_history

START, END = date(2022, 1, 1), date(2025, 12, 31)
MARCH, APRIL = date(2022, 3, 31), date(2022, 4, 1)
_SVG = {"svg": "http://www.w3.org/2000/svg"}


def history(long: str = "Bo Østergård") -> History:
    """A seat whose member left and was followed after a month, one that is vacant, and one that is not elected."""
    return History(
        START,
        END,
        (
            SeatHistory(
                Place(1, "Direkte valg", SeatKind.ELECTED, "nord"),
                (
                    Stretch(long, START, date(2022, 2, 28), is_over=True),
                    Stretch(None, date(2022, 3, 1), MARCH, is_over=True),
                    Stretch("فاطمة <Sørensen> & Co", APRIL, END, is_over=False),
                ),
            ),
            SeatHistory(Place(2, "Direkte valg", SeatKind.ELECTED), (Stretch(None, START, END, is_over=False),)),
            SeatHistory(Place(3, "Beboerråd", SeatKind.APPOINTED), (Stretch("", START, END, is_over=False),)),
        ),
    )


@pytest.fixture(scope="module")
def picture() -> ET.Element:
    return ET.fromstring(draw(history(), DANISH))  # noqa: S314 - of our own making


def test_the_picture_is_named_and_described(picture):
    """A screen reader hears a picture with a title and a description, and what it names exists."""
    assert picture.get("role") == "img"
    ids = picture.get("aria-labelledby").split()
    told = [picture.find(f".//*[@id='{one}']").text for one in ids]
    assert told == [DANISH.title, DANISH.description]


def test_every_seat_and_every_stretch_is_there_in_words(picture):
    """Vacant is a word and an outline, not a colour; whoever was not elected has no name."""
    words = [one.text for one in picture.iterfind("svg:text", _SVG)]
    assert words[:4] == ["2022", "2023", "2024", "2025"]
    assert words[4:] == [
        "Plads 1 – forbeholdt nord",
        "Bo Østergård",
        "vakant",
        "فاطمة <Sørensen> & Co",
        "Plads 2",
        "vakant",
        "Plads 3 – Beboerråd",
        "udpeget medlem",
    ]
    vacant = [one for one in picture.iterfind("svg:rect", _SVG) if one.get("class") == "vacant"]
    assert len(vacant) == 2
    assert all(one.get("fill") == "none" and one.get("stroke-dasharray") for one in vacant)


def test_the_bars_lie_where_the_days_are(picture):
    """The stretches of one seat follow one another without a gap, from edge to edge of the term."""
    bars = [(float(one.get("x")), float(one.get("width"))) for one in picture.iterfind("svg:rect", _SVG)]
    first, second, third = bars[:3]
    assert first[0] == pytest.approx(12)
    assert first[0] + first[1] == pytest.approx(second[0], abs=0.2)
    assert second[0] + second[1] == pytest.approx(third[0], abs=0.2)
    assert third[0] + third[1] == pytest.approx(948, abs=0.2)
    assert first[1] == pytest.approx(936 * 59 / 1461, abs=0.1)


def test_nothing_of_a_name_can_run_out(picture):
    """A very long name is cut in the picture, and one at the end of the term is written towards the middle."""
    late = History(
        START,
        END,
        (
            SeatHistory(
                Place(1, "Direkte valg", SeatKind.ELECTED),
                (
                    Stretch(None, START, date(2025, 10, 31), is_over=True),
                    Stretch("Å" * 100, date(2025, 11, 1), END, is_over=False),
                ),
            ),
        ),
    )
    words = list(ET.fromstring(draw(late, DANISH)).iterfind("svg:text", _SVG))  # noqa: S314 - of our own making
    assert len(words[-1].text) == 44
    assert words[-1].get("text-anchor") == "end"
    assert "فاطمة" in ET.tostring(picture, encoding="unicode")


def test_the_paper_has_the_picture_with_words_and_the_table():
    """The PDF is tagged, its picture has an alternative text, and the table gives each name in full and each last day."""
    long = "Å" * 60
    pdf = render_history(history(long), election="Valg 2021", municipality="Køge", rehearsal=True, today=APRIL)
    again = render_history(history(long), election="Valg 2021", municipality="Køge", rehearsal=True, today=APRIL)
    assert pdf == again
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    flat = text.replace("\u200b", "").replace("\r\n", "")
    assert long in flat
    assert "28. februar 2022" in flat
    assert "PRØVEVALG" in flat
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        figures = [
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert [str(one.Alt) for one in figures] == [f"{DANISH.title}. {DANISH.description}"]


def test_a_large_council_runs_over_pages():
    """Fifteen seats with three stretches each are a picture of several pages, and every name stands in it and in the table."""
    many = History(
        START, END, tuple(SeatHistory(one.place, history().seats[0].stretches) for one in history().seats * 5)
    )
    pdf = render_history(many, election="Valg 2021", municipality="Køge", rehearsal=False, today=APRIL)
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) > 2
    assert text.count("Bo Østergård") == 30
