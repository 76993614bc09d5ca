"""A tablet is told whether it prints; the house itself has no door at which a vote could be printed."""

from __future__ import annotations

import pytest
from joined import make_booth

from votingapp.booth import create_booth
from votingapp.settings import load_settings

AUDIT = '\n[audit]\npaper_record = {}\ndeposit = "after_cast"\n'


@pytest.fixture
def told(tmp_path, store, found_election, koege_rules):
    """What `election.json` says of printing: `told(clause, **environment)`."""

    def ask(clause: str = "", **environment: str) -> dict:
        election = found_election(store, rules_text=koege_rules + clause)
        booth = create_booth(load_settings({"VOTINGAPP_HOME": str(tmp_path)} | environment), store)
        answer = make_booth(booth, store, election).get(f"/{election.slug}/election.json").json
        return {name: answer[name] for name in ("paper_record", "printer") if name in answer}

    return ask


@pytest.mark.parametrize(
    ("clause", "environment", "expected"),
    [
        ("", {}, {}),
        (AUDIT.format("false"), {}, {}),
        ("", {"VOTINGAPP_BOOTH_PRINTERS": "1"}, {"printer": True}),
        (AUDIT.format("true"), {}, {"paper_record": "after_cast", "printer": True}),
    ],
)
def test_a_tablet_is_told_whether_to_print(told, clause, environment, expected):
    """The papers are the rules', the printer is the rules' or the house's; without both nothing is said of it."""
    assert told(clause, **environment) == expected


def test_nothing_is_printed_through_the_house(booth):
    """A door for printing would tell the house votes, and in which order they came."""
    assert not [rule.rule for rule in booth.url_map.iter_rules() if "print" in rule.rule or "paper" in rule.rule]
