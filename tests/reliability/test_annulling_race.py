"""An election is annulled at the very moment at which voters cast: each ballot is in the sealed urn or was refused."""

from __future__ import annotations

import json

from board import seat_board
from polling import prepare_poll

from ballots.poll import ObstacleCode, PollState
from ballots.urn import UrnAnswer, UrnState
from votingapp.desks.booth.service import Accepted, Refused, cast
from votingapp.desks.count import tallying
from votingapp.desks.secretariat.calling_off import service
from votingapp.desks.secretariat.calling_off.service import Said
from votingapp.store import audit, elections, urns
from votingapp.store.elections import urn_of


def test_an_election_annulled_while_31_people_vote_takes_no_ballot_more(any_store, found_election, at_once, clock):
    """The urn holds exactly the ballots that were taken, under the hash in the log; nobody casts afterwards and nothing is counted."""
    poll = prepare_poll(any_store, found_election(any_store), slips=33, issued=33)
    seated = seat_board(any_store, poll.election)
    ballots = [poll.seal(slip) for slip in poll.slips]
    said = Said("Valgbestyrelsen", clock.now.date(), "En stemmeboks viste forkerte navne.")

    def act(store, number):
        if number == 16:
            return service.annul(store, (seated.secretary, seated.chair), poll.election, said)
        return cast(store, poll.election, ballots[number])

    answers = at_once(act)
    annulled = answers.pop(16)
    assert isinstance(annulled, service.Annulled)
    assert annulled.closed
    taken = sum(isinstance(one, Accepted) for one in answers)
    assert answers.count(Refused(UrnAnswer.CLOSED)) == 31 - taken
    assert cast(any_store, poll.election, ballots[32]) == Refused(UrnAnswer.CLOSED)
    with any_store.reading() as connection:
        current = elections.by_id(connection, poll.election.id)
        assert urns.count(connection, current.urn_uuid) == taken
        assert urns.seal(connection, current.urn_uuid) == current.urn_sha256
        assert urn_of(connection, current.urn_uuid).state == UrnState.CLOSED.value
        entry = audit.last(connection, current.id, "election_annulled")
    logged = json.loads(entry.details)
    assert (logged["state"], logged["urn_sha256"], logged["second"]) == ("open", current.urn_sha256, seated.chair.login)
    assert current.state is PollState.CLOSED
    refused = tallying.compute_tally(any_store, seated.chair, current)
    assert ObstacleCode.ANNULLED in {one.code for one in refused.obstacles}
