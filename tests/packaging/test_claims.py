"""What the documents claim is shown by tests that exist: threat model, standards and answers name each by file and name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CLAIMING = sorted(
    path.name for path in DOCS.glob("*.md") if re.search(r"`tests/[^`]*::", path.read_text(encoding="utf-8"))
)
ATTACKERS = (
    "The voter",
    "The official",
    "The administrator",
    "The tablet",
    "The key holders, up to k - 1",
    "The room where slips are printed",
    "The network",
    "The observer",
)
"""Those of whom the threat model says as a whole what they can and cannot do."""


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, title: str) -> str:
    """What stands in a document under a heading, up to the next of the same rank or a higher one."""
    rank, _, text = (
        re.search(rf"(?m)^(#+) {re.escape(title)}$()", read(name))[1],
        *read(name).partition(f" {title}\n")[1:],
    )
    return re.split(rf"(?m)^#{{1,{len(rank)}}} ", text)[0]


@cache
def names_in(file: str) -> frozenset[str]:
    return frozenset(re.findall(r"(?m)^def (test_\w+)", (ROOT / file).read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", CLAIMING)
def test_each_test_that_a_document_names_exists(document):
    """A claim rests on a test that can be run by its name."""
    named = re.findall(r"`(tests/[\w/.-]+\.py)::(\w+)`", read(document))
    assert named
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


@pytest.mark.parametrize("document", sorted(path.name for path in DOCS.glob("*.md")))
def test_each_file_that_a_document_names_exists(document):
    """Whoever follows a name from a document into the tree finds something there."""
    rooms = "ballots|benchmarks|candidates|docs|frontend|rulesets|scripts|tally|templates|tests|votingapp"
    named = set(re.findall(rf"`((?:{rooms})/[^`\s:*<>…]+)(?:::\w+)?`", read(document)))
    assert sorted(one for one in named if not (ROOT / one).exists()) == []


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_each_attacker_has_what_she_can_and_cannot_and_what_shows_it(attacker):
    """The threat model says of each what she can do, what she cannot, and by which tests that is shown."""
    said = section("threat-model.md", attacker)
    for part in ("- **Can:** ", "- **Cannot:** ", "- **Shown by:** `tests/"):
        assert part in said
    assert said.count("::test_") >= 3


def test_each_attempt_is_shown_or_said_to_be_open():
    """Whatever somebody may try has a test, or stands there as not prevented."""
    rows = re.findall(r"(?m)^\| (?!wants|---)(.+) \| (.+) \| (.*) ?\|$", section("threat-model.md", "Attackers"))
    assert len(rows) > 60
    assert [
        wants for wants, what, shown in rows if not re.search(r"tests|vectors", shown) and "**not" not in what
    ] == []


def test_all_49_standards_stand_there_with_evidence():
    """Each number once and in order; what is met names a test or a document, what is not says so."""
    rows = re.findall(
        r"(?m)^\| (\d+)(?: [•°])? \| ([^|]+) \| (met|partly|not met) \| ([^|]+) \|$", read("standards.md")
    )
    assert [int(number) for number, *_ in rows] == list(range(1, 50))
    assert [number for number, _, how, evidence in rows if how != "not met" and "`" not in evidence] == []


def test_a_challenge_is_told_in_a_minute():
    """What officials say to a voter, the lines that are quoted, is read aloud in a minute."""
    text = (DOCS / "manual" / "challenge.md").read_text(encoding="utf-8")
    said = " ".join(line[1:] for line in text.splitlines() if line.startswith(">"))
    assert 100 < len(said.replace("*", "").split()) <= 150


def test_the_seven_questions_are_answered():
    """Each question has an answer in its first words, and something that shows it."""
    titles = re.findall(r"(?m)^## (\d)\. (.+)$", read("answers.md"))
    assert [int(number) for number, _ in titles] == list(range(1, 8))
    for number, title in titles:
        answer = section("answers.md", f"{number}. {title}")
        assert answer.strip().startswith("**")
        assert "`tests/" in answer
