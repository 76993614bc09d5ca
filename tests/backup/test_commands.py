"""Sheet, stick and restore as a clerk uses them."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from votingapp.cli import main
from votingapp.settings import SettingsError, load_settings
from votingapp.store.backup import State, Why, status
from votingapp.store.backup.emergency_code import read_code
from votingapp.store.backup.sealing import key_of

COMMAND = Path(sys.executable).parent / "votingapp"


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


class Desk:
    """A clerk at a computer: a home, perhaps a stick, and the command line, in this very process."""

    def __init__(self, monkeypatch, capture, home: Path, stick: Path | None = None) -> None:
        self._monkeypatch = monkeypatch
        self._capture = capture
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("VOTINGAPP_", "DATABASE_"))
        } | {"VOTINGAPP_HOME": str(home)}
        if stick is not None:
            self.environment["VOTINGAPP_BACKUP"] = str(stick)

    def run(self, *arguments: object, typed: str = "") -> Done:
        with self._monkeypatch.context() as patch:
            patch.setattr(os, "environ", dict(self.environment))
            patch.setattr(sys, "stdin", io.StringIO(typed))
            with pytest.raises(SystemExit) as end:
                main([str(one) for one in arguments])
        return Done(end.value.code or 0, *self._capture.readouterr())

    def do(self, *arguments: object) -> bytes:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: object, typed: str = "") -> str:
        """One line on standard error, exit 2."""
        done = self.run(*arguments, typed=typed)
        assert done.returncode == 2, (done.stdout, done.stderr)
        return done.stderr.decode().splitlines()[-1]

    @property
    def settings(self):
        return load_settings(self.environment)


@pytest.fixture
def stick(tmp_path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def sit_down(monkeypatch, capsysbinary):
    """Sit down at a computer: `sit_down(home, stick=None)`."""
    return lambda home, stick=None: Desk(monkeypatch, capsysbinary, home, stick)


@pytest.fixture
def desk(sit_down, tmp_path, stick) -> Desk:
    """A prepared house, with a stick and no sheet yet."""
    found = sit_down(tmp_path / "first", stick)
    found.do("db", "upgrade")
    return found


@pytest.fixture
def code(desk, tmp_path) -> Path:
    """The sheet is made, and its code typed into a file."""
    path = tmp_path / "code"
    path.write_text(_code_on(desk.do("backup", "key")))
    return path


def _code_on(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        (square,) = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
        text = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert all(group in text for group in square.text.split("-")), "the code stands beside the square too"
    return square.text


def test_from_sheet_to_second_laptop(desk, stick, code, tmp_path, sit_down):
    """Sheet, copy, an act, a broken laptop: checked and restored, and the second one refuses to be restored over."""
    assert desk.run("backup", "status").stdout.decode().startswith("not_yet")
    desk.do("backup", "now")
    desk.do("user", "add", "bente", "--name", "Bente Ærø", "--founder")
    assert desk.run("backup", "status").stdout.decode().startswith("in_step")
    second = sit_down(tmp_path / "second")
    assert b"1 acts after it" in second.do("restore", stick, "--code-file", code, "--check")
    assert not (tmp_path / "second" / "election.db").exists()
    said = second.do("restore", stick, "--code-file", code).decode()
    assert "entries in the logs" in said
    assert "ballot" not in said.lower()
    assert "holds an election" in second.refused("restore", stick, "--code-file", code)
    assert "is taken" in second.refused("user", "add", "bente", "--name", "En Anden")


def test_devices_trust_the_second_laptop_too(desk, stick, code, tmp_path, sit_down):
    """Certificate and authority go along, and so do the keys of the cookies."""
    desk.do("tls", "--address", "valg.example")
    desk.do("backup", "now")
    sit_down(tmp_path / "second").do("restore", stick, "--code-file", code)
    for folder in ("tls", "keys"):
        first, second = (
            {path.name: path.read_bytes() for path in (tmp_path / home / folder).iterdir()}
            for home in ("first", "second")
        )
        assert first == second
        assert len(first) >= 3


def test_a_rehearsal_is_restored_by_its_own_sheet(desk, stick, tmp_path, sit_down):
    """The rehearsal's copy lies in a folder of its own on the same stick, and is found there."""
    desk.do("--rehearsal", "db", "upgrade")
    code = tmp_path / "code"
    code.write_text(_code_on(desk.do("--rehearsal", "backup", "key")))
    desk.do("--rehearsal", "backup", "now")
    assert [path.name for path in stick.iterdir()] == ["rehearsal"]
    second = sit_down(tmp_path / "second")
    assert "there is no backup" in second.refused("restore", stick, "--code-file", code)
    second.do("--rehearsal", "restore", stick, "--code-file", code)
    assert (tmp_path / "second" / "rehearsal" / "election.db").exists()


def test_the_sheet_is_an_archivable_paper(desk, tmp_path):
    """The PDF says that it is PDF/A-3a and PDF/UA, in Danish, and belongs to nobody but its owner."""
    path = tmp_path / "sheet.pdf"
    desk.do("backup", "key", "--sheet", path)
    assert path.stat().st_mode & 0o077 == 0
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang).startswith("da")
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("3", "1")


def test_the_code_is_on_the_paper_alone(desk, code, tmp_path):
    """Neither code nor private key lies in the house, on the stick, or anywhere else."""
    desk.do("backup", "now")
    seed = read_code(code.read_text())
    secrets = [seed, key_of(seed).private, code.read_text().encode(), code.read_text().replace("-", "").encode()]
    for path in (one for one in tmp_path.rglob("*") if one.is_file() and one != code):
        raw = path.read_bytes()
        assert not any(secret in raw for secret in secrets), path


