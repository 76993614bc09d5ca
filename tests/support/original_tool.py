"""Belenios' own tool, followed as `docs/verification.md` tells a reader to: whatever this runs is read from there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHAPTER = "## Belenios' own tool"
TOOLS = Path(sys.prefix) / "bin"


@dataclass(frozen=True, slots=True)
class Followed:
    """What a reader sees: ballots laid out and which of them are refused, the sum, its record, the numbers, and the tool's last word."""

    ballots: int
    refused: tuple[str, ...]
    tally: str
    record: str
    counts: tuple[int, ...]
    passed: bool


def instructions() -> tuple[str, str, str]:
    """The program that lays the ballots out, the loop over the ballots, and the commands for all the rest."""
    text = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")
    chapter = text[text.index(CHAPTER) : text.index("## Three programs")]
    blocks = re.findall(r"```(?:python|sh)\n(.*?)```", chapter, re.DOTALL)
    lay_out, each, whole = (block for block in blocks if "belenios-tool" in block or "tarfile" in block)
    return lay_out, each, whole


def follow(archive: bytes, folder: Path) -> Followed:
    """Do what the document says with an archive, in an empty folder."""
    folder.mkdir()
    (folder / "election.bel").write_bytes(archive)
    lay_out, each, whole = instructions()
    laid = _run([sys.executable, "-c", lay_out, "election.bel"], folder)
    assert laid.returncode == 0, laid.stderr
    refused = _run(["sh", "-c", each], folder).stdout
    said = _run(["sh", "-c", whole], folder)
    lines = [line for line in said.stdout.splitlines() if line]
    return Followed(
        ballots=int(laid.stdout.split()[0]),
        refused=tuple(re.findall(r"ballots/(\d+)\.json is refused", refused)),
        tally=lines[0] if lines else "",
        record=lines[1] if len(lines) > 1 else "",
        counts=tuple(
            count for line in lines if line.startswith('{"result"') for count in json.loads(line)["result"][0]
        ),
        passed="all checks passed" in said.stderr,
    )


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
