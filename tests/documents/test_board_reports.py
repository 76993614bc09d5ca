"""The reports that the board signs say what was found, in groups that people can compare, for every name and length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest

from tally.record import Candidate, Present, Station
from votingapp.documents.record import render_record
from votingapp.documents.urn_report import render_urn_report
from votingapp.documents.zero_report import Box, Fixed, Zero, render_zero_report
from votingapp.store.attendance import There
from votingapp.store.ledger import Paper
from votingapp.store.reports import Frame, LogHead
from votingapp.store.sealing import Explained, Sealed, Sums
from votingapp.version import Software

AT = datetime(2021, 11, 23, 15, 52, tzinfo=UTC)
FRAME = Frame(
    election="Valg til Integrationsrådet",
    municipality="Køge",
    place="Kantinen på Køge Rådhus",
    day=date(2021, 11, 23),
    opens="17.00",
    closes="20.00",
    rehearsal=False,
    at=AT,
    present=(There("åse", "Åse Ærø", AT), There("yildiz", "Yıldız Çelik", AT + timedelta(minutes=1))),
    others="Observatør Tove Aagaard",
    incidents=4,
    log=LogHead(1234, "ab" * 32),
    software=Software("0.1.0", "12" * 32, "34" * 32),
)
ZERO = Zero(
    ballots=0,
    admissions=0,
    slips_issued=0,
    slips_printed=420,
    papers_printed=0,
    boxes=(Box("Bord 1", 100, 0), Box("", 320, 0)),
    fixed=Fixed("cd" * 32, "Ab+/" * 10 + "Abc", "ef" * 32, "Zz0" * 14 + "Z", "01ab23cd 45ef67ab"),
    recordings="9b" * 32,
    pictures="7e" * 32,
)
SEALED = Sealed(
    opened_at=AT,
    doors_closed_at=AT + timedelta(hours=3),
    queue=7,
    admitted_from_queue=6,
    closed_at=AT + timedelta(hours=3, minutes=20),
    admitted=161,
    ballots=158,
    urn_sha256="3f" * 32,
    sums=(Sums(Paper.SLIP, 420, 160, 2, 1, 1, 256),),
    differences=(
        Explained(
            Paper.SLIP,
            "left_over_not_as_counted",
            "",
            257,
            256,
            "En seddel faldt bag skabet.",
            ("Åse Ærø", "Yıldız Çelik"),
        ),
    ),
)


def test_the_zero_report_says_nothing_has_begun(page_texts):
    """Place, day, hours, the three zeros, every hash in groups, the program, the log and a line for each who was there."""
    text = " ".join(page_texts(render_zero_report(FRAME, ZERO)))
    for said in (
        "Nulrapport",
        "Køge · 23. november 2021, kl. 17.00–20.00 · Kantinen på Køge Rådhus",
        "Stemmer i urnen 0",
        "Vælgere, der er mødt frem 0",
        "Stemmesedler udleveret til vælgere 0",
        "Stemmesedler printet 420",
        "Bord 1 100",
        "Valgbestyrelsens egen 320",
        "cdcdcdcd cdcdcdcd",
        "Lydoptagelserne 9b9b9b9b 9b9b9b9b",
        "Fotografierne 7e7e7e7e 7e7e7e7e",
        "01ab23cd 45ef67ab",
        "12121212 12121212",
        "nr. 1234:",
        "Åse Ærø",
        "16.52",
        "Yıldız Çelik",
        "16.53",
        "Desuden til stede: Observatør Tove Aagaard",
    ):
        assert said in text, said
    assert "PRØVEVALG" not in text
    assert "Papirstemmesedler" not in text


def test_the_urn_report_says_what_lies_in_it(page_texts):
    """Hash, ballots, times, line, account and explanation with both names."""
    text = " ".join(page_texts(render_urn_report(FRAME, SEALED)))
    for said in (
        "I urnen ligger 158 stemmer.",
        "3f3f3f3f 3f3f3f3f",
        "Dørene lukket 23. november 2021 kl. 19.52",
        "Vælgere lukket ind i alt 161",
        "Heraf lukket ind 6",
        "Linjer i hændelsesloggen 4",
        "Stemmesedler 420 160 2 1 256 1",
        "En seddel faldt bag skabet.",
        "Åse Ærø, Yıldız Çelik",
    ):
        assert said in text, said


def test_an_account_that_comes_out_says_so(page_texts):
    """Without differences there is one sentence and no table; one ballot is one ballot."""
    text = " ".join(page_texts(render_urn_report(FRAME, replace(SEALED, differences=(), ballots=1))))
    assert "Regnskabet stemmer. Der er ingen forskelle." in text
    assert "I urnen ligger 1 stemme." in text


def test_the_urn_report_counts_the_opened_ballots(page_texts):
    """Ballots that were opened to check a tablet stand beside those in the urn, and as one where it is one; none takes no line."""
    text = " ".join(page_texts(render_urn_report(FRAME, replace(SEALED, challenged=1))))
    assert "1 låst stemme blev åbnet for at kontrollere en tablet." in text
    assert "challenges.json" not in text  # a report of before that hash was known
    text = " ".join(page_texts(render_urn_report(FRAME, replace(SEALED, challenged=2, challenged_sha256="5b" * 32))))
    assert " ".join(["5b5b5b5b"] * 8) in text
    assert "åbnet for at kontrollere" not in " ".join(page_texts(render_urn_report(FRAME, SEALED)))


def test_paper_ballots_are_accounted_for_where_they_are_used(page_texts):
    """Where paper ballots are supplied the reports say where they lie and what became of them."""
    papers = replace(ZERO, papers_printed=100, boxes=(Box("Bord 1", 100, 20), Box("", 320, 80)))
    assert "Bord 1 100 20" in " ".join(page_texts(render_zero_report(FRAME, papers)))
    both = (*SEALED.sums, Sums(Paper.BALLOT, 100, 6, 0, 0, 0, None))
    assert "100 6 0 0 ikke talt 0" in " ".join(page_texts(render_urn_report(FRAME, replace(SEALED, sums=both))))


@pytest.mark.parametrize(("render", "body"), [(render_zero_report, ZERO), (render_urn_report, SEALED)])
def test_a_rehearsal_is_marked_on_every_page(page_texts, render, body):
    """Nobody takes the papers of a rehearsal for those of an election."""
    pages = page_texts(render(replace(FRAME, rehearsal=True), body))
    assert all("PRØVEVALG" in page for page in pages)


@pytest.mark.parametrize(("render", "body"), [(render_zero_report, ZERO), (render_urn_report, SEALED)])
def test_the_reports_are_for_the_archive(render, body, tmp_path):
    """PDF/A-3a and PDF/UA, in Danish, the same bytes for the same report, without a picture of when they were made."""
    pdf = render(FRAME, body)
    assert render(FRAME, body) == pdf
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as opened, opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
        assert str(opened.Root.Lang).startswith("da")


@pytest.mark.parametrize(("render", "body"), [(render_zero_report, ZERO), (render_urn_report, SEALED)])
@pytest.mark.parametrize("name", ["إيمان القاسم", "Ó" * 90, "\u202eAnna", "Ma̐x 🗳"])
def test_every_name_can_stand_in_a_report(page_texts, render, body, name):
    """Right to left, without end, with marks that turn text around or that no font carries: the report is set all the same."""
    frame = replace(FRAME, present=(There("anne", name, AT), FRAME.present[0]), others=name, election=f"Valg {name}")
    text = " ".join(page_texts(render(frame, body)))
    assert "Åse Ærø" in text


def test_the_record_carries_what_was_signed(make_record, page_texts):
    """Who opened and closed, the line and the three hashes stand in the record of the election."""
    station = Station(
        opened_by=(Present("Åse Ærø", AT),),
        closed_by=(Present("Yıldız Çelik", AT + timedelta(hours=3)),),
        doors_closed=AT + timedelta(hours=3),
        queue=7,
        admitted_from_queue=6,
        urn_sha256="3f" * 32,
        zero_report_sha256="5a" * 32,
        urn_report_sha256="6b" * 32,
    )
    people = (Candidate(1, "c1", "Bo Berg", 12), Candidate(2, "c2", "Ida Iversen", 9))
    text = " ".join(page_texts(render_record(replace(make_record(people), station=station))))
    for said in (
        "Åse Ærø 23. november 2021 kl. 16.52",
        "Yıldız Çelik 23. november 2021 kl. 19.52",
        "I køen stod 7, og 6 af dem blev lukket ind.",
        "3f3f3f3f 3f3f3f3f",
        "5a5a5a5a 5a5a5a5a",
        "6b6b6b6b 6b6b6b6b",
    ):
        assert said in text, said