def test_new_tables_begin_a_new_journal(desk, code, monkeypatch):
    """An upgrade that changed the tables breaks the journal off; one that changed nothing does not."""
    desk.do("backup", "now")
    desk.do("db", "upgrade")
    assert status(desk.settings).state is State.IN_STEP
    monkeypatch.setattr("votingapp.store.migrate.is_current", lambda _engine: False)
    desk.do("db", "upgrade")
    assert status(desk.settings).why is Why.CHANGED


def test_a_sheet_is_not_replaced_by_mistake(desk, code):
    """A second sheet is made only when it is asked for; both makings stand in the log."""
    assert "already" in desk.refused("backup", "key")
    assert _code_on(desk.do("backup", "key", "--replace")) != code.read_text()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda code: code[:7] + ("A" if code[7] != "A" else "B") + code[8:], "group 2 is mistyped"),
        (lambda code: code[:-1], "seven groups of five"),
        (lambda _code: "", "seven groups of five"),
    ],
)
def test_a_mistyped_code_is_told(desk, stick, code, tmp_path, change, complaint, sit_down):
    """The group that is wrong is named; typed at the prompt it is the same, and nothing is restored."""
    desk.do("backup", "now")
    wrong = tmp_path / "wrong"
    wrong.write_text(change(code.read_text()))
    second = sit_down(tmp_path / "second")
    assert complaint in second.refused("restore", stick, "--code-file", wrong)
    if wrong.read_text():
        done = second.run("restore", stick, typed=wrong.read_text() + "\n")
        assert done.returncode == 2
        assert complaint in done.stderr.decode()
    assert not (tmp_path / "second" / "election.db").exists()


def test_the_code_is_typed_at_the_prompt(desk, stick, code, tmp_path, sit_down):
    """Small letters and spaces will do."""
    desk.do("backup", "now")
    done = sit_down(tmp_path / "second").run("restore", stick, typed=code.read_text().lower().replace("-", " ") + "\n")
    assert done.returncode == 0, done.stderr


def test_what_is_asked_wrongly_is_one_line(desk, stick, code, tmp_path, sit_down):
    """No stick, no sheet, no backup, another house's sheet, a wrong database: one line each that says what to do."""
    second = sit_down(tmp_path / "second")
    assert "VOTINGAPP_BACKUP" in second.refused("backup", "now")
    assert "VOTINGAPP_BACKUP" in second.refused("backup", "watch")
    assert "there is no backup" in second.refused("restore", stick, "--code-file", code)
    other = sit_down(tmp_path / "other", stick)
    assert "votingapp backup key" in other.refused("backup", "now")
    assert "votingapp db upgrade" in other.refused("backup", "status")
    other.do("db", "upgrade")
    other_code = tmp_path / "other-code"
    other_code.write_text(_code_on(other.do("backup", "key")))
    desk.do("backup", "now")
    assert "does not belong" in second.refused("restore", stick, "--code-file", other_code)
    second.environment["DATABASE_URL"] = "postgresql://nowhere/x"
    assert "SQLite" in second.refused("restore", stick, "--code-file", code)
    desk.environment["VOTINGAPP_BACKUP"] = str(tmp_path / "not there")
    assert "not there" in desk.refused("backup", "now")


def test_postgresql_is_sent_elsewhere(tmp_path):
    """The setting is refused beside a database server, with the name of what to use there."""
    with pytest.raises(SettingsError, match="streaming replication"):
        load_settings(
            {"VOTINGAPP_HOME": str(tmp_path), "DATABASE_URL": "postgresql://x/y", "VOTINGAPP_BACKUP": str(tmp_path)}
        )


def test_an_incomplete_stick_is_not_restored_unasked(desk, stick, code, tmp_path, sit_down):
    """The stick was out of step: refused with the reason, and done when it is asked for in so many words."""
    desk.do("backup", "now")
    for number in range(3):
        desk.do("user", "add", f"n{number}", "--name", "N")
    (journal,) = stick.glob("*.journal")
    raw = bytearray(journal.read_bytes())
    raw[20_000] ^= 1
    journal.write_bytes(raw)
    second = sit_down(tmp_path / "second")
    assert "--incomplete" in second.refused("restore", stick, "--code-file", code)
    assert not (tmp_path / "second" / "election.db").exists()
    second.do("restore", stick, "--code-file", code, "--incomplete")


def test_serving_looks_after_the_stick(desk, stick, code, tmp_path):
    """`serve` starts the watch with the doors, starts it again when it dies, and ends with it."""
    binds = ("--office-bind", "127.0.0.1:0", "--booth-bind", "127.0.0.1:0")
    serving = subprocess.Popen([COMMAND, "serve", *binds], env=desk.environment, stderr=subprocess.DEVNULL)
    try:
        _wait_until(lambda: status(desk.settings).state is State.IN_STEP)
        assert status(desk.settings).watched
        (stick / next(stick.glob("*.journal")).name).unlink()
        _wait_until(lambda: len(list(stick.glob("*.snapshot"))) == 2)
        watch = _child(serving.pid, "watch")
        os.kill(watch, signal.SIGKILL)
        _wait_until(lambda: _child(serving.pid, "watch") not in {None, watch})
        _wait_until(lambda: b"makes its copies itself" in desk.run("backup", "now").stderr)
    finally:
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0
    assert _child(serving.pid, "watch") is None


def _child(parent: int, word: str) -> int | None:
    """The process id of a child of a process whose command line holds a word."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            mine = int(path.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1]) == parent
            if mine and word in path.joinpath("cmdline").read_text().split("\0"):
                return int(path.name)
        except OSError:
            continue
    return None


def _wait_until(so) -> None:
    deadline = time.monotonic() + 60
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
