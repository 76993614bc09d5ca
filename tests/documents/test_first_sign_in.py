"""The slips of the first login: read by a camera, typed from, cut apart, and silent about anything else."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from votingapp.documents.first_sign_in import SignInSheet, SignInSlip, render_first_sign_in, sign_in_link

DAY = date(2021, 11, 23)
CODE = "abcd-efgh-ijkm-npqr"
OFFICE = "https://valg.koege.example"
SLIP = SignInSlip("Birgit Lund", ("Valgbestyrelse", "Fremmøde"), "birgit.lund", CODE)
SHEET = SignInSheet("Valg til Integrationsrådet", "Køge Kommune", rehearsal=False, address=OFFICE, slips=(SLIP,))
LONGEST = SignInSlip(
    "Ærøskøbinggaard" * 6 + " Yılmaz Ł",
    ("Valgbestyrelse", "Fremmøde", "Sekretariat", "Observatør"),
    "x" * 60,
    "wwww-mmmm-wwww-mmmm",
)


def of(count: int) -> SignInSheet:
    slips = (replace(SLIP, login=f"birgit{number}") for number in range(count))
    return replace(SHEET, slips=tuple(slips))


def test_every_slip_is_read_back(read_codes):
    """A camera reads the sign-in page with login and code behind the sign #, five to a sheet."""
    pages = read_codes(render_first_sign_in(of(11), DAY))
    assert [len(page) for page in pages] == [5, 5, 1]
    read = sorted(code.text for page in pages for code in page)
    assert read == sorted(f"{OFFICE}/sign-in#birgit{number}:{CODE}" for number in range(11))


def test_whoever_has_no_camera_types(page_texts):
    """Address, login and code stand in letters, with whose slip it is, for what, and what to do with it."""
    (text,) = page_texts(render_first_sign_in(SHEET, DAY))
    for said in ("Birgit Lund", "Valgbestyrelse, Fremmøde", f"{OFFICE}/sign-in", "birgit.lund", CODE):
        assert said in text
    assert "Log ind, vælg din egen adgangskode, og riv så sedlen i stykker." in text
    assert "PRØVEVALG" not in text


def test_a_rehearsal_is_marked_on_every_slip(page_texts):
    """A slip is handed out alone, so each says it."""
    (text,) = page_texts(render_first_sign_in(replace(of(5), rehearsal=True), DAY))
    assert text.count("PRØVEVALG") == 5


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Hassan Yılmaz", "Đặng Thị Ngọc Ánh", "Øzlem Çelik Åkjær", "Иван Петров"]
)
def test_names_stand_as_they_are_written(page_texts, name):
    """Every letter has a glyph; nothing is replaced."""
    (text,) = page_texts(render_first_sign_in(replace(SHEET, slips=(replace(SLIP, name=name),)), DAY))
    assert name in text


@pytest.mark.parametrize("name", ["أمينة الخطيب", '#panic() *a* $b$ @c <e> </svg> "`f`"'])
def test_other_writing_and_markup_are_set_as_text(read_codes, name):
    """A name from right to left, and one that looks like a program, leave the slip as it is."""
    ((code,),) = read_codes(render_first_sign_in(replace(SHEET, slips=(replace(SLIP, name=name),)), DAY))
    assert code.text.endswith(f"#birgit.lund:{CODE}")


def test_the_longest_stays_on_its_slip(read_codes, page_texts):
    """Names, roles, login, election and address of the longest kind end above the cut, and the last is whole."""
    sheet = replace(
        SHEET,
        election="Valg " * 10 + "v" * 50,
        address="https://valgstedet-kantinen.raadhuset.koege-kommune.example:8443",
        rehearsal=True,
        slips=(LONGEST,) * 5,
    )
    pdf = render_first_sign_in(sheet, DAY)
    assert [len(page) for page in read_codes(pdf)] == [5]
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words, millimetre = page.get_textpage(), 72 / 25.4
        for place in range(5):
            top = page.get_height() - (8 + 56 * place) * millimetre
            text = words.get_text_bounded(top=top, bottom=top - 55 * millimetre).replace("\u200b", "")
            squeezed = "".join(text.split())
            assert squeezed.count("x" * 60) == 1
            assert squeezed.count(LONGEST.code) == 1
            assert squeezed.count("".join(LONGEST.name.split())) == 1
            assert squeezed.endswith("Visdenikketilandre.Kodengælderi14dage.")


def test_slips_are_archival_and_accessible():
    """The PDF declares PDF/A and PDF/UA, speaks Danish, and describes each square without its secret."""
    pdf = render_first_sign_in(of(2), DAY)
    assert pdf == render_first_sign_in(of(2), DAY)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Første login: Valg til Integrationsrådet"
        assert str(document.Root.Lang) == "da-DK"
        figures = [
            str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"
        ]
    assert figures == ["QR-kode til første login for Birgit Lund"] * 2


@pytest.mark.parametrize(
    ("login", "code"), [("", CODE), ("a", ""), ("å", CODE), ("a:b", CODE), ("a", "x#y"), ("a\n", "b")]
)
def test_nothing_else_is_put_into_an_address(login, code):
    """A link is made of plain signs, and no sheet of nobody."""
    with pytest.raises(ValueError, match="plain"):
        sign_in_link(OFFICE, login, code)
    with pytest.raises(ValueError, match="nobody"):
        render_first_sign_in(replace(SHEET, slips=()), DAY)
