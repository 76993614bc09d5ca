"""A paper can be read in every language of the pages, on any machine and by a screen reader."""

import io
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest

from votingapp.documents import typesetting
from votingapp.documents.dates import instant_in
from votingapp.documents.typesetting import REPLACEMENT, typeset
from votingapp.resources import templates_dir
from votingapp.web.languages import LANGUAGES

DAY = date(2021, 11, 23)
NAME = "Fatima فاطمة Sørensen"
WORDS = {
    "da": "Kandidater på Ærø, Øster Å",
    "en": "Candidates for the council",
    "ar": "المرشحون لمجلس الاندماج",
    "tr": "Işık Şükrü Ğül, İnci",
    "pl": "Żółć, Łukasz Ścibor, ąę",
    "uk": "Ґедзь, Їжак, Єва, ради",
    "ro": "Ștefan Țuțu, ăâî",
}
BODY = """
#import "house.typ": serif, sans, spoken, isolated
#let d = json("data.json")
#set document(title: "t")
#set text(font: (serif: serif, sans: sans).at(d.voice), hyphenate: false)
#for (language, words) in d.words [#spoken(language, par(words + " " + strong(words)))]
#for language in ("ar", "da") [#spoken(language, par[1 #isolated(d.name) (2)])]
#for day in d.days [#par(day)]
#if d.replaced [REPLACED]
"""


@pytest.fixture(params=["serif", "sans"])
def paper(request, tmp_path, monkeypatch) -> bytes:
    """A paper in one of the house's voices, with a line in each language and a name in two scripts."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in (templates_dir() / "documents").glob("*.typ"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "sample.typ").write_text(BODY, encoding="utf-8")
    monkeypatch.setattr(typesetting, "templates_dir", lambda: tmp_path)
    days = [instant_in(language, datetime(2021, 11, 7, 11, tzinfo=UTC)) for language in LANGUAGES]
    return typeset("sample", {"voice": request.param, "words": WORDS, "name": NAME, "days": days}, dated=DAY)


def test_no_language_is_left_out():
    """The sample below speaks whatever the pages speak."""
    assert list(WORDS) == list(LANGUAGES)


def test_every_letter_is_set_and_can_be_read_out(paper, page_texts):
    """The text inside the paper holds each language's words; of Arabic, whose letters join, each letter."""
    text = " ".join(page_texts(paper))
    assert REPLACEMENT not in text
    assert "REPLACED" not in text
    for language, words in WORDS.items():
        if language == "ar":
            assert set(words) <= set(text)
        else:
            assert text.count(words) == 2, language
    assert "7. november 2021 kl. 12.00" in text
    assert "7 листопада 2021" in text


def test_every_font_travels_with_the_paper(paper):
    """A reader without our fonts sees the same letters: each font used is embedded, and none but those of the house."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        fonts = [found for found in document.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    families = {str(font.FontName).partition("+")[2].partition("-")[0] for font in fonts}
    assert families <= {"LibertinusSerif", "NotoSans", "NotoSansArabic", "NotoNaskhArabic"}
    assert families & {"NotoSansArabic", "NotoNaskhArabic"}


def test_arabic_begins_where_arabic_lines_begin(paper):
    """The Arabic line ends at the right margin of the page, the Danish one begins at the left."""
    with pypdfium2.PdfDocument(paper) as document:
        page = document[0]
        width = page.get_width()
        text = page.get_textpage()
        letters = text.get_text_range()
        arabic = [text.get_charbox(at) for at, letter in enumerate(letters) if "\u0600" <= letter <= "\u06ff"]
        danish = text.get_charbox(letters.index("Kandidater"))
    margin = danish[0]
    assert margin < width / 4
    assert abs(width - margin - max(box[2] for box in arabic)) < 5
