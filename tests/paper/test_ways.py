"""Whoever follows links from the board's front page comes to every page of the slips and of the paper ballots."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from ballots.slips import Movement
from votingapp.store import ledger
from votingapp.store.ledger import BOARD, Entry, Paper
from votingapp.store.staff import Role
from votingapp.web.access import rule_of

SHOWN_ELSEWHERE = {"/koege-2021/slips/void/unread"}
"""Where a form goes that stands on the page for making slips void; asked for, it is that page."""


@pytest.fixture
def chair(client, sign_in, signing_board):
    """The chair's browser, after the freeze."""
    signing_board.prepare()
    signing_board.freeze()
    return sign_in(client, signing_board.chair.login)


def print_paper(board) -> None:
    def write(work) -> None:
        ledger.write(work, board.election.id, Paper.BALLOT, Entry(Movement.PRINTED, BOARD, 20, board.chair.id))
        work.record(board.election.id, "test", "printed")

    board.store.write(write)


def links(page: str) -> set[str]:
    """Where a page's links lead, in this house."""
    return {urlsplit(one).path for one in re.findall(r'<a\b[^>]*href="(/[^"]*)"', page)}


def walk(browser, start: str) -> set[str]:
    """Every page that links lead to; one that is refused or is no page leads no further."""
    seen: set[str] = set()
    ahead = {start}
    while ahead:
        path = ahead.pop()
        seen.add(path)
        answer = browser.get(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            ahead |= {link for link in links(answer.text) if link not in seen and link.count("/") < 9}
    return seen


def pages_of(app, desks: set[str]) -> set[str]:
    """Every page of these desks that a member of the board may open by herself."""
    found = set()
    with app.test_request_context():
        for route in app.url_map.iter_rules():
            rule = rule_of(app, route.endpoint)
            named = route.endpoint.split(".")[0] in desks and "GET" in (route.methods or ())
            if not named or rule is None or rule.device is not None or Role.BOARD not in rule.roles:
                continue
            values = {"slug": "koege-2021"} | (
                {"paper": "ballot"} if "paper" in route.arguments - set(route.defaults or {}) else {}
            )
            found.add(app.url_for(route.endpoint, **(route.defaults or {}) | values))
    return found


def test_links_lead_to_every_page_of_slips_and_paper_ballots(office, chair, signing_board):
    """From the front page of the house, by links alone: nobody has to know an address to count a box of paper ballots."""
    print_paper(signing_board)
    pages = pages_of(office, {"slips", "paper"})
    assert {"/koege-2021/slips/account/ballot", "/koege-2021/slips/count/ballot", "/koege-2021/paper"} < pages
    assert pages - walk(chair, "/") == SHOWN_ELSEWHERE
    for page in SHOWN_ELSEWHERE:
        assert "Tæl dem som ugyldige</button>" in chair.get(page.removesuffix("/unread")).text


@pytest.mark.parametrize("page", ["", "/account", "/supply", "/count", "/void"])
def test_each_page_leads_across_to_the_same_of_the_other_paper(chair, signing_board, page):
    """Slips and paper ballots are one press apart, where there are paper ballots; before they are printed nothing is said of them."""
    slug = signing_board.election.slug
    slips = f"/{slug}/slips{page}"
    ballots = {"": f"/{slug}/paper", "/void": f"/{slug}/slips/void/unread/ballot"}.get(page, f"{slips}/ballot")
    assert "Skift til papirstemmesedlerne" not in chair.get(slips).text
    print_paper(signing_board)
    assert f'href="{ballots}">Skift til papirstemmesedlerne' in chair.get(slips).text
    assert f'href="{slips}">Skift til stemmesedlerne' in chair.get(ballots).text


def test_what_does_not_come_out_is_told_on_both_accounts(chair, signing_board):
    """A box of paper ballots that is short is named on the page of the slips too, with the way to its account."""
    print_paper(signing_board)

    def count(work) -> None:
        entry = Entry(Movement.COUNTED, BOARD, 19, signing_board.chair.id, signing_board.members[1].id)
        ledger.write(work, signing_board.election.id, Paper.BALLOT, entry)
        work.record(signing_board.election.id, "test", "counted")

    signing_board.store.write(count)
    slug = signing_board.election.slug
    told = "Regnskabet over papirstemmesedler har 1 forskel, der ikke er forklaret."
    for page in ("slips", "slips/account"):
        assert f'<a href="/{slug}/slips/account/ballot">{told}</a>' in chair.get(f"/{slug}/{page}").text
    own = chair.get(f"/{slug}/slips/account/ballot").text
    assert told not in own
    assert "Valgbestyrelsens kasse: Der skulle ligge 20 sedler, men der er talt 19." in own


def test_an_obstacle_of_the_paper_ballots_leads_to_their_account(chair, signing_board, on_paper):
    """Boxes that are not counted are told apart, each with a link to the account in which they stand."""
    signing_board.open()
    on_paper(signing_board, 2)
    signing_board.close()
    slug = signing_board.election.slug
    text = chair.get(f"/{slug}/poll/closing").text
    assert "1 kasse med stemmesedler er ikke talt efter." in text
    assert f'<a href="/{slug}/slips/account">Til regnskabet over stemmesedler</a>' in text
    assert "1 kasse med papirstemmesedler er ikke talt efter." in text
    assert f'<a href="/{slug}/slips/account/ballot">Til regnskabet over papirstemmesedler</a>' in text


def test_the_account_of_paper_ballots_speaks_of_no_urn(chair, signing_board, on_paper, enter, figures):
    """Their ballots lie in a box and are counted by two; what is told of them is told in those words."""
    signing_board.open()
    on_paper(signing_board, 2)
    signing_board.close()
    address = f"/{signing_board.election.slug}/slips/account/ballot"
    before = chair.get(address).text
    assert "urnen" not in before.split("<main", 1)[1]
    assert "Papirstemmerne tælles, når afstemningen er lukket." in before
    for member in signing_board.members[:2]:
        enter(signing_board, member, figures((3, 0, 0), valid=3))
    after = chair.get(address).text
    assert "urnen" not in after.split("<main", 1)[1]
    assert "Papirstemmer i kassen, talt af to" in after
    assert "Højst 2 kunne stemme på papir, men der er talt 3 papirstemmer i kassen." in after
