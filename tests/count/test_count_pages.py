"""The pages of the count: silent before the close, clear at each step, and closed to who has no business there."""

from __future__ import annotations

import io

import pikepdf
import pytest
from board import AFTER_NOMINATIONS, seat_board
from wrong_parts import wrong_part

from votingapp.desks.count import tallying
from votingapp.store.staff import Role

PASSWORD = "en lang og god sætning"


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/count"


@pytest.fixture
def chair(client, sign_in, signing_board):
    return sign_in(client, signing_board.chair.login)


def press(browser, page: str, step: str, **data):
    """Press a button, or fill in a form, of the count's page."""
    csrf = browser.get(page).text.split('name="csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]
    return browser.post(f"{page}/{step}", data=data | {"csrf_token": csrf}, follow_redirects=True)


def send(browser, page: str, raw: bytes):
    """Send a decryption as a member's device does."""
    csrf = browser.get(f"{page}/share").get_json()["csrf"]
    return browser.post(f"{page}/decryption", data=raw, content_type="application/json", headers={"X-CSRFToken": csrf})


def test_nothing_is_shown_while_people_vote(chair, page, signing_board):
    """Before the close the page tells no number at all, and there is no record to fetch."""
    signing_board.prepare()
    signing_board.freeze()
    signing_board.open()
    signing_board.issue_slips(3)
    signing_board.cast(signing_board.slips[0], 1)
    text = chair.get(page).text
    assert "Der er ikke noget at tælle endnu." in text
    assert "Stemmer i urnen" not in text
    assert chair.get(f"{page.removesuffix('/count')}/record.pdf").status_code == 404
    assert chair.get(f"{page.removesuffix('/count')}/record.json").status_code == 404


def test_the_whole_count_by_the_pages(office, sign_in, chair, page, signing_board):
    """Add up, two members decrypt, the result and the elected are shown, and the record can be read before it is drawn up."""
    signing_board.prepare()
    signing_board.vote((2,), (2,), (1,), ())
    assert "4 stemmer er prøvet" in press(chair, page, "tally").text
    assert "Åbn min del" in chair.get(page).text
    first = send(chair, page, signing_board.decryption(signing_board.chair))
    assert (first.status_code, first.get_json()) == (201, {"status": "taken", "missing": 1})
    assert "3. Resultatet" not in chair.get(page).text
    birk = sign_in(office.test_client(), "birk")
    second = send(birk, page, signing_board.decryption(signing_board.members[1]))
    assert second.get_json() == {"status": "taken", "missing": 0}
    text = chair.get(page).text
    assert "Valgt, forbeholdt Byrådets godkendelse" in text
    record = f"{page.removesuffix('/count')}/record"
    assert f'href="{record}"' in text
    counted = chair.get(f"{page.removesuffix('/count')}/counts.json").get_json()
    assert [candidate["votes"] for candidate in counted["candidates"]] == [1, 2, 0]
    pdf = chair.get(f"{record}/draft.pdf")
    assert pdf.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(pdf.data)) as document:
        assert len(document.pages) >= 1


def test_a_bad_decryption_is_a_422_with_name_and_reason(chair, page, signing_board):
    """A device that decrypted something else is told so."""
    signing_board.prepare()
    signing_board.vote((1,))
    tallying.compute_tally(signing_board.store, signing_board.chair, signing_board.election)
    answer = send(chair, page, signing_board.decryption(signing_board.members[1]))
    assert answer.status_code == 422
    assert (answer.get_json()["name"], answer.get_json()["reason"]) == ("Anne", "decryption_proof")


def test_a_wrong_part_is_told_until_it_is_found_and_named(office, sign_in, chair, page, signing_board):
    """Parts that open nothing: the page says whose they are and what to do, and after a third part whose is wrong."""
    signing_board.prepare()
    signing_board.vote((1,))
    tallying.compute_tally(signing_board.store, signing_board.chair, signing_board.election)
    _anne, birk, cilla = signing_board.members
    signing_board.decrypt(birk, wrong_part(signing_board, birk))
    assert send(chair, page, signing_board.decryption(signing_board.chair)).get_json()["missing"] == 0
    text = chair.get(page).text
    assert "en af disse dele er forkert, selv om beviset for den holder: Anne, Birk." in text
    assert "Lad endnu en nøgleholder åbne sin del (Cilla)." in text
    assert "Åbn min del" in text
    assert "Find resultatet" not in text
    signing_board.decrypt(cilla)
    text = press(chair, page, "result").text
    assert text.count("Delen var forkert og er lagt til side.") == 1
    assert "Birk: har ikke åbnet sin del" in text
    assert "Resultatet er fundet" in text


