"""A rehearsal cannot be taken for an election: every page of its house says so."""

import pytest
from restamped import restamp

from votingapp.booth import create_booth

MARK = "PRØVEVALG"
OFFICE = [
    "/",
    "/sign-in",
    "/oevelse/",
    "/oevelse/candidates",
    "/oevelse/rules",
    "/oevelse/stand",
    "/oevelse/result",
    "/nowhere/",
]


@pytest.mark.parametrize("path", OFFICE)
def test_every_page_of_a_rehearsing_office_is_marked(client, store, found_election, path):
    """In a house for rehearsals its general pages and its refusals are marked too."""
    found_election(store, "oevelse", rehearsal=True)
    page = client.get(path).text
    assert f'<aside class="rehearsal" aria-label="{MARK}">' in page, (
        "a landmark: whoever goes from one to the next meets it"
    )


@pytest.mark.parametrize("path", ["/", "/nowhere/"])
def test_every_page_of_a_rehearsing_booth_is_marked(settings, store, found_election, path):
    """The booth's pages around the ballot are marked as well; the ballot's own page is marked by the tablet."""
    found_election(store, "oevelse", rehearsal=True)
    found_election(store, "oevelse-2", rehearsal=True)
    assert MARK in create_booth(settings, store).test_client().get(path).text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere/"])
def test_a_rehearsing_house_is_marked_before_it_holds_an_election(client, store, settings, path):
    """From the first page on, while there is nothing yet that could be taken for anything."""
    restamp(store.engine, rehearsal=True)
    assert MARK in client.get(path).text
    assert MARK in create_booth(settings, store).test_client().get("/nowhere/").text


def test_a_real_election_is_never_marked(client, settings, store, found_election):
    """The mark means something: a real house does not carry it, a rehearsal that was left over in it does."""
    found_election(store, "oevelse", rehearsal=True)
    found_election(store, "rigtigt")
    assert MARK not in client.get("/rigtigt/").text
    assert MARK not in client.get("/sign-in").text
    assert MARK in client.get("/oevelse/").text
    assert MARK not in create_booth(settings, store).test_client().get("/nowhere/").text
