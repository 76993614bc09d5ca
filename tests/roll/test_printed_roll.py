"""What stands on the paper: everybody who may vote, who has been here and under which number, and how new it is."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest
from polling import keep_register, person
from roll_papers import AASE, BENT, CARLA, EVERYBODY, holder, now_of, texts

from votingapp.documents.printed_roll import MOST_IN_ONE, RollHeading, RollLine, render_admitted, render_roll
from votingapp.paper_roll.composing import read_admitted, read_roll, typeset_roll
from votingapp.store import roll

AT = datetime(2021, 11, 23, 17, 2, 30, tzinfo=UTC)
HEADING = RollHeading("Valg til Integrationsrådet i Køge 2021", "Køge", date(2021, 11, 23), False, AT, 57)  # noqa: FBT003
NAMES = ("Åse Østergård-Łuczak", "محمد الأحمد", "Nguyễn Văn Ánh", "Ærø " + "Wilhelmine-Maximiliane " * 4, "X" * 100)


def line(number: int, **changes) -> RollLine:
    """One of many; every third has been here."""
    name = f"K{number:04d} {NAMES[number % len(NAMES)]}"
    made = RollLine(number, name, date(1980, 1, number % 28 + 1), False, 1000 + number if number % 3 == 0 else None)  # noqa: FBT003
    return replace(made, **changes)


@pytest.mark.parametrize("render", [render_roll, render_admitted])
@pytest.mark.parametrize("count", [0, 1, 8, 9, 40, 1000])
def test_everybody_stands_on_it_once_and_in_order(render, count):
    """With few, many or no persons each stands there once, whatever her name, and all by number."""
    pages = texts(render([line(number) for number in range(1, count + 1)], HEADING))
    whole = " ".join(pages)
    # What reads a page out of a PDF turns a row with an Arabic name around.
    found = re.findall(r"\b(?:K(\d{4})|(\d{4})K)\b", whole)
    assert [int(one or other) for one, other in found] == list(range(1, count + 1))
    assert ("Ingen personer" in whole) == (count == 0)


def test_every_page_tells_how_new_it_is():
    """A page that lies alone on a desk says the last number, the time and which page of how many it is."""
    pages = texts(render_roll([line(number) for number in range(1, 101)], HEADING))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Seneste kvitteringsnummer: 57" in page
        assert "23. november 2021 kl. 18.02.30" in page
        assert f"Side {number} af {len(pages)}" in page
        assert HEADING.election in page


def test_who_was_here_stands_with_her_number():
    """The number is the one under which she was admitted, and nobody else has one."""
    page = texts(render_roll([line(1), line(2, admission=31)], HEADING))[0]
    assert "02-01-1980 Mødt" not in page
    assert page.count("31") == 1
    assert "Ingen er mødt" not in page
    assert "Ingen er mødt frem endnu" in texts(render_roll([line(1)], replace(HEADING, last=0)))[0]


def test_the_protected_can_be_found_and_are_marked():
    """The desk is the authority and must find everybody; a name that the register keeps back is said to be so."""
    page = texts(
        render_roll([line(1, name="Dorte Skjult", protected=True), line(2, name="", protected=True)], HEADING)
    )[0]
    assert "Dorte Skjult · beskyttet" in page
    assert "navnet er beskyttet" in page
    assert "03-01-1980" in page


def test_a_rehearsal_is_marked_on_every_page():
    """No page of a rehearsal can be taken for the real roll."""
    pages = texts(render_roll([line(number) for number in range(1, 80)], replace(HEADING, rehearsal=True)))
    assert all("PRØVEVALG – tæller ikke" in page for page in pages)
    assert "PRØVEVALG" not in texts(render_roll([line(1)], HEADING))[0]


def test_the_pdf_can_be_kept_and_read_aloud():
    """The paper is PDF/A and PDF/UA, tagged, in Danish and named."""
    with pikepdf.open(io.BytesIO(render_roll([line(1)], HEADING))) as pdf:
        metadata = pdf.open_metadata()
        assert metadata.pdfa_status == "3A"
        assert metadata.get("pdfuaid:part") == "1"
        assert metadata["dc:title"] == "Valgliste: Valg til Integrationsrådet i Køge 2021"
        assert str(pdf.Root.Lang) == "da-DK"


def test_too_many_lines_are_refused():
    """What would take the machine's memory is set in parts, and never by mistake in one."""
    with pytest.raises(ValueError, match="at most"):
        render_roll([line(1)] * (MOST_IN_ONE + 1), HEADING)


