"""Slips (stemmesedler) are made in memory and leave on paper; the house keeps their public halves and no more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.protocol.credentials import derive_public, generate_credential
from votingapp.documents.slips import SlipHeading, render_slips
from votingapp.store import elections, urns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

    Printer = Callable[[Sequence[str], SlipHeading], bytes]

MOST_AT_ONCE = 1000
"""Slips in one PDF; more are printed by asking again."""


@dataclass(frozen=True, slots=True)
class SlipsPrinted:
    """The slips as PDF; these bytes are the only place where their credentials exist."""

    pdf: bytes

    def __repr__(self) -> str:
        return "SlipsPrinted(...)"


@dataclass(frozen=True, slots=True)
class ListClosed:
    """The election is frozen, and the list of slips with it."""


@dataclass(frozen=True, slots=True)
class BadNumber:
    """From 1 to MOST_AT_ONCE slips are printed at once."""


def print_slips(
    store: Store, official: Staff, election: Election, number: int, printer: Printer = render_slips
) -> SlipsPrinted | ListClosed | BadNumber:
    """Make `number` fresh slips, in an order that nobody chose; may be repeated until the freeze (promise 3).

    `printer` alone is shown the private credentials; a rehearsal without paper hands one over that keeps them in mind.

    The public halves are kept sorted, so that the database does not remember the order of the paper either. Slips
    whose PDF never reached the printer stay on the list: nobody holds them, and the account of slips shows them.
    """
    if not 1 <= number <= MOST_AT_ONCE:
        return BadNumber()
    if _is_frozen(store, election):
        return ListClosed()
    private = [generate_credential(election.urn_uuid, secrets.token_bytes) for _ in range(number)]
    secrets.SystemRandom().shuffle(private)
    pdf = printer(private, _heading(election))
    public = sorted(derive_public(election.urn_uuid, credential) for credential in private)
    del private

    def keep(work: Work) -> SlipsPrinted | ListClosed:
        if elections.by_id(work.connection, election.id).state is not PollState.PREPARING:
            return ListClosed()
        urns.add_slips(work.connection, election.urn_uuid, public)
        work.record(election.id, official.login, "slips_printed", number=number)
        return SlipsPrinted(pdf)

    return store.write(keep)


def _is_frozen(store: Store, election: Election) -> bool:
    with store.reading() as connection:
        return elections.by_id(connection, election.id).state is not PollState.PREPARING


def _heading(election: Election) -> SlipHeading:
    rules = election.rules.election
    return SlipHeading(election.name, rules.municipality, rules.election_day, rehearsal=election.rehearsal)
