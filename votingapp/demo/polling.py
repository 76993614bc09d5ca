"""Election day at a rehearsal: voters are admitted, draw a slip from the shuffled stack, and vote when a tablet is free."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ballots.admission import Admitted
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.election import parse_election
from votingapp.cores import workers
from votingapp.demo.outcomes import RehearsalError, expect
from votingapp.demo.station import DESKS
from votingapp.desks.booth import service as booth
from votingapp.desks.checkin import service as checkin
from votingapp.desks.slips import printing as slips
from votingapp.documents.slips import render_slips

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from ballots.protocol.election import Election as Question
    from votingapp.demo.people import Person
    from votingapp.documents.slips import SlipHeading
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

QUEUE: Final = 7
"""Voters who wait between desk and booth: they draw their slips in one order and vote in another."""


@dataclass(slots=True)
class Stack:
    """The box of slips on the desk: a rehearsal has no paper, so it keeps in mind what the printer was shown."""

    sheets: list[bytes] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)

    def print(self, store: Store, official: Staff, election: Election, number: int) -> None:
        """Print `number` slips into the box."""
        for start in range(0, number, slips.MOST_AT_ONCE):
            wanted = min(slips.MOST_AT_ONCE, number - start)
            printed = expect(slips.print_slips(store, official, election, wanted, self._typeset), slips.SlipsPrinted)
            self.sheets.append(printed.pdf)

    def draw(self) -> str:
        """Draw one slip blindly."""
        return self.credentials.pop(secrets.randbelow(len(self.credentials)))

    def _typeset(self, credentials: Sequence[str], heading: SlipHeading) -> bytes:
        self.credentials.extend(credentials)
        return render_slips(credentials, heading)


def vote(
    store: Store,
    desks: Sequence[Staff],
    election: Election,
    voters: Sequence[Person],
    choices: Sequence[tuple[int, ...]],
    stack: Stack,
) -> Iterator[None]:
    """Admit everybody and let each cast her choice; yields after each ballot in the urn."""
    paper = booth.read_ballot_paper(store, election)
    question = parse_election(expect(paper.election_json, str).encode())
    waiting: list[Future[bytes]] = []
    with workers(len(voters)) as tablets:
        for number, (voter, choice) in enumerate(zip(voters, choices, strict=True)):
            place = number % len(DESKS)
            _admit(store, desks[place], DESKS[place], election, voter)
            waiting.append(tablets.submit(_seal, question, stack.draw(), choice))
            if len(waiting) > QUEUE:
                _cast(store, election, waiting.pop(secrets.randbelow(len(waiting))).result())
                yield
        for ballot in waiting:
            _cast(store, election, ballot.result())
            yield


def _seal(question: Question, slip: str, choice: tuple[int, ...]) -> bytes:
    return seal_ballot(question, slip, choice, secrets.token_bytes)


def _admit(store: Store, official: Staff, desk: str, election: Election, voter: Person) -> None:
    found = checkin.look_up_cpr(store, checkin.Desk(desk, official), election, voter.cpr)
    if not isinstance(found, tuple) or len(found) != 1:
        raise RehearsalError("a voter of the rehearsal is not in the register extract")
    outcome = checkin.admit(store, official, election, found[0].person.id, desk, declared=True)
    expect(outcome, Admitted)


def _cast(store: Store, election: Election, ballot: bytes) -> None:
    expect(booth.cast(store, election, ballot), booth.Accepted)
