"""Real processes write onto the stick and are killed at any instant: what lies there can always be opened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pikepdf
import pytest
from roll_papers import AASE, texts
from served_house import ServedHouse

from votingapp.paper_roll.state import Noted, noted_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KILLS = 15
PAPER = "koege-2021-valgliste.pdf"

_PUT_FOR_EVER = """
import itertools, pathlib, sys
from votingapp.paper_roll.stick import put
body = pathlib.Path(sys.argv[2]).read_bytes()
print("ready", flush=True)
for number in itertools.count():
    put(pathlib.Path(sys.argv[1]), "valgliste.pdf", body + b"% writing " + str(number).encode() + b" %%EOF")
"""


@pytest.fixture
def environ(settings, stick) -> dict[str, str]:
    """The surroundings of a process of the house with a stick."""
    return os.environ | {"VOTINGAPP_HOME": str(settings.home), "VOTINGAPP_ROLL": str(stick)}


@pytest.fixture
def watcher(environ) -> Iterator[subprocess.Popen[bytes]]:
    """Whoever writes the roll, as `serve` starts her."""
    process = start(environ, "roll", "watch")
    yield process
    process.kill()
    process.communicate()


def start(environ: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "votingapp", *words], env=environ, stderr=subprocess.PIPE)


def run(environ: dict[str, str], *words: str) -> tuple[int, str]:
    process = start(environ, *words)
    _, told = process.communicate(timeout=60)
    return process.returncode, told.decode()


def wait_for(home: Path, election, what) -> Noted:
    """Wait until what is noted of the writing is as asked for."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        noted = noted_of(home, election.id)
        if what(noted):
            return noted
        time.sleep(0.1)
    pytest.fail(f"the roll was not written: {noted}")


def test_killed_at_any_instant_every_paper_is_whole(stick, tmp_path):
    """Killed fifteen times in the midst of writing, it leaves each time a whole paper and a whole one before it."""
    body = b"%PDF-1.7\n" + random.Random(1).randbytes(2_000_000)
    (tmp_path / "body").write_bytes(body)
    chance = random.Random(20211123)
    seen = set()
    for _ in range(KILLS):
        writer = subprocess.Popen(
            [sys.executable, "-c", _PUT_FOR_EVER, str(stick), str(tmp_path / "body")], stdout=subprocess.PIPE
        )
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.2))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        for path in stick.glob("*.pdf"):
            paper = path.read_bytes()
            assert paper.startswith(body), path.name
            assert paper.endswith(b" %%EOF"), path.name
        seen |= {path.name for path in stick.iterdir()}
    assert {"valgliste.pdf", "valgliste-forrige.pdf"} <= seen
    assert any(name.endswith(".part") for name in seen), "the kills must hit writings, or they prove nothing"


def test_whoever_writes_comes_back_after_a_kill(environ, settings, stick, store, keep_roll, open_poll, admit, watcher):
    """Killed, she leaves a paper that opens; started again, she writes what has happened since; always at low priority."""
    election = open_poll(store, keep_roll(store))
    wait_for(settings.home, election, lambda noted: noted.last == 0)
    assert os.getpriority(os.PRIO_PROCESS, watcher.pid) >= 15
    watcher.send_signal(signal.SIGKILL)
    watcher.wait()
    with pikepdf.open(stick / PAPER) as paper:
        assert len(paper.pages) == 1

    admit(store, election, AASE)
    again = start(environ, "roll", "watch")
    try:
        wait_for(settings.home, election, lambda noted: noted.last == 1)
    finally:
        again.kill()
        again.communicate()
    assert "Seneste kvitteringsnummer: 1" in texts((stick / PAPER).read_bytes())[0]


def test_serving_the_house_has_it_written(settings, stick, store, keep_roll, open_poll):
    """Who starts the house with a stick named needs to start nothing else, and no writer outlives the house."""
    election = open_poll(store, keep_roll(store))
    house = ServedHouse(settings.home, VOTINGAPP_ROLL=str(stick))
    house.start()
    try:
        wait_for(settings.home, election, lambda noted: noted.last == 0)
    finally:
        house.process.terminate()
        house.finish()
    assert (stick / PAPER).exists()
    sign = settings.home / "printed-roll" / "watcher.json"
    last = sign.stat().st_mtime_ns
    time.sleep(3)
    assert sign.stat().st_mtime_ns == last


def test_it_can_be_written_by_hand(environ, stick, store, keep_roll, open_poll):
    """One command writes the roll now; what was asked wrongly is told in one line."""
    open_poll(store, keep_roll(store))
    status, told = run(environ, "roll", "write", "koege-2021")
    assert status == 0, told
    assert (stick / PAPER).exists()
    assert run(environ, "roll", "write", "ukendt") == (2, "votingapp: there is no election ukendt\n")


def test_what_is_missing_is_told(environ, stick, store, keep_roll):
    """Without a stick, or without its name, the command says so in one line."""
    keep_roll(store)
    stick.rmdir()
    assert run(environ, "roll", "write", "koege-2021") == (2, "votingapp: the roll could not be written: gone\n")
    del environ["VOTINGAPP_ROLL"]
    for command in (("write", "koege-2021"), ("watch",)):
        status, told = run(environ, "roll", *command)
        assert status == 2
        assert "VOTINGAPP_ROLL" in told
