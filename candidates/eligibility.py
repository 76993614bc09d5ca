"""Whoever wants to stand is held against the rules of eligibility, one finding for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from candidates.cpr import Cpr, CprRefusal
from candidates.identity import Identity
from candidates.proposers import Proposer, weigh
from candidates.rules import ElectionRules, EligibilityRules

Parameter = str | int | date | None


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What is known about a person who wants to stand.

    `cpr` is the number or why it was not taken; None where a person has none to give. `birth_date` is the
    documented one where there is no number. `municipality_code` is four digits from the register extract, also
    for a person without fixed address (uden fast bopæl), and None when the person is not found there.
    `declared` is the id of the declaration agreed to. `identity_checked` tells that an official has seen who she is;
    it is asked only where `identity` is not certain.
    """

    cpr: Cpr | CprRefusal | None
    municipality_code: str | None
    declared: str | None
    identity: Identity
    identity_checked: bool = False
    birth_date: date | None = None
    proposers: tuple[Proposer, ...] = ()

    @property
    def born(self) -> date | None:
        """The birth date in the CPR number, else the documented one."""
        return self.cpr.birth_date if isinstance(self.cpr, Cpr) else self.birth_date


class FindingCode(StrEnum):
    """Which rule a finding answers; the sentence people read is the web's."""

    IDENTITY = "identity"
    CPR = "cpr"
    AGE = "age"
    RESIDENCE = "residence"
    DECLARATION = "declaration"
    PROPOSERS = "proposers"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule held against one person: satisfied, not satisfied, or None where the facts do not tell.

    `parameters` are name and value pairs for the sentence. None of them is a CPR number.
    """

    code: FindingCode
    satisfied: bool | None
    parameters: tuple[tuple[str, Parameter], ...] = ()


def judge(person: CandidateFacts, election: ElectionRules, rules: EligibilityRules) -> tuple[Finding, ...]:
    """Hold a person against `[eligibility]`: who she is, then one finding for each rule of the set, in fixed order.

    Findings advise; the secretariat decides (candidates/nomination.py).
    """
    findings = [_judge_identity(person), _judge_cpr(person), _judge_age(person, election, rules)]
    if rules.residence:
        findings.append(_judge_residence(person, election))
    if rules.declaration:
        findings.append(_judge_declaration(person, rules.declaration))
    if rules.proposers:
        findings.append(_judge_proposers(person, rules.proposers))
    return tuple(findings)


def verdict(findings: Iterable[Finding]) -> bool | None:
    """Sum the findings up: False if any rule is broken, None if none is but one is open, else True."""
    answers = {finding.satisfied for finding in findings}
    if False in answers:
        return False
    return None if None in answers else True


def turns(birth_date: date, age: int) -> date:
    """Return the day on which a person reaches an age, in whole years; that day counts in full.

    Who was born on 29 February reaches it on 1 March in a year without that day, when the years are full.
    """
    year = birth_date.year + age
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _judge_identity(person: CandidateFacts) -> Finding:
    """A letter box is no proof of identity; an official who has seen a document is."""
    known = person.identity.is_certain or person.identity_checked
    return Finding(
        FindingCode.IDENTITY, satisfied=True if known else None, parameters=(("identity", person.identity.value),)
    )


def _judge_cpr(person: CandidateFacts) -> Finding:
    match person.cpr:
        case Cpr():
            return Finding(FindingCode.CPR, satisfied=True)
        case CprRefusal() as refusal:
            return Finding(FindingCode.CPR, satisfied=False, parameters=(("refusal", refusal.value),))
        case None:
            return Finding(FindingCode.CPR, satisfied=None)


def _judge_age(person: CandidateFacts, election: ElectionRules, rules: EligibilityRules) -> Finding:
    """Age counts on election day itself, not on the day of nomination."""
    reached_on = None if person.born is None else turns(person.born, rules.minimum_age)
    return Finding(
        FindingCode.AGE,
        satisfied=None if reached_on is None else reached_on <= election.election_day,
        parameters=(
            ("minimum_age", rules.minimum_age),
            ("election_day", election.election_day),
            ("reached_on", reached_on),
        ),
    )


def _judge_residence(person: CandidateFacts, election: ElectionRules) -> Finding:
    """Residence is the municipality code and never an address, so that a protected address is no hindrance."""
    code = person.municipality_code
    return Finding(
        FindingCode.RESIDENCE,
        satisfied=None if code is None else code == election.municipality_code,
        parameters=(("municipality", election.municipality), ("municipality_code", code)),
    )


def _judge_declaration(person: CandidateFacts, demanded: str) -> Finding:
    """Only the very text that the rule set names counts, not an earlier wording."""
    return Finding(
        FindingCode.DECLARATION,
        satisfied=person.declared == demanded,
        parameters=(("declaration", demanded),),
    )


def _judge_proposers(person: CandidateFacts, needed: int) -> Finding:
    """Each proposer counts once, and nobody proposes herself (candidates/proposers.py)."""
    counted = weigh(person.proposers, needed)
    return Finding(
        FindingCode.PROPOSERS,
        satisfied=counted.satisfied,
        parameters=(("needed", needed), ("eligible", counted.eligible), ("unknown", counted.unknown)),
    )
