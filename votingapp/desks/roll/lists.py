"""The printed roll (valgliste), fetched by hand: while the poll is open it shows who has come, and that is the board's to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ballots.poll import PollState
from votingapp.paper_roll.composing import Sheet, read_roll, typeset_roll
from votingapp.store import elections, roll

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many can be printed: persons on the roll whose name is not protected, and those whose name is."""

    open_to_view: int
    protected: int

    @property
    def persons(self) -> int:
        """Everybody on the roll."""
        return self.open_to_view + self.protected


@dataclass(frozen=True, slots=True)
class RollPrinted:
    """The roll as it stood at one instant, in as many PDFs as it takes."""

    sheets: tuple[Sheet, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OnlyTheBoard:
    """The poll is open, and the roll would tell how many have come."""


@dataclass(frozen=True, slots=True)
class NoRoll:
    """No extract has been taken over, or nobody in it may vote."""


def look_ahead(store: Store, election: Election) -> Outlook:
    """Count who is on the roll."""
    with store.reading() as connection:
        lines = roll.lines(connection, election)
    protected = sum(one.protected for one in lines)
    return Outlook(len(lines) - protected, protected)


def print_roll(
    store: Store, official: Staff, election: Election, *, sees_turnout: bool
) -> RollPrinted | OnlyTheBoard | NoRoll:
    """Print the roll as it stands now; `sees_turnout` tells whether the official may know who has come while others come."""
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        if current.state is PollState.OPEN and not sees_turnout:
            return OnlyTheBoard()
        extract = read_roll(connection, current, store.clock())
    if not extract.lines:
        return NoRoll()
    sheets = tuple(typeset_roll(extract))

    def record(work: Work) -> RollPrinted:
        work.record(election.id, official.login, "roll_printed", persons=len(extract.lines), last_number=extract.last)
        return RollPrinted(sheets)

    return store.write(record)
