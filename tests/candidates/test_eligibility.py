"""Each rule of eligibility is answered yes, no or unknown, exactly at its border."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.eligibility import CandidateFacts, Finding, FindingCode, judge, turns, verdict
from candidates.identity import Identity
from candidates.proposers import Proposer

ELIGIBLE = CandidateFacts(
    cpr=parse_cpr("1012620001"), municipality_code="0259", declared="anden-etnisk-baggrund-1", identity=Identity.MITID
)


def find(findings, code):
    return next(finding for finding in findings if finding.code is code)


def born_on(day):
    return Cpr("0000000000", day)


def test_an_eligible_person_satisfies_every_rule(election, eligibility):
    """A person of age, resident and declared gets exactly the five findings of Køge's rules, who she is first, all satisfied."""
    findings = judge(ELIGIBLE, election, eligibility)
    assert [finding.code for finding in findings] == [
        FindingCode.IDENTITY,
        FindingCode.CPR,
        FindingCode.AGE,
        FindingCode.RESIDENCE,
        FindingCode.DECLARATION,
    ]
    assert verdict(findings) is True


@pytest.mark.parametrize(
    ("born", "satisfied"),
    [(date(2003, 11, 22), True), (date(2003, 11, 23), True), (date(2003, 11, 24), False)],
)
def test_eighteen_on_election_day_itself(election, eligibility, born, satisfied):
    """An 18th birthday on election day is in time, one on the day after is not."""
    finding = find(judge(replace(ELIGIBLE, cpr=born_on(born)), election, eligibility), FindingCode.AGE)
    assert finding.satisfied is satisfied
    assert dict(finding.parameters)["reached_on"] == turns(born, 18)


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 120), st.integers(-3, 3))
def test_the_age_is_that_in_whole_years_on_election_day(election, eligibility, born, minimum_age, days):
    """On any day around any birthday, leap days too, the finding says whether the years in full reach the minimum."""
    day = turns(born, minimum_age) + timedelta(days=days)
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    rules = replace(eligibility, minimum_age=minimum_age)
    person = replace(ELIGIBLE, cpr=born_on(born))
    finding = find(judge(person, replace(election, election_day=day), rules), FindingCode.AGE)
    assert finding.satisfied is (years >= minimum_age)
    assert finding.satisfied is (days >= 0)


@pytest.mark.parametrize(
    ("day", "satisfied"), [(date(2022, 2, 28), False), (date(2022, 3, 1), True), (date(2024, 2, 29), True)]
)
def test_born_on_29_february(election, eligibility, day, satisfied):
    """Who was born on 29 February is of age from 1 March in a common year."""
    person = replace(ELIGIBLE, cpr=born_on(date(2004, 2, 29)))
    finding = find(judge(person, replace(election, election_day=day), eligibility), FindingCode.AGE)
    assert finding.satisfied is satisfied


def test_born_and_reaching_the_age_on_a_leap_day():
    """Between two leap days the birthday is 29 February itself, and 1900 was not a leap year."""
    assert turns(date(2004, 2, 29), 16) == date(2020, 2, 29)
    assert turns(date(1896, 2, 29), 4) == date(1900, 3, 1)


@given(st.dates(date(1858, 1, 1), date(2057, 12, 31)), st.integers(0, 120))
def test_birthdays_come_once_in_whole_years(born, age):
    """An age is reached neither before nor more than a day after the same day of the year."""
    reached = turns(born, age)
    assert reached.year == born.year + age
    assert (reached.month, reached.day) in {(born.month, born.day), (3, 1)}
    assert turns(born, age) < turns(born + timedelta(days=366), age)


@pytest.mark.parametrize(("code", "satisfied"), [("0259", True), ("0253", False), ("259", False), (None, None)])
def test_residence_is_the_municipality_code(election, eligibility, code, satisfied):
    """The code alone decides, and who is not found in the extract is unknown, not refused."""
    finding = find(judge(replace(ELIGIBLE, municipality_code=code), election, eligibility), FindingCode.RESIDENCE)
    assert finding.satisfied is satisfied


def test_a_person_without_fixed_address_is_resident(election, eligibility):
    """The facts hold a code and nothing of an address, so a person without fixed address there is resident."""
    assert not any("address" in field for field in CandidateFacts.__dataclass_fields__)
    assert find(judge(ELIGIBLE, election, eligibility), FindingCode.RESIDENCE).satisfied is True


@pytest.mark.parametrize("declared", [None, "", "anden-etnisk-baggrund-2"])
def test_only_the_named_declaration_counts(election, eligibility, declared):
    """No declaration, or one in another wording, leaves the rule unsatisfied."""
    finding = find(judge(replace(ELIGIBLE, declared=declared), election, eligibility), FindingCode.DECLARATION)
    assert finding.satisfied is False


