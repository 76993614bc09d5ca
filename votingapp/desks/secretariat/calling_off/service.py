"""Two officials enter what a body decided about the poll, and from that transaction on no step is taken against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.calling_off import CallingOffObstacle, Poll, may_annul, may_postpone
from ballots.poll import PollState
from candidates.nomination import NominationState
from tally.complaints import Outcome
from tally.council import Answer
from tally.deadlines import copenhagen_day
from votingapp.desks.secretariat.calling_off import consequences
from votingapp.documents.dates import danish_instant
from votingapp.documents.notices import tell
from votingapp.store import closing, complaints, elections, looks, nominations, poll_decisions, rulings
from votingapp.store.backup.keeping import shake
from votingapp.store.notices import NoticeKind
from votingapp.store.poll_decisions import Annulment, Postponement

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from votingapp.desks.secretariat.calling_off.consequences import Consequences
    from votingapp.store.elections import Election
    from votingapp.store.poll_decisions import Signed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


_STANDING = frozenset({NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Said:
    """What is entered of a decision: which body took it, on which day, and the reason that everybody reads."""

    body: str
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """The poll is held at the new hours; what changed with them was seen before."""


@dataclass(frozen=True, slots=True)
class Annulled:
    """The election does not stand. `closed` tells that people were voting, and that the urn was closed with it.

    `shaken` unless an open reading kept its storage from forgetting the order of casting (promise 1).
    """

    closed: bool
    shaken: bool = True


@dataclass(frozen=True, slots=True)
class Hindered:
    """Nothing was decided."""

    obstacle: CallingOffObstacle


@dataclass(frozen=True, slots=True)
class Changed:
    """Nothing was decided: who is judged otherwise is not what was seen."""


def decisions(connection: Connection, election: Election) -> tuple[Signed, ...]:
    """What was decided about the poll so far."""
    return poll_decisions.every(connection, election.id)


def look_ahead(
    store: Store, official: Staff, election: Election, opens_at: datetime, closes_at: datetime
) -> Consequences | Hindered:
    """What a postponed day would change. It names candidates, so that it is a look at a list."""

    def look(work: Work) -> Consequences | Hindered:
        looks.note(work, election.id, official.id, looks.What.NOMINATION_LIST)
        current = elections.by_id(work.connection, election.id)
        poll, today = _poll(work.connection, current), copenhagen_day(work.now)
        obstacle = may_postpone(poll, opens_at, closes_at, today, work.now)
        if obstacle is not None:
            return Hindered(obstacle)
        return consequences.find(work.connection, work.vault, current, opens_at, closes_at)

    return store.write(look)


def postpone(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    opens_at: datetime,
    closes_at: datetime,
    said: Said,
    seen: str,
    *,
    site: str = "",
) -> Postponed | Hindered | Changed:
    """Hold the poll from one UTC instant to another; `seen` is the fingerprint of the consequences on the page.

    Everybody who stands is told; `site` is the address of the election's pages for the mails. ValueError for one official
    alone.
    """
    official, second = _two(signed_by)

    def act(work: Work) -> Postponed | Hindered | Changed:
        current = elections.by_id(work.connection, election.id)
        obstacle = may_postpone(_poll(work.connection, current), opens_at, closes_at, said.decided_on, work.now)
        if obstacle is not None:
            return Hindered(obstacle)
        found = consequences.find(work.connection, work.vault, current, opens_at, closes_at)
        if found.fingerprint != seen:
            return Changed()
        decision = Postponement(said.body, said.reason, said.decided_on, work.now, opens_at, closes_at)
        poll_decisions.keep(work, election.id, decision, signed_by)
        rules = current.rules.election
        work.record(
            election.id,
            official.login,
            "poll_postponed",
            body=said.body,
            decided_on=said.decided_on.isoformat(),
            reason=said.reason,
            opens_at=opens_at.isoformat(),
            closes_at=closes_at.isoformat(),
            opens_before=rules.opens_at.isoformat(),
            closes_before=rules.closes_at.isoformat(),
            changed=consequences.as_details(found.changing),
            second=second.login,
        )
        new_day = f"Afstemningen er den {danish_instant(opens_at)} til {danish_instant(closes_at)}."
        _tell(work, official, election, NoticeKind.POSTPONED, f"{new_day}\n{said.reason}", site)
        return Postponed()

    return store.write(act)


def annul(
    store: Store, signed_by: tuple[Staff, Staff], election: Election, said: Said, *, site: str = ""
) -> Annulled | Hindered:
    """Let the election not stand. Where people are voting the urn is closed in the same transaction, as the board closes it.

    Everybody who stands is told; `site` is the address of the election's pages for the mails. ValueError for one official
    alone.
    """
    official, second = _two(signed_by)

    def act(work: Work) -> Annulled | Hindered:
        current = elections.by_id(work.connection, election.id)
        obstacle = may_annul(_poll(work.connection, current), said.decided_on, work.now)
        if obstacle is not None:
            return Hindered(obstacle)
        shut = closing.shut(work, current, official) if current.state is PollState.OPEN else None
        poll_decisions.keep(work, election.id, Annulment(said.body, said.reason, said.decided_on, work.now), signed_by)
        work.record(
            election.id,
            official.login,
            "election_annulled",
            body=said.body,
            decided_on=said.decided_on.isoformat(),
            reason=said.reason,
            state=current.state.value,
            urn_sha256=shut.urn_sha256 if shut else current.urn_sha256 or "",
            second=second.login,
        )
        _tell(work, official, election, NoticeKind.ANNULLED, said.reason, site)
        return Annulled(closed=shut is not None)

    outcome = store.write(act)
    if isinstance(outcome, Annulled) and outcome.closed:
        return Annulled(closed=True, shaken=shake(store, election.urn_uuid))
    return outcome


def _tell(work: Work, official: Staff, election: Election, kind: NoticeKind, reason: str, site: str) -> None:
    """Write to everybody who stands or waits for a decision, by the election as it is now."""
    current = elections.by_id(work.connection, election.id)
    for filed in nominations.every(work.connection, election.id):
        if filed.state in _STANDING:
            tell(work, current, filed.id, kind, official_id=official.id, reason=reason, site=site)


def _poll(connection: Connection, election: Election) -> Poll:
    return Poll(
        rules=election.rules.election,
        state=election.state,
        no_vote=election.uncontested_at is not None,
        annulled=election.annulment is not None,
        appointed=_appointed(connection, election.id),
    )


def _appointed(connection: Connection, election_id: str) -> bool:
    """Whether the byråd has appointed somebody, and no decision on a complaint asks for a new election all the same."""
    anew = any(one.outcome is Outcome.NEW_ELECTION for one in complaints.asked(connection, election_id))
    return Answer.APPROVED in rulings.of_candidates(connection, election_id).values() and not anew


def _two(signed_by: tuple[Staff, Staff]) -> tuple[Staff, Staff]:
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a decision about the poll is entered by two")
    return official, second
