"""A laptop with the whole evening on it: booth, desk and the watch over the stick, each in processes that can be killed at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from booth_server import BoothServer

from votingapp.store.backup import State, status

if TYPE_CHECKING:
    from votingapp.settings import Settings

COMMAND = Path(sys.executable).parent / "votingapp"
_PATIENCE_SECONDS = 60


def _desk(environment: dict[str, str], slug: str, login: str, name: str, ids: list[str], answered: str) -> None:
    """Admit one after the other; each answer is noted, outside the laptop, once it was given."""
    from votingapp.desks.checkin import service  # noqa: PLC0415 - loaded in the desk's process
    from votingapp.settings import load_settings  # noqa: PLC0415
    from votingapp.store import elections, staff  # noqa: PLC0415
    from votingapp.web.app import open_store  # noqa: PLC0415

    store = open_store(load_settings(environment))
    with store.reading() as connection:
        election, official = elections.by_slug(connection, slug), staff.find_login(connection, login)
    note = os.open(answered, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for one in ids:
        outcome = service.admit(store, official, election, one, name, declared=True)
        os.write(note, f"{one} {type(outcome).__name__} {outcome.at.isoformat()} {outcome.desk}\n".encode())
        time.sleep(0.01)  # even the quickest desk needs a moment for the next voter


def _watch(environment: dict[str, str]) -> None:
    """Look after the stick as `votingapp backup watch` does, with a copy every second or so."""
    from votingapp.settings import load_settings  # noqa: PLC0415 - loaded in the watcher's process
    from votingapp.store.backup.watching import Watcher  # noqa: PLC0415
    from votingapp.web.app import open_store  # noqa: PLC0415

    settings = load_settings(environment)
    watcher = Watcher(open_store(settings), settings, every=0.3)
    while True:
        watcher.look()
        time.sleep(0.1)


class Laptop:
    """One computer: its home, and the stick in it."""

    def __init__(self, settings: Settings, stick: Path, booth_token: str) -> None:
        self.settings = settings
        self._environment = {"VOTINGAPP_HOME": str(settings.home), "VOTINGAPP_BACKUP": str(stick)}
        self.booth = BoothServer(settings.home, settings.database_url, booth_token, backup=stick)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["votingapp.serving", "votingapp.booth"])
        self._others = []

    def start(self) -> None:
        """Start booth and watch, and wait until the stick is in step."""
        self._run(_watch, self._environment)
        self.booth.start()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while status(self.settings).state is not State.IN_STEP:
            if time.monotonic() > deadline:
                raise TimeoutError("the stick does not come into step")
            time.sleep(0.02)

    def admit(self, slug: str, login: str, name: str, ids: list[str], answered: Path) -> None:
        """Let a desk admit these persons, in a process of its own."""
        self._run(_desk, self._environment, slug, login, name, ids, str(answered))

    def break_down(self) -> None:
        """Every process ends at once, and the home is gone for good."""
        self.booth.kill()
        for process in self._others:
            process.kill()
        for process in self._others:
            process.join()
            process.close()
        self._others.clear()
        shutil.rmtree(self.settings.home)

    def _run(self, act, *arguments: object) -> None:
        process = self._context.Process(target=act, args=arguments)
        process.start()
        self._others.append(process)


def restore(home: Path, stick: Path, code: Path) -> str:
    """Run `votingapp restore` as a clerk would; answers what it said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("VOTINGAPP_", "DATABASE_"))}
    done = subprocess.run(
        [COMMAND, "restore", stick, "--code-file", code],
        env=environment | {"VOTINGAPP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
