"""The pages of the paper ballots: print, count, and the column in the result."""

from __future__ import annotations

import html

import pytest
from auditing import Page

from votingapp.store.staff import Role


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/paper"


@pytest.fixture
def chair(client, sign_in, signing_board):
    return sign_in(client, signing_board.chair.login)


def send(browser, page: str, step: str, data: dict):
    token = Page(browser.get(page).text).tokens[0]
    return browser.post(f"{page}/{step}", data=data | {"csrf_token": token})


def count(browser, page: str, votes, **figures: int):
    names = ("valid", "blank", "too_many", "uncertain", "not_issued_here", "marked")
    data = {f"votes-{place}": str(number) for place, number in enumerate(votes)}
    return send(browser, page, "count", data | {name: str(figures.get(name, 0)) for name in names})


def test_ballots_are_printed_by_the_board(chair, page, signing_board):
    """The answer is a PDF; before the freeze and for no number nothing is printed."""
    signing_board.prepare()
    assert "når valget er låst" in html.unescape(chair.get(page).text)
    signing_board.freeze()
    answer = send(chair, page, "print", {"number": "2"})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert send(chair, page, "print", {"number": "0"}).status_code == 422
    assert send(chair, page, "print", {"number": "501"}).status_code == 422
    assert "2 papirstemmesedler er printet" in chair.get(page).text


def test_two_officials_count_and_the_result_has_a_column(office, sign_in, chair, client, page, signing_board, on_paper):
    """Each enters on her own login; the difference is shown, and once they agree both columns are public."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (), meanwhile=lambda: on_paper(signing_board, 6))
    signing_board.count()
    slug = signing_board.election.slug
    assert "Tæl papirstemmerne" in chair.get(f"/{slug}/count").text
    assert count(chair, page, (1, 2, 2), valid=5, blank=1).status_code == 302
    assert "Du har skrevet dine tal" in chair.get(page).text
    birk = sign_in(office.test_client(), "birk")
    assert "Anne" in birk.get(page).text
    assert count(birk, page, (1, 3, 1), valid=5, blank=1).status_code == 302
    shown = html.unescape(birk.get(page).text)
    assert "I har talt forskelligt" in shown
    for one in (chair, birk):
        assert count(one, page, (1, 3, 1), valid=5, blank=1).status_code == 302
    assert "To har talt det samme" in chair.get(page).text
    public = office.test_client().get(f"/{slug}/result").text
    assert "På papir" in public
    assert [row["votes"] for row in client.get(f"/{slug}/counts.json").get_json()["candidates"]] == [2, 4, 1]


def test_fewer_than_five_paper_ballots_are_not_shown_apart(office, sign_in, chair, page, signing_board, on_paper):
    """With so few, the column would tell who voted how; the sum counts them all the same."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (), meanwhile=lambda: on_paper(signing_board, 4))
    signing_board.count()
    birk = sign_in(office.test_client(), "birk")
    for one in (chair, birk):
        count(one, page, (1, 3, 0), valid=4)
    public = office.test_client().get(f"/{signing_board.election.slug}/result").text
    assert "På papir" not in public
    assert "Færre end fem har stemt på papir" in public


@pytest.mark.parametrize(
    "change", [{"votes-0": ""}, {"votes-1": "-1"}, {"blank": "mange"}, {"valid": "1.5"}, {"votes-0": "99"}]
)
def test_what_is_no_count_is_asked_for_again(chair, page, signing_board, on_paper, change):
    """A missing, negative, impossible or unreadable figure is told, and what was typed stands there still."""
    signing_board.prepare()
    signing_board.vote((1,), (), meanwhile=lambda: on_paper(signing_board, 2))
    data = {"votes-0": "1", "votes-1": "1", "votes-2": "0", "valid": "2", "blank": "0"}
    data |= {"too_many": "0", "uncertain": "0", "not_issued_here": "0", "marked": "0"} | change
    answer = send(chair, page, "count", data)
    assert answer.status_code == 422
    assert 'class="errors"' in answer.text


def test_a_form_with_other_candidates_is_not_taken(chair, page, signing_board, on_paper):
    """A form with a row too many is of another ballot, or of nobody's making."""
    signing_board.prepare()
    signing_board.vote((1,), (), meanwhile=lambda: on_paper(signing_board, 2))
    assert count(chair, page, (1, 1, 0, 0), valid=2).status_code == 422


def test_strangers_and_observers_do_not_count(office, sign_in, signing_board, add_staff, page):
    """Only board and desk staff come here."""
    add_staff(signing_board.store, signing_board.election, "olga", Role.OBSERVER)
    assert sign_in(office.test_client(), "olga").get(page).status_code == 403
    assert office.test_client().get(page).status_code == 302
