"""Help with voting: one press counts it by kind, a wrong press is taken back, and nobody is named."""

from __future__ import annotations

import html
import json

import pytest
from auditing import Page
from sqlalchemy import update

from votingapp.desks.checkin import assisting, service
from votingapp.store import assistance, audit
from votingapp.store.assistance import Assistance
from votingapp.store.tables.elections import election as election_table


@pytest.fixture
def bord(any_store, add_staff):
    return service.Desk("Bord 1", add_staff(any_store, None, "bente"))


def counts(store, poll):
    with store.reading() as connection:
        return assistance.counts(connection, poll.election.id)


def test_help_is_counted_by_kind_and_taken_back(any_store, open_poll, bord):
    """Two presses and a correction leave one; the log tells all three and names no voter."""
    poll = open_poll(any_store)
    for _ in range(2):
        assisting.count(any_store, bord, poll.election, Assistance.OWN_HELPER)
    assert assisting.correct(any_store, bord, poll.election, Assistance.OWN_HELPER) == assisting.Counted(
        Assistance.OWN_HELPER
    )
    assert counts(any_store, poll) == {kind: int(kind is Assistance.OWN_HELPER) for kind in Assistance}
    with any_store.reading() as connection:
        told = [(one.act, json.loads(one.details)) for one in audit.entries(connection, poll.election.id)][-3:]
    assert [act for act, _ in told] == ["assistance_counted", "assistance_counted", "assistance_corrected"]
    assert {tuple(sorted(details)) for _, details in told} == {("desk", "kind")}


def test_there_is_nothing_to_take_back_below_none(any_store, open_poll, bord):
    """A correction without a press is none, and leaves no entry."""
    poll = open_poll(any_store)
    assert assisting.correct(any_store, bord, poll.election, Assistance.TWO_OFFICIALS) == assisting.NotCounted()
    with any_store.reading() as connection:
        assert audit.last(connection, poll.election.id).act == "poll_prepared"


def test_nothing_is_counted_when_the_poll_is_over(any_store, open_poll, bord):
    """The record's figures stand from the close on."""
    poll = open_poll(any_store)

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.keep_unrecorded()

    any_store.write(close)
    assert assisting.count(any_store, bord, poll.election, Assistance.OUTSIDE_ROOM) == assisting.NotCounted()


def test_one_press_on_the_desks_page_counts(store, poll, desk):
    """The rule and a button for each kind stand on the search page; after a press it can be taken back."""
    base = f"/{poll.election.slug}/checkin"
    page = html.unescape(desk.get(f"{base}/").text)
    assert "Aldrig gennem en tolk" in page
    assert page.count('name="kind"') == len(Assistance)
    pressed = desk.submit(f"{base}/assistance", {"kind": "two_officials"})
    assert pressed.status_code == 302
    after = html.unescape(desk.get(pressed.location).text)
    assert "Noteret: To tilforordnede hjalp." in after
    assert "fortryd" in after
    assert counts(store, poll)[Assistance.TWO_OFFICIALS] == 1
    desk.get(pressed.location)
    assert counts(store, poll)[Assistance.TWO_OFFICIALS] == 1
    desk.submit(f"{base}/assistance", {"kind": "two_officials", "correct": "y"})
    assert counts(store, poll)[Assistance.TWO_OFFICIALS] == 0


def test_a_double_press_counts_one_voter(store, poll, desk):
    """The same form sent again is answered alike and counts nobody more; another kind of help on the same page does."""
    address = f"/{poll.election.slug}/checkin/assistance"
    page = Page(desk.get(address).text)
    for kind in ("own_helper", "own_helper", "outside_room"):
        pressed = desk.post(address, data=page.hidden | {"kind": kind})
        assert pressed.location.endswith(f"counted={kind}")
    assert {kind.value: n for kind, n in counts(store, poll).items() if n} == {"own_helper": 1, "outside_room": 1}
    again = Page(desk.get(address).text).hidden | {"kind": "own_helper"}
    assert desk.post(address, data=again).status_code == 302
    assert counts(store, poll)[Assistance.OWN_HELPER] == 2
    correction = Page(desk.get(f"{address}?counted=own_helper").text).hidden | {"kind": "own_helper", "correct": "y"}
    for _ in range(2):
        assert desk.post(address, data=correction).status_code == 302
    assert counts(store, poll)[Assistance.OWN_HELPER] == 1
    with store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, poll.election.id)]
    assert (acts.count("assistance_counted"), acts.count("assistance_corrected")) == (3, 1)


def test_an_unknown_kind_counts_nothing(store, poll, desk):
    """A forged kind is refused with a reason."""
    answer = desk.submit(f"/{poll.election.slug}/checkin/assistance", {"kind": "interpreter"})
    assert answer.status_code == 422
    assert sum(counts(store, poll).values()) == 0
