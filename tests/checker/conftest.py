"""The checker's programs, bundled as for a real election."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from judging import FRONTEND, build_judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[bytes]], list[dict[str, object]]]:
    """The checker without a page: archives in, verdicts out."""
    return build_judge("checker-judge.ts", tmp_path_factory.mktemp("checker"))


@pytest.fixture(scope="session")
def build_saved() -> Callable[[Path], bytes]:
    """Build the file that is saved to disk into a folder."""

    def build(folder: Path) -> bytes:
        script = f"import('./build-single.mjs').then(({{ buildSaved }}) => buildSaved({json.dumps(str(folder))}))"
        subprocess.run(["node", "--input-type=module", "-e", script], cwd=FRONTEND, check=True)
        return (folder / "checker.html").read_bytes()

    return build


@pytest.fixture(scope="session")
def saved_file(build_saved: Callable[[Path], bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is saved to disk."""
    folder = tmp_path_factory.mktemp("saved")
    build_saved(folder)
    return folder / "checker.html"
