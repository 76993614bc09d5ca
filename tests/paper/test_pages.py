"""The pages of the paper ballots: print, count, and the column in the result."""

from __future__ import annotations

import html
import re

import pytest
from auditing import Page

from votingapp.store.staff import Role, appoint


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
    """Each enters on her own login; the difference is shown, and once they agree the urn may be opened and both columns are public."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (), meanwhile=lambda: on_paper(signing_board, 6))
    slug = signing_board.election.slug
    waiting = html.unescape(chair.get(f"/{slug}/count").text)
    assert "Papirstemmerne er ikke talt." in waiting
    assert f'href="{page}">Tæl papirstemmerne' in waiting
    assert "Læg stemmerne sammen</button>" not in waiting
    assert f'href="{page}">Tæl papirstemmerne' in chair.get(f"/{slug}/poll/closing").text
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
    assert "Læg stemmerne sammen</button>" in chair.get(f"/{slug}/count").text
    signing_board.count()
    public = office.test_client().get(f"/{slug}/result").text
    assert "På papir" in public
    assert "På papir" in chair.get(f"/{slug}/count").text
    assert [row["votes"] for row in client.get(f"/{slug}/counts.json").get_json()["candidates"]] == [2, 4, 1]
    published = client.get(f"/{slug}/paper.json").get_json()
    assert (published["ballots"], published["reason"]) == (6, None)
    assert [row["votes"] for row in published["counts"]["candidates"]] == [1, 3, 1]
    assert (published["counts"]["blank"], published["counts"]["invalid"]) == (1, 0)


def test_who_asks_for_the_sum_too_early_is_told_to_count_the_paper(chair, signing_board, on_paper):
    """The refusal names what is missing, and nothing is added up."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (), meanwhile=lambda: on_paper(signing_board, 1))
    address = f"/{signing_board.election.slug}/count"
    token = Page(chair.get(address).text).tokens[0]
    answer = chair.post(f"{address}/tally", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "Papirstemmerne skal tælles, før stemmerne i urnen lægges sammen." in html.unescape(answer.text)


def test_fewer_than_five_paper_ballots_are_not_shown_apart(
    office, sign_in, chair, page, signing_board, on_paper, add_staff
):
    """The column of so few would tell who voted how: it is on no page, for nobody, and the sum counts them all the same."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), (), meanwhile=lambda: on_paper(signing_board, 4))
    birk = sign_in(office.test_client(), "birk")
    for one in (chair, birk):
        count(one, page, (1, 3, 0), valid=4)
    signing_board.count()
    slug = signing_board.election.slug
    for login, role in (("olga", Role.OBSERVER), ("sofie", Role.SECRETARIAT)):
        add_staff(signing_board.store, signing_board.election, login, role)
        text = sign_in(office.test_client(), login).get(f"/{slug}/count").text
        assert "På papir" not in text
        assert "På tablet" not in text
        assert "Færre end fem har stemt på papir" in text
    public = office.test_client().get(f"/{slug}/result").text
    assert "På papir" not in public
    assert "Færre end fem har stemt på papir" in public
    counted = chair.get(page).text
    assert "Der lå 4 stemmesedler i kassen" in counted
    assert "Papirstemmer på hver kandidat" not in counted
    published = office.test_client().get(f"/{slug}/paper.json").get_json()
    assert published == {"ballots": None, "counts": None, "reason": "fewer_than_five"}


def test_where_nobody_voted_on_paper_the_file_says_so(office, signing_board):
    """A file that is not there would leave open whether it was forgotten."""
    signing_board.prepare()
    signing_board.vote((1,), (2,), ())
    address = f"/{signing_board.election.slug}/paper.json"
    assert office.test_client().get(address).status_code == 404
    signing_board.count()
    published = office.test_client().get(address).get_json()
    assert published == {"ballots": None, "counts": None, "reason": "none"}


@pytest.mark.parametrize(("voters", "told"), [(0, False), (1, True), (4, True), (5, False)])
def test_the_board_is_told_that_few_are_no_secret(office, sign_in, chair, page, signing_board, on_paper, voters, told):
    """While one to four vote on paper the page says so and what to do, and so does the page of the evening; nobody else is told."""
    signing_board.prepare()
    signing_board.freeze()
    signing_board.open()
    on_paper(signing_board, voters)
    station = f"/{signing_board.election.slug}/station"
    assert ("Så få stemmer er ikke hemmelige." in chair.get(page).text) is told
    assert ("sig det til vælgeren først" in chair.get(page).text) is told
    assert (f'href="{page}">Se, hvad I gør' in chair.get(station).text) is told
    add_staff = signing_board.store.write
    add_staff(lambda work: appoint(work, "test", signing_board.election.id, signing_board.secretary.id, Role.DESK))
    assert "hemmelige" not in sign_in(office.test_client(), signing_board.secretary.login).get(page).text


NONE, NO_INTEGER, NO_NUMBER, IMPOSSIBLE = (
    "Skriv et tal. Skriv 0, når der ingen er.",
    "Skriv et helt tal.",
    "Skriv et helt tal fra 0 og op.",
    "En kandidat har flere stemmer, end der er gyldige stemmesedler.",
)


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"votes-0": ""}, "1. Bo Østergård", NONE),
        ({"votes-1": "-1"}, "2. Çelik Ağa", NO_NUMBER),
        ({"votes-2": "tre"}, "3. Aase Æbelø", NO_INTEGER),
        ({"blank": "mange"}, "Blanke stemmesedler", NO_INTEGER),
        ({"valid": "1.5"}, "Gyldige stemmesedler", NO_INTEGER),
        ({"votes-0": "99"}, None, IMPOSSIBLE),
    ],
)
def test_what_is_no_count_is_asked_for_again(chair, page, signing_board, on_paper, change, where, said):
    """A missing, negative, impossible or unreadable figure is told beside its name with a way to it; what was typed stands there still."""
    signing_board.prepare()
    signing_board.vote((1,), (), meanwhile=lambda: on_paper(signing_board, 2))
    data = {"votes-0": "1", "votes-1": "7", "votes-2": "0", "valid": "8", "blank": "13"}
    data |= {"too_many": "0", "uncertain": "0", "not_issued_here": "0", "marked": "0"} | change
    answer = send(chair, page, "count", data)
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    (summary,) = re.findall(r'<div class="errors".*?</div>', text, re.DOTALL)
    line = re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)[0]
    assert "[" not in summary
    if where is None:
        assert line == said
    else:
        name, words = re.sub(r"<[^>]*>", "", line).split(": ", 1)
        assert name == where
        assert words == said
        (target,) = re.findall(r'href="#([^"]*)"', line)
        assert target == next(iter(change))
        assert f'id="{target}"' in text
    typed = dict(re.findall(r'<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"', text))
    assert {name: typed[name] for name in data} == data


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
