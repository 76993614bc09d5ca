"""The page of the record leads a board from what is missing to the last signature, and tells whoever is refused why."""

from __future__ import annotations

import pytest
from auditing import Page
from recorded import newest, signature, signatures, take_key

from votingapp.desks.record import words
from votingapp.documents import record_words
from votingapp.store.record_signatures import Way

PASSWORD = "en lang og god sætning"
BIRK = {"second_login": "birk", "second_password": PASSWORD}


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/record"


@pytest.fixture
def chair(client, sign_in, signing_board):
    return sign_in(client, signing_board.chair.login)


def press(browser, page: str, step: str, **data):
    """Fill in a form of the page, as whoever looks at it sees it."""
    token = Page(browser.get(page).text).hidden["csrf_token"]
    return browser.post(f"{page}/{step}", data=data | {"csrf_token": token}, follow_redirects=True)


def send(browser, page: str, raw: bytes, version: int = 1):
    """Send a signature as a member's device does."""
    csrf = browser.get(f"{page}/own.json").get_json()["csrf"]
    sent = {"content_type": "application/json", "headers": {"X-CSRFToken": csrf}}
    return browser.post(f"{page}/{version}/signature", data=raw, **sent)


def test_a_board_draws_up_and_signs_by_the_pages(office, sign_in, chair, page, signing_board, monkeypatch):
    """Told what is missing, two state it, the draft is read, the version drawn up, and each signs in her own way."""
    signing_board.prepare()
    assert "Det erklæres, når afstemningen er lukket." in chair.get(page).text
    assert chair.get(f"{page}/draft.pdf").status_code == 404
    assert press(chair, page, "statement", code="incidents", **BIRK).status_code == 409
    signing_board.vote((2,), (2,), (1,), ())
    signing_board.count()
    text = chair.get(page).text
    assert "to medlemmers erklæring om, at alle hændelser er indført" in text
    assert "Lav version 1" not in text
    assert chair.get(f"{page}/draft.pdf").data.startswith(b"%PDF")
    refused = press(chair, page, "draw-up", version="1", chair="")
    assert (refused.status_code, "Protokollen mangler noget" in refused.text) == (409, True)
    for wrong in ({"second_login": "anne", "second_password": PASSWORD}, BIRK | {"second_password": "gæt"}):
        assert press(chair, page, "statement", code="incidents", **wrong).status_code == 422
    assert press(chair, page, "statement", code="andet", **BIRK).status_code == 422
    assert "Erklæringen er gemt" in press(chair, page, "statement", code="incidents", **BIRK).text
    assert "Erklæringen er gemt" in press(chair, page, "statement", code="assistance", **BIRK).text
    assert "Protokollen mangler intet." in chair.get(page).text

    take_key(monkeypatch, "Birk")
    drawn = press(chair, page, "draw-up", version="1", chair=signing_board.chair.id)
    assert "Version 1 er lavet." in drawn.text
    assert "Der mangler 2 underskrifter." in drawn.text
    assert "mangler, med nøglearket på egen enhed" in drawn.text
    assert drawn.text.index("Underskriv med mit nøgleark") < drawn.text.index("<summary>Lav en ny version")
    assert "<details>" in drawn.text
    assert "En anden har lavet protokollen imens." in press(chair, page, "draw-up", version="1", chair="").text
    for wrong in ({}, {"second_login": "anne", "second_password": PASSWORD}, BIRK | {"second_password": "gæt"}):
        alone = press(chair, page, "draw-up", version="2", chair="", reason="Et tal", **wrong)
        assert (alone.status_code, "Version 2 er lavet" in alone.text) == (422, False)
    again = press(chair, page, "draw-up", version="2", chair="", reason=" ", **BIRK)
    assert (again.status_code, "forkert i den forrige version" in again.text) == (422, True)
    assert "<details open>" in again.text, "what is wrong in it is seen"
    cpr = press(chair, page, "draw-up", version="2", chair="", reason="Fejl for 010190-1111", **BIRK)
    assert cpr.status_code == 422
    _sign_each(chair, sign_in(office.test_client(), "birk"), page, signing_board)


def _sign_each(chair, birk, page, signing_board) -> None:
    shown = chair.get(f"{page}/sign").text
    assert 'data-mode="sign"' in shown
    assert f'data-pdf="{page}/1.pdf"' in shown
    assert (
        "Der er ikke noget for dig at underskrive med en nøgle nu."
        in birk.get(f"{page}/sign", follow_redirects=True).text
    )
    own = {"version": "1", "login": "anne", "password": PASSWORD}
    assert "underskriver med nøglearket på sin egen enhed" in press(chair, page, "password", **own).text
    raw = signature(signing_board, signing_board.chair)
    assert send(birk, page, raw).status_code == 403
    assert send(chair, page, raw, version=2).status_code == 422
    assert send(chair, page, b"{}").get_json()["status"] == "refused"
    assert send(chair, page, b"x" * 600).status_code == 413
    assert chair.post(f"{page}/1/signature", data=raw).status_code in {400, 415}
    assert send(chair, page, raw).get_json() == {"status": "taken", "remaining": 1}
    assert send(chair, page, raw).status_code == 409

    assert press(chair, page, "password", **own | {"login": "birk", "password": "gæt"}).status_code == 422
    told = press(chair, page, "password", **own | {"login": "birk"}).text
    assert "Birk har underskrevet. Nu har alle underskrevet." in told
    assert "Alle har underskrevet." in told
    assert {one: given.way for one, given in signatures(signing_board).items()} == {
        "Anne": Way.KEY,
        "Birk": Way.PASSWORD,
    }
    assert newest(signing_board).signers[0].office == "formand"


def test_two_say_by_the_page_why_a_member_cannot_sign(chair, page, signing_board):
    """She is chosen from those who have not signed; she is not among the two who say it."""
    signing_board.prepare()
    signing_board.vote((1,), (2,))
    signing_board.count()
    for code in ("incidents", "assistance"):
        press(chair, page, "statement", code=code, **BIRK)
    press(chair, page, "draw-up", version="1", chair="")
    said = {"version": "1", "absent": signing_board.members[1].id, "why": "Syg."}
    refused = press(chair, page, "absence", **said, **BIRK)
    assert (refused.status_code, "To andre end medlemmet selv" in refused.text) == (422, True)
    cilla = {"second_login": "cilla", "second_password": PASSWORD}
    assert press(chair, page, "absence", **said | {"why": ""}, **cilla).status_code == 422
    told = press(chair, page, "absence", **said, **cilla).text
    assert "kan ikke underskrive her: Syg. (Anne, Cilla" in told
    assert "Der mangler 1 underskrift." in told


@pytest.mark.parametrize("login", ["sekretær"])
def test_onlookers_read_and_do_not_act(client, sign_in, page, signing_board, login):
    """The secretariat sees how far it has come, and no form is its own."""
    signing_board.prepare()
    signing_board.vote((1,), (2,))
    signing_board.count()
    onlooker = sign_in(client, login)
    text = onlooker.get(page).text
    assert "Der mangler:" in text
    assert '<form method="post" action="/koege-2021/record' not in text
    assert onlooker.get(f"{page}/draft.pdf").status_code == 200
    assert onlooker.get(f"{page}/sign").status_code == 403


def test_the_page_calls_each_gap_what_the_record_calls_it(office):
    """What is missing has the same words on the page and on the paper, and none is told by its code."""
    with office.test_request_context("/?lang=da"):
        assert {code: str(said) for code, said in words.GAPS.items()} == record_words.GAPS
