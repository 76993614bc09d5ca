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

from votingapp.documents.slips import render_slips

MM_AT_150_DPI = 150 / 25.4

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
    """Every credential must also stand in letters on its card, whole and unbroken."""
    credentials = make_credentials(9)
    text = " ".join(page_texts(render_slips(credentials, heading)))
    assert all(text.count(credential) == 1 for credential in credentials)


def test_cards_differ_in_nothing_but_the_code(make_credentials, heading, page_texts):
    """With the credentials taken out all cards must read alike: no number, order or mark tells one from another."""
    credentials = make_credentials(8)
    text = page_texts(render_slips(credentials, heading))[0]
    for credential in credentials:
        text = text.replace(credential, "|")
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
    assert all(printed.count(credential) == 1 for credential in credentials[::2])


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
