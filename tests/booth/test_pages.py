"""What a tablet is given: the page, the ballot paper, the right headers, and nothing to be remembered by."""

from __future__ import annotations

import pytest
from joined import make_booth
from polling import CANDIDATES, prepare_poll


def test_a_joined_tablet_is_led_to_its_election(store, tablet, poll, found_election):
    """The address that stands on every sheet leads a tablet to the election it was joined to, whatever else is open."""
    prepare_poll(store, found_election(store, slug="anden"), issued=1)
    answer = tablet.get("/")
    assert (answer.status_code, answer.location) == (302, f"/{poll.election.slug}/")


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/koege-2021/", 403)])
def test_a_browser_that_is_no_booth_is_told_what_to_do(booth, poll, path, status):
    """Whoever opens the booth on a device that has not joined reads so in Danish and English, voter and staff."""
    page = booth.test_client().get(path)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert "Denne tablet er ikke tilsluttet" in page.text
    assert '<section lang="en">' in page.text
    assert "This tablet is not connected" in page.text


def test_without_an_election_the_front_page_still_answers(booth):
    """A house with no election says what a tablet needs, and is no error."""
    assert booth.test_client().get("/").status_code == 200


def test_the_booth_knows_where_it_stands(tablet, poll):
    """The page names its base, from which the program asks for everything else."""
    page = tablet.get(f"/{poll.election.slug}/")
    assert page.status_code == 200
    assert f'data-base="/{poll.election.slug}/"' in page.text


def test_the_ballot_paper_holds_the_exact_election(tablet, poll):
    """The election's text comes byte for byte, for ballots carry its hash; names come in ballot order."""
    paper = tablet.get(f"/{poll.election.slug}/election.json").json
    assert paper.pop("election").encode() == poll.question.raw
    assert paper == {
        "status": "open",
        "rehearsal": False,
        "name": "Valg til Integrationsrådet i Køge 2021",
        "municipality": "Køge",
        "votes_per_voter": 1,
        "blank": True,
        "recordings": [],
        "pictures": None,
        "candidates": [
            {"number": number, "name": name, "line": None, "photo": None}
            for number, name in enumerate(CANDIDATES, start=1)
        ],
    }


def test_before_the_freeze_there_is_no_ballot_paper(store, booth, found_election):
    """An election without a fixed ballot says so with null and no names."""
    election = found_election(store, rehearsal=True)
    tablet = make_booth(booth, store, election)
    paper = tablet.get(f"/{election.slug}/election.json").json
    assert (paper["status"], paper["election"], paper["candidates"]) == ("not_open", None, [])
    assert paper["rehearsal"] is True


def test_the_ballot_paper_tells_no_number(store, tablet, poll, cast):
    """Promise 6: what a tablet is given is the same before and after somebody voted."""
    before = tablet.get(f"/{poll.election.slug}/election.json").data
    cast(poll.seal(poll.slips[0]))
    assert tablet.get(f"/{poll.election.slug}/election.json").data == before


@pytest.mark.parametrize("path", ["/", "/koege-2021/", "/koege-2021/election.json", "/koege-2021/x", "/ingen/"])
def test_no_answer_sets_a_cookie_or_may_be_kept(tablet, poll, path):
    """The booth has no session, and no answer of it stays in the tablet's cache."""
    tablet.set_cookie("votingapp-booth", "x", domain="localhost")
    tablet.set_cookie("votingapp-office", "y", domain="localhost")
    answer = tablet.get(path)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_unknown_election_is_told_to_a_person(tablet, poll):
    """A wrong address gets a page with words, and a program one word."""
    page = tablet.get("/ingen/")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Siden findes ikke" in page.text
    answer = tablet.post("/ingen/ballots", data=b"{}", content_type="application/json")
    assert (answer.status_code, answer.json) == (404, {"status": "error"})


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 201), ("none", 201)]
)
def test_only_the_booths_own_pages_may_cast(poll, cast, site, status):
    """A page of another site cannot cast in a voter's name."""
    raw = poll.seal(poll.slips[0])
    assert cast(raw, headers={"Sec-Fetch-Site": site}).status_code == status


def test_a_form_of_another_site_cannot_cast(poll, cast):
    """What a plain HTML form can send without asking is not JSON and is refused."""
    raw = poll.seal(poll.slips[0])
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
        answer = cast(raw, content_type=content_type)
        assert (answer.status_code, answer.json) == (415, {"status": "error"})


def test_tablet_is_told_the_votes_of_the_frozen_question(booth, store, found_election, koege_rules):
    """Where fewer candidates stand than the rules allow votes, the tablet and the frozen question agree on the smaller number."""
    rules = koege_rules.replace("votes_per_voter = 1 ", "votes_per_voter = 5 ")
    poll = prepare_poll(store, found_election(store, rules_text=rules), candidates=("Åse Ærø", "Çelik Yıldız"))
    told = make_booth(booth, store, poll.election).get(f"/{poll.election.slug}/election.json").json
    assert told["votes_per_voter"] == poll.question.maximum == 2
