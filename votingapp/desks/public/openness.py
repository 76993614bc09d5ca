"""Counted as recorded: everything that an election is checked by, shown on one page in the order in which it came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.protocol.hashing import digest_hex
from votingapp.desks.public.door import blueprint, page
from votingapp.desks.public.fixed import begun_of, fixed_of
from votingapp.store import challenges, counts, elections, receipts
from votingapp.store.confirmations import agreement_of
from votingapp.web.access import PUBLIC, current_election, current_store, guard

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Opened:
    """One holder's part of the decryption, by the hash under which the archive names it; "" before she gave it."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A closed urn: its hash, every receipt in it, and how many ballots were opened to check a tablet instead of cast."""

    urn_sha256: str
    receipts: tuple[str, ...]
    challenged: int


@blueprint.get("/<slug>/openness")
@guard(PUBLIC)
def openness(slug: str) -> str:
    """Rules, candidates, key, slips, urn, decryptions and result, with the hash of each and the way to check it."""
    del slug
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        fixed, sealed = fixed_of(connection, election), _sealed(connection, election)
        names = () if fixed is None else tuple(one.name for one in fixed.holders)
        opened = () if sealed is None else _opened(connection, election, names)
        begun = begun_of(connection, election)
        agreement = None if fixed else agreement_of(connection, election)
    return page("openness", fixed=fixed, agreement=agreement, begun=begun, sealed=sealed, opened=opened)


def _sealed(connection: Connection, election: Election) -> Sealed | None:
    """What is public of the urn; None until the poll is closed (promise 6)."""
    found = receipts.every(connection, election)
    if found is None:
        return None
    return Sealed(election.urn_sha256 or "", found, challenges.count(connection, election.urn_uuid))


def _opened(connection: Connection, election: Election, names: tuple[str, ...]) -> tuple[Opened, ...]:
    given = {one.owner: digest_hex(one.body) for one in counts.decryptions(connection, election.id)}
    return tuple(Opened(name, given.get(owner, "")) for owner, name in enumerate(names, 1)) if given else ()
