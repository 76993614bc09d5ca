"""The tree has one licence, named alike wherever a tool looks for it, and everything of others stands in NOTICE."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
IDENTIFIER = "EUPL-1.2"


def part(number: int) -> str:
    """One of the numbered parts of NOTICE."""
    return re.split(r"(?m)^\d  ", NOTICE)[number]


def locked(name: str) -> set[str]:
    return set(re.findall(r"(?m)^([a-z0-9][\w.-]*)==", (ROOT / name).read_text(encoding="utf-8")))


def test_the_licence_is_named_alike_everywhere() -> None:
    """Both programs' metadata name what LICENSE names, and the wheel is told to carry both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == IDENTIFIER
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    assert json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["license"] == IDENTIFIER
    assert f"SPDX id   {IDENTIFIER}\n" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(("number", "file"), [(2, "requirements.txt"), (3, "requirements-speech.txt")])
def test_each_package_that_is_installed_stands_in_the_notice(number: int, file: str) -> None:
    """A package that is added to a locked list is looked at before it is used."""
    words = set(re.findall(r"[a-z0-9][\w.-]*[a-z0-9]", part(number)))
    assert locked(file) - words == set()


def test_each_package_of_the_pages_stands_in_the_notice() -> None:
    """What the frontend depends on is named; the fonts by their own names."""
    depends = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    named = {name for name in depends if not name.startswith("@expo-google-fonts/")}
    fonts = {name.partition("/")[2].replace("-", " ").title() for name in depends.keys() - named}
    assert [name for name in sorted(named | fonts) if name not in part(1)] == []
