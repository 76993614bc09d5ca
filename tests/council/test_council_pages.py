"""The secretary's pages: the council, the item, the byråd's answers and the letters, as they are clicked and filled in."""

import io

import docx
from councils import NAMES, OTHERS, compose, council

from votingapp.desks.council.standing import Stand
from votingapp.store import case_files, rulings
from votingapp.store.staff import Role

BASE = "/koege-2021/council"
PASSWORD = "en lang og god sætning"
ROWS = {
    "others-0-number": "", "others-0-category": " Lokale  foreninger ", "others-0-kind": "appointed", "others-0-name": "Fatma Fadel",
    "others-1-number": "", "others-1-category": "Byrådet", "others-1-kind": "byraad", "others-1-name": "",
    "others-2-number": "", "others-2-category": "", "others-2-kind": "appointed", "others-2-name": "",
}  # fmt: skip
RULED = {
    "met_on": "2021-12-14", "body": "Køge Byråd", "case_number": "2021-000299", "words": "Byrådet udpegede dem.",
    "second_login": "anne", "second_password": PASSWORD,
}  # fmt: skip


def answered(*answers):
    """The fields of the ruling: seat number and answer of each person."""
    return {
        f"answers-{place}-{name}": value
        for place, (seat, answer) in enumerate(answers)
        for name, value in (("seat", str(seat)), ("answer", answer))
    }


def enter(desk, fields):
    """Send the ruling with what its page holds unseen."""
    page = desk.get(f"{BASE}/ruling").text
    unseen = {name: _held(page, name) for name in ("csrf_token", "seen", "warned")}
    return desk.post(f"{BASE}/ruling", data=unseen | fields)


def make(desk):
    """Press the button that makes a version."""
    token = _held(desk.get(f"{BASE}/item").text, "csrf_token")
    return desk.post(f"{BASE}/item/versions", data={"csrf_token": token})


def _held(page, name):
    return page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_council_is_put_together_on_the_page(desk, seated):
    """Rows with a category must become seats, one line of words each, and the page must show the table of categories."""
    page = desk.get(BASE).text
    assert "Sammensætningen er ikke gemt endnu." in page
    assert all(name in page for name in NAMES)
    assert desk.submit(BASE, ROWS).status_code == 302
    places = council(seated).places
    assert [(one.category, one.name) for one in places[5:]] == [("Lokale foreninger", "Fatma Fadel"), ("Byrådet", "")]
    page = desk.get(BASE).text
    assert "Lokale foreninger" in page
    assert "Sammensætningen er ikke gemt endnu." not in page


def test_a_wrong_row_is_told_and_nothing_is_kept(desk, seated):
    """A person without a category, a CPR number and a text that is too long must be refused beside the field."""
    for field, value, said in (
        ("others-0-category", "", "hvilken kategori"),
        ("others-0-name", "010180-1234", "CPR"),
        ("others-0-category", "x" * 201, "200"),
    ):
        answer = desk.submit(BASE, ROWS | {field: value})
        assert answer.status_code == 422, field
        assert said in answer.text
    assert not council(seated).composed


def test_a_forged_row_is_a_new_seat_or_none(desk, seated):
    """A number of somebody else's seat, twice or out of bounds, must never touch a seat of the election."""
    rows = ROWS | {"others-0-number": "1", "others-1-number": "999999999999"}
    assert desk.submit(BASE, rows).status_code == 302
    assert [one.name for one in council(seated).places[:3]] == list(NAMES)
    assert [one.number for one in council(seated).places[5:]] == [6, 7]


def test_the_item_is_drafted_mended_and_made(desk, seated, store):
    """The draft must hold the facts; what was mended and saved must be what both papers say, under the numbers typed."""
    compose(seated, *OTHERS)
    page = desk.get(f"{BASE}/item").text
    for words in (*NAMES, "udpeger", "§ 10 a", "klage over valget", "1. januar 2022"):
        assert words in page
    assert make(desk).status_code == 409
    filled = {
        "title": "Udpegning",
        "case_number": "00.01.00-A21-1-14",
        "kle": "15.40.00",
        "recommendation": "1. at Byrådet udpeger",
    }
    assert desk.submit(f"{BASE}/item", filled | {"background": "Mit ord.", "checked": "y"}).status_code == 302
    assert make(desk).status_code == 302
    word, pdf = desk.get(f"{BASE}/item/1.docx"), desk.get(f"{BASE}/item/1.pdf")
    assert "byraadssag-koege-2021-1.docx" in word.headers["Content-Disposition"]
    assert pdf.data.startswith(b"%PDF")
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(word.data)).paragraphs)
    for words in ("00.01.00-A21-1-14", "15.40.00", "at Byrådet udpeger", "Mit ord.", "Sekretariatet har set efter"):
        assert words in said
    with store.reading() as connection:
        kept = case_files.forms_of(connection, seated.election.id, 1)
    assert (kept.docx, kept.pdf) == (word.data, pdf.data)
    assert desk.get(f"{BASE}/item/2.pdf").status_code == 404
    fresh = desk.get(f"{BASE}/item?fresh=1").text
    assert "Mit ord." not in fresh
    assert "00.01.00-A21-1-14" in fresh


