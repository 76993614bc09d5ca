"""The whole rule set of an election held on an open roll, for the tests of who votes."""

from pathlib import Path

import pytest

from tally.rules import RuleSet, parse_rule_set

_RULE_SETS = Path(__file__).parents[2] / "rulesets"


@pytest.fixture(scope="session")
def koege() -> RuleSet:
    """Køge 2021: eighteen on 23 November 2021, resident in 0259, declared, an open roll."""
    return parse_rule_set((_RULE_SETS / "koege-2021.toml").read_text(encoding="utf-8"))
