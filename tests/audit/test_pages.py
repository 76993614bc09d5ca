"""The pages of an audit lead two people through it, and an onlooker sees what it found."""

from __future__ import annotations

import html
import re

import pytest
from audited_poll import DIGITS, close_poll
from auditing import Page
from board import seat_board

from tally.audit.outcome import AuditState
from votingapp.store import paper_audits
from votingapp.store.staff import Role

SIGNED = {"second_password": "en lang og god sætning"}


@pytest.fixture
def poll(store, found_election, koege_rules, add_staff):
    """A closed poll whose board can sign in: `poll(papers, counted="sample", ballots=25)`."""

    def closed(papers, counted="sample", ballots=None):
        seated = lambda store, election: seat_board(store, election, add_staff)  # noqa: E731
        audited = close_poll(
            store,
            found_election,
            koege_rules,
            counted=counted,
            ballots=ballots or len(papers),
            papers=papers,
            seated=seated,
        )
        add_staff(store, audited.election, "olga", Role.OBSERVER)
        return audited

    return closed


class Desk:
    """The pages of one audit, opened by one official."""

    def __init__(self, browser, slug):
        self.browser, self.page = browser, f"/{slug}/audit"

    def see(self, path=""):
        return html.unescape(self.browser.get(self.page + path).text)

    def send(self, step, prefix="", page="", **data):
        token = Page(self.browser.get(self.page + page).text).tokens[0]
        named = {f"{prefix}-{name}" if prefix else name: value for name, value in data.items()}
        field = f"{prefix}-csrf_token" if prefix else "csrf_token"
        return self.browser.post(f"{self.page}/{step}", data=named | {field: token})

    def two(self, step, prefix, second="birk", **data):
        return self.send(step, prefix, second_login=second, **SIGNED, **data)


def test_two_are_led_from_the_batches_to_the_end(poll, office, sign_in, client):
    """What is lacking is said where it is lacking; the forms follow one another, and two read each paper."""
    audited = poll([1] * 13 + [2] * 2)
    slug = audited.election.slug
    anne, birk, olga = (
        Desk(sign_in(browser, login), slug)
        for browser, login in ((client, "anne"), (office.test_client(), "birk"), (office.test_client(), "olga"))
    )
    assert "Bland sedlerne" in anne.see()
    assert "lagt i bunker til stikprøven" in html.unescape(client.get(f"/{slug}/poll/closing").text)
    assert 'action="' not in re.sub(r'action="/sign-out.*?"', "", olga.see().split("<main")[1])
    assert anne.two("manifest", "manifest", batches="12 x", shuffled="y").status_code == 422
    assert anne.two("manifest", "manifest", batches="10 5").status_code == 422, "they must be shuffled"
    assert anne.two("manifest", "manifest", second="anne", batches="10 5", shuffled="y").status_code == 422
    assert anne.two("manifest", "manifest", batches="10 6", shuffled="y").status_code == 409
    assert anne.two("manifest", "manifest", batches="10, 5", shuffled="y").status_code == 302
    assert "Bunkerne er gemt: 10 5." in anne.see()
    audited.open_urn(13, 2, 0, 0)
    assert "Annoncér stikprøven" in anne.see()
    assert anne.two("announce", "announce", doubted="30", most_draws="15").status_code == 409
    assert anne.two("announce", "announce", doubted="0", most_draws="15").status_code == 302
    throws = {"digits": DIGITS, "again": DIGITS, "first_witness": "Vera Vidne", "second_witness": "Viggo Vidne"}
    assert anne.two("dice", "dice", **throws | {"again": "1" * 24}).status_code == 409
    assert anne.browser.get(f"{anne.page}/draw").status_code == 404
    assert anne.two("dice", "dice", **throws).status_code == 302
    assert f"printf '%s' {''.join(DIGITS.split())},1 | sha256sum" in olga.see("/draw")
    assert "Vera Vidne, Viggo Vidne" in olga.see()
    first = asked(anne)
    assert anne.send("reading", page="/reading", draw=first).status_code == 422
    assert anne.send("reading", page="/reading", draw=first, blank="y", lost="y").status_code == 422
    assert anne.send("reading", page="/reading", draw="99", blank="y").status_code == 409
    assert anne.send("reading", page="/reading", draw=first, blank="y").status_code == 302
    assert birk.send("reading", page="/reading", draw=asked(birk), lost="y").status_code == 302
    assert "I har læst forskelligt." in birk.see("/reading")
    assert "Sedler, som to har læst ens</dt><dd>0<" in olga.see()
    for desk in (anne, birk):
        read_next(audited, desk)
    assert "Sedler, som to har læst ens</dt><dd>1<" in olga.see()
    assert "3641 5211 1654 3232 1654 1236" in olga.see()
    while state(audited) is AuditState.RUNNING:
        for desk in (anne, birk):
            read_next(audited, desk)
    assert "Stikprøven bekræfter, hvem der får plads." in olga.see()
    assert len(re.findall(r'har flere stemmer end .*?<td class="number">\d+</td>', olga.see())) == 2
    assert anne.browser.get(f"{anne.page}/reading").status_code == 302


