"""Change the rules of the count in small ways, one at a time, and say which changes no test notices.

`make mutants` runs mutmut over a copy of `tally/`. mutmut makes no change under a decorator; so in the copy dataclasses and
properties are made by a line after their definition. Of constants of a module it makes none. What survives must stand in
docs/mutants.md with the reason why nobody could notice.

    python scripts/mutants.py                                              all modules: some hours of one core
    python scripts/mutants.py tally/dice.py ... -- tests/tally/test_dice.py    these, asked by these tests alone
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants"
EXPLAINED = ROOT / "docs" / "mutants.md"
_PACKAGES = ("candidates", "ballots", "tally", "votingapp", "rulesets")
_TESTS = ("tally", "support", "vectors")
_NOTICED = frozenset({"killed", "timeout", "suspicious", "caught by type check", "segfault"})
_CAST = re.compile(r"""\bcast\((?:'[^']*'|"[^"]*"|None), """)
_EXPLANATION = re.compile(r"^- `(?P<where>[\w.]+)`: `(?P<before>.*?)` → `(?P<after>.*?)`\. \S", re.MULTILINE)
_SETTINGS = """
[tool.pytest.ini_options]
addopts = ["--strict-markers", "--import-mode=importlib", "-p", "no:cacheprovider"]
pythonpath = ["tests/support"]
timeout = 300

[tool.mutmut]
source_paths = ["tally"]
also_copy = ["candidates", "ballots", "votingapp", "rulesets"]
only_mutate = {only}
pytest_add_cli_args_test_selection = {tests}
"""
_CONFTEST = '''"""The same is tried each time, however slow the machine; what fails is not made smaller for a reader."""

from hypothesis import Phase, settings

settings.register_profile("mutants", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.load_profile("mutants")
'''


class Mutant(NamedTuple):
    """A change: in which function, and the lines before and after it, with single spaces."""

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"- `{self.where}`: `{self.before}` → `{self.after}`."


def undecorated(source: str) -> str:
    """The same module, its dataclasses and properties made by a line after the definition."""
    lines = source.splitlines()
    edits: list[tuple[int, int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        for decorator in node.decorator_list:
            text = ast.unparse(decorator)
            if text == "property" or text.startswith("dataclass"):
                end = node.end_lineno or node.lineno
                edits.append((end, decorator.lineno, f"{' ' * node.col_offset}{node.name} = {text}({node.name})"))
    for end, start, line in sorted(edits, key=lambda edit: (-edit[0], edit[1])):
        lines.insert(end, line)
        lines[start - 1] = ""
    return "\n".join(lines) + "\n"


def explained(text: str) -> frozenset[Mutant]:
    """The survivors that docs/mutants.md explains."""
    return frozenset(Mutant(found["where"], found["before"], found["after"]) for found in _EXPLANATION.finditer(text))


def of_a_type_alone(mutant: Mutant) -> bool:
    """Whether nothing but the type in a `cast` was changed, which says something to the type checker and does nothing."""
    return _CAST.sub("cast(", mutant.before) == _CAST.sub("cast(", mutant.after)


def _lay_out(only: list[str], tests: list[str]) -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    kept_out = shutil.ignore_patterns("__pycache__", "static", "translations")
    for name in _PACKAGES:
        shutil.copytree(ROOT / name, COPY / name, ignore=kept_out)
    for name in _TESTS:
        shutil.copytree(ROOT / "tests" / name, COPY / "tests" / name, ignore=kept_out)
    for module in (COPY / "tally").rglob("*.py"):
        module.write_text(undecorated(module.read_text(encoding="utf-8")), encoding="utf-8")
    (COPY / "tests" / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    settings = _SETTINGS.format(only=only, tests=tests or ["tests/tally"])
    (COPY / "pyproject.toml").write_text(settings, encoding="utf-8")


def _mutmut(*arguments: str, quiet: bool = False) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        command,
        cwd=COPY,
        env=os.environ | {"TZ": "Asia/Kolkata"},  # where the clock is UTC, a forgotten zone is noticed by nobody
        check=not quiet,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
    )
    return done.stdout or ""


def _unnoticed() -> Iterator[Mutant]:
    for line in _mutmut("results", quiet=True).splitlines():
        name, _, status = line.strip().rpartition(": ")
        if name and status not in _NOTICED:
            yield _mutant(name, status)


def _mutant(name: str, status: str) -> Mutant:
    """Read `tally.paper.xǁPaperFiguresǁballots__mutmut_1` and what was changed there."""
    module, _, function = re.sub(r"__mutmut_\d+$", "", name).rpartition(".")
    where = function.removeprefix("x_") if function.startswith("x_") else function.removeprefix("xǁ").replace("ǁ", ".")
    before, after = [], []
    if status == "survived":
        for line in _mutmut("show", name, quiet=True).splitlines():
            if line[:1] == "-" and not line.startswith("---"):
                before.append(line[1:].strip())
            if line[:1] == "+" and not line.startswith("+++"):
                after.append(line[1:].strip())
    return Mutant(f"{module}.{where}", " ".join(before) or status, " ".join(after))


def main(arguments: list[str]) -> int:
    """Run, and answer 0 where every survivor is explained."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    _lay_out(arguments[:cut], arguments[cut + 1 :])
    _mutmut("run", "--max-children", "1")
    unnoticed = {mutant for mutant in _unnoticed() if not of_a_type_alone(mutant)}
    unexplained = sorted(unnoticed - explained(EXPLAINED.read_text(encoding="utf-8")))
    for mutant in unexplained:
        sys.stdout.write(f"{mutant}\n")
    sys.stdout.write(f"{len(unexplained)} unexplained\n")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
