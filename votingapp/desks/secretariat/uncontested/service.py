"""It is decided once, and for good, that no vote is held, on exactly what the official has seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from votingapp.desks.secretariat.uncontested.standing import Judged, as_json, fingerprint, judge_all, obstacles
from votingapp.documents.notices import tell
from votingapp.store import decisions, elections, looks, no_vote, nominations, staff
from votingapp.store.decisions import Uncontested
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tally.uncontested import UncontestedObstacle
    from votingapp.store.elections import Election
    from votingapp.store.no_vote import NoVote
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Examined:
    """Who stands, judged now, what stands in the way, and the hash that a decision on this very list names."""

    judged: tuple[Judged, ...]
    obstacles: tuple[UncontestedObstacle, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Held:
    """The decision as it was taken: what each candidate was found to be, who entered it, and what follows."""

    decision: Uncontested
    candidates: tuple[dict[str, Any], ...]
    official: str
    outcome: NoVote


@dataclass(frozen=True, slots=True)
class Decided:
    """No vote is held."""


@dataclass(frozen=True, slots=True)
class Obstructed:
    """Nothing was decided; these stand in the way."""

    obstacles: tuple[UncontestedObstacle, ...]


@dataclass(frozen=True, slots=True)
class Unexplained:
    """Nothing was decided: not every rule is satisfied for these, and nobody wrote why they are elected all the same."""

    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Nothing was decided: who stands, or what is known of them, is not what was seen."""


Outcome = Decided | Obstructed | Unexplained | Changed


def examine(store: Store, official: Staff, election: Election) -> Examined | Held:
    """Judge everybody who stands, by what is known now; once it is decided, what was decided. A look at a list."""

    def look(work: Work) -> Examined | Held:
        looks.note(work, election.id, official.id, looks.What.UNCONTESTED)
        current = elections.by_id(work.connection, election.id)
        taken = decisions.uncontested(work.connection, current.id)
        outcome = no_vote.outcome(work.connection, current)
        if taken is not None and outcome is not None:
            who = staff.find(work.connection, taken.entered_by)
            return Held(taken, tuple(json.loads(taken.findings_json)), who.name if who else "", outcome)
        judged = judge_all(work.connection, work.vault, current)
        return Examined(judged, obstacles(work.connection, current, work.now), fingerprint(judged))

    return store.write(look)


def decide(
    store: Store,
    official: Staff,
    election: Election,
    seen: str,
    body: str,
    reason: str,
    sentences: Mapping[str, str],
    *,
    site: str = "",
) -> Outcome:
    """Enter that a body has decided to hold no vote, and tell everybody who is elected by it.

    `seen` is the fingerprint of the list on the page; `sentences`, by nomination id, say of each candidate for whom
    not every rule is satisfied why she is elected all the same. `site` is the address of the election's pages for the
    mails.
    """

    def act(work: Work) -> Outcome:
        current = elections.by_id(work.connection, election.id)
        standing = obstacles(work.connection, current, work.now)
        if standing:
            return Obstructed(standing)
        judged = judge_all(work.connection, work.vault, current)
        if fingerprint(judged) != seen:
            return Changed()
        doubtful = tuple(one for one in judged if one.verdict is not True)
        silent = tuple(one for one in doubtful if not sentences.get(one.filed.id, "").strip())
        if silent:
            return Unexplained(silent)
        given = {one.filed.id: sentences[one.filed.id].strip() for one in doubtful}
        _keep(work, official, current, judged, Uncontested(work.now, body, reason, as_json(judged, given), official.id))
        for one in judged:
            tell(work, current, one.filed.id, NoticeKind.UNCONTESTED, official_id=official.id, reason=reason, site=site)
        return Decided()

    return store.write(act)


def _keep(work: Work, official: Staff, election: Election, judged: tuple[Judged, ...], decision: Uncontested) -> None:
    decisions.keep_uncontested(work, election.id, decision)
    nominations.set_ballot_numbers(work.connection, election.id, [one.filed.receipt for one in judged])
    work.record(
        election.id,
        official.login,
        "uncontested_decided",
        body=decision.body,
        reason=decision.reason,
        candidates=json.loads(decision.findings_json),
        seats=election.rules.seats.total,
    )
