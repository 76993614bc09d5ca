"""A PostgreSQL cluster for one measurement: real disks and real commits, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWNER = "postgres"
"""PostgreSQL refuses to run as root; where root measures, Debian's own user runs it."""


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """The URL of an empty database in a cluster of its own. It writes through to the disk, as at an election."""
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="pg-") as made:
        data = Path(made) / "data"
        data.mkdir()
        as_owner: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(made, _OWNER, _OWNER)
            shutil.chown(data, _OWNER, _OWNER)
            as_owner = ["runuser", "-u", _OWNER, "--"]
        control = [*as_owner, f"{binaries}/pg_ctl", "-D", str(data), "-w"]
        initdb = [f"{binaries}/initdb", "-D", str(data), "-A", "trust", "-U", _OWNER, "-E", "UTF8", "--locale=C"]
        options = f"-c listen_addresses='' -c unix_socket_directories={made} -c max_connections=100"
        _run([*as_owner, *initdb])
        _run([*control, "-l", f"{made}/log", "-o", options, "start"])
        try:
            yield f"postgresql:///postgres?host={made}&user={_OWNER}"
        finally:
            _run([*control, "-m", "fast", "stop"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = shutil.which("initdb")
    if found:
        return found[-1].parent
    if initdb is None:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    return Path(initdb).resolve().parent