def test_rules_that_are_not_there_are_not_judged(election, eligibility):
    """A rule set without residence and declaration gives no findings about them."""
    rules = replace(eligibility, residence=False, declaration="")
    person = replace(ELIGIBLE, municipality_code=None, declared=None)
    findings = judge(person, election, rules)
    assert {finding.code for finding in findings} == {FindingCode.IDENTITY, FindingCode.CPR, FindingCode.AGE}
    assert verdict(findings) is True


@pytest.mark.parametrize("refusal", list(CprRefusal))
def test_a_refused_number_is_told_with_its_reason(election, eligibility, refusal):
    """A refused number gives the reason, and leaves the age open unless it is documented otherwise."""
    findings = judge(replace(ELIGIBLE, cpr=refusal), election, eligibility)
    assert find(findings, FindingCode.CPR) == Finding(
        FindingCode.CPR, satisfied=False, parameters=(("refusal", refusal.value),)
    )
    assert find(findings, FindingCode.AGE).satisfied is None


def test_no_number_leaves_it_to_people(election, eligibility):
    """Without a number the finding is unknown, and a documented birth date still settles the age."""
    findings = judge(replace(ELIGIBLE, cpr=None, birth_date=date(1962, 12, 10)), election, eligibility)
    assert find(findings, FindingCode.CPR).satisfied is None
    assert find(findings, FindingCode.AGE).satisfied is True
    assert verdict(findings) is None


def test_the_number_outweighs_a_stated_birth_date(election, eligibility):
    """Where a number is known, its birth date counts and not a stated one."""
    person = replace(ELIGIBLE, cpr=born_on(date(2010, 1, 1)), birth_date=date(1962, 12, 10))
    assert find(judge(person, election, eligibility), FindingCode.AGE).satisfied is False


@pytest.mark.parametrize(
    ("proposers", "satisfied"),
    [
        ((), False),
        ((("a", True), ("b", True)), True),
        ((("a", True), ("a", True)), False),
        ((("a", True), ("b", False)), False),
        ((("a", True), ("b", None)), None),
        ((("a", True), ("a", None)), False),
        ((("a", None), ("b", None)), None),
        ((("a", True), ("b", True), ("c", False)), True),
    ],
)
def test_each_proposer_is_eligible_and_counts_once(election, eligibility, proposers, satisfied):
    """Proposers are counted once each and only if eligible; unknown ones leave open what they could tip."""
    person = replace(ELIGIBLE, proposers=tuple(Proposer(key, eligible) for key, eligible in proposers))
    findings = judge(person, election, replace(eligibility, proposers=2))
    assert find(findings, FindingCode.PROPOSERS).satisfied is satisfied


@given(st.lists(st.sampled_from([True, False, None])))
def test_the_verdict_is_no_stronger_than_its_findings(answers):
    """One broken rule breaks the whole, one unknown leaves it open, and no findings satisfy nothing less."""
    findings = [Finding(FindingCode.AGE, answer) for answer in answers]
    expected = False if False in answers else (None if None in answers else True)
    assert verdict(findings) is expected
    assert verdict(reversed(findings)) is expected


@pytest.mark.parametrize(
    ("identity", "checked", "satisfied"),
    [
        (Identity.MITID, False, True),
        (Identity.MITID, True, True),
        (Identity.EMAIL, False, None),
        (Identity.EMAIL, True, True),
        (Identity.PAPER, False, None),
        (Identity.PAPER, True, True),
    ],
)
def test_who_she_is_is_certain_or_looked_at(election, eligibility, identity, checked, satisfied):
    """MitID is certain; a link or a form on paper leaves it open, never broken, until an official has looked."""
    person = replace(ELIGIBLE, identity=identity, identity_checked=checked)
    findings = judge(person, election, eligibility)
    assert findings[0] == Finding(FindingCode.IDENTITY, satisfied, (("identity", identity.value),))
    assert verdict(findings) is satisfied


def test_nobody_is_proposed_by_herself(election, eligibility):
    """The candidate among her own proposers makes none of the number, though she is eligible."""
    backed = (Proposer("a", eligible=True), Proposer("b", eligible=True, is_candidate=True))
    person = replace(ELIGIBLE, proposers=backed)
    finding = find(judge(person, election, replace(eligibility, proposers=2)), FindingCode.PROPOSERS)
    assert finding == Finding(
        FindingCode.PROPOSERS, satisfied=False, parameters=(("needed", 2), ("eligible", 1), ("unknown", 0))
    )


def test_no_finding_carries_the_number(election, eligibility):
    """Findings are shown and stored, so none of them holds the CPR number."""
    assert "2620001" not in repr(judge(ELIGIBLE, election, eligibility))
