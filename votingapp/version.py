"""Which program the house runs: its version, and a hash over every file of it, so that it can be found again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.resources import bundle_dir, rulesets_dir, templates_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = ("candidates", "ballots", "tally", "votingapp")
_NOT_OURS = frozenset({"__pycache__", "bundle", "_templates", "_rulesets", "_manual"})
"""Made by Python, named by a hash of its own, named as what it is in a checkout, or only read by people."""
_NO_PART = frozenset({".pyc", ".po", ".pot"})
"""What Python makes of the files as it runs, and what only translators read."""


@dataclass(frozen=True, slots=True)
class Software:
    """A program: its `version`, and the SHA-256 (hex) of what runs on the server and of what is served to the tablets."""

    version: str
    code_sha256: str
    bundle_sha256: str


@cache
def software() -> Software:
    """The program as this process found it when it was first asked.

    Each hash is the SHA-256 of a list with one line for each file, sorted by name: the file's own SHA-256 in hex, two
    spaces, its name with `/`, a line feed. That is what `sha256sum` prints. A checkout and a wheel built from it give
    the same list: pages and rule sets are named `templates/...` and `rulesets/...` wherever they lie.
    """
    return Software(version("votingapp"), _sum(_code()), _sum(_files(bundle_dir(), "bundle")))


def _code() -> Iterator[tuple[str, Path]]:
    home = Path(__file__).resolve().parent.parent
    for package in _PACKAGES:
        yield from _files(home / package, package)
    yield from _files(templates_dir(), "templates")
    yield from _files(rulesets_dir(), "rulesets")


def _files(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix not in _NO_PART and not _NOT_OURS & set(inside.parts):
            yield f"{name}/{inside.as_posix()}", path


def _sum(files: Iterator[tuple[str, Path]]) -> str:
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
