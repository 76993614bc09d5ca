"""An election begins with a rule set that can be read, a word for its address, and the official who founds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from candidates.clauses import RuleError
from candidates.cpr import may_hold_cpr
from candidates.declarations import find_declaration
from tally.rules import RuleSet, parse_rule_set
from votingapp.resources import rulesets_dir
from votingapp.store import elections, house
from votingapp.store.elections import Election, SlugTaken
from votingapp.store.staff import Role
from votingapp.store.tables.staff import appointment

if TYPE_CHECKING:
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

LARGEST_RULE_SET = 64 * 1024
"""Bytes: some thirty times the longest rule set that is shipped."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHORTEST_SLUG, _LONGEST_SLUG = 3, 60


@dataclass(frozen=True, slots=True)
class Shipped:
    """A rule set that comes with the house: its file's name without ending, and its text."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class RulesRefused:
    """A rule set that cannot be used; `field` names the place, as in `[seats] total`."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Founded:
    """The election exists, and the founder is its secretariat."""

    election: Election


def shipped() -> tuple[Shipped, ...]:
    """The rule sets in the house, by file name."""
    texts = ((path.stem, path.read_text(encoding="utf-8")) for path in sorted(rulesets_dir().glob("*.toml")))
    return tuple(Shipped(key, parse_rule_set(text).election.name, text) for key, text in texts)


def read_rules(raw: bytes) -> RuleSet | RulesRefused:
    """Read a rule set from the bytes of its file, which keep their hash only when nothing about them is changed."""
    if len(raw) > LARGEST_RULE_SET:
        return RulesRefused("TOML", f"more than {LARGEST_RULE_SET} bytes")
    try:
        rules = parse_rule_set(raw.decode())
    except UnicodeDecodeError:
        return RulesRefused("TOML", "not UTF-8")
    except RuleError as error:
        return RulesRefused(error.field, error.message)
    declaration = rules.eligibility.declaration
    if declaration and find_declaration(declaration) is None:
        return RulesRefused("[eligibility] declaration", f'no declaration text has the id "{declaration}"')
    named = (rules.election.name, rules.election.municipality, rules.election.adopted_by)
    if any(may_hold_cpr(text) for text in (*named, *(one.group for one in rules.seats.reserved))):
        return RulesRefused("TOML", "a name in it looks like a CPR number, and the record prints it")
    return rules


def fits_address(slug: str) -> bool:
    """Whether a word can stand in an address: 3 to 60 signs, a-z and 0-9, single hyphens between."""
    return _SHORTEST_SLUG <= len(slug) <= _LONGEST_SLUG and _SLUG.fullmatch(slug) is not None


def found(store: Store, official: Staff, raw: bytes, slug: str) -> Founded | SlugTaken | RulesRefused:
    """Found an election on a rule set and make the founder its secretariat; in a house for rehearsals it is a rehearsal.

    The log's one entry is the founding itself: it names the founder, and her appointment follows from it.
    """
    rules = read_rules(raw)
    if isinstance(rules, RulesRefused):
        return rules
    return store.write(lambda work: _found(work, official, rules, slug))


def _found(work: Work, official: Staff, rules: RuleSet, slug: str) -> Founded | SlugTaken:
    rehearsal = house.is_rehearsal(work.connection)
    outcome = elections.found(work, official.login, rules.text, slug, rehearsal=rehearsal)
    if isinstance(outcome, SlugTaken):
        return outcome
    work.connection.execute(
        insert(appointment).values(election_id=outcome.id, staff_id=official.id, role=Role.SECRETARIAT.value)
    )
    return Founded(outcome)
