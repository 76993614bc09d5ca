"""A letter after the election must say to each what it came to, alike in a mail and on paper, and promise nobody a seat."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from votingapp.documents.outcome_letters import (
    Appointment,
    OutcomeKind,
    OutcomeLetter,
    paragraphs,
    plain_text,
    render_letters,
    subject,
)

RULED = Appointment(date(2021, 12, 14), "Køge Byråd", date(2022, 1, 1), date(2025, 12, 31))
LETTER = OutcomeLetter(
    kind=OutcomeKind.APPOINTED,
    municipality="Køge",
    election="Valg til Integrationsrådet i Køge 2021",
    council="Integrationsrådet i Køge",
    rehearsal=False,
    dated=date(2021, 12, 15),
    election_day=date(2021, 11, 23),
    receipt="K7MXD-9PQRS",
    name="Åse Østergård-Łuczak",
    address="c/o Sørensen\nÆblevej 7, 2. tv.\n4600 Køge",
    votes=9,
    appointment=RULED,
)
WAITING = replace(LETTER, kind=OutcomeKind.SUBSTITUTE, appointment=None, rank=2)
DATED = date(2021, 12, 16)


def of_kind(kind):
    return replace(LETTER, kind=kind) if kind in list(OutcomeKind)[:3] else replace(WAITING, kind=kind)


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_mail_and_paper_say_the_same(kind, page_texts):
    """Subject, every paragraph and the receipt number must stand in the mail and on the sheet, name and address in the window."""
    letter = of_kind(kind)
    mail = plain_text(letter, "https://valg.eksempel.dk/koege-2021")
    (page,) = page_texts(render_letters((letter,), DATED))
    squeezed = re.sub(r"\s", "", page)
    for words in (*paragraphs(letter), "Kære", letter.name, letter.receipt):
        assert words in mail
        assert re.sub(r"\s", "", words) in squeezed
    for words in (subject(letter), *letter.address.splitlines(), "15. december 2021"):
        assert re.sub(r"\s", "", words) in squeezed
    assert "https://valg.eksempel.dk/koege-2021" in mail


def test_only_the_appointed_is_a_member():
    """Every other letter about a seat must say that she is not a member, or that the byråd decides, and none that she is elected."""
    for kind in OutcomeKind:
        text = plain_text(of_kind(kind))
        assert not re.search(r"\bvalgt\b", text)
        if kind in {OutcomeKind.RETURNED, OutcomeKind.NOT_APPOINTED}:
            assert "Du fik en plads, forbeholdt Byrådets godkendelse." in text
        if kind in {OutcomeKind.RETURNED, OutcomeKind.SUBSTITUTE}:
            assert "Du er først medlem, når Byrådet har udpeget dig." in text
        assert ("Du er medlem fra den 1. januar 2022 til den 31. december 2025." in text) == (
            kind is OutcomeKind.APPOINTED
        )


def test_a_substitute_of_two_is_told_of_both():
    """Where substitutes are paired the letter must name each member, and where they are ranked the council."""
    paired = replace(WAITING, members=("Bo Bæk", "Ida Ø"))
    assert "Du er suppleant for Bo Bæk og Ida Ø, som nr. 2 i rækkefølgen." in plain_text(paired)
    assert "Du er suppleant til Integrationsrådet i Køge, som nr. 2" in plain_text(WAITING)


def test_without_a_vote_no_votes_are_told():
    """Who was chosen because there were seats for all must not read of votes."""
    returned = replace(LETTER, kind=OutcomeKind.RETURNED, votes=None)
    assert "Der blev ikke holdt afstemning den 23. november 2021" in plain_text(returned)
    assert "fik du 1 stemme." in plain_text(replace(WAITING, votes=1))


def test_the_post_room_gets_one_file_with_a_sheet_for_each(page_texts):
    """Each letter must begin a sheet of its own, with its own name and receipt, and the pages of each count from one."""
    letters = tuple(replace(LETTER, name=f"Navn Nummer{n}", receipt=f"K7MXD-0000{n}") for n in range(4))
    pages = page_texts(render_letters(letters, DATED))
    assert len(pages) == 4
    for number, page in enumerate(pages):
        assert f"K7MXD-0000{number}" in page
        assert f"Nummer{(number + 1) % 4}" not in page
        assert "Side 1" in page
    assert render_letters(letters, DATED) == render_letters(letters, DATED)
    with pytest.raises(ValueError, match="no letters"):
        render_letters((), DATED)


def test_the_file_is_archival_and_read_aloud():
    """PDF/A-3a and PDF/UA-1, Danish, with a heading and a bookmark for each letter."""
    with pikepdf.open(io.BytesIO(render_letters((LETTER, WAITING), DATED))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
        assert str(document.Root.Lang) == "da-DK"
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == [subject(LETTER), subject(WAITING)]


def test_any_name_is_set_and_a_rehearsal_says_so(page_texts):
    """Arabic, a very long name and a sign that no font has must not stop the letters; PRØVEVALG stands on each sheet."""
    hard = tuple(replace(LETTER, name=name, rehearsal=True) for name in ("أمينة الخطيب", "Å" * 100, "𐤀 Ali\u202e"))
    pages = page_texts(render_letters(hard, DATED))
    assert all("PRØVEVALG" in page for page in pages)
    assert "\ufffd" in pages[2]
    assert plain_text(hard[0]).startswith("PRØVEVALG: Dette er en øvelse.")


def test_a_letter_about_a_ruling_needs_one():
    """Nothing may be said of an appointment that nobody ruled."""
    with pytest.raises(ValueError, match="ruling"):
        paragraphs(replace(LETTER, appointment=None))
