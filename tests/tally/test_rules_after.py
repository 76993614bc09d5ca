"""What a rule set says of the time after the vote: each clause is read exactly, and what does not fit is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from candidates.clauses import RuleError
from tally.rules import parse_rule_set
from tally.rules_after import CouncilCategory, CouncilRules, SuccessionRules

RULESETS = Path(__file__).parents[2] / "rulesets"

HVIDOVRE = """
[council]
total_max = 13
least = 9

[[council.categories]]
name = "Boligorganisationerne"
seats = 3
filled_by = "appointed"

[[council.categories]]
name = "Kommunalbestyrelsen"
seats = 1
filled_by = "byraad"
"""


@pytest.fixture(scope="module")
def koege():
    return (RULESETS / "koege-2021.toml").read_text(encoding="utf-8")


def test_rules_that_say_nothing_of_it_have_the_words_of_the_law(koege):
    """Defaults must be those of the law and of the house, so that older rule sets stay valid."""
    rules = parse_rule_set(koege)
    assert rules.council == CouncilRules(total_max=None, least=7, categories=())
    assert rules.succession == SuccessionRules(declined="struck", absences=2)
    assert (rules.complaints.days, rules.complaints.appeal_days) == (7, 0)


def test_a_council_is_composed_of_its_categories(koege):
    """Every category must be read with its seats and who fills them."""
    council = parse_rule_set(koege + HVIDOVRE).council
    assert (council.total_max, council.least) == (13, 9)
    assert council.categories == (
        CouncilCategory("Boligorganisationerne", 3, "appointed"),
        CouncilCategory("Kommunalbestyrelsen", 1, "byraad"),
    )


@pytest.mark.parametrize("total_max", [8, 4])
def test_a_council_has_room_for_all_its_seats(koege, total_max):
    """Five are elected, and four seats are of categories."""
    with pytest.raises(RuleError) as refused:
        parse_rule_set(koege + HVIDOVRE.replace("total_max = 13", f"total_max = {total_max}"))
    assert refused.value.field == "[council] total_max"
    assert parse_rule_set(koege + HVIDOVRE.replace("total_max = 13", "total_max = 9")).council.total_max == 9


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("least = 9", "least = 14", "[council] least"),
        ("least = 9", "most = 9", "[council] most"),
        ("seats = 3", "seats = 0", "[[council.categories]] 1 seats"),
        ('"byraad"', '"mayor"', "[[council.categories]] 2 filled_by"),
        ('"Kommunalbestyrelsen"', '"Boligorganisationerne"', "[[council.categories]] 2 name"),
        ("seats = 1\n", 'seats = 1\nsex = "f"\n', "[[council.categories]] 2 sex"),
    ],
)
def test_a_council_that_is_not_sound_names_its_field(koege, old, new, field):
    """A clerk must be told which field to mend."""
    assert old in HVIDOVRE
    with pytest.raises(RuleError) as refused:
        parse_rule_set(koege + HVIDOVRE.replace(old, new))
    assert refused.value.field == field


def test_who_declines_stays_where_the_rules_say_so(koege):
    """Both keys must be data of the rule set."""
    rules = parse_rule_set(koege + '\n[succession]\ndeclined = "stays"\nabsences = 0\n')
    assert rules.succession == SuccessionRules(declined="stays", absences=0)


@pytest.mark.parametrize(
    ("clause", "field"),
    [
        ('declined = "maybe"', "[succession] declined"),
        ("absences = -1", "[succession] absences"),
        ("absences = true", "[succession] absences"),
        ("excused = 2", "[succession] excused"),
    ],
)
def test_a_succession_that_is_not_sound_names_its_field(koege, clause, field):
    """A clerk must be told which field to mend."""
    with pytest.raises(RuleError) as refused:
        parse_rule_set(f"{koege}\n[succession]\n{clause}\n")
    assert refused.value.field == field


@pytest.mark.parametrize(("days", "is_sound"), [(-1, False), (0, True), (366, True), (367, False)])
def test_an_appeal_has_its_days(koege, days, is_sound):
    """Days of an appeal must lie between none and a year."""
    text = koege.replace("[complaints]\n", f"[complaints]\nappeal_days = {days}\n")
    if is_sound:
        assert parse_rule_set(text).complaints.appeal_days == days
        return
    with pytest.raises(RuleError) as refused:
        parse_rule_set(text)
    assert refused.value.field == "[complaints] appeal_days"


@pytest.mark.parametrize(("limit", "is_sound"), [(9, False), (10, True), (200, True), (201, False), (None, False)])
def test_a_sample_states_its_limit(koege, limit, is_sound):
    """A sample without a sound risk limit must be refused."""
    said = "" if limit is None else f"risk_limit = {limit}\n"
    text = f'{koege}\n[audit]\npaper_record = true\ndeposit = "before_cast"\ncounted = "sample"\n{said}'
    if is_sound:
        assert parse_rule_set(text).audit.risk_limit == limit
        return
    with pytest.raises(RuleError) as refused:
        parse_rule_set(text)
    assert refused.value.field == "[audit] risk_limit"


def test_no_limit_is_stated_where_nothing_is_sampled(koege):
    """A limit that says nothing must not pass for one that does."""
    with pytest.raises(RuleError) as refused:
        parse_rule_set(f"{koege}\n[audit]\npaper_record = false\nrisk_limit = 50\n")
    assert refused.value.field == "[audit] risk_limit"
