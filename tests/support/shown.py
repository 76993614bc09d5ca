"""Candidates on the public pages: accepted ones, filed as the nomination desk would, with secrets that must never show."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image
from sqlalchemy import update

from candidates.cpr import parse_cpr
from candidates.identity import Identity
from candidates.nomination import Decision, Nomination, NominationState
from votingapp.store import filing, nominations, photos
from votingapp.store.filing import Contact, Submission
from votingapp.store.photos import Crop, Squares, Taken
from votingapp.store.tables.elections import election as election_table

SUBMITTED = datetime(2021, 11, 10, 9, 0, tzinfo=UTC)
SECRETS = ("1012620001", "101262-0001", "hemmelig@eksempel.dk", "55 66 77 88", "Skjulte Vej 7")
"""What the candidate told the secretariat alone: CPR number twice, e-mail, telephone, address."""


def show(store, election, name: str, *, state: NominationState = NominationState.ACCEPTED, line: str = "", **changes):
    """File a nomination in a state and give it as it lies in the file."""
    fields = {"statement": "Flere møder om aftenen.", "declaration": "anden-etnisk-baggrund-1"} | changes
    contact = Contact(email=SECRETS[2], phone=SECRETS[3], address=SECRETS[4])
    submission = Submission(name, parse_cpr(SECRETS[0]), contact, identity=Identity.MITID, **fields)
    decision = None if state is NominationState.SUBMITTED else Decision("", SUBMITTED, "set pas")

    def file(work):
        kept = filing.receive(work, election.id, submission, Nomination(NominationState.SUBMITTED, SUBMITTED))
        nominations.keep(work.connection, election.id, kept.nomination_id, Nomination(state, SUBMITTED, decision))
        nominations.set_line(work.connection, election.id, kept.nomination_id, line)
        work.record(election.id, "test", "shown")
        return nominations.find(work.connection, election.id, kept.nomination_id)

    return store.write(file)


def set_state(store, election, filed, state: NominationState) -> None:
    """Put a nomination into a state, whatever the desk would say."""

    def keep(work):
        nominations.keep(work.connection, election.id, filed.id, Nomination(state, SUBMITTED, None))
        work.record(election.id, "test", "put")

    store.write(keep)


def fix_ballot(store, election, *filed) -> None:
    """Fix the ballot with these candidates in this order, as the freeze does."""

    def fix(work):
        nominations.set_ballot_numbers(work.connection, election.id, [one.receipt for one in filed])
        work.connection.execute(
            update(election_table).where(election_table.c.id == election.id).values(frozen_at=work.now)
        )
        work.record(election.id, "test", "fixed")

    store.write(fix)


def add_photo(store, election, colour: str = "#336699") -> str:
    """Keep a photograph and give its id."""
    squares = Squares(square(720, colour), square(240, colour), Crop())

    def add(work):
        added = photos.add(work, election.id, None, Taken(square(900, colour), squares))
        work.record(election.id, "test", "photo")
        return added

    return store.write(add)


def square(side: int, colour: str = "#336699") -> bytes:
    """A JPEG picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", (side, side), colour).save(stream, "JPEG")
    return stream.getvalue()
