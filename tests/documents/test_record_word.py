"""The record for a case system must say what the signed one says, in real headings and tables, whatever happened."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tally.audit.outcome import AuditOutcome, AuditState
from tally.record import (
    Annulment,
    BoxDifference,
    Candidate,
    DrawnLot,
    PaperRecord,
    Reconciliation,
    Times,
    nobody_elected,
)
from votingapp.documents.record_word import write_record

PEOPLE = (
    Candidate(1, "c1", "Åse Ærøskøbing", 12),
    Candidate(2, "c2", "Şükrü Işık", 9, line="Ølby"),
    Candidate(3, "c3", "Łucja Żak", 9),
    Candidate(4, "c4", "أمينة الخطيب", 0),
)
DRAWN = DrawnLot("seat", ("c2", "c3"), ("c3", "c2"), "navnesedler i en skål", ("Bo Berg", "Ida Iversen"))
SIGNERS = ("Birgit Lund", "Jørgen Bæk")


@pytest.fixture
def record(make_record):
    """Four people, two seats, a tie settled by lot."""
    return replace(make_record(PEOPLE, lots=[{"among": ["c2", "c3"], "order": ["c3", "c2"]}]), lots=(DRAWN,))


def opened(record):
    return docx.Document(io.BytesIO(write_record(record)))


def words(document):
    """Every paragraph and every row of a table, as lines."""
    rows = ("|".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows)
    return "\n".join((*(one.text for one in document.paragraphs), *rows))


def test_everything_the_byraad_acts_on_is_there(record):
    """Outcome, votes, lot, accounts, boxes, papers, audit, statements, hashes and signers must stand in it as on paper."""
    told = replace(
        record,
        reconciliation=(Reconciliation("slips", 133, 132, "Faldt i vandet.", SIGNERS),),
        boxes=(BoxDifference("Bord 1", 46, 1, 0, "Faldt i vandet.", SIGNERS),),
        paper_record=PaperRecord("before_cast", "by_candidate", 33, 0, 1, 3, (12, 9, 8, 1)),
        audit=AuditOutcome(
            "by_candidate", AuditState.OTHER_VOTES, 33, 33, unlike=1, explanation="Byttet.", signed_by=SIGNERS
        ),
        version=2,
        reason="Et navn var stavet forkert.",
    )
    document = opened(told)
    text = words(document)
    for line in (
        "1|Åse Ærøskøbing|12",
        "2|Łucja Żak|9",
        "1|Şükrü Işık (Ølby)|9",
        "4|أمينة الخطيب|0",
        "Rækkefølgen blev: Łucja Żak, Şükrü Işık (Ølby).",
        "navnesedler i en skål. Vidner: Bo Berg og Ida Iversen.",
        "Blanke i alt|3",
        "Ugyldige i alt|0",
        "|133|132|−1|Faldt i vandet. (Birgit Lund og Jørgen Bæk)",
        "Bord 1|46|1|0|",
        "Blank stemme|3",
        "De siger andre stemmer end urnen",
        "Alle hændelser på valgdagen er indført",
        "Mette Møller|formand",
        record.verification.archive_sha256[:8],
        "Version 2 af 24. november 2021.",
        "Grunden er: Et navn var stavet forkert.",
        "elected subject to appointment by the municipal council",
    ):
        assert line in text
    assert "ikke fuldstændig" not in text
    assert text.count("valgt, forbeholdt") + text.count("Valgt, forbeholdt") >= 1


def test_headings_and_tables_are_real_and_none_is_empty(record):
    """A screen reader goes by headings that say something and tables whose first row is their head, all in Danish but one part."""
    document = opened(record)
    headings = [one for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert next(one.text for one in headings if one.style.name == "Heading 1") == "Resultat"
    assert headings[-1].text == "Summary in English"
    assert all(one.text.strip() for one in headings)
    assert headings[-1].runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert all(len(table.rows) > 1 for table in document.tables)
    assert document.core_properties.title == "Valgprotokol: Valg til Integrationsrådet"
    assert document.core_properties.language == "da-DK"


def test_equal_records_are_equal_bytes_and_a_rehearsal_says_so(record):
    """Setting a record twice gives the same file; PRØVEVALG stands in a rehearsal's title and page head alone."""
    assert write_record(record) == write_record(record)
    rehearsal = opened(replace(record, rehearsal=True))
    assert rehearsal.core_properties.title.startswith("PRØVEVALG: ")
    assert "PRØVEVALG" in rehearsal.sections[0].header.paragraphs[0].text
    assert "PRØVEVALG" not in words(opened(record))


def test_odd_names_keep_the_file_readable(record):
    """Control signs, Word's own escapes, directional overrides and a hundred letters must neither stop nor break it."""
    names = ("Å\x07se", "_x000A_", "a\u202eb", "Ø" * 100)
    people = tuple(replace(one, name=name) for one, name in zip(PEOPLE, names, strict=True))
    text = words(opened(replace(record, candidates=people)))
    assert "Å\ufffdse" in text
    assert "_x000A_" in text
    assert "a\u202eb" not in text
    assert "Ø" * 100 in text


def test_without_a_vote_nothing_is_said_of_one(make_record):
    """An uncontested election has no urn, accounts or hashes, and an annulled one elects nobody."""
    alone = make_record([Candidate(1, "c1", "Åse Ærø", None)])
    bare = {"turnout": None, "verification": None, "reconciliation": (), "station": None, "statements": ()}
    uncontested = replace(alone, times=Times(None, None, None), **bare)
    text = words(opened(uncontested))
    assert "der blev ikke holdt afstemning" in text
    assert "1|Åse Ærø|–" in text
    assert "Vakante pladser: 1" in text
    assert not any(word in text for word in ("urnen", "votingapp", "ikke fuldstændig"))
    decided = Annulment(alone.drawn_up, "Køge Byråd", "For få pladser på listen.")
    annulled = replace(uncontested, allocation=nobody_elected(), annulled=decided)
    text = words(opened(annulled))
    assert "Køge Byråd besluttede det den 24. november 2021. Grunden er: For få pladser på listen." in text
    assert not any(word in text for word in ("Valgt, forbeholdt", "Suppleanter"))


def test_columns_that_say_something_stand(make_record):
    """Where seats are reserved the kind of each seat and the group of each substitute are told."""
    rules = """
    [ballot]
    votes_per_voter = 1
    blank = true
    order = "lot"
    [seats]
    total = 2
    unfilled = "vacant"
    [[seats.reserved]]
    group = "vestlig"
    seats = 1
    [[seats.reserved]]
    group = "x"
    seats = 1
    [substitutes]
    model = "ranked"
    """
    people = (
        Candidate(1, "c1", "A", 9, group="vestlig"),
        Candidate(2, "c2", "B", 7, group="x"),
        Candidate(3, "c3", "C", 3, group="x"),
    )
    text = words(opened(make_record(people, rules)))
    assert "1|A|forbeholdt vestlig|9" in text
    assert "1|C|x|3" in text


def test_a_draft_says_that_it_is_one(record):
    """What nobody has drawn up must not look as if it were, and what lacks is named."""
    text = words(opened(replace(record, version=0, statements=())))
    assert "Dette er et udkast." in text
    assert "to medlemmers erklæring om, at alle hændelser er indført" in text
