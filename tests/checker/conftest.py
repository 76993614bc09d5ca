"""The checker's programs, bundled as for a real election."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRONTEND = Path(__file__).parents[2] / "frontend"


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[bytes]], list[dict[str, object]]]:
    """The checker without a page: archives in, verdicts out."""
    folder = tmp_path_factory.mktemp("checker")
    program = folder / "judge.mjs"
    bundler = ["node_modules/.bin/esbuild", "tests/checker-judge.ts", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([*bundler, "--log-level=warning", f"--outfile={program}"], cwd=FRONTEND, check=True)

    def judged(archives: Sequence[bytes]) -> list[dict[str, object]]:
        paths = [folder / f"{place}.bel" for place in range(len(archives))]
        for path, archive in zip(paths, archives, strict=True):
            path.write_bytes(archive)
        names = "".join(f"{path}\n" for path in paths)
        done = subprocess.run(["node", program], input=names, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return judged


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
