"""A verifier of the frontend without a page, run by Node: archives in, verdicts out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRONTEND = Path(__file__).parents[2] / "frontend"


def build_judge(entry: str, folder: Path) -> Callable[[Sequence[bytes]], list[dict[str, object]]]:
    """Bundle `frontend/tests/<entry>` into a folder; what comes back gives one verdict for each archive, in their order."""
    program = folder / "judge.mjs"
    bundler = ["node_modules/.bin/esbuild", f"tests/{entry}", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([*bundler, "--log-level=warning", f"--outfile={program}"], cwd=FRONTEND, check=True)

    def judged(archives: Sequence[bytes]) -> list[dict[str, object]]:
        paths = [folder / f"{place}.bel" for place in range(len(archives))]
        for path, archive in zip(paths, archives, strict=True):
            path.write_bytes(archive)
        names = "".join(f"{path}\n" for path in paths)
        done = subprocess.run(["node", program], input=names, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return judged
