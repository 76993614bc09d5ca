"""The installed command, run as other people's scripts run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from votingapp.cli import main

COMMAND = Path(sys.executable).parent / "votingapp"


@pytest.fixture(scope="session")
def run():
    """Run `votingapp` with arguments; answers the finished process with text output."""

    def run_command(*arguments, **environ):
        return subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            env={**os.environ, **environ},
        )

    return run_command


@pytest.fixture
def say(capsys):
    """Say the same to the command in this very process: a whole Python for each word of help is only slow."""

    def say_words(*words):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        return subprocess.CompletedProcess(words, end.value.code or 0, *capsys.readouterr())

    return say_words


@pytest.fixture(scope="session")
def held(run, tmp_path_factory) -> Path:
    """The folder of a demo election: 24 voters, 7 candidates, up to 3 votes each."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = run("demo", "--out", folder, "--voters", 24, "--candidates", 7, "--votes-per-voter", 3, "--seed", 5)
    assert done.returncode == 0, done.stderr
    return folder
