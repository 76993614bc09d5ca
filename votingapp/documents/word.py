"""Papers that hands will write on are handed over as DOCX: plain, Danish, with real headings, and the same bytes each time.

A case system (ESDH) takes an item apart and a clerk mends its words, so here stand styles, lists and tables and nothing
drawn. What python-docx leaves to the clock (the times of the zip) and to its template (English, letter paper, another
program's name) is put right. Equal arguments give equal bytes with one version of the libraries; whoever signs a paper
keeps its bytes and hashes those.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from votingapp.documents.directions import directions, settled
from votingapp.documents.typesetting import REORDERING, REPLACEMENT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.package import Package
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

DANISH = "da-DK"
ENGLISH = "en-GB"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LEVELS = range(1, 4)
# What XML 1.0 has no place for, and the lone halves of signs that no file can hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can name: it says that the time of a part is no information."""

_TEXT_WIDTH = Cm(16)
_FIGURE = Cm(2.6)
_LONGEST_PROPERTY = 255  # ISO/IEC 29500-2 as the library reads it

_LEFTOVERS = ("/customXml", "/stylesWithEffects", "/thumbnail", "/extended-properties")
"""Parts of the library's template that say something of another document, or nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3; it says something, or it is none."""

    text: str
    level: int = 1
    language: str = DANISH

    def __post_init__(self) -> None:
        if self.level not in _LEVELS or not _clean(self.text).strip():
            raise ValueError(f"no heading: level {self.level}, {len(self.text)} characters")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line ends in it are kept. One that says nothing is left out."""

    text: str
    strong: bool = False
    language: str = DANISH


@dataclass(frozen=True, slots=True)
class Points:
    """A list, numbered from one or with bullets."""

    items: tuple[str, ...]
    numbered: bool = False
    language: str = DANISH


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above and one row of headings, which stands again on each page; no rows, no table.

    `figures` are the columns (from 0) that hold numbers and stand to the right.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    language: str = DANISH

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"{self.caption}: a row is not as wide as its headings")


Block = Heading | Text | Points | Table


def write_word(title: str, blocks: tuple[Block, ...], *, dated: date, author: str, rehearsal: bool = False) -> bytes:
    """Write a paper as DOCX and return its bytes.

    `title` stands first and is the document's own; `author` (the municipality) is named in its properties. `dated`
    becomes its day of creation. Texts are cleaned as for the typesetter: directional overrides are left out, and a sign
    that no file can hold becomes U+FFFD. A rehearsal's paper says PRØVEVALG in its title and on top of each page.
    """
    document = docx.Document()
    _strip(document)
    _dress(document)
    named = f"PRØVEVALG: {_clean(title)}" if rehearsal else _clean(title)
    _describe(document, named, _clean(author), dated)
    _frame(document, "PRØVEVALG: Dette er en øvelse." if rehearsal else "")
    _say(document.add_paragraph(style="Title"), named, DANISH)
    for block in blocks:
        _add(document, block)
    saved = io.BytesIO()
    document.save(saved)
    return _normalised(saved.getvalue())


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading():
            _say(document.add_paragraph(style=f"Heading {block.level}"), block.text, block.language)
        case Text():
            if _clean(block.text).strip():
                _say(document.add_paragraph(), block.text, block.language, strong=block.strong)
        case Points():
            _add_points(document, block)
        case Table():
            if block.rows:
                _add_table(document, block)


def _add_points(document: Document, points: Points) -> None:
    said = [item for item in points.items if _clean(item).strip()]
    style: Any = document.styles["List Number" if points.numbered else "List Bullet"]
    number = _from_one(document, style) if points.numbered and said else None
    for item in said:
        paragraph = document.add_paragraph(style=style)
        if number is not None:
            chosen = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 the library has no door to numbering
            chosen.get_or_add_ilvl().val = 0
            chosen.get_or_add_numId().val = number
        _say(paragraph, item, points.language)


def _from_one(document: Document, style: ParagraphStyle) -> int:
    """Begin a list of its own, or the second list of a paper would go on where the first one ended."""
    numbering: Any = document.part.numbering_part.element
    used = style.element.pPr.numPr.numId.val
    kind = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
    begun = numbering.add_num(kind)
    begun.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(begun.numId)


def _add_table(document: Document, block: Table) -> None:
    _say(document.add_paragraph(style="Caption"), block.caption, block.language)
    table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    _name_table(table._tbl.tblPr, block.caption)  # noqa: SLF001 the library has no door to a table's description
    widths = _widths(len(block.head), block.figures)
    for kept, width in zip(table.columns, widths, strict=True):
        kept.width = width
    for row_number, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 nor to a row that is a heading
        properties.append(OxmlElement("w:cantSplit"))
        if row_number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if column in block.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _say(paragraph, text, block.language, strong=row_number == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(columns: int, figures: frozenset[int]) -> list[Length]:
    """Numbers need little room; the words share the rest."""
    narrow = min(_FIGURE, _TEXT_WIDTH // columns)
    left = (_TEXT_WIDTH - narrow * len(figures)) // max(1, columns - len(figures))
    return [Length(narrow if column in figures else left) for column in range(columns)]


def _name_table(properties: Any, caption: str) -> None:
    look = properties.find(qn("w:tblLook"))
    for name in look.attrib:
        look.attrib[name] = "0"
    look.set(qn("w:val"), "0020")
    look.set(qn("w:firstRow"), "1")
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), _clean(caption))
    properties.append(described)


def _say(paragraph: Paragraph, text: str, language: str, *, strong: bool = False) -> None:
    """Write a text in runs of one direction each, in its language, so that a name is read as its bearer reads it."""
    for right_to_left, run_text in directions(settled(_clean(text))):
        run = paragraph.add_run(run_text)
        run.bold = strong or None
        if right_to_left or language != DANISH:
            marks = run._r.get_or_add_rPr()  # noqa: SLF001 the library has no door to a run's language
            if right_to_left:
                marks.append(OxmlElement("w:rtl"))
            spoken = OxmlElement("w:lang")
            spoken.set(qn("w:bidi" if right_to_left else "w:val"), "ar-SA" if right_to_left else language)
            marks.append(spoken)


def _clean(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(dict.fromkeys(map(ord, REORDERING)))
    return _UNWRITABLE.sub(REPLACEMENT, plain)


def _strip(document: Document) -> None:
    """Take out what the library's template tells of other documents."""
    package: Package = document.part.package
    for owner in (package, document.part):
        for name in [rel.rId for rel in owner.rels.values() if rel.reltype.endswith(_LEFTOVERS)]:
            del owner.rels[name]


