"""Before a poll is postponed it is said what changes with the day: who is old enough now, and which papers name the old one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from candidates.eligibility import turns, verdict
from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions.findings import judge_filed
from votingapp.store import audit, nominations, reports
from votingapp.store.elections import urn_of
from votingapp.store.poll_decisions import move
from votingapp.store.reports import ZERO_REPORT
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.vault import Vault

_JUDGED = frozenset(
    {NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ACCEPTED, NominationState.REFUSED}
)
"""Whoever was refused is judged again too: she may be old enough on the new day. Whoever came late or stepped back is not."""

CARDS_PRINTED, ROLL_PRINTED = "poll_cards_printed", "roll_printed"
"""The acts in the log by which papers with the day on them were printed."""


@dataclass(frozen=True, slots=True)
class Changing:
    """A candidate whom the rules judge otherwise by the new day; a verdict is None where something is not known."""

    filed: Filed
    before: bool | None
    after: bool | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a postponed day changes: candidates, `voters` on the register who are old enough only then, papers with the old day.

    `fingerprint` is what is decided on: another list, or other hours, has another one.
    """

    changing: tuple[Changing, ...]
    voters: int
    cards_printed_at: datetime | None
    roll_printed_at: datetime | None
    slips_printed: int
    zero_report: bool
    fingerprint: str


def find(
    connection: Connection, vault: Vault, election: Election, opens_at: datetime, closes_at: datetime
) -> Consequences:
    """What changes when the poll is held from one instant to another."""
    moved = move(election.rules.election, opens_at, closes_at)
    later = replace(election, rules=replace(election.rules, election=moved))
    every = [one for one in nominations.every(connection, election.id) if one.state in _JUDGED]
    judged = [
        Changing(
            filed,
            verdict(judge_filed(connection, vault, election, filed)),
            verdict(judge_filed(connection, vault, later, filed)),
        )
        for filed in every
    ]
    changing = tuple(one for one in judged if one.before is not one.after)
    return Consequences(
        changing=changing,
        voters=_newly_old_enough(connection, election, moved.election_day),
        cards_printed_at=_printed_at(connection, election.id, CARDS_PRINTED),
        roll_printed_at=_printed_at(connection, election.id, ROLL_PRINTED),
        slips_printed=urn_of(connection, election.urn_uuid).slips_printed,
        zero_report=reports.kept(connection, election.id, ZERO_REPORT) is not None,
        fingerprint=_fingerprint(changing, opens_at, closes_at),
    )


def as_details(changing: tuple[Changing, ...]) -> list[dict[str, str | bool | None]]:
    """Who is judged otherwise, as the log keeps it: by nomination, without a name."""
    return [{"nomination": one.filed.id, "before": one.before, "after": one.after} for one in changing]


def _newly_old_enough(connection: Connection, election: Election, new_day: date) -> int:
    """How many residents of the register reach the age after the old day and by the new one."""
    rules, old_day = election.rules, election.rules.election.election_day
    age = rules.eligibility.minimum_age
    born = select(register_person.c.birth_date).where(
        register_person.c.election_id == election.id,
        register_person.c.birth_date.between(date(old_day.year - age - 1, 1, 1), date(new_day.year - age, 12, 31)),
    )
    if rules.eligibility.residence:
        born = born.where(register_person.c.municipality_code == rules.election.municipality_code)
    return sum(old_day < turns(birth_date, age) <= new_day for birth_date in connection.scalars(born))


def _printed_at(connection: Connection, election_id: str, act: str) -> datetime | None:
    entry = audit.last(connection, election_id, act)
    return None if entry is None else entry.at


def _fingerprint(changing: tuple[Changing, ...], opens_at: datetime, closes_at: datetime) -> str:
    seen = [opens_at.isoformat(), closes_at.isoformat(), as_details(changing)]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
