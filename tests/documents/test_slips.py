"""Slips must be read by the tablet every time, say nothing about whose they are, and never touch a disk."""

import io
import json
import signal
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from votingapp.documents.slips import render_slips

MM_AT_150_DPI = 150 / 25.4
CARD, PANEL, COLUMNS = (105, 74.25), 35, 2
DOTS = 12
"""To the millimetre, and looked at in squares of one millimetre, as an eye does."""
NOISE, SEEN = 60, 200
"""Of 255: how much the same print may differ by falling a hair's breadth beside itself, and what another code makes."""

IN_A_CELL_WITHOUT_A_PEN = """
import json, resource, signal, sys
from datetime import date
from votingapp.documents.slips import SlipHeading, render_slips

def no_writing(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"opened {arguments[0]} for writing")

sys.addaudithook(no_writing)
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
credentials = json.load(sys.stdin)
heading = SlipHeading("Valg", "Køge", date(2021, 11, 23), rehearsal=True)
sys.stdout.buffer.write(render_slips(credentials, heading))
"""

WRITING_BELOW_PYTHON = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b"x")
"""


def edges(place: int, panel: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of one of a card's three panels, in millimetres from the sheet's upper left corner."""
    left = place % COLUMNS * CARD[0] + panel * PANEL
    top = place // COLUMNS * CARD[1]
    return left, top, left + PANEL, top + CARD[1]


def box_of(page: pypdfium2.PdfPage, place: int, panel: int) -> tuple[float, float, float, float]:
    """The same as PDF has it: left, bottom, right, top in points from the lower left corner."""
    left, top, right, bottom = (length * 72 / 25.4 for length in edges(place, panel))
    return left, page.get_height() - bottom, right, page.get_height() - top


def looks(sheet: Image.Image, panel: int) -> list[Image.Image]:
    """One panel of each of eight cards as an eye sees it, without the folds and cuts at its edges."""
    dots = sheet.height / 297
    cards = [[edge * dots for edge in edges(place, panel)] for place in range(8)]
    cropped = [(card[0] + dots, card[1] + dots, card[2] - dots, card[3] - dots) for card in cards]
    return [sheet.crop([round(edge) for edge in card]).resize((33, 72), Image.Resampling.BOX) for card in cropped]


def most_different(pictures: list[Image.Image]) -> int:
    """How much the most different of the pictures differs from the first, anywhere."""
    return max(ImageChops.difference(pictures[0], other).getextrema()[1] for other in pictures[1:])