def test_steps_out_of_turn_are_told(chair, page, signing_board):
    """Adding up an open poll, or finding a result of nothing, is refused with a sentence."""
    signing_board.prepare()
    signing_board.vote((1,))
    assert "Stemmerne er ikke lagt sammen endnu." in press(chair, page, "result").text
    press(chair, page, "tally")
    csrf = chair.get(f"{page}/share").get_json()["csrf"]
    answer = chair.post(f"{page}/result", data={"csrf_token": csrf})
    assert answer.status_code == 409
    assert "Der mangler 2 nøgleholdere." in answer.text


def test_the_decryption_page_waits_for_the_sum(chair, page, signing_board):
    """Before there is a sum the page sends back with a word of explanation."""
    signing_board.prepare()
    signing_board.vote((1,))
    answer = chair.get(f"{page}/decryption", follow_redirects=True)
    assert "Der er ikke noget for dig at åbne nu." in answer.text
    press(chair, page, "tally")
    shown = chair.get(f"{page}/decryption").text
    assert f'data-archive="/{signing_board.election.slug}/election.bel"' in shown


def test_a_lot_is_entered_by_the_form(client, sign_in, store, found_election, koege_rules, add_staff, clock):
    """Who is tied is shown, nobody is chosen beforehand, and the drawn order decides."""
    clock.move_to(AFTER_NOMINATIONS)
    rules = koege_rules.replace("total = 5", "total = 1")
    seated = seat_board(store, found_election(store, slug="lige", rules_text=rules), add_staff)
    seated.prepare()
    seated.vote((1,), (2,), (3,))
    seated.count()
    sign_in(client, seated.chair.login)
    page = "/lige/count"
    assert "Der skal trækkes lod" in client.get(page).text
    assert "Loddet afgør, hvem af dem der får plads." in client.get(page).text
    assert "selected" not in client.get(page).text.split("Trukket som nr. 1", 1)[1].replace('selected value=""', "")
    drawn = {"order-0": "c3", "order-1": "c1", "place": "Rådhusets kantine", "first_witness": "Vera"}
    assert press(client, page, "lots", **drawn).status_code == 422
    names = drawn | {"second_witness": "Viggo", "second_login": "birk", "second_password": PASSWORD}
    assert "hver én gang" in press(client, page, "lots", **names).text
    whole = names | {"order-2": "c2"}
    add_staff(store, seated.election, "sekretær-2", Role.SECRETARIAT)
    for wrong in ("", seated.chair.login, "sekretær-2", "nobody"):
        refused = press(client, page, "lots", **(whole | {"second_login": wrong}))
        assert refused.status_code == 422, wrong
        assert "Der skal trækkes lod" in refused.text
    assert press(client, page, "lots", **(whole | {"second_password": "gæt"})).status_code == 422
    told = press(client, page, "lots", **whole).text
    assert "Lodtrækningen er gemt." in told
    assert client.get("/lige/result.json").get_json()["elected"][0]["id"] == "c3"


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.OBSERVER, Role.DESK])
def test_only_the_board_counts(client, sign_in, signing_board, add_staff, store, page, role):
    """Secretariat and observers look on; the desk has no business at the count."""
    add_staff(store, signing_board.election, "tilskuer", role)
    sign_in(client, "tilskuer")
    assert client.get(page).status_code == (403 if role is Role.DESK else 200)
    text = client.get("/password").text
    csrf = text.split('name="csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]
    for step in ("tally", "result", "lots", "decryption"):
        assert client.post(f"{page}/{step}", data={"csrf_token": csrf}).status_code == 403
    assert client.get(f"{page}/share").status_code == 403
