"""The item for the byråd must say the same as DOCX and as PDF, in the town hall's form, and appoint nobody by itself."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pytest

from tally.audit.outcome import AuditOutcome, AuditState
from tally.council import Place, SeatKind
from votingapp.documents import council_draft
from votingapp.documents.council_draft import CHECKED, GENDER_NOTE, Facts, Ranked, council_name, draft, title
from votingapp.documents.council_item import SECTIONS, Item, render_pdf, render_word, text_blocks, to_json
from votingapp.documents.record import grouped
from votingapp.documents.record_audit import in_short
from votingapp.documents.word import Points, Text

PLACES = (
    Place(1, "Direkte valg", SeatKind.ELECTED, None, "c1", "Åse Ærøskøbing (Ølby)"),
    Place(2, "Direkte valg", SeatKind.ELECTED, None, "c2", "أمينة الخطيب"),
    Place(3, "Direkte valg", SeatKind.ELECTED, "Unge"),
    Place(4, "Foreninger", SeatKind.APPOINTED, name="Å" * 100),
    Place(5, "Foreninger", SeatKind.APPOINTED),
    Place(6, "Byrådet", SeatKind.BYRAAD),
)
FACTS = Facts(
    election="Valg til Integrationsrådet i Køge 2021",
    municipality="Køge",
    election_day=date(2021, 11, 23),
    term=(date(2022, 1, 1), date(2025, 12, 31)),
    adopted_by="Køge Byråd",
    adopted_on=date(2021, 6, 22),
    seats=3,
    ballots=33,
    blank=2,
    invalid=1,
    no_vote=None,
    chosen=(Ranked(1, "Åse Ærøskøbing (Ølby)", 12), Ranked(2, "أمينة الخطيب", 1, "plads forbeholdt Unge")),
    substitutes=(Ranked(1, "Łucja Żak", 1, "suppleant for Åse Ærøskøbing (Ølby)"),),
    lots=1,
    places=PLACES,
    record=(1, True),
    complaints_end=date(2021, 11, 30),
    complaints=2,
    open_complaints=1,
    earlier=((date(2021, 12, 14), "Køge Byråd", "3 udpeget, 1 sendt tilbage."),),
)
SHA = "ab12cd34" * 8
ITEM = Item(
    title=title(FACTS),
    municipality="Køge",
    election=FACTS.election,
    rehearsal=False,
    dated=date(2021, 11, 24),
    version=2,
    case_number="00.01.00-A21-1-14",
    kle="15.40.00",
    sections=draft(FACTS),
    places=PLACES,
    remarks=("Med de vakante pladser får rådet 3 medlemmer. Det skal have mindst 7.",),
    record=(1, SHA),
)


@pytest.fixture(scope="module")
def word():
    return render_word(ITEM)


@pytest.fixture(scope="module")
def pdf():
    return render_pdf(ITEM)


def squeezed(text):
    return re.sub(r"[\s\ufffe\x02\u200b\u00ad-]", "", text)


def words_of(word):
    paper = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in paper.paragraphs] + cells


def test_both_papers_say_the_same(word, pdf, page_texts):
    """Every paragraph, point and cell of the DOCX must stand in the PDF, but for names that a font orders otherwise."""
    printed = squeezed("".join(page_texts(pdf)))
    missing = [
        words
        for words in words_of(word)
        if not re.search(r"[\u0600-\u06ff]", words) and not all(squeezed(line) in printed for line in words.split("\n"))
    ]
    assert missing == []


def test_the_sections_are_those_of_the_town_hall_in_their_order(word):
    """Indstilling first and Bilag last, each a heading; a section that says nothing must say that."""
    paper = docx.Document(io.BytesIO(word))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert headings == list(SECTIONS.values())
    bare = words_of(render_word(replace(ITEM, sections={})))
    assert bare.count("Intet at bemærke.") == 5
    assert "Sagen er ikke behandlet endnu." in bare


def test_the_numbers_of_the_case_stand_as_they_were_typed(word, page_texts, pdf):
    """Case number and KLE must be free text, and the version and the record's hash beside them."""
    said = "\n".join(words_of(word))
    for words in (
        "Sagsnr.: 00.01.00-A21-1-14",
        "KLE: 15.40.00",
        "Udgave 2",
        f"(udgave 1, PDF, SHA-256): {grouped(SHA)}",
    ):
        assert words in said
    assert "Udgave 2" in page_texts(pdf)[0]
    assert "KLE:" not in "\n".join(words_of(render_word(replace(ITEM, kle=""))))


