"""A slip comes back to a desk unused: whoever shows that she holds it may have it made void, and nothing says whose it was.

Three acts bring a slip back, each in one transaction with its line in the ledger:

- *exchanged*: `take_back`; EXCHANGED at the desk; the voter draws another one, and the urn's cap stays;
- *returned* by a voter who leaves: `take_back`; RETURNED at the desk; `lower_cap`, and her admission stays;
- *drawn by an admission that is undone*: `take_back`; VOID at the desk, as the admission is gone; `lower_cap`.

A page asks for the slip with `templates/slips/_slip.html` and the program `bundle/slipcheck.js`, which fill in the form's
fields `credential` and `proof` (`votingapp.web.slip_fields`); the private code never leaves the browser.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import update

from ballots.protocol.possession import shows_possession
from votingapp.store import casting
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Work


class SlipAnswer(StrEnum):
    """What became of a slip that was brought back; only TAKEN changed anything."""

    TAKEN = "taken"
    """It was good, and is void now."""
    SPENT = "spent"
    """A ballot was cast with it: somebody has a receipt."""
    VOID = "void"
    """It was made void before."""
    UNKNOWN = "unknown"
    """No slip of this election, or nobody showed that she holds it; which, is not said."""


def take_back(work: Work, election: Election, credential: str, proof: object) -> SlipAnswer:
    """Make the slip with this public half (64 lower-case hex digits) void, if it is unspent.

    `proof` is the JSON value that shows possession (ballots/protocol/possession.py). Without it every slip is UNKNOWN: a desk
    must be no place to learn which slips are spent. Keeps nothing but the slip's own mark; the caller records.
    """
    connection, urn_uuid = work.connection, election.urn_uuid
    if not shows_possession(urn_uuid, credential, proof):
        return SlipAnswer.UNKNOWN
    is_void = casting.void_of(connection, urn_uuid, credential)
    if is_void is None:
        return SlipAnswer.UNKNOWN
    if casting.is_spent(connection, urn_uuid, credential):
        return SlipAnswer.SPENT
    if is_void:
        return SlipAnswer.VOID
    casting.make_void(connection, urn_uuid, credential)
    return SlipAnswer.TAKEN


def lower_cap(connection: Connection, urn_uuid: str) -> None:
    """One voter fewer holds a slip: the urn takes one ballot fewer."""
    connection.execute(
        update(urn).where(urn.c.uuid == urn_uuid, urn.c.slips_issued > 0).values(slips_issued=urn.c.slips_issued - 1)
    )
