"""The record on paper must say what was counted, to everybody, whatever the names and however the count ended."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from tally.record import BoxDifference, Candidate, DrawnLot, PaperRecord, Reconciliation, Remark, Times, to_json
from votingapp.documents.record import ATTACHMENT, grouped, render_record

PEOPLE = (
    Candidate(1, "c1", "Åse Ærøskøbing", 12),
    Candidate(2, "c2", "Şükrü Işık", 9, line="Ølby"),
    Candidate(3, "c3", "Łucja Żak", 9),
    Candidate(4, "c4", "Ștefan Popescu", 0),
)
LOT = {"among": ["c2", "c3"], "order": ["c3", "c2"]}
DRAWN = DrawnLot("seat", ("c2", "c3"), ("c3", "c2"), "navnesedler i en skål", ("Bo Berg", "Ida Iversen"))
MARGIN = 20 * 72 / 25.4


@pytest.fixture
def record(make_record):
    """Four people, two seats, a tie settled by lot."""
    return replace(make_record(PEOPLE, lots=[LOT]), lots=(DRAWN,))


def test_everything_the_byraad_acts_on_is_there(record, read):
    """The PDF must state the outcome, every vote, the term, the rules, the hours, the lot and the incidents."""
    text = read(render_record(record))
    for words in (
        "Åse Ærøskøbing12",
        "Łucja Żak9",
        "Şükrü Işık (Ølby)9",
        "Ștefan Popescu0",
        "1. januar 2022 til 31. december 2025",
        "Køge Byråd vedtog den 22. juni 2021",
        "Afstemningen åbnet23. november 2021 kl. 17.00",
        "Rækkefølgen blev: Łucja Żak, Şükrü Işık (Ølby).",
        "navnesedler i en skål",
        "Vidner: Bo Berg og Ida Iversen",
        "Af 900 vælgere på valglisten mødte 33 frem",
        "I urnen lå 33 stemmer, heraf 3 blanke og 0 ugyldige",
        "23. november 2021 kl. 18.12: Tabletten ved døren blev skiftet.",
        "Ali Demirmedlem",
        "Subject to",
    ):
        assert re.sub(r"[\s-]", "", words).lower() in text.lower()
    assert "ikkefuldstændig" not in text


def test_the_account_of_slips_tells_each_difference_and_who_signed(record, read):
    """Every figure must stand on the paper, a box that came out wrong with its explanation, and what is unexplained as missing."""
    signers = ("Birgit Lund", "Jørgen Bæk")
    turnout = replace(
        record.turnout, slips_exchanged=2, slips_void=3, slips_left_over=94, slips_returned=1, challenged=4
    )
    told = replace(
        record,
        turnout=turnout,
        reconciliation=(Reconciliation("slips", 133, 132, "Bord 1: Faldt i vandet.", signers),),
        boxes=(BoxDifference("Bord 1", 46, 1, 0, "Faldt i vandet.", signers),),
    )
    text = read(render_record(told))
    for words in (
        "Ombyttet og gjort ugyldige2",
        "Ugyldige, før en vælger fik dem3",
        "Vælgere fik 4 låste stemmer åbnet for at kontrollere en tablet",
        "Tilovers, talt94",
        "leveret ubrugte tilbage1",
        "Bord 1: Faldt i vandet. (Birgit Lund og Jørgen Bæk)",
        "Kasser, der ikke gik op",
    ):
        assert re.sub(r"[\s-]", "", words) in text
    bare = replace(
        told,
        turnout=replace(turnout, slips_left_over=None),
        boxes=(BoxDifference("Bord 1", 46, 1, 0),),
    )
    lacking = read(render_record(bare))
    assert re.sub(r"\s", "", "optællingen af de stemmesedler, der blev tilovers") in lacking
    assert re.sub(r"\s", "", "en forklaring på forskellen i en kasse") in lacking


def test_nobody_is_elected_without_the_reservation(record, read):
    """Wherever the record says that somebody is elected, it must say that the byråd decides."""
    text = read(render_record(record))
    said = [text[found.end() :] for found in re.finditer(r"[Vv]algt(?!e|il)", text)]
    assert len(said) >= 2
    assert all(rest.startswith(",forbeholdtByrådetsgodkendelse") for rest in said)
    assert text.count("lected,subjecttoappointmentbythemunicipalcouncil") == 1


def test_the_checks_are_explained_with_their_hashes(record, read):
    """A reader must find the commands and, in groups of eight, the hashes that tie the paper to the archive."""
    text = read(render_record(record))
    assert "votingappverifyelection.bel" in text
    for code in (record.verification.archive_sha256, record.verification.last_event, record.election.rules_sha256):
        assert code in text
    assert grouped("0123456789abcdefXYZ") == "01234567 89abcdef XYZ"


def test_pages_are_numbered(record, page_texts):
    """Every page must say which it is and of how many, so that none can be lost unseen."""
    pages = page_texts(render_record(record))
    assert all(f"Side {number} af {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_rehearsal_is_marked_on_every_page(record, page_texts):
    """PRØVEVALG must stand on every page of a rehearsal's record and in its title, and nowhere in a real one."""
    rehearsal = render_record(replace(record, rehearsal=True))
    assert all("PRØVEVALG" in page for page in page_texts(rehearsal))
    with pikepdf.open(io.BytesIO(rehearsal)) as document:
        assert document.open_metadata()["dc:title"].startswith("PRØVEVALG: ")
    assert "PRØVEVALG" not in "".join(page_texts(render_record(record)))