def test_the_whole_council_stands_in_two_tables(word):
    """Each seat with who is proposed or Vakant, and each category with its seats and its vacant ones, added up."""
    seats, categories = docx.Document(io.BytesIO(word)).tables
    rows = [[cell.text for cell in row.cells] for row in seats.rows[1:]]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[2][1:] == ["Direkte valg, Unge", "Vakant", "direkte valg, forbeholdt Byrådets godkendelse"]
    assert rows[5][2:] == ["Vakant", "udpeges blandt Byrådets medlemmer"]
    lines = [[cell.text for cell in row.cells] for row in categories.rows[1:]]
    assert ["Foreninger", "2", "1"] in lines
    assert lines[-1] == ["I alt", "6", "3"]


def test_the_pdf_is_archival_and_read_aloud(pdf):
    """PDF/A-3a and PDF/UA-1, in Danish, with a bookmark for each section and header cells in both tables."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert metadata["dc:title"] == ITEM.title
        assert str(document.Root.Lang) == "da-DK"
        kinds = [str(o.S) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        assert kinds.count("/Table") == kinds.count("/Caption") == 2
        assert kinds.count("/TH") == 7
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == list(SECTIONS.values())


def test_equal_items_are_equal_bytes(word, pdf):
    """What is kept and hashed must not depend on when it was made."""
    assert render_word(ITEM) == word
    assert render_pdf(ITEM) == pdf
    assert to_json(ITEM) == to_json(replace(ITEM))
    said = json.loads(to_json(ITEM))
    assert (said["version"], said["dated"], said["places"][1]["name"]) == (2, "2021-11-24", "أمينة الخطيب")


def test_a_rehearsal_s_item_says_so_on_each_page(page_texts):
    """PRØVEVALG must stand on every page of both papers of a rehearsal."""
    rehearsal = replace(ITEM, rehearsal=True)
    assert all("PRØVEVALG" in page for page in page_texts(render_pdf(rehearsal)))
    paper = docx.Document(io.BytesIO(render_word(rehearsal)))
    assert paper.sections[0].header.paragraphs[0].text.startswith("PRØVEVALG")


def test_nobody_is_elected_without_the_reservation():
    """Where the draft says that somebody is elected or has a seat by the vote, it must say that the byråd decides."""
    for facts in (
        FACTS,
        replace(FACTS, no_vote=("Byrådet", date(2021, 11, 20)), ballots=None, blank=None, invalid=None),
    ):
        text = "\n".join(draft(facts).values())
        assert "udpeger" in text
        assert re.findall(r"[^.]*\bvalgt\b[^.]*", text) == []
        assert "fik en plads, forbeholdt Byrådets godkendelse" in text


def test_the_draft_holds_the_facts():
    """Figures, ranks, lots, complaints, the record and what the byråd ruled before must stand there as they are."""
    sections = draft(FACTS)
    for words in (
        "33 stemmer blev afgivet, heraf 2 blanke og 1 ugyldige",
        "- Nr. 1: Åse Ærøskøbing (Ølby), 12 stemmer",
        "1 stemme (plads forbeholdt Unge)",
        "1 stemme (suppleant for Åse Ærøskøbing (Ølby))",
        "trukket lod 1 gang",
        "underskrevet af hele valgbestyrelsen",
        "30. november 2021. Der er modtaget 2 klager. 1 klage er ikke afgjort.",
        "integrationslovens § 42, stk. 3",
    ):
        assert words in sections["background"]
    assert "udpeger 1 medlem af rådet blandt sine egne medlemmer" in sections["recommendation"]
    assert "at 2 pladser er vakante" in sections["recommendation"]
    assert sections["history"] == "- 14. december 2021: Køge Byråd: 3 udpeget, 1 sendt tilbage."
    assert sections["enclosures"].startswith("1. Valgprotokol, udgave 1")


def test_the_draft_tells_what_the_papers_of_the_booths_say():
    """Who decides on the seats must know that the papers would give others, and how two of the board explain it."""
    audit = AuditOutcome(
        "by_candidate", AuditState.OTHER_SEATS, 30, 33, explanation="Tre sedler er tabt.", signed_by=("A", "B")
    )
    background = draft(replace(FACTS, audit=in_short(audit)))["background"]
    assert (
        "pladserne ville være andre. Ingen plads ændres af det. Forklaring: Tre sedler er tabt. (A og B)" in background
    )
    assert (
        "kontrolsedlerne" in draft(replace(FACTS, audit=in_short(replace(audit, state=AuditState.SAME))))["background"]
    )
    assert in_short(None) == ""
    assert "kontrolsedler" not in draft(FACTS)["background"]


def test_the_draft_tells_what_is_not_there():
    """No vote, no record, no complaints, no substitutes, another council: each must be told as it is."""
    without = replace(
        FACTS, no_vote=("Byrådet", date(2021, 11, 20)), ballots=None, record=None, substitutes=(), lots=0,
        complaints=0, open_complaints=0, chosen=(), election="Ældreråd", places=PLACES[:1],
    )  # fmt: skip
    sections = draft(without)
    for words in (
        "at afstemningen den 23. november 2021 ikke blev holdt",
        "Valgprotokollen er ikke oprettet endnu.",
        "Der er modtaget ingen klager.",
        "Der er ingen suppleanter.",
        "Ingen kandidat fik en plads.",
    ):
        assert words in sections["background"]
    assert "integrationslov" not in sections["background"]
    assert "trukket lod" not in sections["background"]
    assert sections["recommendation"].count("\n") == 2
    assert "ikke underskrevet" in draft(replace(FACTS, record=(1, False)))["background"]


def test_gender_balance_is_information_and_the_composition_is_looked_at_by_a_person():
    """The note must stand in every draft and change nothing; the sentence of a person's look stands there only when ticked."""
    assert GENDER_NOTE in draft(FACTS)["background"]
    assert CHECKED not in draft(FACTS)["background"]
    assert CHECKED in draft(replace(FACTS, checked=True))["background"]
    assert not {"sex", "gender", "køn"} & set(Facts.__dataclass_fields__)
    assert council_draft.draft(FACTS) == draft(FACTS)


@pytest.mark.parametrize(
    ("election", "council"),
    [
        ("Valg til Integrationsrådet i Køge 2021", "Integrationsrådet i Køge"),
        ("Valg til Ældrerådet", "Ældrerådet"),
        ("Integrationsrådsvalget", "rådet"),
        ("Valg til 2021", "2021"),
    ],
)
def test_the_council_is_called_as_the_election_calls_it(election, council):
    """The name must come from the rule set's own words, without the year, and never be empty."""
    assert council_name(election) == council


def test_what_is_typed_becomes_paragraphs_and_points():
    """Empty lines part paragraphs; lines that begin with a number or a dash are points; the rest stays as it was typed."""
    typed = "Indledning\r\nanden linje\n\n1. første\n2) anden\n- streg\n– tankestreg\n2021-tal er intet punkt\n\n\n"
    assert text_blocks(typed) == (
        Text("Indledning\nanden linje"),
        Points(("første", "anden"), numbered=True),
        Points(("streg", "tankestreg")),
        Text("2021-tal er intet punkt"),
    )
    assert text_blocks(" \n\n") == ()
