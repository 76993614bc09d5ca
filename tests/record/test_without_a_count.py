"""An election that needed no vote, or does not stand, has a record as well: what was decided, who stood, and who signs."""

from __future__ import annotations

import json
from datetime import date

import pytest
from board import AFTER_NOMINATIONS, seat_board
from filed import NUMBERS, file_nomination, set_state
from recorded import ask, draft, newest, sign, signatures, state_all
from standing import DURING, import_extract

from candidates.nomination import NominationState
from tally.record import missing
from votingapp.desks.record import drawing_up, signing, stating
from votingapp.desks.secretariat.calling_off import service as calling_off
from votingapp.desks.secretariat.uncontested import service as uncontested
from votingapp.store import deletions
from votingapp.store.record_statements import Code

SAID = calling_off.Said("Køge Byråd", date(2021, 11, 1), "En liste manglede i stemmeboksen.")


def annul(seated):
    done = calling_off.annul(seated.store, (seated.secretary, seated.chair), seated.election, SAID)
    assert isinstance(done, calling_off.Annulled), done


def content(seated):
    return json.loads(newest(seated).content)


@pytest.fixture
def settled(store, found_election, clock):
    """Three accepted residents for five seats, and the decision that no vote is held."""
    clock.move_to(DURING)
    seated = seat_board(store, found_election(store))
    import_extract(store, seated.secretary, seated.election, *(f"{one};Navn;0259;nej" for one in NUMBERS))
    for place, name in enumerate(("Zoë Ærlig", "Aase Æbelø", "Bo Østergård")):
        filed = file_nomination(store, seated.election, name, NUMBERS[place])
        set_state(store, seated.election, filed, NominationState.ACCEPTED, seated.secretary)
    clock.move_to(AFTER_NOMINATIONS)
    seen = uncontested.examine(store, seated.secretary, seated.election).fingerprint
    uncontested.decide(store, seated.secretary, seated.election, seen, "Byrådet", "Tre kandidater", {})
    return seated


def test_without_a_vote_the_whole_board_signs_with_passwords(settled):
    """Nobody opened or closed anything: there is nothing to state, no time is missing, and no key was ever made."""
    assert missing(draft(settled)) == ()
    assert stating.state(settled.store, settled.members[:2], settled.election, Code.INCIDENTS) == stating.NotYet()
    assert ask(settled) == drawing_up.DrawnUp(1)
    told = content(settled)
    assert told["allocation"]["status"] == "uncontested"
    assert [one["votes"] for one in told["candidates"]] == [None, None, None]
    assert [one["name"] for one in told["board"]] == ["Anne", "Birk", "Cilla"]
    done = [signing.sign_with_password(settled.store, one, settled.election, 1) for one in settled.members]
    assert done == [signing.Signed(2), signing.Signed(1), signing.Signed(0)]


def test_an_election_annulled_while_people_vote_has_a_record_of_the_evening(store, board):
    """It tells who opened it, what two state of it, and the decision; no figure of it is asked for, and nobody is elected."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.open()
    seated.issue_slips(1)
    seated.cast(seated.slips[0], 1)
    annul(seated)
    state_all(seated)
    assert ask(seated) == drawing_up.DrawnUp(1)
    told = content(seated)
    assert told["annulled"] == {"body": "Køge Byråd", "decided_on": "2021-11-01", "reason": SAID.reason}
    assert (told["allocation"]["status"], told["allocation"]["elected"], told["turnout"]) == ("annulled", [], None)
    assert [one["name"] for one in told["station"]["opened_by"]] == ["Anne", "Birk"]
    assert sign(seated, seated.chair) == signing.Signed(remaining=1)


def test_what_is_annulled_after_it_was_signed_gets_a_new_version(drawn):
    """The record of the count stays as it was signed; the next says that the election does not stand, and keeps the figures."""
    first = newest(drawn)
    assert sign(drawn, drawn.chair) == signing.Signed(remaining=1)
    annul(drawn)
    assert newest(drawn) == first
    assert ask(drawn, 2, "Byrådet annullerede valget.") == drawing_up.DrawnUp(2)
    told = content(drawn)
    assert (told["allocation"]["elected"], [one["votes"] for one in told["candidates"]]) == ([], [1, 2, 0])
    assert set(signatures(drawn, 1)) == {"Anne"}
    assert signatures(drawn, 2) == {}


def test_what_is_annulled_before_anybody_stood_is_on_record_too(client, store, found_election, clock):
    """No ballot, no poll, no key: the decision and the board are all there is, and the public page leads to it."""
    clock.move_to(AFTER_NOMINATIONS)
    seated = seat_board(store, found_election(store))
    annul(seated)
    assert missing(draft(seated)) == ()
    assert ask(seated) == drawing_up.DrawnUp(1)
    assert (content(seated)["candidates"], content(seated)["station"]) == ([], None)
    assert "/koege-2021/record.pdf" in client.get("/koege-2021/result").text
    assert client.get("/koege-2021/record.pdf").data == newest(seated).pdf


def test_when_its_sources_are_deleted_no_version_is_drawn(store, found_election, clock):
    """A version of what is left would leave out what is gone, and nobody would see it."""
    clock.move_to(AFTER_NOMINATIONS)
    seated = seat_board(store, found_election(store))
    annul(seated)
    assert ask(seated) == drawing_up.DrawnUp(1)

    def delete(work) -> None:
        deletions.announce(work, seated.election.id, seated.members[:2], {})
        work.record(seated.election.id, "test", "deleted")

    store.write(delete)
    assert ask(seated, 2, "Et navn var galt.") == drawing_up.SourcesDeleted()
