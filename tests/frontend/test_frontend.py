"""The second implementation and the booth's program hold what their own tests ask of them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"


def run(*command: str) -> None:
    """Run a command of the frontend; its output is the message of a failure."""
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-2000:]}"


def test_types_hold() -> None:
    """The strict type check finds nothing, a sentence missing in one language included."""
    run("npm", "run", "--silent", "check")


@pytest.mark.timeout(600)
def test_own_tests_pass() -> None:
    """Every TypeScript test passes on the node at hand."""
    run("npm", "run", "--silent", "test")


def test_lock_records_no_registry() -> None:
    """The lock file names versions and hashes, never an address, and package.json has no ranges."""
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert version.replace(".", "").isdigit()
