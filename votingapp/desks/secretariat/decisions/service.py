"""The secretariat decides on a nomination, once, with a reason, and not after the ballot is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates import nomination as life
from candidates.nomination import Decision, Nomination, NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions.findings import judge_filed
from votingapp.store import elections, nominations

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision stands."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """The decision was not taken."""

    obstacle: NominationObstacle


@dataclass(frozen=True, slots=True)
class StandsAlready:
    """Another nomination of the same person is accepted; a person stands on the ballot once."""


@dataclass(frozen=True, slots=True)
class NoSuchNomination:
    """The election has no such nomination."""


Outcome = Decided | Hindered | StandsAlready | NoSuchNomination


def accept(store: Store, official: Staff, election: Election, nomination_id: str, reason: str) -> Outcome:
    """Put a candidate on the list; with a reason where the facts do not speak for her."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        others = nominations.of_same_person(work.connection, current.id, filed)
        if any(other.state is NominationState.ACCEPTED for other in others):
            return StandsAlready()
        findings = judge_filed(work.connection, work.vault, current, filed)
        decision = Decision(official.id, work.now, reason)
        step = life.accept(filed.nomination, decision, findings, ballot_fixed=_is_fixed(current))
        return _keep(work, official, current, filed, step)

    return _on_nomination(store, election, nomination_id, act)


def refuse(store: Store, official: Staff, election: Election, nomination_id: str, reason: str) -> Outcome:
    """Turn a candidate down, always with a reason."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        decision = Decision(official.id, work.now, reason)
        step = life.refuse(filed.nomination, decision, ballot_fixed=_is_fixed(current))
        return _keep(work, official, current, filed, step)

    return _on_nomination(store, election, nomination_id, act)


def withdraw(store: Store, official: Staff, election: Election, nomination_id: str) -> Outcome:
    """Let a candidate step back at her own request."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        step = life.withdraw(filed.nomination, Decision(official.id, work.now), ballot_fixed=_is_fixed(current))
        return _keep(work, official, current, filed, step)

    return _on_nomination(store, election, nomination_id, act)


def set_line(store: Store, official: Staff, election: Election, nomination_id: str, line: str) -> Outcome:
    """Give a candidate the line that tells her from another on the ballot; "" takes it away."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        if _is_fixed(current):
            return Hindered(NominationObstacle.BALLOT_FIXED)
        nominations.set_line(work.connection, current.id, filed.id, line)
        work.record(current.id, official.login, "distinguishing_line_set", nomination=filed.id, line=line)
        return Decided()

    return _on_nomination(store, election, nomination_id, act)


def _on_nomination(
    store: Store, election: Election, nomination_id: str, act: Callable[[Work, Election, Filed], Outcome]
) -> Outcome:
    """Run a step in one transaction, on the election and the nomination as they are in it."""

    def write(work: Work) -> Outcome:
        filed = nominations.find(work.connection, election.id, nomination_id)
        if filed is None:
            return NoSuchNomination()
        return act(work, elections.by_id(work.connection, election.id), filed)

    return store.write(write)


def _keep(
    work: Work, official: Staff, election: Election, filed: Filed, step: Nomination | NominationObstacle
) -> Decided | Hindered:
    if isinstance(step, NominationObstacle):
        return Hindered(step)
    nominations.keep(work.connection, election.id, filed.id, step)
    reason = step.decision.reason if step.decision else ""
    work.record(election.id, official.login, f"nomination_{step.state.value}", nomination=filed.id, reason=reason)
    return Decided()


def _is_fixed(election: Election) -> bool:
    return election.frozen_at is not None
