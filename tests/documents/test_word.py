"""A paper that hands will write on must open everywhere, read aloud well, and be the same bytes each time it is written."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from votingapp.documents.word import ENGLISH, Heading, Points, Table, Text, write_word

LONG = "Å" * 100
TABLE = Table(
    "Rådets sammensætning",
    ("Nr.", "Navn", "Stemmer"),
    (("1", "Åse Ærøskøbing (أمينة الخطيب), Ølby", "12"), ("2", LONG, "9")),
    frozenset({2}),
)
BLOCKS = (
    Heading("Indstilling"),
    Text("Forvaltningen indstiller,\r\nat Byrådet udpeger"),
    Points(("én", "to"), numbered=True),
    Heading("Rådet", level=2),
    TABLE,
    Text("  \n"),
    Points(("tre", ""), numbered=True),
    Heading("Summary", language=ENGLISH),
    Text("In English", language=ENGLISH),
)


def written(*blocks, title="Udpegning til Integrationsrådet", **options):
    return write_word(title, blocks, dated=date(2021, 11, 24), author="Køge Kommune", **options)


def opened(paper):
    return docx.Document(io.BytesIO(paper))


@pytest.fixture(scope="module")
def paper():
    return written(*BLOCKS)


def test_equal_papers_are_equal_bytes_without_a_clock(paper):
    """Two writings must give the same bytes: parts in order of their names, and no time but the day the paper is of."""
    assert written(*BLOCKS) == paper
    with zipfile.ZipFile(io.BytesIO(paper)) as parts:
        names = parts.namelist()
        assert names[0] == "[Content_Types].xml"
        assert names[1:] == sorted(names[1:])
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[^<]*", core) == ["2021-11-24T00:00:00Z"] * 2


def test_nothing_of_the_library_s_template_is_left(paper):
    """The paper must name the municipality as its author, and no other program, country or paper size."""
    with zipfile.ZipFile(io.BytesIO(paper)) as parts:
        together = b"".join(parts.read(name) for name in parts.namelist())
        assert not {name.split("/")[0] for name in parts.namelist()} - {
            "[Content_Types].xml",
            "_rels",
            "docProps",
            "word",
        }
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
    for trace in (b"python-docx", b"Macintosh", b"en-US"):
        assert trace not in together
    read = opened(paper)
    assert (read.core_properties.title, read.core_properties.author) == (
        "Udpegning til Integrationsrådet",
        "Køge Kommune",
    )
    assert read.core_properties.language == "da-DK"
    assert round(read.sections[0].page_width.cm, 1) == 21.0
    assert {lang.get(qn("w:val")) for lang in read.styles.element.iter(qn("w:lang"))} == {"da-DK"}


def test_headings_are_headings_and_none_is_empty(paper):
    """A screen reader's list of headings must be the paper's, and a heading that says nothing must not be possible."""
    read = opened(paper)
    said = [(p.style.name, p.text) for p in read.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert said == [
        ("Title", "Udpegning til Integrationsrådet"),
        ("Heading 1", "Indstilling"),
        ("Heading 2", "Rådet"),
        ("Heading 1", "Summary"),
    ]
    for nothing in ("", " \n", "\u202e\u2066"):
        with pytest.raises(ValueError, match="no heading"):
            Heading(nothing)
    with pytest.raises(ValueError, match="no heading"):
        Heading("Fire", level=4)


def test_a_table_has_a_caption_and_a_row_of_headings_on_each_page(paper):
    """What a table is about and what a column means must be told to who cannot see it, and again after a page break."""
    (table,) = opened(paper).tables
    head, *rows = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Rådets sammensætning"
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    said = [[cell.text.replace("\u200e", "") for cell in row.cells] for row in table.rows]
    assert said == [list(TABLE.head), *map(list, TABLE.rows)]
    assert [p.text for p in opened(paper).paragraphs if p.style.name == "Caption"] == ["Rådets sammensætning"]
    with pytest.raises(ValueError, match="not as wide"):
        Table("Skæv", ("a", "b"), (("1",),))
    assert not opened(written(Table("Tom", ("a",), ()))).tables


def test_each_list_counts_from_one_and_says_no_empty_point(paper):
    """The second numbered list must not go on where the first ended, and what is blank must not be read as a point."""
    points = [p for p in opened(paper).paragraphs if p.style.name == "List Number"]
    assert [p.text for p in points] == ["én", "to", "tre"]
    first, second, third = (p._p.pPr.numPr.numId.val for p in points)
    assert first == second != third
    numbering = opened(paper).part.numbering_part.element
    for used in (first, third):
        (chosen,) = (num for num in numbering.num_lst if num.numId == used)
        assert [over.startOverride.val for over in chosen.lvlOverride_lst] == [1]


def test_names_are_written_as_their_bearers_read_them(paper):
    """Arabic must be marked as right to left, with the signs inside it, and the signs between it and Danish must not be."""
    cell = opened(paper).tables[0].rows[1].cells[1].paragraphs[0]
    runs = [(run.text, run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None) for run in cell.runs]
    assert runs == [("Åse Ærøskøbing (", False), ("أمينة الخطيب", True), ("\u200e), Ølby", False)]
    (english,) = (p for p in opened(paper).paragraphs if p.text == "In English")
    assert english.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x0bc\x1f", "a\ufffdb\ufffdc\ufffd"),
        ("\ud800!", "\ufffd!"),
        ("Ali\u202egpj.\u2066", "Aligpj."),
        ("én\r\nto\rtre", "én\nto\ntre"),
        ("<b>&amp;", "<b>&amp;"),
        ("\U0001f600 𐤀", "\U0001f600 𐤀"),
    ],
)
def test_no_sign_stops_a_paper(text, kept):
    """What a form can send must be written or be replaced visibly, in a text, a cell, a heading and the title alike."""
    read = opened(written(Text(text), Table("T", ("a",), ((text,),)), Heading(f"H{text}"), title=f"T{text}"))
    assert read.paragraphs[1].text == kept
    assert read.tables[0].rows[1].cells[0].text == kept
    assert read.paragraphs[0].text == f"T{kept}"
    assert f"H{kept}" in [p.text for p in read.paragraphs]


def test_a_rehearsal_s_paper_says_so_on_each_page():
    """PRØVEVALG must stand in the title and above each page of a rehearsal's paper, and nowhere in a real one."""
    rehearsal = opened(written(*BLOCKS, rehearsal=True))
    assert rehearsal.core_properties.title.startswith("PRØVEVALG: ")
    assert rehearsal.sections[0].header.paragraphs[0].text.startswith("PRØVEVALG")
    real = opened(written(*BLOCKS))
    assert "PRØVEVALG" not in real.core_properties.title + real.sections[0].header.paragraphs[0].text


def test_pages_are_numbered(paper):
    """Each page must say which it is and of how many, so that none can be lost unseen."""
    foot = opened(paper).sections[0].footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_very_long_title_is_whole_on_the_paper():
    """A name of the election longer than a property may be must be cut in the properties alone."""
    read = opened(written(title="Ø" * 300))
    assert len(read.core_properties.title) == 255
    assert read.paragraphs[0].text == "Ø" * 300