def test_the_record_is_archival_accessible_and_carries_its_data(record):
    """PDF/A-3a and PDF/UA-1, Danish, tagged tables with header cells, bookmarks, and the JSON form byte for byte."""
    with pikepdf.open(io.BytesIO(render_record(record))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Valgprotokol: Valg til Integrationsrådet"
        assert metadata["xmp:CreateDate"].startswith("2021-11-24")
        assert str(document.Root.Lang) == "da-DK"
        kinds = [str(o.S) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        assert kinds.count("/Table") == kinds.count("/Caption") > 5
        assert kinds.count("/TH") > 10
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[0].endswith("Resultat")
        assert titles[-1] == "Summary in English"
        assert document.attachments[ATTACHMENT].get_file().read_bytes() == to_json(record)


def test_equal_records_are_equal_bytes(record):
    """Setting a record twice must give the same file, or its hash would mean nothing."""
    assert render_record(record) == render_record(record)


def test_an_open_tie_is_said_loudly(make_record, read):
    """While a lot is wanting the record must say that nothing is settled, who are tied, and elect nobody of them."""
    text = read(render_record(make_record(PEOPLE)))
    assert "Protokollenerikkefuldstændig.Dermangler:•lodtrækning" in text
    assert "Udfaldeterikkeafgjort" in text
    assert "Lodtrækningmangler:ŞükrüIşık(Ølby)ogŁucjaŻakstårlige" in text
    assert "Suppleanternefindes,nårderertrukketlod" in text


def test_nought_votes_all_round_can_be_set(make_record, read):
    """An election in which everybody voted blank must give a record that asks for lots and prints noughts."""
    text = read(render_record(make_record([replace(person, votes=0) for person in PEOPLE])))
    assert text.count("Lodtrækningmangler") >= 1
    assert "Derblevafgivet0stemmerpåkandidater,og3stemteblankt" in text


def test_an_uncontested_election_tells_of_no_votes(make_record, read):
    """Where no vote was held the record must say so, name the vacant seat, and show no column of votes."""
    alone = make_record([Candidate(1, "c1", "Åse Ærø", None)])
    uncontested = replace(
        alone,
        turnout=None,
        verification=None,
        reconciliation=(),
        remarks=(),
        station=None,
        statements=(),
        times=Times(None, None, None),
    )
    text = read(render_record(uncontested))
    assert "derblevikkeholdtafstemning" in text
    assert "Énpladservakant" in text
    assert "Dererikkeindførtbemærkninger" in text
    assert not re.search("Stemmer|votingapp|ikkefuldstændig", text)


def test_reserved_seats_and_paired_substitutes_are_told(make_record, read):
    """Reserved seats name their group, personal substitutes their member, and an unfilled seat is vacant."""
    rules = """
    [ballot]
    votes_per_voter = 1
    blank = true
    order = "lot"
    [seats]
    total = 4
    unfilled = "vacant"
    [[seats.reserved]]
    group = "ikke-vestlig"
    seats = 1
    [[seats.reserved]]
    group = "vestlig"
    seats = 2
    [substitutes]
    model = "paired"
    per_member = 2
    """
    people = (
        Candidate(1, "c1", "Åse", 12, group="vestlig"),
        Candidate(2, "c2", "Bo", 9, group="ikke-vestlig"),
        Candidate(3, "c3", "Ćiro", 7, group="ikke-vestlig"),
        Candidate(4, "c4", "Düzgün", 3, group="ikke-vestlig"),
    )
    text = read(render_record(make_record(people, rules)))
    assert "Åseforbeholdtvestlig12" in text
    assert "Ćiroåben7" in text
    assert "DüzgünÅseikkevestlig3" in text
    assert "Énpladservakant" in text


def test_ninety_six_candidates_are_all_in_it(make_record, page_texts):
    """The longest ballot known must fit: every name and vote once in the table, whose header returns on each page."""
    people = [Candidate(n, f"c{n}", f"Kandidat Øst{n:02d}", 200 - n) for n in range(1, 97)]
    pages = page_texts(render_record(make_record(people)))
    assert len(pages) <= 15
    text = " ".join(pages)
    assert all(f"{n} Kandidat Øst{n:02d} {200 - n}" in text for n in range(1, 97))
    assert sum("Nr. Kandidat Stemmer" in page for page in pages) >= 2


@pytest.mark.parametrize(
    "name", ["Ø" * 100, "Maximiliane-" * 8 + "Æble", "von und zu " * 9], ids=["solid", "hyphens", "words"]
)
def test_a_long_name_stays_inside_the_margins(record, name):
    """A name of a hundred characters, anywhere it can stand, must not run over the edge of the text."""
    people = tuple(replace(person, name=name, line=name) for person in PEOPLE)
    long = replace(
        record,
        candidates=people,
        election=replace(record.election, name=name, municipality=name, adopted_by=name),
        board=tuple(replace(member, name=name, office=name) for member in record.board),
        remarks=(Remark(name),),
        reconciliation=(Reconciliation("slips", 1, 2, name),),
        allocation=record.allocation | {"steps": [name]},
        lots=(replace(DRAWN, method=name, witnesses=(name,)),),
    )
    with pypdfium2.PdfDocument(render_record(long)) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(place) for place in range(text.count_chars())]
            assert max(right for _, _, right, _ in boxes) <= page.get_width() - MARGIN
            assert min(left for left, _, _, _ in boxes) >= MARGIN


@pytest.mark.parametrize(
    "name",
    [
        '#import "x": *',
        "*fed* _skrå_ `kode`",
        "$x^2$ @ref <mærke>",
        "\\ // /* */ ~ #panic()",
        "</svg><script>",
        "= 1. - + /",
    ],
)
def test_markup_in_a_name_is_a_name(record, page_texts, name):
    """Whatever stands in a name, a remark or a step must be printed as it stands and never obeyed."""
    people = (replace(PEOPLE[0], name=name), *PEOPLE[1:])
    odd = replace(
        record,
        candidates=people,
        remarks=(Remark(f"Hændelse {name}"),),
        allocation=record.allocation | {"steps": [f"Trin {name}"]},
    )
    text = " ".join(page_texts(render_record(odd)))
    assert text.count(name) >= 4
    assert f"Hændelse {name}" in text
    assert f"Trin {name}" in text


def test_a_name_no_font_carries_still_gets_its_record(record, read):
    """A name in a script without a font must be marked, the reader told, and the name kept whole in the data."""
    tamil = replace(record, candidates=(replace(PEOPLE[0], name="தமிழ் Åse"), *PEOPLE[1:]))
    pdf = render_record(tamil)
    assert "Etellerfleretegnkanikketrykkes" in read(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "தமிழ் Åse".encode() in document.attachments[ATTACHMENT].get_file().read_bytes()


def test_every_gap_has_words(record, read):
    """A record that lacks everything must name each gap in Danish, never by its code."""
    bare = replace(
        record,
        board=(),
        times=Times(None, None, None),
        turnout=None,
        verification=None,
        candidates=tuple(replace(person, votes=None) for person in PEOPLE),
        election=replace(record.election, adopted_by="", rules_sha256=""),
        lots=(replace(DRAWN, method="", witnesses=()),),
        allocation=record.allocation | {"lots_required": [{"among": ["c2", "c3"], "decides": "seat"}]},
        reconciliation=tuple(
            Reconciliation(code, 1, 2)
            for code in ("slips", "admissions", "ballots", "votes", "paper_record", "paper_record_votes")
        ),
        paper_record=PaperRecord("before_cast", "by_candidate"),
        station=None,
        statements=(),
    )
    text = read(render_record(bare))
    gaps = text[text.index("Dermangler") : text.index("1Resultat")]
    assert gaps.count("•") == 22
    assert not re.search(
        "explanation|verification|board|attendance|incidents|assistance|frozen|opened|closed|lot_|turnout|adoption|decryption|paper_record",
        gaps,
    )
    assert "afstemningenaftallene" in read(render_record(replace(bare, reconciliation=()))).lower()


def test_a_difference_is_shown_with_its_sign(record, read):
    """An account that does not settle must show both figures, the signed difference and the explanation."""
    accounts = (Reconciliation("ballots", 34, 33, "Én gik."), Reconciliation("slips", 10, 12, "To fundet."))
    text = read(render_record(replace(record, reconciliation=accounts)))
    assert "3433−1Éngik." in text
    assert "1012+2Tofundet." in text
