"""The elections of the house: found by slug, read with their rule set and the state of their poll."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from ballots.poll import PollState
from ballots.protocol.credentials import generate_uuid
from tally.deadlines import complaints_end
from tally.rules import RuleSet, parse_rule_set
from votingapp.store import house
from votingapp.store.decisions import Extension
from votingapp.store.poll_decisions import ANNULLED, POSTPONED, Annulment, Postponement
from votingapp.store.tables.decisions import deadline_extension, uncontested_decision
from votingapp.store.tables.elections import election
from votingapp.store.tables.poll_decisions import poll_decision
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Doors:
    """When the doors were shut, how many stood in line then, and the number of the last voter admitted before that."""

    closed_at: datetime
    queue: int
    last_number: int


@dataclass(frozen=True, slots=True)
class Election:
    """One election as every desk sees it; instants are UTC.

    `rules` are in force: as adopted, with the deadlines of the latest `extension` and the day and hours of the latest
    `postponement`, each None where there was none. `uncontested_at` is when it was decided that no vote is needed, None
    where there is one; `annulment` is the decision that the election does not stand. `doors` are those of the polling
    station once they are shut; `urn_sha256` seals what lay in the urn at the close.
    """

    id: str
    slug: str
    rehearsal: bool
    rules: RuleSet
    adopted_rules: RuleSet
    extension: Extension | None
    uncontested_at: datetime | None
    urn_uuid: str
    founded_at: datetime
    frozen_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    doors: Doors | None = None
    urn_sha256: str | None = None
    postponement: Postponement | None = None
    annulment: Annulment | None = None

    @property
    def state(self) -> PollState:
        """How far the poll has come."""
        if self.closed_at is not None:
            return PollState.CLOSED
        if self.opened_at is not None:
            return PollState.OPEN
        return PollState.PREPARING if self.frozen_at is None else PollState.FROZEN

    @property
    def ballot_fixed(self) -> bool:
        """Whether who stands can no longer change: the ballot is frozen, or no vote is held."""
        return self.frozen_at is not None or self.is_called_off

    @property
    def is_called_off(self) -> bool:
        """Whether it was decided that no vote is needed, or that the election does not stand."""
        return self.uncontested_at is not None or self.annulment is not None

    @property
    def complaints_end(self) -> date:
        """The last day on which a complaint (valgklage) over the election is in time, to its end."""
        rules = self.rules
        annulled_at = None if self.annulment is None else self.annulment.entered_at
        return complaints_end(rules.election.election_day, rules.complaints.days, self.uncontested_at, annulled_at)

    @property
    def name(self) -> str:
        """The election's name, as its rule set states it."""
        return self.rules.election.name


# Asked at every door of the house, so put together once, and all that decides how an election stands in one answer.
_annulled, _postponed = poll_decision.alias("annulled"), poll_decision.alias("postponed")
_OF_ANNULMENT = ("body_name", "reason", "decided_on", "entered_at")
_OF_POSTPONEMENT = (*_OF_ANNULMENT, "new_opens_at", "new_closes_at")
_WITH_DECISIONS = (
    select(
        election,
        *(deadline_extension.c[name].label(f"extension_{name}") for name in Extension.__dataclass_fields__),
        uncontested_decision.c.decided_at.label("uncontested_at"),
        *(_annulled.c[name].label(f"annulled_{name}") for name in _OF_ANNULMENT),
        *(_postponed.c[name].label(f"postponed_{name}") for name in _OF_POSTPONEMENT),
    )
    .join(deadline_extension, deadline_extension.c.election_id == election.c.id, isouter=True)
    .join(uncontested_decision, uncontested_decision.c.election_id == election.c.id, isouter=True)
    .join(_annulled, (_annulled.c.election_id == election.c.id) & (_annulled.c.kind == ANNULLED), isouter=True)
    .join(_postponed, (_postponed.c.election_id == election.c.id) & (_postponed.c.kind == POSTPONED), isouter=True)
)
_BY_SLUG, _BY_ID = (
    # Deadlines and the poll only ever move to a later instant: the latest is the one in force.
    _WITH_DECISIONS.where(election.c[name] == bindparam("asked"))
    .order_by(deadline_extension.c.closes.desc(), _postponed.c.new_opens_at.desc())
    .limit(1)
    for name in ("slug", "id")
)


@dataclass(frozen=True, slots=True)
class SlugTaken:
    """Another election of the house has this slug already."""

    slug: str