def test_the_roll_names_whoever_may_vote(any_store, keep_roll, open_poll, admit):
    """Who is too young or lives elsewhere is not on it; who was admitted is, with her number, and none before she was."""
    election = open_poll(any_store, keep_roll(any_store))
    admit(any_store, election, CARLA, AASE)
    with any_store.reading() as connection:
        found = roll.lines(connection, election)
        here = roll.admitted(connection, election)
    assert {one.name: one.admission for one in found if one.admission} == {"Carla": 1, "Åse Østergård": 2}
    assert {one.name for one in found} == {"Åse Østergård", "Bent Ærø", "Carla", "Dorte Skjult"}
    assert [one.number for one in found] == sorted(one.number for one in found)
    assert {(one.name, one.admission) for one in here} == {("Carla", 1), ("Åse Østergård", 2)}


def test_whom_a_supervisor_admitted_is_on_the_roll(any_store, keep_roll, open_poll, admit):
    """A person the register has elsewhere and the supervisor let in has been here, and the paper says so."""
    election = open_poll(any_store, keep_roll(any_store))
    moved = EVERYBODY[-1]
    admit(any_store, election, moved)
    with any_store.reading() as connection:
        found = {one.name: one.admission for one in roll.lines(connection, election)}
    assert found[moved.name] == 1


def test_the_number_of_an_admission_taken_back_stays_the_last(any_store, keep_roll, open_poll, admit, undo):
    """The last number never goes back, while the person taken back has none and may come again."""
    election = open_poll(any_store, keep_roll(any_store))
    admit(any_store, election, CARLA, AASE)
    undo(any_store, election, AASE)
    with any_store.reading() as connection:
        extract = read_roll(connection, election, AT)
        standing = roll.standing(connection, election.id)
    assert extract.last == standing.last == 2
    assert (standing.admitted, standing.undone, standing.persons, standing.added) == (1, 1, 6, 0)
    assert {one.admission for one in extract.lines if one.name == AASE.name} == {None}


def test_another_election_has_another_roll(any_store, keep_roll, open_poll, admit, found_election):
    """Persons and admissions of one election do not come onto the paper of another."""
    election = open_poll(any_store, keep_roll(any_store))
    admit(any_store, election, CARLA)
    other = found_election(any_store, slug="andet")
    keep_register(any_store, other, CARLA, person("Gerda", "0606806666"))
    with any_store.reading() as connection:
        found = read_roll(connection, other, AT)
        assert read_admitted(connection, other, AT).lines == ()
    assert [(one.name, one.admission) for one in found.lines] == [("Carla", None), ("Gerda", None)]
    assert found.last == 0


def test_a_roll_without_marks_tells_nothing_of_the_evening(store, keep_roll, open_poll, admit):
    """The roll that is handed out before anybody may know who came has neither ticks nor numbers, nor the last one."""
    election = open_poll(store, keep_roll(store))
    admit(store, election, AASE, BENT, CARLA)
    with store.reading() as connection:
        extract = read_roll(connection, now_of(store, election), AT)
    (sheet,) = typeset_roll(extract, marked=False)
    page = texts(sheet.pdf)[0]
    assert "Denne liste er skrevet én gang og er uden kryds" in page
    assert "Uden kryds: se “Mødt frem”" in page
    assert "kvitteringsnummer" not in page
    assert "Ingen er mødt" not in page, "nobody may read off it that a voter has not been here"
    (sheet,) = typeset_roll(extract)
    assert "Seneste kvitteringsnummer: 3" in texts(sheet.pdf)[0]


def test_no_paper_holds_a_number_of_the_register(store, keep_roll, open_poll, admit):
    """The paper has birth dates, and of a CPR number never the last four digits."""
    election = open_poll(store, keep_roll(store))
    with store.reading() as connection:
        (sheet,) = typeset_roll(read_roll(connection, election, AT))
    whole = " ".join(texts(sheet.pdf))
    assert holder(store, election, AASE).cpr_hash not in whole
    assert all(one.cpr.number[6:] not in whole for one in EVERYBODY)
    assert "01-01-1980" in whole
