"""Each card finds its holder for a camera and a tired eye, fits the window of an envelope, and gives nothing away."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, time

import pikepdf
import pytest
from roll_papers import codes, opened, texts

from ballots.poll_card import poll_card_for, read_poll_card
from votingapp.documents.poll_cards import MOST_IN_ONE, Addressed, CardHeading, Spoken, render_poll_cards

LINES = (
    Spoken("da", "ltr", "Du kan stemme på dit eget sprog."),
    Spoken("ar", "rtl", "يمكنك التصويت بلغتك."),
    Spoken("uk", "ltr", "Ви можете проголосувати своєю мовою."),
)
HEADING = CardHeading(
    election="Valg til Integrationsrådet i Køge 2021",
    municipality="Køge",
    day=date(2021, 11, 23),
    opens=time(17),
    closes=time(20),
    place="Kantinen, Køge Rådhus, Torvet 1, 4600 Køge",
    declares=True,
    rehearsal=False,
    lines=LINES,
)
NAMES = ("Åse Østergård-Łuczak", "محمد الأحمد", "Ærø " + "Wilhelmine-Maximiliane " * 4, "X" * 100, "")
ADDRESSES = (("Torvet 1, 2. th.", "4600 Køge"), ("W" * 60,) * 5, ())
ARABIC = "[\u0600-\u06ff]"
POINTS_PER_MM = 72 / 25.4


def cards(count: int) -> list[Addressed]:
    return [
        Addressed(poll_card_for(b"k" * 32, n, f"p{n}"), NAMES[n % len(NAMES)], ADDRESSES[n % len(ADDRESSES)])
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 2, 8, 9])
def test_a_camera_reads_every_card(count):
    """Each card's code is read back, whole, once, and in order when the pile is cut in two."""
    wanted = cards(count)
    assert codes(render_poll_cards(wanted, HEADING)) == [one.card.text for one in wanted]


def test_a_thousand_cards_are_one_ream():
    """As many as go into one PDF are all there, two to a sheet, each with its own number and code to type."""
    wanted = cards(MOST_IN_ONE)
    pages = texts(render_poll_cards(wanted, HEADING))
    assert len(pages) == MOST_IN_ONE // 2
    found = [
        read_poll_card(typed) for page in pages for typed in re.findall(r"VK1\.\d+\. \w{4} \w{4} \w{4} \w{4}", page)
    ]
    assert {one.text for one in found if one} == {one.card.text for one in wanted}


@pytest.mark.parametrize("number", [1, 999_999])
def test_the_printed_code_is_what_the_camera_reads(number):
    """Who types the code off the card gets the same card as who scans it."""
    card = poll_card_for(b"k" * 32, number, "p")
    (page,) = texts(render_poll_cards([Addressed(card, "Åse")], HEADING))
    (typed,) = re.findall(r"VK1\.\d+\. \w{4} \w{4} \w{4} \w{4}", page)
    assert read_poll_card(typed) == card


def test_a_card_says_where_when_and_what_to_bring():
    """Everything one has to know, in Danish, and a line for those who do not speak it."""
    (page,) = texts(render_poll_cards(cards(1), HEADING))
    for words in (
        "Valgkort", "Køge Kommune", HEADING.election, "tirsdag den 23. november 2021 kl. 17.00–20.00",
        "Kantinen, Køge Rådhus, Torvet 1, 4600 Køge", "Nr. på valglisten 1", "Personalet spørger om din fødselsdato",
        "Har du ikke kortet, kan du stemme alligevel", "erklæring", LINES[0].text, LINES[2].text,
    ):  # fmt: skip
        assert words in page
    (page,) = texts(render_poll_cards(cards(1), replace(HEADING, place="", declares=False)))
    assert "Spørg kommunen" in page
    assert "erklæring" not in page


@pytest.mark.parametrize("which", range(len(NAMES)))
@pytest.mark.parametrize("address", ADDRESSES)
def test_whom_it_goes_to_stands_in_the_window(which, address):
    """However long name and address are, they stay within what the envelope's window shows, and nothing else comes there."""
    card = Addressed(poll_card_for(b"k" * 32, 7, "p"), NAMES[which], address)
    window = (20, 44, 112, 80)  # mm from the left and the top of the card: left, top, right, bottom
    with opened(render_poll_cards([card], HEADING)) as document:
        page = document[0].get_textpage()
        height = document[0].get_height()
        left, top, right, bottom = (edge * POINTS_PER_MM for edge in window)
        inside = page.get_text_bounded(left, height - bottom, right, height - top)
    wanted = card.name + "".join(card.address)
    assert set(re.findall(ARABIC, inside)) == set(re.findall(ARABIC, wanted))  # a reader of PDF doubles some letters
    assert sorted(re.sub(rf"\W|{ARABIC}", "", inside)) == sorted(re.sub(rf"\W|{ARABIC}", "", wanted))


def test_no_card_tells_a_birth_date_or_a_number_of_the_register():
    """What a stranger finds in a letter box is a name, an address and a line of the roll."""
    (page,) = texts(render_poll_cards(cards(1), HEADING))
    assert not re.search(r"\d{6}-?\d{4}", page)
    assert "CPR" not in page
    assert "1980" not in page


def test_a_rehearsal_is_marked_on_each_card():
    """No card of a rehearsal can be taken for an invitation to vote."""
    pages = texts(render_poll_cards(cards(3), replace(HEADING, rehearsal=True)))
    assert [page.count("PRØVEVALG – tæller ikke") for page in pages] == [2, 1]
    assert all("PRØVEVALG" not in page for page in texts(render_poll_cards(cards(3), HEADING)))


def test_a_sign_that_no_font_has_is_told():
    """A name with such a sign is printed with a mark in its place, and the card says so."""
    pages = texts(render_poll_cards([Addressed(poll_card_for(b"k" * 32, 7, "p"), "Åse \U00012000")], HEADING))
    assert "Et tegn i navnet kan ikke trykkes" in pages[0]


def test_the_pdf_can_be_kept_and_read_aloud():
    """The cards are PDF/A and PDF/UA, in Danish, named, and made alike from alike."""
    made = render_poll_cards(cards(2), HEADING)
    assert made == render_poll_cards(cards(2), HEADING)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata.pdfa_status == "3A"
        assert metadata.get("pdfuaid:part") == "1"
        assert metadata["dc:title"] == "Valgkort: Valg til Integrationsrådet i Køge 2021"
        assert str(pdf.Root.Lang) == "da-DK"


@pytest.mark.parametrize("count", [0, MOST_IN_ONE + 1])
def test_none_and_too_many_are_refused(count):
    """An empty paper is nobody's, and one with too many cards would take the machine's memory."""
    with pytest.raises(ValueError, match="cards"):
        render_poll_cards([Addressed(poll_card_for(b"k" * 32, 1, "p"), "Åse")] * count, HEADING)
