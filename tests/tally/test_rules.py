"""A whole rule set is one text: every section read, nothing unknown let through, and the text hashed as it stands."""

from hashlib import sha256
from pathlib import Path

import pytest

from candidates.clauses import RuleError
from tally.rules import ReservedSeats, parse_counting_rules, parse_rule_set
from tally.rules_after import AuditRules

RULESETS = Path(__file__).parents[2] / "rulesets"
COUNTING = """
[ballot]
votes_per_voter = 1
[seats]
total = 5
unfilled = "open"
[[seats.reserved]]
group = "ikke-vestlig"
seats = 3
[[seats.reserved]]
group = "vestlig"
seats = 2
[substitutes]
model = "paired"
per_member = 2
minimum_votes = 1
"""


@pytest.fixture(scope="module")
def koege():
    """The text of the rule set of 2021."""
    return (RULESETS / "koege-2021.toml").read_bytes().decode()


@pytest.mark.parametrize("path", sorted(RULESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_rule_set_is_sound(path):
    """Each rule set that is shipped reads as a whole and as the count reads it."""
    text = path.read_bytes().decode()
    rules = parse_rule_set(text)
    assert rules.counting == parse_counting_rules(text)
    assert (rules.text, rules.sha256) == (text, sha256(path.read_bytes()).hexdigest())


def test_koege_2021_says_what_the_sources_say(koege):
    """Five seats, one ranked list, 18 years, residence in 0259, the declaration and the term are as adopted."""
    rules = parse_rule_set(koege)
    assert (rules.seats.total, rules.seats.reserved, rules.substitutes.model) == (5, (), "ranked")
    assert (rules.eligibility.minimum_age, rules.eligibility.residence) == (18, True)
    assert rules.eligibility.declaration == "anden-etnisk-baggrund-1"
    assert (rules.election.municipality_code, rules.election.election_day.isoformat()) == ("0259", "2021-11-23")
    term = (rules.election.term_start.isoformat(), rules.election.term_end.isoformat())
    assert term == ("2022-01-01", "2025-12-31")
    assert (rules.ballot.votes_per_voter, rules.admission.roll, rules.complaints.days) == (1, "open", 7)


def test_koege_2014_reserves_all_seats():
    """In the term 2014-2017 three seats were kept for one group and two for the other."""
    rules = parse_rule_set((RULESETS / "koege-2014.toml").read_bytes().decode())
    assert rules.seats.reserved == (ReservedSeats("ikke-vestlig", 3), ReservedSeats("vestlig", 2))
    assert (rules.seats.total, rules.seats.unfilled) == (5, "vacant")


def test_every_character_counts_in_the_hash(koege):
    """A changed comment or line ending is another text, though it says the same."""
    other = parse_rule_set(koege.replace("\n", "\r\n"))
    assert other.sha256 != parse_rule_set(koege).sha256
    assert other.counting == parse_rule_set(koege).counting


def test_the_count_needs_three_sections_only():
    """Ballot, seats and substitutes suffice for the count, but not for an election."""
    rules = parse_counting_rules(COUNTING)
    assert (rules.seats.unfilled, rules.substitutes.per_member, rules.substitutes.minimum_votes) == ("open", 2, 1)
    with pytest.raises(RuleError) as refused:
        parse_rule_set(COUNTING)
    assert refused.value.field == "[election]"


def test_the_count_does_not_read_other_sections():
    """An election section that could not hold an election does not hinder the count."""
    assert parse_counting_rules(COUNTING + "[election]\nname = 7\n") == parse_counting_rules(COUNTING)


@pytest.mark.parametrize("section", ["ballot", "seats", "substitutes"])
def test_the_count_names_a_missing_section(section):
    """A rule set without one of the three sections is refused by its name."""
    with pytest.raises(RuleError, match="is missing") as refused:
        parse_counting_rules("\n".join(f"[{name}]" for name in ("ballot", "seats", "substitutes") if name != section))
    assert refused.value.field == f"[{section}]"


def test_what_says_nothing_may_go_unsaid():
    """Without reserved seats `unfilled` says nothing, in the ranked model `per_member` says nothing."""
    rules = parse_counting_rules('[ballot]\nvotes_per_voter=1\n[seats]\ntotal=5\n[substitutes]\nmodel="ranked"')
    assert (rules.seats.unfilled, rules.substitutes.per_member, rules.substitutes.minimum_votes) == ("vacant", 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("total = 5", "total = 4", "[seats] reserved"),
        ("total = 5", "total = 0", "[seats] total"),
        ("total = 5", "total = true", "[seats] total"),
        ("total = 5", "total = 5.0", "[seats] total"),
        ("total = 5\n", "", "[seats] total"),
        ("total = 5", "total = 5\nsize = 5", "[seats] size"),
        ('unfilled = "open"\n', "", "[seats] unfilled"),
        ('unfilled = "open"', 'unfilled = "empty"', "[seats] unfilled"),
        ('"vestlig"', '"ikke-vestlig"', "[[seats.reserved]] 2 group"),
        ('"vestlig"', '"open"', "[[seats.reserved]] 2 group"),
        ('"vestlig"', '""', "[[seats.reserved]] 2 group"),
        ("seats = 2", "seats = 0", "[[seats.reserved]] 2 seats"),
        ("seats = 2", "seat = 2", "[[seats.reserved]] 2 seat"),
        ('"paired"', '"list"', "[substitutes] model"),
        ("per_member = 2\n", "", "[substitutes] per_member"),
        ("per_member = 2", "per_member = 0", "[substitutes] per_member"),
        ("minimum_votes = 1", "minimum_votes = -1", "[substitutes] minimum_votes"),
        ("[ballot]", "[audits]\nlevel = 1\n[ballot]", "[audits]"),
        ("[ballot]", "complaints = 7\n[ballot]", "[complaints]"),
        ("[ballot]", '["a\\nb"]\n[ballot]', "[a\\nb]"),
        ("[ballot]", "[ballot", "TOML"),
        ("[ballot]", "[ballot]\n[ballot]", "TOML"),
        ("total = 5", "total = " + "9" * 5000, "TOML"),
        ("total = 5", "total = 5\nreserved = " + "[" * 10_000, "TOML"),
        ("\n[ballot]", "\ufeff[ballot]", "TOML"),
    ],
)
def test_unfit_rules_name_their_field(old, new, field):
    """Every rule that cannot be counted by is refused with one line that names it."""
    assert old in COUNTING
    with pytest.raises(RuleError) as refused:
        parse_counting_rules(COUNTING.replace(old, new, 1))
    assert refused.value.field == field
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("days", ["0", "367", "true", '"7"'])
def test_unfit_complaint_days_name_their_field(koege, days):
    """The time for complaints is a whole number of days, at least one."""
    with pytest.raises(RuleError) as refused:
        parse_rule_set(koege.replace("days = 7", f"days = {days}"))
    assert refused.value.field == "[complaints] days"


@pytest.mark.parametrize("path", sorted(RULESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_rules_without_an_audit_ask_for_no_paper(path):
    """A rule set of before is read as it was, with the same hash: nothing is printed or counted for it."""
    rules = parse_rule_set(path.read_bytes().decode())
    assert rules.audit == AuditRules(paper_record=False)
    assert rules.sha256 == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("clause", "field"),
    [
        ("paper_record = true", "[audit] deposit"),
        ('paper_record = true\ndeposit = "later"', "[audit] deposit"),
        ('paper_record = "yes"\ndeposit = "before_cast"', "[audit] paper_record"),
        ('deposit = "before_cast"', "[audit] paper_record"),
        ('paper_record = true\ndeposit = "after_cast"\ncounted = "some"', "[audit] counted"),
        ("paper_record = false\nreceipt = true", "[audit] receipt"),
    ],
)
def test_an_audit_that_is_not_sound_names_its_field(koege, clause, field):
    """When papers are dropped into the box must be said; nothing unknown is let through."""
    with pytest.raises(RuleError) as caught:
        parse_rule_set(f"{koege}\n[audit]\n{clause}\n")
    assert caught.value.field == field


def test_an_audit_says_how_papers_are_dropped_and_counted(koege):
    """By number alone where it is not said."""
    said = koege + '\n[audit]\npaper_record = true\ndeposit = "after_cast"\n'
    assert parse_rule_set(said).audit == AuditRules(paper_record=True, deposit="after_cast", counted="number")
    by_candidate = parse_rule_set(said + 'counted = "by_candidate"\n')
    assert by_candidate.audit.counted == "by_candidate"
    assert by_candidate.counting == parse_counting_rules(koege)
