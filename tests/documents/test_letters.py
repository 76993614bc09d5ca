"""A letter tells the decision, why, until when and how to complain, whatever letters the candidate is written with."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pypdfium2
import pytest

from votingapp.documents.letters import ALL_SATISFIED, Letter, plain_text, render_letter, subject
from votingapp.documents.notices import complain_by
from votingapp.store.notices import NoticeKind

NOW = datetime(2021, 11, 12, 9, 3, 7, tzinfo=UTC)
MM = 72 / 25.4


@pytest.fixture
def letter() -> Letter:
    """A defect notice."""
    return Letter(
        kind=NoticeKind.DEFECT,
        municipality="Køge",
        election="Valg til Integrationsrådet i Køge Kommune 2021",
        rehearsal=False,
        decided_at=NOW,
        receipt="K7QXR-2M9TP",
        submitted_at=NOW - timedelta(days=1),
        closes=datetime(2021, 11, 16, 11, tzinfo=UTC),
        name="Åse Østergård-Łuczak",
        address="Ærøvej 12, 2. tv.\n4600 Køge",
        reason="Erklæringen på tro og love mangler.\nSkriv under på den.",
        answer_by=datetime(2021, 11, 18, 11, tzinfo=UTC),
        complain_by=complain_by(NOW, 7),
        official="Mette Sørensen",
    )


def test_a_defect_notice_says_what_until_when_and_how_to_complain(letter, page_texts):
    """Decision, reason, the deadline to the second, the last day for a complaint, receipt, date and name are all printed."""
    (text,) = page_texts(render_letter(letter))
    for words in (
        "Køge Kommune",
        "12. november 2021",
        "K7QXR-2M9TP",
        "Åse Østergård-Łuczak",
        "Ærøvej 12, 2. tv.",
        "Mangelbrev: Din opstilling skal rettes",
        "Erklæringen på tro og love mangler. Skriv under på den.",
        "senest den 18. november 2021 kl. 12.00.00",
        "Vi skal have din klage senest den 19. november 2021.",
        "Mette Sørensen",
    ):
        assert words in text


def test_an_acceptance_without_own_words_says_the_standard_sentence(letter, page_texts):
    """Nothing was written, and still she reads why; in the mail too."""
    accepted = replace(letter, kind=NoticeKind.ACCEPTED, reason="", answer_by=None)
    assert ALL_SATISFIED in page_texts(render_letter(accepted))[0]
    assert ALL_SATISFIED in plain_text(accepted)
    assert ALL_SATISFIED not in plain_text(replace(accepted, kind=NoticeKind.WITHDRAWN))


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_letter_and_the_mail_says_the_same(letter, page_texts, kind):
    """Subject, receipt number and signature stand in each letter, and every sentence of it in the mail."""
    told = replace(letter, kind=kind)
    text, mail = (
        page_texts(render_letter(told))[0],
        " ".join(plain_text(told, "https://valg.eksempel.dk/koege/").split()),
    )
    assert subject(told) in text
    for words in ("K7QXR-2M9TP", "Mette Sørensen", "Skriv, hvad du er uenig i, og hvorfor."):
        assert words in text
        assert words in mail
    assert "https://valg.eksempel.dk/koege/" in mail


def test_a_late_one_reads_when_it_came_and_when_it_had_to(letter, page_texts):
    """Both instants are told to the second."""
    late = replace(letter, kind=NoticeKind.LATE, submitted_at=letter.closes + timedelta(seconds=1), official="")
    text = page_texts(render_letter(late))[0]
    assert "den 16. november 2021 kl. 12.00.01. Fristen var den 16. november 2021 kl. 12.00.00" in text
    assert "Valgsekretariatet" in text


@pytest.mark.parametrize("name", ["أمينة الخطيب", "Ștefan Țuțu", "Олена Ґедзь", "தமிழ்", "Å" * 100, "=<b>#panic()"])
def test_no_name_stops_a_letter(letter, page_texts, name):
    """Arabic, Cyrillic, a script that no font carries, a hundred letters unbroken and markup all give a letter."""
    text = page_texts(render_letter(replace(letter, name=name, reason=name * 3)))[0]
    assert "Begrundelse" in text


def test_arabic_is_set_with_its_own_letters(letter, page_texts):
    """An Arabic name is not replaced by signs for missing letters."""
    text = page_texts(render_letter(replace(letter, name="أمينة الخطيب")))[0]
    assert "\ufffd" not in text
    assert "Et eller flere tegn" not in text


def test_name_and_address_lie_in_the_window_of_the_envelope(letter):
    """Name and address are inside a window 20 mm from the edge and 48 to 80 mm from the top, and nothing else is."""
    long = replace(letter, name="Åse " * 20 + "Ø", address="\n".join(f"Linje {number} Ærøvej" for number in range(6)))
    for told in (letter, long):
        with pypdfium2.PdfDocument(render_letter(told)) as document:
            page = document[0]
            top = page.get_height()
            box = {"left": 20 * MM - 1, "right": 106 * MM, "top": top - 47 * MM, "bottom": top - 81 * MM}
            words = " ".join(page.get_textpage().get_text_bounded(**box).split())
        assert words.startswith("Åse")
        assert words.endswith(told.address.splitlines()[-1])


def test_a_long_reason_runs_over_to_further_pages(letter, page_texts):
    """Nothing of a long reason is cut."""
    reason = "\n".join(f"Punkt {number} skal rettes." for number in range(120))
    pages = page_texts(render_letter(replace(letter, reason=reason)))
    assert len(pages) > 1
    assert "Punkt 119 skal rettes." in " ".join(pages)


def test_a_letter_of_a_rehearsal_says_so(letter, page_texts):
    """PRØVEVALG stands in title, across the page and in the mail of a rehearsal, and never otherwise."""
    told = replace(letter, rehearsal=True)
    assert page_texts(render_letter(told))[0].count("PRØVEVALG") >= 2
    assert plain_text(told).startswith("PRØVEVALG")
    assert "PRØVEVALG" not in page_texts(render_letter(letter))[0]


def test_a_letter_is_archival_and_accessible_and_the_same_each_time(letter):
    """PDF/A-3a and PDF/UA-1, Danish, with a title; equal letters are equal bytes."""
    pdf = render_letter(letter)
    assert pdf == render_letter(letter)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert metadata["dc:title"] == "Mangelbrev: Din opstilling skal rettes"
        assert str(document.Root.Lang) == "da-DK"


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (datetime(2021, 10, 30, 21, 59, tzinfo=UTC), datetime(2021, 11, 6, 22, 59, 59, tzinfo=UTC)),
        (datetime(2021, 10, 30, 22, 1, tzinfo=UTC), datetime(2021, 11, 7, 22, 59, 59, tzinfo=UTC)),
        (datetime(2022, 3, 20, 12, 0, tzinfo=UTC), datetime(2022, 3, 27, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_last_day_for_a_complaint_is_a_copenhagen_day(decided, last):
    """Seven days on, to the last second of the day in Copenhagen, across midnight and across the change of the clocks."""
    assert complain_by(decided, 7) == last
