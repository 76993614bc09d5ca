"""Nominations laid straight into the file, for the tests of what is decided about an election as a whole."""

from __future__ import annotations

from candidates.cpr import Cpr, parse_cpr
from candidates.identity import Identity
from candidates.nomination import Decision, Nomination, NominationState, submit
from votingapp.store import filing, nominations

DECLARATION = "anden-etnisk-baggrund-1"
NUMBERS = ("1012620001", "1012620002", "1012620003", "1107744882", "1012620004", "1012620005")
"""CPR numbers of grown-ups."""


def file_nomination(store, election, name: str, number: str = NUMBERS[0], **changes):
    """Receive a nomination at the store's clock, in time or late, and give it as it lies in the file."""
    cpr = parse_cpr(number)
    assert isinstance(cpr, Cpr)
    fields = {"declaration": DECLARATION, "identity": Identity.MITID} | changes
    submission = filing.Submission(name, cpr, filing.Contact("x@eksempel.dk"), "Hej", **fields)

    def receive(work):
        received = submit(election.rules.nomination, work.now)
        assert isinstance(received, Nomination)
        kept = filing.receive(work, election.id, submission, received)
        work.record(election.id, "test", "nomination_received", nomination=kept.nomination_id)
        return kept.nomination_id

    return find(store, election, store.write(receive))


def find(store, election, nomination_id: str):
    """A nomination as it lies in the file now."""
    with store.reading() as connection:
        return nominations.find(connection, election.id, nomination_id)


def set_state(store, election, filed, state: NominationState, official=None) -> None:
    """Bring a nomination into a state, as a decision of an official would."""

    def act(work):
        decision = Decision(official.id, work.now, "set") if official else None
        nominations.keep(
            work.connection, election.id, filed.id, Nomination(state, filed.nomination.submitted_at, decision)
        )
        work.record(election.id, "test", "state_set", nomination=filed.id, state=state.value)

    store.write(act)
