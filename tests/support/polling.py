"""An open poll for the tests of desk and booth: candidates on the ballot, slips printed, residents in the register."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from ballots.protocol import election as protocol
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from ballots.register import Person
from candidates.cpr import Cpr, parse_cpr
from candidates.nomination import Nomination, NominationState
from votingapp.store import elections, filing, nominations, register, urns
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from votingapp.store.elections import Election

NOMINATED = datetime(2021, 11, 10, 9, tzinfo=UTC)
FROZEN = datetime(2021, 11, 20, 9, tzinfo=UTC)
OPENED = datetime(2021, 11, 23, 16, tzinfo=UTC)
CANDIDATES = ("Øzlem Ærø", "Åse Østergård", "Yıldız Çelik")


@dataclass(frozen=True, slots=True)
class Poll:
    """An election whose ballot is fixed, and the private half of each slip, which only voters hold."""

    election: Election
    question: protocol.Election
    slips: tuple[str, ...]

    def seal(self, slip: str, chosen: int = 0) -> bytes:
        """A ballot for candidate `chosen` (from 0), or blank where it is -1."""
        marks = [0] * self.question.positions
        marks[chosen + 1] = 1
        return seal_ballot(self.question, slip, marks, secrets.token_bytes)

    def public(self, slip: str) -> str:
        """The public half of a slip."""
        return derive_public(self.election.urn_uuid, slip)


def person(name: str, cpr: str, *, municipality_code: str = "0259", protected: bool = False) -> Person:
    """A person of a register extract."""
    read = parse_cpr(cpr)
    assert isinstance(read, Cpr)
    return Person(read, name, municipality_code, protected)


def keep_register(store, election: Election, *persons: Person) -> None:
    """Take over an extract of these persons, in the place of the one before."""
    prepared = register.prepare(store.vault, election.id, persons)

    def replace(work):
        register.replace(work.connection, election.id, prepared)
        work.record(election.id, "test", "register_imported", persons=len(persons))

    store.write(replace)


def prepare_poll(
    store, election: Election, *, slips: int = 3, issued: int = 0, state: str = "open", candidates=CANDIDATES
) -> Poll:
    """Fix the ballot of a founded election, print slips and bring the poll to a state: not_open, open or closed."""
    private = tuple(generate_credential(election.urn_uuid, secrets.token_bytes) for _ in range(slips))
    _secret, key = generate_trustee_key(secrets.token_bytes, "Bo Bestyrer")
    trustees = build_trustees((SingleTrustee(key),))
    rules = election.rules
    most = min(rules.ballot.votes_per_voter, len(candidates))
    question = protocol.build_election(
        election.urn_uuid,
        election.name,
        "",
        protocol.Question("Hvem?", tuple(candidates), rules.ballot.blank, 1, most),
        trustees.combined_public_key,
    )

    def prepare(work):
        receipts = [_nominate(work, election, name, f"01026200{place:02d}") for place, name in enumerate(candidates)]
        nominations.set_ballot_numbers(work.connection, election.id, receipts)
        urns.add_slips(work.connection, election.urn_uuid, [derive_public(election.urn_uuid, one) for one in private])
        work.connection.execute(
            update(urn_table)
            .where(urn_table.c.uuid == election.urn_uuid)
            .values(
                state=state,
                slips_issued=issued,
                election_json=question.raw.decode(),
                trustees_json=trustees.raw.decode(),
            )
        )
        work.connection.execute(
            update(election_table)
            .where(election_table.c.id == election.id)
            .values(
                frozen_at=FROZEN,
                opened_at=None if state == "not_open" else OPENED,
                closed_at=work.now if state == "closed" else None,
            )
        )
        work.record(election.id, "test", "poll_prepared", state=state)

    store.write(prepare)
    with store.reading() as connection:
        return Poll(elections.by_id(connection, election.id), question, private)


def _nominate(work, election: Election, name: str, cpr: str) -> str:
    submitted = Nomination(NominationState.ACCEPTED, NOMINATED)
    read = parse_cpr(cpr)
    assert isinstance(read, Cpr)
    sent_in = filing.Submission(name, read, filing.Contact("a@example.invalid"), "", None)
    return filing.receive(work, election.id, sent_in, submitted).receipt
