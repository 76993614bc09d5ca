"""A fault can hide in one program; it does not hide in three that share nothing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"


def inputs_of(entry: str, folder: Path) -> dict[str, list[str]]:
    """Every file that goes into a bundle, with the files that it imports."""
    meta = folder / "meta.json"
    bundler = ["node_modules/.bin/esbuild", entry, "--bundle", "--format=esm", "--log-level=warning"]
    subprocess.run([*bundler, f"--metafile={meta}", f"--outfile={folder / 'out.js'}"], cwd=FRONTEND, check=True)
    found = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    return {name: [one["path"] for one in entry["imports"]] for name, entry in found.items()}


@pytest.mark.parametrize("entry", ["checker/saved.ts", "verify/main.ts", "check/main.ts", "urncheck/main.ts"])
def test_the_checker_imports_nothing_but_itself(entry: str, tmp_path: Path) -> None:
    """No file of it imports the program that seals, the booth's, or a package; the saved file and the page hold nothing else."""
    inputs = inputs_of(entry, tmp_path)
    foreign = {
        (name, imported)
        for name, imports in inputs.items()
        if name.startswith("checker/")
        for imported in imports
        if not imported.startswith("checker/")
    }
    assert foreign == set()
    others = {name for name in inputs if not name.startswith("checker/")}
    words = {path.relative_to(FRONTEND).as_posix() for path in (FRONTEND / "check" / "messages").glob("*.json")}
    glue = {"check/main.ts", "check/camera.ts", "check/memory.ts", "check/words.ts", "booth/scanner.ts"} | words
    if entry == "check/main.ts":
        assert {name for name in others if not name.startswith("node_modules/")} == glue
        # The reader of codes belongs to the camera alone.
        assert {name for name, imports in inputs.items() if any("node_modules" in one for one in imports)} - {
            name for name in inputs if name.startswith("node_modules/")
        } == {"booth/scanner.ts"}
    else:
        assert others <= {entry}


def test_nobody_who_seals_uses_the_checker() -> None:
    """Its arithmetic takes longer for some numbers than for others, so it may never touch a secret."""
    users = {
        path.relative_to(FRONTEND).parts[0]
        for path in FRONTEND.rglob("*.ts")
        if "node_modules" not in path.parts and "checker/" in path.read_text(encoding="utf-8")
    }
    assert users <= {"check", "checker", "tests", "urncheck", "verify"}


def test_what_holds_a_key_and_what_checks_the_urn_share_no_file(tmp_path: Path) -> None:
    """A key holder's page has the urn checked by messages alone: neither bundle holds a line of the other."""
    page, worker = (set(inputs_of(f"{entry}/main.ts", tmp_path)) for entry in ("ceremony", "urncheck"))
    assert not page & worker
    assert {name.split("/")[0] for name in worker} == {"checker", "urncheck"}
    assert "checker" not in {name.split("/")[0] for name in page}
