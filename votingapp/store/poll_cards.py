"""A poll card that is shown at the desk leads to a line of the roll, or to the line that has taken its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from ballots.poll_card import is_same_card, read_poll_card
from votingapp.store import register
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ballots.poll_card import PollCard
    from votingapp.store.register import Resident
    from votingapp.store.vault import Vault

_HASHES = select(register_person.c.id, register_person.c.cpr_hash).where(
    register_person.c.election_id == bindparam("election_id")
)


@dataclass(frozen=True, slots=True)
class InForce:
    """The card of the person who has this number on the roll now. Her birth date is still to be asked."""

    holder: Resident


@dataclass(frozen=True, slots=True)
class Outdated:
    """A card of this house printed before the roll was numbered anew: `holder` has another number now.

    It is hers and nobody else's, so that the desk can go on with her and say which number is the right one.
    """

    holder: Resident


@dataclass(frozen=True, slots=True)
class NoCard:
    """Not the text of a poll card at all: something else was scanned, or a part is missing."""


@dataclass(frozen=True, slots=True)
class NotOnThisRoll:
    """The text of a poll card, but of nobody on this roll: of another election, altered, or of one who is no longer on it."""


Answer = InForce | Outdated | NoCard | NotOnThisRoll
"""What a desk is told about a scanned card; no answer says who stands there."""


def recognise(connection: Connection, vault: Vault, election_id: str, scanned: str) -> Answer:
    """Tell whose card was scanned; the same whether it was typed in capitals, with blanks or without."""
    shown = read_poll_card(scanned)
    if shown is None:
        return NoCard()
    holder = register.find_by_roll_number(connection, election_id, shown.roll_number)
    if holder is not None and is_same_card(shown, issue(vault, election_id, holder)):
        return InForce(holder)
    before = _holder_before(connection, vault, election_id, shown)
    return NotOnThisRoll() if before is None else Outdated(before)


def issue(vault: Vault, election_id: str, person: Resident) -> PollCard:
    """The card of a person under the number she has now; made anew it is the same card."""
    return vault.poll_card(election_id, person.roll_number, person.cpr_hash)


def _holder_before(connection: Connection, vault: Vault, election_id: str, shown: PollCard) -> Resident | None:
    """Hold the card against everybody on the roll: rare, and less than a second with 100,000 persons."""
    rows = connection.execute(_HASHES, {"election_id": election_id})
    for person_id, cpr_hash in rows:
        if is_same_card(shown, vault.poll_card(election_id, shown.roll_number, cpr_hash)):
            rows.close()
            return register.find(connection, election_id, person_id)
    return None