def _dress(document: Document) -> None:
    """A4, Danish, dark headings in the text's own font."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), DANISH)
        lang.set(qn("w:eastAsia"), DANISH)
    for lang in document.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), DANISH)
    normal: Any = document.styles["Normal"]
    normal.font.name = "Calibri"
    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 12), ("Heading 3", 11), ("Caption", 10)):
        style: Any = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _describe(document: Document, title: str, author: str, dated: date) -> None:
    kept, day = document.core_properties, datetime.combine(dated, time())
    kept.title, kept.author, kept.language = title[:_LONGEST_PROPERTY], author[:_LONGEST_PROPERTY], DANISH
    kept.comments, kept.last_modified_by, kept.revision = "", "", 1
    kept.created = kept.modified = day


def _frame(document: Document, above: str) -> None:
    """The warning of a rehearsal above each page, and its number below."""
    section = document.sections[0]
    if above:
        _say(section.header.paragraphs[0], above, DANISH, strong=True)
    foot = section.footer.paragraphs[0]
    for words, field in (("Side ", "PAGE"), (" af ", "NUMPAGES")):
        foot.add_run(words)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        foot._p.append(counted)  # noqa: SLF001 the library has no door to fields


def _normalised(saved: bytes) -> bytes:
    """Pack the parts anew: in order of their names, the list of contents first as readers expect, and without a clock."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as given, zipfile.ZipFile(packed, "w") as written:
        for name in sorted(given.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            written.writestr(part, given.read(name))
    return packed.getvalue()
