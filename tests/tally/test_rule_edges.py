"""The edges of the rules of the count and of what follows it: the least, the most, what is said of what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from candidates.clauses import RuleError
from tally.rules import parse_counting_rules, parse_rule_set
from tally.rules_after import AuditRules, CouncilCategory, CouncilRules, SuccessionRules

KOEGE = (Path(__file__).parents[2] / "rulesets" / "koege-2021.toml").read_text(encoding="utf-8")
COUNTING = '[ballot]\nvotes_per_voter = 1\nblank = true\norder = "alphabetical"\n'
SAME = '[council]\n[[council.categories]]\nname = "A"\nseats = 1\nfilled_by = "byraad"\n'


def refusal(text, read=parse_rule_set):
    with pytest.raises(RuleError) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize("section", ["council", "succession"])
def test_a_section_that_says_nothing_says_what_the_law_does(section):
    """Each key may be left out, also all of them."""
    rules = parse_rule_set(f"{KOEGE}\n[{section}]\n")
    assert (rules.council, rules.succession) == (CouncilRules(None, 7, ()), SuccessionRules("struck", 2))


def test_an_audit_that_prints_nothing_need_not_say_when():
    """Without papers nobody drops one anywhere; what is said of it all the same is read as it stands."""
    assert parse_rule_set(f"{KOEGE}\n[audit]\npaper_record = false\n").audit == AuditRules()
    said = parse_rule_set(f'{KOEGE}\n[audit]\npaper_record = false\ndeposit = "after_cast"\n').audit
    assert said == AuditRules(paper_record=False, deposit="after_cast")


@pytest.mark.parametrize(
    ("said", "council"),
    [
        ("least = 1", CouncilRules(None, 1, ())),
        ("least = 1000", CouncilRules(None, 1000, ())),
        ("total_max = 5\nleast = 5", CouncilRules(5, 5, ())),
        ("total_max = 1000", CouncilRules(1000, 7, ())),
        (
            '[[council.categories]]\nname = "A"\nseats = 1000\nfilled_by = "appointed"',
            CouncilRules(None, 7, (CouncilCategory("A", 1000, "appointed"),)),
        ),
    ],
)
def test_the_least_and_the_most_of_a_council(said, council):
    """Both ends are allowed."""
    assert parse_rule_set(f"{KOEGE}\n[council]\n{said}\n").council == council


@pytest.mark.parametrize("absences", [0, 366])
def test_the_least_and_the_most_absences(absences):
    """Both ends are allowed."""
    assert parse_rule_set(f"{KOEGE}\n[succession]\nabsences = {absences}\n").succession.absences == absences


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("[council]\ntotal_max = 4", "[council] total_max: must be at least 5"),
        ("[council]\ntotal_max = 1001", "[council] total_max: must be at most 1000"),
        ("[council]\nleast = 0", "[council] least: must be at least 1"),
        ("[council]\nleast = 1001", "[council] least: must be at most 1000"),
        ("[council]\ntotal_max = 9\nleast = 10", "[council] least: must be at most 9"),
        (
            f"{SAME}{SAME.removeprefix('[council]')}",
            '[[council.categories]] 2 name: "A" stands in another entry already',
        ),
        (
            SAME.replace("[council]", "[council]\ntotal_max = 5"),
            "[council] total_max: is less than the seats that are elected and those of the categories together",
        ),
        (SAME.replace("seats = 1", "seats = 0"), "[[council.categories]] 1 seats: must be at least 1"),
        (SAME.replace("seats = 1", "seats = 1001"), "[[council.categories]] 1 seats: must be at most 1000"),
        (SAME.replace('"byraad"', '"kongen"'), '[[council.categories]] 1 filled_by: must be "appointed" or "byraad"'),
        ("[succession]\nabsences = -1", "[succession] absences: must be at least 0"),
        ("[succession]\nabsences = 367", "[succession] absences: must be at most 366"),
        ('[succession]\ndeclined = "gone"', '[succession] declined: must be "struck" or "stays"'),
        (
            "[audit]\npaper_record = false\nrisk_limit = 50",
            '[audit] risk_limit: says nothing where counted is not "sample"',
        ),
    ],
)
def test_what_does_not_fit_is_said(said, refused):
    """The line names the field and says what must stand there."""
    assert refusal(f"{KOEGE}\n{said}\n") == refused


def counting(seats):
    return f'{COUNTING}[seats]\ntotal = 3\nunfilled = "vacant"\n{seats}\n[substitutes]\nmodel = "ranked"\n'


@pytest.mark.parametrize(
    ("seats", "refused"),
    [
        (
            '[[seats.reserved]]\ngroup = "open"\nseats = 1',
            '[[seats.reserved]] 1 group: "open" is the word for a seat that is not reserved',
        ),
        ('[[seats.reserved]]\ngroup = "a"\nseats = 0', "[[seats.reserved]] 1 seats: must be at least 1"),
        (
            '[[seats.reserved]]\ngroup = "a"\nseats = 4',
            "[seats] reserved: more seats are reserved than there are in total",
        ),
        (
            '[[seats.reserved]]\ngroup = "a"\nseats = 1\n[[seats.reserved]]\ngroup = "a"\nseats = 1',
            '[[seats.reserved]] 2 group: "a" has its seats in another entry already',
        ),
    ],
)
def test_what_is_said_of_reserved_seats(seats, refused):
    """One reserved seat is enough, and all may be reserved."""
    assert refusal(counting(seats), parse_counting_rules) == refused
    whole = '[[seats.reserved]]\ngroup = "a"\nseats = 1\n[[seats.reserved]]\ngroup = "b"\nseats = 2'
    assert [row.seats for row in parse_counting_rules(counting(whole)).seats.reserved] == [1, 2]


def test_what_is_written_without_need_is_read_all_the_same():
    """One seat and one day are enough; a word that says nothing here is still a word of the rules."""
    one = counting("").replace("total = 3", "total = 1").replace('"vacant"', '"open"') + "per_member = 3\n"
    rules = parse_counting_rules(one)
    assert (rules.seats.total, rules.seats.unfilled, rules.substitutes.per_member) == (1, "open", 3)
    assert refusal(counting("").replace('"vacant"', '"gone"'), parse_counting_rules) == (
        '[seats] unfilled: must be "vacant" or "open"'
    )
    whole = parse_rule_set(KOEGE.replace("days = 7", "days = 1"))
    assert whole.complaints.days == 1
    assert whole.nomination.opens < whole.nomination.closes <= whole.nomination.cure_until


def test_what_is_said_of_sections():
    """A section that nobody knows, one that is a number, one that is missing."""
    assert refusal(f"{KOEGE}\n[seat]\ntotal = 1\n") == "[seat]: is not a known section"
    assert refusal(f"audit = 3\n{KOEGE}") == "[audit]: must be a section"
    assert refusal(COUNTING, parse_counting_rules) == "[seats]: is missing"


def test_what_is_no_toml_says_where():
    """The parser's own words, on one line."""
    assert refusal("[seats\n") == "TOML: Expected ']' at the end of a table declaration (at line 1, column 7)"