def test_every_slip_is_read_back(make_credentials, heading, read_codes):
    """A camera must read from the sheets exactly the credentials that were printed, in the order given."""
    credentials = make_credentials(19)
    pages = read_codes(render_slips(credentials, heading))
    assert [len(page) for page in pages] == [8, 8, 3]
    by_place = [sorted(page, key=lambda c: (c.position.top_left.y // 50, c.position.top_left.x)) for page in pages]
    assert [code.text for page in by_place for code in page] == credentials


def test_three_hundred_slips_are_all_read_back(make_credentials, heading, read_codes):
    """A whole election's slips must all be readable, none twice and nothing else beside them."""
    credentials = make_credentials(300)
    read = [code.text for page in read_codes(render_slips(credentials, heading)) for code in page]
    assert sorted(read) == sorted(credentials)


def test_codes_are_large_enough_for_a_phone(make_credentials, heading, read_codes):
    """Every printed square must be at least 25 mm wide, so that a plain tablet camera reads it at arm's length."""
    for code in read_codes(render_slips(make_credentials(8), heading))[0]:
        width = code.position.top_right.x - code.position.top_left.x
        assert width / MM_AT_150_DPI >= 25


def test_code_is_printed_for_typing(make_credentials, heading, page_texts):
    """Every credential must also stand in letters on its card, whole, its four groups below one another."""
    credentials = make_credentials(9)
    text = " ".join(page_texts(render_slips(credentials, heading)))
    assert all(text.count(credential.replace("-", " ")) == 1 for credential in credentials)


def test_cards_differ_in_nothing_but_the_code(make_credentials, heading, page_texts):
    """With the credentials taken out all cards must read alike: no number, order or mark tells one from another."""
    credentials = make_credentials(8)
    text = page_texts(render_slips(credentials, heading))[0]
    for credential in credentials:
        text = text.replace(credential.replace("-", " "), "|")
    cards = {" ".join(card.split()) for card in text.split("|")[1:-1]}
    assert len(cards) == 1
    day_and_qr_only = cards.pop().replace("23. november 2021", "")
    assert not any(character.isdigit() for character in day_and_qr_only)


def test_rehearsal_slips_say_so_on_every_card(make_credentials, heading, page_texts, read_codes):
    """A rehearsal slip must say PRØVEVALG in words and across the card, and still be readable; a real one never."""
    credentials = make_credentials(5)
    rehearsal = render_slips(credentials, replace(heading, rehearsal=True))
    text = page_texts(rehearsal)[0]
    assert text.count("PRØVEVALG – tæller ikke.") == 5
    assert text.count("PRØVEVALG") == 10
    assert {code.text for code in read_codes(rehearsal)[0]} == set(credentials)
    assert "PRØVEVALG" not in page_texts(render_slips(credentials, heading))[0]


def test_slips_are_archival_and_accessible(make_credentials, heading):
    """The PDF must declare PDF/A and PDF/UA, be tagged, speak Danish, and describe each picture without its secret."""
    credentials = make_credentials(3)
    pdf = render_slips(credentials, replace(heading, election_name="Valg på Ærø"))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        assert metadata["pdfaid:part"] in {"2", "3"}
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Stemmesedler: Valg på Ærø"
        assert str(document.Root.Lang) == "da-DK"
        assert bool(document.Root.MarkInfo.Marked)
        figures = [
            str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
    assert figures == ["QR-kode med samme kode som teksten nedenfor"] * 3


def test_slips_carry_the_day_they_are_for_not_the_day_they_are_made(make_credentials, heading):
    """The same slips must be the same bytes whenever they are printed; the clock has no part in them."""
    credentials = make_credentials(2)
    first = render_slips(credentials, heading)
    assert first == render_slips(credentials, heading)
    with pikepdf.open(io.BytesIO(first)) as document:
        assert document.open_metadata()["xmp:CreateDate"] == "2021-11-23T00:00:00+00:00"


@pytest.mark.parametrize(
    "name",
    ["Valg til " + "integrationsråd" * 6, "Æ" * 100, "Valg og valg " * 8],
    ids=["one long word", "no break at all", "many words"],
)
def test_a_long_election_name_stays_on_its_card(make_credentials, heading, page_texts, read_codes, name):
    """A hundred characters of name, even unbroken, must neither push a card off the sheet nor cover a code."""
    credentials = make_credentials(8)
    pdf = render_slips(credentials, replace(heading, election_name=name, rehearsal=True))
    assert [len(page) for page in read_codes(pdf)] == [8]
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        middle = document[0].get_width() / 2
        left_column = page.get_text_bounded(right=middle).replace("\u200b", "").split()
    printed = "".join(left_column)
    assert printed.count("".join(name.split())) == 4
    assert all(printed.count(credential.replace("-", "")) == 1 for credential in credentials[::2])


@pytest.mark.parametrize("rehearsal", [False, True])
def test_a_folded_card_shows_nothing_of_its_code(make_credentials, heading, rehearsal):
    """What is outside when a card is folded, its right panel, must be the same on all cards and hold no code."""
    credentials = make_credentials(8)
    with pypdfium2.PdfDocument(render_slips(credentials, replace(heading, rehearsal=rehearsal))) as document:
        outsides = [box_of(document[0], place, 2) for place in range(8)]
        words = [" ".join(document[0].get_textpage().get_text_bounded(*one).split()) for one in outsides]
        sheet = document[0].render(scale=DOTS * 25.4 / 72, grayscale=True).to_pil()
        assert all("Træk selv én. Åbn den først i stemmeboksen." in one for one in words)
        assert len(set(words)) == 1
        groups = [group for credential in credentials for group in credential.split("-")]
        assert not [group for group in groups if group in words[0]]
    assert most_different(looks(sheet, 2)) < NOISE
    assert most_different(looks(sheet, 1)) > SEEN
    assert not any(zxingcpp.read_barcodes(picture.resize((330, 720))) for picture in looks(sheet, 2))


def test_the_code_lies_between_the_folds(make_credentials, heading, read_codes):
    """Neither fold may cross the square, and the panel that is folded over the code must carry nothing of it."""
    credentials = make_credentials(8)
    pdf = render_slips(credentials, heading)
    for code in read_codes(pdf)[0]:
        left = min(code.position.top_left.x, code.position.bottom_left.x) / MM_AT_150_DPI % 105
        right = max(code.position.top_right.x, code.position.bottom_right.x) / MM_AT_150_DPI % 105
        assert 35 + 2 < left < right < 70 - 2
    with pypdfium2.PdfDocument(pdf) as document:
        for place, credential in enumerate(credentials):
            for panel, inside in ((0, False), (1, True), (2, False)):
                text = document[0].get_textpage().get_text_bounded(*box_of(document[0], place, panel))
                assert all((group in text) is inside for group in credential.split("-"))


def test_the_outside_speaks_the_seven_languages(make_credentials, heading):
    """Whoever draws a folded card must read, in any language of the booth's pages, where it is opened."""
    with pypdfium2.PdfDocument(render_slips(make_credentials(1), heading)) as document:
        text = document[0].get_textpage().get_text_bounded(*box_of(document[0], 0, 2))
    for word in ("stemme", "voting booth", "kabininde", "kabinie", "кабінці", "cabina de vot"):
        assert word in text.replace("\r\n", " ")
    assert any("\u0600" <= sign <= "\u06ff" or "\ufb50" <= sign <= "\ufeff" for sign in text)


def test_markup_in_the_heading_is_printed_as_it_stands(make_credentials, heading, page_texts):
    """Whatever a name contains must be set as text: data is never read as Typst, SVG or HTML."""
    name = '#import "x" *a* $b$ @c \\d <e> </svg> `f` //g _h_ [i] #panic()'
    text = page_texts(render_slips(make_credentials(1), replace(heading, election_name=name)))[0]
    assert name in text


@pytest.mark.parametrize(
    "change",
    [
        lambda good: good[:0],
        lambda good: [*good, good[0]],
        lambda good: [*good, ""],
        lambda good: [*good, good[0] + "\n"],
        lambda good: [*good, "0" + good[0][1:]],
        lambda good: [*good, good[0].replace("-", "")],
    ],
)
def test_bad_credentials_are_refused_without_being_quoted(make_credentials, heading, change):
    """None, equal or malformed credentials must stop the printing, by a message that reveals none of them."""
    good = make_credentials(2)
    with pytest.raises(ValueError, match="credential") as refusal:
        render_slips(change(good), heading)
    assert not any(part in str(refusal.value) for part in "-".join(good).split("-"))


def test_slips_never_touch_the_disk(make_credentials):
    """A process that dies at the first byte it writes to any file must still be able to print slips."""
    made = subprocess.run(
        [sys.executable, "-B", "-c", IN_A_CELL_WITHOUT_A_PEN],
        input=json.dumps(make_credentials(9)).encode(),
        capture_output=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert made.stdout.startswith(b"%PDF-")


def test_the_cell_without_a_pen_really_has_none(tmp_path):
    """The guard of the test above must bite: a write below Python's own open must end the process."""
    died = subprocess.run([sys.executable, "-B", "-c", WRITING_BELOW_PYTHON, tmp_path / "x"], check=False)
    assert died.returncode == -signal.SIGXFSZ