def test_a_made_version_stays_as_it_is(desk, seated):
    """When the council changes a new version must be made, and the one that was handed on must keep its bytes."""
    compose(seated, *OTHERS)
    desk.submit(f"{BASE}/item", {"title": "Udpegning"})
    make(desk)
    first = desk.get(f"{BASE}/item/1.docx").data
    compose(seated)
    make(desk)
    assert desk.get(f"{BASE}/item/1.docx").data == first
    assert "Fatma Fadel" not in _cells(desk.get(f"{BASE}/item/2.docx").data)
    assert "Fatma Fadel" in _cells(first)


def _cells(word):
    return [cell.text for table in docx.Document(io.BytesIO(word)).tables for row in table.rows for cell in row.cells]


def test_a_ruling_is_entered_by_two_who_accept_that_it_is_early(desk, seated, store):
    """Without the tick nothing may be kept and the warning must stand there; with it the answers hold and are shown."""
    compose(seated, *OTHERS)
    answers = answered((1, "approved"), (2, "returned"), (3, "not_appointed"), (6, ""), (8, "approved"))
    refused = enter(desk, RULED | answers)
    assert refused.status_code == 409
    assert "Valgprotokollen er ikke underskrevet" in refused.text
    assert council(seated).lines[0].stand is Stand.WAITING
    assert enter(desk, RULED | answers | {"accept": "y"}).status_code == 302
    stands = [line.stand for line in council(seated).lines]
    assert stands[:3] == [Stand.SITTING, Stand.RETURNED, Stand.NOT_APPOINTED]
    assert (stands[5], stands[7]) == (Stand.WAITING, Stand.SITTING)
    with store.reading() as connection:
        assert {one.meeting.body for one in rulings.every(connection, seated.election.id)} == {"Køge Byråd"}
    page = desk.get(f"{BASE}/ruling").text
    assert "2021-000299" in page
    assert "Fatma Fadel" in page
    assert "fra 1. januar 2022" in desk.get(BASE).text


def test_a_ruling_that_is_not_right_is_told_and_not_kept(desk, seated, store):
    """One person twice, a wrong password, day or seat, a CPR number, no answer: each must be said, and nothing kept."""
    compose(seated, *OTHERS)
    for changed, status, said in (
        ({"second_login": "sekretær"}, 422, "en anden end dig"),
        ({"second_password": "forkert"}, 422, "passer ikke sammen"),
        ({"met_on": ""}, 422, "hvilken dag"),
        ({"met_on": "2021-12-16"}, 409, "før valget eller i fremtiden"),
        ({"words": "Om 010180-1234."}, 422, "CPR"),
        ({"answers-0-answer": ""}, 409, "mindst én person"),
        ({"answers-0-seat": "4"}, 409, "Noget er ændret"),
        ({"seen": "x"}, 409, "Noget er ændret"),
    ):
        answer = enter(desk, RULED | answered((1, "approved")) | {"accept": "y"} | changed)
        assert answer.status_code == status, changed
        assert said in answer.text
    with store.reading() as connection:
        assert rulings.every(connection, seated.election.id) == ()


def test_the_letters_are_sent_from_the_page_and_printed_in_one_file(desk, seated):
    """One press must tell everybody, a second nobody; the file must be a PDF under a name without persons."""
    compose(seated, *OTHERS)
    assert "Byrådet har ikke truffet afgørelse endnu." in desk.get(f"{BASE}/letters").text
    assert desk.get(f"{BASE}/letters.pdf").status_code == 404
    enter(desk, RULED | answered((1, "approved"), (2, "returned")) | {"accept": "y"})
    page = desk.get(f"{BASE}/letters").text
    assert page.index(NAMES[0]) < page.index(NAMES[1])
    assert desk.submit(f"{BASE}/letters", {}).status_code == 302
    again = desk.submit(f"{BASE}/letters", {})
    assert again.status_code == 409
    assert "Der er ikke nogen, der skal have besked nu." in again.text
    file = desk.get(f"{BASE}/letters.pdf?all=1")
    assert file.data.startswith(b"%PDF")
    assert file.headers["Content-Disposition"] == 'attachment; filename="breve-koege-2021.pdf"'


def test_before_the_result_each_page_says_so(client, store, board, add_staff, sign_in):
    """There must be nothing to fill in while it is not known who is elected, and an answer all the same."""
    made = board(store)
    add_staff(store, made.election, "ulla", Role.SECRETARIAT)
    desk = sign_in(client, "ulla")
    for page in ("", "/item", "/ruling", "/letters"):
        shown = desk.get(f"{BASE}{page}")
        assert shown.status_code == 200
        assert "Resultatet er ikke kendt endnu" in shown.text
    assert desk.get(f"{BASE}/letters.pdf").status_code == 404
