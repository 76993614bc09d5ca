"""Before anyone stands, a named body has adopted which election it is, who may stand and until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from candidates.clauses import COPENHAGEN, utc_instant

if TYPE_CHECKING:
    from candidates.clauses import Clause

_OLDEST_AGE_ASKED = 120
_LONGEST_PLACE = 120
_MUNICIPALITY_CODE = re.compile(r"[0-9]{4}")
_TEXT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ElectionRules:
    """Section [election]: which election (valg), when it is held and for which term (funktionsperiode).

    `opens` and `closes` are Copenhagen time of day on `election_day`; `municipality_code` has four digits. `place` is
    where the poll is held (valgsted), on one line, "" where the rules are silent.
    """

    name: str
    municipality: str
    municipality_code: str
    election_day: date
    opens: time
    closes: time
    term_start: date
    term_end: date
    adopted_by: str
    adopted_on: date
    place: str = ""

    @property
    def opens_at(self) -> datetime:
        """The UTC instant at which the poll opens."""
        return utc_instant(datetime.combine(self.election_day, self.opens))

    @property
    def closes_at(self) -> datetime:
        """The UTC instant at which the poll closes."""
        return utc_instant(datetime.combine(self.election_day, self.closes))


@dataclass(frozen=True, slots=True)
class EligibilityRules:
    """Section [eligibility]: who may stand and vote (valgbarhed og valgret).

    `minimum_age` in whole years on election day; `residence` whether one must live in the municipality;
    `declaration` the id of the text that is declared, "" for none; `proposers` (stillere) each candidate needs.
    """

    minimum_age: int
    residence: bool
    declaration: str
    proposers: int


@dataclass(frozen=True, slots=True)
class NominationRules:
    """Section [nomination]: when one may come forward (opstilling), in UTC, and how much one may write.

    Faults found in a nomination can be put right until `cure_until`; `statement_limit` counts characters and is
    one limit for everybody.
    """

    opens: datetime
    closes: datetime
    cure_until: datetime
    statement_limit: int


def read_election(clause: Clause) -> ElectionRules:
    """Read [election]; RuleError when a key is missing, unfit, or the dates are out of order."""
    clause.allow_only(*ElectionRules.__dataclass_fields__)
    rules = ElectionRules(
        name=clause.text("name"),
        municipality=clause.text("municipality"),
        municipality_code=_matching(clause, "municipality_code", _MUNICIPALITY_CODE, "four digits"),
        election_day=clause.day("election_day"),
        opens=clause.clock("opens"),
        closes=clause.clock("closes"),
        term_start=clause.day("term_start"),
        term_end=clause.day("term_end"),
        adopted_by=clause.text("adopted_by"),
        adopted_on=clause.day("adopted_on"),
        place=_place(clause),
    )
    _check_polling_hours(clause, rules)
    _check_dates(clause, rules)
    return rules


def _place(clause: Clause) -> str:
    place = clause.text("place") if clause.has("place") else ""
    if len(place) > _LONGEST_PLACE:
        raise clause.refuse("place", f"must have at most {_LONGEST_PLACE} characters")
    return place


def _check_polling_hours(clause: Clause, rules: ElectionRules) -> None:
    if rules.closes <= rules.opens:
        raise clause.refuse("closes", "must be later than opens")
    for key, clock in (("opens", rules.opens), ("closes", rules.closes)):
        try:
            utc_instant(datetime.combine(rules.election_day, clock))
        except (ValueError, OverflowError) as error:
            raise clause.refuse(key, str(error)) from error


def _check_dates(clause: Clause, rules: ElectionRules) -> None:
    if rules.term_end <= rules.term_start:
        raise clause.refuse("term_end", "must be later than term_start")
    # A term may have begun before its election (Gentofte votes in January), but not have ended.
    if rules.election_day > rules.term_end:
        raise clause.refuse("election_day", "must not be later than term_end")
    if rules.adopted_on >= rules.election_day:
        raise clause.refuse("adopted_on", "must be before election_day")


def read_eligibility(clause: Clause) -> EligibilityRules:
    """Read [eligibility]; `proposers` is 0 where the rules are silent."""
    clause.allow_only(*EligibilityRules.__dataclass_fields__)
    return EligibilityRules(
        minimum_age=clause.whole("minimum_age", least=0, most=_OLDEST_AGE_ASKED),
        residence=clause.truth("residence"),
        declaration=_declaration(clause),
        proposers=clause.whole("proposers", least=0) if clause.has("proposers") else 0,
    )


def _declaration(clause: Clause) -> str:
    if clause.table.get("declaration") == "":
        return ""
    return _matching(clause, "declaration", _TEXT_ID, "a text id such as anden-etnisk-baggrund-1, or empty")


def read_nomination(clause: Clause, election: ElectionRules) -> NominationRules:
    """Read [nomination], which must be over before the day of `election` begins."""
    clause.allow_only(*NominationRules.__dataclass_fields__)
    rules = NominationRules(
        opens=clause.instant("opens"),
        closes=clause.instant("closes"),
        cure_until=clause.instant("cure_until"),
        statement_limit=clause.whole("statement_limit", least=0),
    )
    if rules.closes <= rules.opens:
        raise clause.refuse("closes", "must be later than opens")
    if rules.cure_until < rules.closes:
        raise clause.refuse("cure_until", "must not be earlier than closes")
    if rules.cure_until.astimezone(COPENHAGEN).date() >= election.election_day:
        raise clause.refuse("cure_until", "must be before [election] election_day")
    return rules


def _matching(clause: Clause, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = clause.text(key)
    if not pattern.fullmatch(value):
        raise clause.refuse(key, f"must be {wanted}")
    return value
