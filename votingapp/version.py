"""Which program the house runs: its version, and a hash over every file of it, so that it can be found again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.resources import bundle_dir, figure_path, rulesets_dir, templates_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGES = ("candidates", "ballots", "tally", "votingapp")
_NOT_OURS = frozenset({"__pycache__", "bundle", "_templates", "_rulesets", "_manual"})
"""Made by Python, named by a hash of its own, named as what it is in a checkout, or only read by people."""
_NO_PART = frozenset({".pyc", ".po", ".pot"})
"""What Python makes of the files as it runs, and what only translators read."""
_ON_A_TABLET = ("booth.css", "booth*.js", "sealer*.js", "zxing_reader.wasm", "**/*.woff2")
"""The files of the bundle that the booth's page loads at one time or another, whatever the voter chooses."""


@dataclass(frozen=True, slots=True)
class Software:
    """A program: its `version`, and the SHA-256 (hex) of what runs on the server and of what is served to the tablets.

    `booth_sha256` is that of the files which a tablet of a booth holds: it computes the same of its own and shows it.
    """

    version: str
    code_sha256: str
    bundle_sha256: str
    booth_sha256: str = ""


@cache
def software() -> Software:
    """The program as this process found it when it was first asked.

    Each hash is the SHA-256 of a list with one line for each file, sorted by name: the file's own SHA-256 in hex, two
    spaces, its name with `/`, a line feed. That is what `sha256sum` prints. A checkout and a wheel built from it give
    the same list: pages and rule sets are named `templates/...` and `rulesets/...` wherever they lie.
    """
    bundle = bundle_dir()
    booth = _sum_of_list(tablet_files(bundle))
    return Software(version("votingapp"), _sum(_code()), _sum(_files(bundle, "bundle")), booth)


@cache
def tablet_files(folder: Path) -> tuple[tuple[str, str], ...]:
    """Name below `static/` and SHA-256 (hex) of each file that a booth's tablet holds, sorted by name; `folder` is the bundle.

    They are the same on every tablet, and the same as whoever builds the program from its source has. The page itself is no
    part: it names the tablet. Read once as long as the process lives.
    """
    paths = {f"bundle/{one.relative_to(folder).as_posix()}": one for kind in _ON_A_TABLET for one in folder.glob(kind)}
    paths["silhouette.svg"] = figure_path()
    return tuple((name, _sha256_of(path)) for name, path in sorted(paths.items()))


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
    return _sum_of_list((name, _sha256_of(path)) for name, path in sorted(files))


def _sum_of_list(files: Iterable[tuple[str, str]]) -> str:
    lines = (f"{sha256}  {name}\n" for name, sha256 in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
