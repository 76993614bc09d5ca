"""A voter brings her slip back to a desk: damaged, for another one, or unused, because she leaves.

What is kept says at which desk and when, and nothing says who or which slip: no person, credential or hash stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.slips import Movement
from votingapp.desks.slips.supply import Signed
from votingapp.store import accounts, desk_facts, elections, ledger, slips, urns
from votingapp.store.ledger import Entry, Paper
from votingapp.store.log_words import Words
from votingapp.store.slips import SlipAnswer

if TYPE_CHECKING:
    from ballots.admission import DeskFacts
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_JUST_NOW = timedelta(seconds=60)


class Act(StrEnum):
    """Why a voter brings her slip back."""

    EXCHANGE = "exchange"
    RETURN = "return"

    @property
    def movement(self) -> Movement:
        """What the ledger calls it."""
        return Movement.EXCHANGED if self is Act.EXCHANGE else Movement.RETURNED


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk (bord) of the polling station and the official who sits there."""

    name: str
    official: Staff


@dataclass(frozen=True, slots=True)
class Done:
    """The slip is out of use; after an exchange the voter draws another one."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing changed; never TAKEN. `just_now`: this desk did the same act within a minute, so it may be the same press."""

    answer: SlipAnswer
    just_now: bool = False


@dataclass(frozen=True, slots=True)
class JustNow:
    """The same form with the same words was sent before: the line stands once, and nothing changed."""


@dataclass(frozen=True, slots=True)
class PollNotOpen:
    """The poll is not open: no voter holds a slip that could be cast."""


@dataclass(frozen=True, slots=True)
class NoneIssued:
    """No voter has been given a slip."""


@dataclass(frozen=True, slots=True)
class NoneLeft:
    """There is no slip left to draw instead."""


@dataclass(frozen=True, slots=True)
class NoneUnused:
    """By the account no slip is unused: as many ballots as slips lie in the urn. No figure is told."""


Obstacle = PollNotOpen | NoneIssued | NoneLeft | NoneUnused
Outcome = Done | NotTaken | JustNow | Obstacle


def take(
    store: Store, desk: Desk, election: Election, act: Act, slip: tuple[str, object], second: Staff | None = None
) -> Outcome:
    """Take a slip back that can be read: it is made void, if it is unspent, in the same transaction as it is counted.

    `second` is the colleague who signs where a slip is returned for good: an official alone could lower the urn's cap
    with slips of her own box, put them back, and so shut out voters who hold good ones.
    """

    def bring(work: Work) -> Outcome:
        facts = desk_facts.read(work.connection, election)
        if facts.poll is not PollState.OPEN:
            return PollNotOpen()
        answer = slips.take_back(work, election, *slip)
        if answer is not SlipAnswer.TAKEN:
            return NotTaken(answer, just_now=answer is SlipAnswer.VOID and _just_now(work, desk, election, act))
        # What stands in the way is not recorded, and so the slip's mark is not kept either.
        entry = Entry(act.movement, desk.name, 1, desk.official.id, None if second is None else second.id)
        signed = {} if second is None else {"second": second.login}
        return _obstacle(work, election, act, facts) or _keep(work, desk, election, act, entry, **signed)

    return store.write(bring)


def take_unread(
    store: Store, desk: Desk, election: Election, act: Act, supervisor: Staff, reason: str, form_id: str
) -> Outcome:
    """Take a slip back that nobody can read any more; a supervisor says why. It cannot be made void: the urn's cap protects."""
    line = _line(desk, election, Paper.SLIP, act, (supervisor, form_id), reason)

    def bring(work: Work) -> Outcome:
        if _is_written(work, line):
            return JustNow()
        facts = desk_facts.read(work.connection, election)
        return _obstacle(work, election, act, facts) or _keep(
            work, desk, election, act, line, unread=True, second=supervisor.login, reason=Words(reason)
        )

    return store.write(bring)


def take_paper(store: Store, desk: Desk, election: Election, act: Act, second: Staff, form_id: str) -> Outcome:
    """Take a paper ballot back: it is struck through and put aside, so that counting it is all there is to do.

    All are alike and nothing can be read of one, so that a colleague who saw it signs: an official alone could take
    ballots out of the box and say that voters had brought others back.
    """
    line = _line(desk, election, Paper.BALLOT, act, (second, form_id))

    def bring(work: Work) -> Outcome:
        if _is_written(work, line):
            return JustNow()
        if desk_facts.read(work.connection, election).poll is not PollState.OPEN:
            return PollNotOpen()
        whole = accounts.account_of(work.connection, election, Paper.BALLOT).whole
        if whole.usable == 0:
            return NoneIssued()
        if act is Act.EXCHANGE and whole.left == 0:
            return NoneLeft()
        ledger.write(work, election.id, Paper.BALLOT, line)
        act_name = f"ballot_{act.movement.value}"
        work.record(election.id, desk.official.login, act_name, desk=desk.name, second=second.login)
        return Done()

    return store.write(bring)


def _line(desk: Desk, election: Election, paper: Paper, act: Act, signed: tuple[Staff, str], reason: str = "") -> Entry:
    second, form_id = signed
    entry = Entry(act.movement, desk.name, 1, desk.official.id, note=reason)
    return Signed(desk.official, form_id, second).line(election, paper, entry)


def _is_written(work: Work, line: Entry) -> bool:
    return line.id is not None and ledger.is_written(work.connection, line.id)


def _obstacle(work: Work, election: Election, act: Act, facts: DeskFacts) -> Obstacle | None:
    if facts.poll is not PollState.OPEN:
        return PollNotOpen()
    issued = elections.urn_of(work.connection, election.urn_uuid).slips_issued
    if issued == 0:
        return NoneIssued()
    if act is Act.EXCHANGE:
        return NoneLeft() if facts.slips_left <= 0 else None
    # The urn never holds more ballots than slips with voters (promise 4), so that the cap is not lowered below them.
    return NoneUnused() if urns.count(work.connection, election.urn_uuid) >= issued else None


def _just_now(work: Work, desk: Desk, election: Election, act: Act) -> bool:
    last = ledger.latest(work.connection, election.id, Paper.SLIP, act.movement, desk.name)
    return last is not None and timedelta(0) <= work.now - last < _JUST_NOW


def _keep(work: Work, desk: Desk, election: Election, act: Act, entry: Entry, **details: object) -> Done:
    ledger.write(work, election.id, Paper.SLIP, entry)
    if act is Act.RETURN:
        slips.lower_cap(work.connection, election.urn_uuid)
    work.record(election.id, desk.official.login, f"slip_{act.movement.value}", desk=desk.name, **details)
    return Done()