def asked(desk):
    """The draw whose paper the page asks for."""
    return re.search(r'name="draw" value="(\d+)"', desk.see("/reading")).group(1)


def read_next(audited, desk):
    """Read the paper that the page asks for, as it is."""
    shown = desk.browser.get(f"{desk.page}/reading").text
    draw = re.search(r'name="draw" value="(\d+)"', shown).group(1)
    marks = audited.drawn(int(draw))
    said = {"named": next(iter(marks.named))} if marks.named else {"blank": "y"}
    token = {"csrf_token": Page(shown).tokens[0], "draw": draw}
    assert desk.browser.post(f"{desk.page}/reading", data=said | token).status_code == 302


def state(audited):
    with audited.store.reading() as connection:
        return paper_audits.outcome(connection, audited.election).state


def test_papers_that_would_give_another_seat_are_said_in_red(poll, office, sign_in, client):
    """All papers are counted on the page by two; nobody's seat changes, and two explain it."""
    audited = poll([1] * 8 + [2] * 12)
    audited.lay()
    audited.open_urn(11, 9, 0, 0)
    slug = audited.election.slug
    anne, birk = Desk(sign_in(client, "anne"), slug), Desk(sign_in(office.test_client(), "birk"), slug)
    assert anne.two("full-count", "full", reason="").status_code == 422
    assert anne.two("full-count", "full", reason="Det er tæt.").status_code == 302
    found = {"papers": "20", "unreadable": "0", "spoilt": "0", "blank": "0"}
    votes = {"votes-0": "8", "votes-1": "12", "votes-2": "0"}
    assert anne.send("count", **found | {"papers": "19"}, **votes).status_code == 422
    assert anne.send("count", **found, **votes).status_code == 302
    assert anne.send("count", **found, **votes).status_code == 409
    assert "Anne har skrevet sine tal" in birk.see()
    assert birk.send("count", **found, **votes).status_code == 302
    page = anne.see()
    assert "Kontrolsedlerne ville give andre pladser end urnen. Ingen plads ændres af det." in page
    assert '<p class="bad" role="alert">' in page
    assert "Urnen og kontrolsedlerne, kandidat for kandidat" in page
    assert anne.two("explain", "explain", text="").status_code == 422
    assert anne.two("explain", "explain", text="Vi ved det ikke.").status_code == 302
    assert "Vi ved det ikke. (Anne, Birk)" in anne.see()
    assert anne.two("explain", "explain", text="Noget andet.").status_code == 409


def test_a_sample_of_four_papers_shows_no_figure_of_a_claim(poll, sign_in, client):
    """Each of so few could be told; that the claims are confirmed is said."""
    audited = poll([1] * 14 + [2])
    audited.lay()
    audited.open_urn(14, 1, 0, 0)
    audited.announce()
    audited.roll()
    audited.read_all()
    page = Desk(sign_in(client, "olga"), audited.election.slug).see()
    assert "4 af højst 15" in page
    assert len(re.findall('har flere stemmer end .*?(<td class="number">–</td>){4}<td>ja</td>', page)) == 2


def test_a_close_result_is_said_to_be_quicker_counted_in_full(poll, sign_in, client):
    """The page says how many draws to expect before anybody announces; here more than all papers."""
    audited = poll([1] * 5 + [2] * 4 + [0])
    audited.lay()
    audited.open_urn(5, 4, 0, 1)
    page = Desk(sign_in(client, "anne"), audited.election.slug).see()
    assert "Annoncér stikprøven" in page
    assert "omkring" in page
    assert "Det er flere end alle sedlerne." in page


def test_what_no_sample_can_confirm_is_named(poll, sign_in, client):
    """A lead of one vote with one paper missing: the claim is named, and nothing is offered but to count all papers."""
    audited = poll([1] * 5 + [2] * 4, ballots=10)
    audited.explain_number()
    audited.lay()
    audited.open_urn(5, 4, 0, 1)
    page = Desk(sign_in(client, "anne"), audited.election.slug).see()
    assert "En stikprøve kan ikke bekræfte disse pladser." in page
    assert len(re.findall("<li>.* har flere stemmer end .*</li>", page)) == 1
    assert "audit/announce" not in page
    assert "audit/full-count" in page


def test_there_is_no_page_where_papers_are_counted_by_number(poll, sign_in, client):
    """The rules ask for no audit."""
    audited = poll([1] * 5, counted="number")
    assert sign_in(client, "anne").get(f"/{audited.election.slug}/audit").status_code == 404