def found(work: Work, actor: str, rules_text: str, slug: str, *, rehearsal: bool) -> Election | SlugTaken:
    """Found an election on a rule set, with its empty urn; RuleError when the rule set cannot be read.

    `rehearsal` is what the caller means; WrongHouseError when the house is for the other kind.
    """
    house.refuse_other(work.connection, rehearsal=rehearsal)
    rules = parse_rule_set(rules_text)
    if by_slug(work.connection, slug) is not None:
        return SlugTaken(slug)
    election_id, urn_uuid = str(uuid.uuid4()), generate_uuid(secrets.token_bytes)
    work.connection.execute(
        insert(election).values(
            id=election_id,
            slug=slug,
            rehearsal=rehearsal,
            rules_text=rules_text,
            rules_sha256=rules.sha256,
            founded_at=work.now,
            urn_uuid=urn_uuid,
        )
    )
    work.connection.execute(insert(urn).values(uuid=urn_uuid, state="not_open", slips_printed=0, slips_issued=0))
    work.record(election_id, actor, "election_founded", slug=slug, rules_sha256=rules.sha256, rehearsal=rehearsal)
    return by_id(work.connection, election_id)


def by_slug(connection: Connection, slug: str) -> Election | None:
    """The election with this slug, or None."""
    return _first(connection, _BY_SLUG, slug)


def by_id(connection: Connection, election_id: str) -> Election:
    """The election with this id, which a service has been handed and so exists."""
    found = _first(connection, _BY_ID, election_id)
    if found is None:
        raise LookupError("no such election")
    return found


def every(connection: Connection) -> tuple[Election, ...]:
    """All elections of the house, newest election day first."""
    in_force_last = _WITH_DECISIONS.order_by(deadline_extension.c.closes, _postponed.c.new_opens_at)
    found = {row.id: _read(row) for row in connection.execute(in_force_last)}
    return tuple(sorted(found.values(), key=lambda one: (one.rules.election.election_day, one.slug), reverse=True))


@dataclass(frozen=True, slots=True)
class Urn:
    """What may be known of an urn from outside: its state and its counts, never what lies in it."""

    uuid: str
    state: str
    slips_printed: int
    slips_issued: int
    election_json: str | None
    trustees_json: str | None
    shaken: bool


def urn_of(connection: Connection, urn_uuid: str) -> Urn:
    """The urn of an election."""
    row = connection.execute(select(urn).where(urn.c.uuid == urn_uuid)).one()
    return Urn(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def _first(connection: Connection, query: Select[Any], asked: str) -> Election | None:
    row = connection.execute(query, {"asked": asked}).first()
    return None if row is None else _read(row)


@lru_cache(maxsize=64)
def _read_rules(text: str) -> RuleSet:
    """Read a rule set once: every page asks for its election's, and the same text always reads the same."""
    return parse_rule_set(text)


def _in_force(adopted: RuleSet, extension: Extension | None, postponement: Postponement | None) -> RuleSet:
    """The adopted rules under what was decided since."""
    rules = adopted if extension is None else extension.apply(adopted)
    return rules if postponement is None else postponement.apply(rules)


def _labelled(row: Row[Any], label: str, names: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The columns of a decision that was joined to the election; None where there was none."""
    found = tuple(row._mapping[f"{label}_{name}"] for name in names)  # noqa: SLF001 - SQLAlchemy's public name
    return None if found[0] is None else found


def _read(row: Row[Any]) -> Election:
    adopted = _read_rules(row.rules_text)
    extended = _labelled(row, "extension", tuple(Extension.__dataclass_fields__))
    moved, annulled = _labelled(row, "postponed", _OF_POSTPONEMENT), _labelled(row, "annulled", _OF_ANNULMENT)
    extension = None if extended is None else Extension(*extended)
    postponement = None if moved is None else Postponement(*moved)
    return Election(
        id=row.id,
        slug=row.slug,
        rehearsal=row.rehearsal,
        rules=_in_force(adopted, extension, postponement),
        adopted_rules=adopted,
        extension=extension,
        uncontested_at=row.uncontested_at,
        urn_uuid=row.urn_uuid,
        founded_at=row.founded_at,
        frozen_at=row.frozen_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        doors=None
        if row.doors_closed_at is None
        else Doors(row.doors_closed_at, row.queue_at_close, row.number_at_doors),
        urn_sha256=row.urn_sha256,
        postponement=postponement,
        annulment=None if annulled is None else Annulment(*annulled),
    )
