"""Before it is decided that no vote is held, everybody who stands is judged once more, by what is known now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from candidates.ballot_order import MustDistinguish
from candidates.eligibility import verdict
from candidates.nomination import is_within
from tally.uncontested import UncontestedFacts, may_decide
from votingapp.desks.secretariat.decisions.findings import judge_filed
from votingapp.store import nominations
from votingapp.store.ballot_order import NotDrawn, ballot_order

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from candidates.eligibility import Finding
    from tally.uncontested import UncontestedObstacle
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate as she stands now; `verdict` is None or False where somebody must say why she is elected all the same."""

    filed: Filed
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> bool | None:
        """What the findings say together."""
        return verdict(self.findings)

    @property
    def answers(self) -> dict[str, bool | None]:
        """Each rule and whether it is satisfied; no number and nothing else of the person."""
        return {finding.code.value: finding.satisfied for finding in self.findings}


def judge_all(connection: Connection, vault: Vault, election: Election) -> tuple[Judged, ...]:
    """Everybody who stands, in ballot order where there is one, else by the alphabet."""
    by_receipt = {filed.receipt: filed for filed in nominations.accepted(connection, election.id)}
    match ballot_order(connection, election):
        case NotDrawn() | MustDistinguish():
            ordered = list(by_receipt.values())
        case entries:
            ordered = [by_receipt[entry.receipt] for entry in entries]
    return tuple(Judged(filed, judge_filed(connection, vault, election, filed)) for filed in ordered)


def obstacles(connection: Connection, election: Election, now: datetime) -> tuple[UncontestedObstacle, ...]:
    """What stands in the way of deciding it now."""
    order = ballot_order(connection, election)
    facts = UncontestedFacts(
        ballot_fixed=election.ballot_fixed,
        nominations_over=not is_within(now, election.rules.nomination.cure_until),
        undecided=nominations.count_undecided(connection, election.id),
        groups=tuple(filed.group for filed in nominations.accepted(connection, election.id)),
        names_alike=isinstance(order, MustDistinguish),
        order_settled=not isinstance(order, NotDrawn),
    )
    return may_decide(election.rules.counting, facts)


def fingerprint(judged: tuple[Judged, ...]) -> str:
    """One hash (hex SHA-256) of who stands and what each was found to be: what an official saw, and nothing else, is decided."""
    seen: list[list[Any]] = [[one.filed.id, one.filed.version, one.answers] for one in judged]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def as_json(judged: tuple[Judged, ...], sentences: dict[str, str]) -> str:
    """What is kept with the decision: of each candidate the answers, and the official's sentence by nomination id."""
    kept = [
        {
            "nomination": one.filed.id,
            "name": one.filed.name,
            "findings": one.answers,
            "sentence": sentences.get(one.filed.id, ""),
        }
        for one in judged
    ]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
