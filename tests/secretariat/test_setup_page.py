"""The guided page in the office: it opens at every stage, says what is left, and leads to pages that are there."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from joined import join_device

from votingapp.recordings import shelf
from votingapp.resources import manual_dir
from votingapp.store.devices import Kind
from votingapp.store.elections import urn_of
from votingapp.store.recordings import Pack, Recordings, Silent, record_made
from votingapp.store.staff import Role


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/setup"


@pytest.fixture
def chair(client, sign_in, signing_board):
    return sign_in(client, signing_board.chair.login)


def test_a_new_election_is_told_what_is_left(chair, page):
    """Nothing is done but the rules, and the page counts what a poll waits for."""
    text = chair.get(page).text
    assert "trin mangler" in text
    assert "Klar</strong>" not in text


def _links(text: str) -> set[str]:
    return set(re.findall(r'href="(/koege-2021/[^"#]+)"', text))


@pytest.mark.parametrize(
    ("login", "others"), [("anne", "(sekretariatet)"), ("sekretær", "(valgbestyrelsen)"), ("begge", None)]
)
def test_every_link_of_the_page_may_be_followed(office, store, sign_in, add_staff, page, signing_board, login, others):
    """Whoever follows the page's links meets a page; where a step is another's it is said whose, and no link leads there."""
    add_staff(store, signing_board.election, "begge", Role.BOARD, Role.SECRETARIAT)
    signing_board.prepare()
    signing_board.freeze()
    reader = sign_in(office.test_client(), login)
    text = reader.get(page).text
    links = _links(text)
    assert len(links) >= 10
    assert {link for link in links if reader.get(link).status_code not in {200, 302}} == set()
    assert {words for words in ("(sekretariatet)", "(valgbestyrelsen)") if words in text} == ({others} - {None})


@pytest.mark.parametrize("login", ["anne", "sekretær", "bente"])
def test_page_and_manual_are_found_from_every_page(office, store, sign_in, add_staff, page, signing_board, login):
    """The navigation leads secretariat and board to the guided page, and them and the desks' people to the manual."""
    add_staff(store, signing_board.election, "bente", Role.DESK)
    reader = sign_in(office.test_client(), login)
    links = _links(reader.get(f"/{signing_board.election.slug}/").text)
    assert (page in links) == (login != "bente")
    assert f"{page}/manual.pdf" in links
    assert {link for link in links if reader.get(link).status_code not in {200, 302}} <= {
        f"/{signing_board.election.slug}/checkin/"  # which opens at a joined desk only
    }


def test_the_page_follows_what_is_done(store, chair, page, signing_board):
    """A joined desk and booth are counted, and a desk without slips is named."""
    signing_board.prepare()
    join_device(store, signing_board.election, Kind.DESK, "Bord Æ")
    join_device(store, signing_board.election, Kind.BOOTH, "Boks 1")
    text = chair.get(page).text
    assert "1 bord" in text
    assert "1 stemmeboks er tilsluttet" in text
    assert "Bord Æ" in text


def test_the_manual_is_a_booklet_of_all_chapters(chair, page):
    """The PDF holds every chapter, is in Danish, and its pictures have words for who cannot see them."""
    answer = chair.get(f"{page}/manual.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert len(document.pages) > 5
        assert document.Root.Lang == "da-DK"


def test_every_picture_of_the_manual_is_there():
    """A chapter names no picture that is missing, and each has words in its place."""
    named = [
        (chapter, alt, source)
        for chapter in manual_dir().glob("*.md")
        for alt, source in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", chapter.read_text(encoding="utf-8"))
    ]
    assert named
    assert [source for chapter, alt, source in named if not alt or not (chapter.parent / source).is_file()] == []


def test_a_stranger_sees_nothing_of_it(office, page):
    """The page tells how well a station is prepared, and is for secretariat and board."""
    assert office.test_client().get(page).status_code == 302


def test_the_page_says_what_the_booth_can_be_heard_in_and_which_languages_are_silent(
    chair, page, signing_board, settings
):
    """The command stands there; once recordings are made, so do the languages that are heard and those that are not."""
    signing_board.prepare()
    signing_board.freeze()
    assert "votingapp recordings make koege-2021" in chair.get(page).text
    pack = Pack("da", "ab" * 32, 1_300_000, 200)
    made = Recordings("eSpeak NG 1.52.0", (pack,), (Silent("so", 198, 200),))
    signing_board.store.write(lambda work: record_made(work, signing_board.election.id, made))
    text = " ".join(chair.get(page).text.split())
    assert "Indtalt af eSpeak NG 1.52.0: 1,3 MB. Kan høres på: dansk" in text
    assert "Kan ikke høres på: somali" in text
    assert "1 fil med optagelser mangler på computeren" in text
    with signing_board.store.reading() as connection:
        raw = urn_of(connection, signing_board.election.urn_uuid).election_json.encode()
    folder = shelf.folder_of(settings.home, raw)
    folder.mkdir(parents=True)
    (folder / f"{pack.sha256}.pack").write_bytes(b"")
    text = chair.get(page).text
    assert "mangler på computeren" not in text
    assert "Lyd i stemmeboksen – gjort" in text
