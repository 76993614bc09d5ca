"""The reports of the board name the program that ran, so that whoever has it can say: it was this one."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

from votingapp import version
from votingapp.version import software

ROOT = Path(__file__).parent.parent.parent


def test_the_program_is_named_by_version_and_two_hashes():
    """Version as in the project file, and the same hashes however often and in whatever process they are asked for."""
    found = software()
    assert f'version = "{found.version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.fullmatch("[0-9a-f]{64} [0-9a-f]{64}", f"{found.code_sha256} {found.bundle_sha256}")
    assert software() is found


def test_anyone_finds_the_hash_of_what_the_tablets_are_served():
    """The list is what `sha256sum` prints for the files, sorted by name; its own SHA-256 is the hash."""
    bundle = ROOT / "votingapp" / "static" / "bundle"
    names = sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())
    printed = subprocess.run(["sha256sum", *names], cwd=bundle, capture_output=True, text=True, check=True).stdout
    listed = re.sub(r"(?m)^(\S+  )", r"\1bundle/", printed)
    again = "from votingapp.version import software; print(software().bundle_sha256)"
    told = subprocess.run([sys.executable, "-c", again], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert hashlib.sha256(listed.encode()).hexdigest() == told.strip()


def test_anyone_finds_the_hash_that_a_tablet_shows_of_itself():
    """The documented command, which needs nothing of ours but the files that the build made, finds what the report prints."""
    section = (
        (ROOT / "docs" / "verification.md").read_text(encoding="utf-8").partition("\n## The program that ran\n")[2]
    )
    command = section.partition("```sh\nmake build\n")[2].partition("```")[0]
    told = subprocess.run(["sh", "-ec", command], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    again = "from votingapp.version import software; print(software().booth_sha256)"
    said = subprocess.run([sys.executable, "-c", again], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split()[0] == said.strip()


def test_a_tablet_computes_the_hash_as_the_house_does(tmp_path, monkeypatch):
    """The vector that the tablet's program is held against; what no tablet of a booth holds is no part of it."""
    vector = json.loads((ROOT / "tests" / "vectors" / "kept" / "files.json").read_text(encoding="utf-8"))
    for name, content in (vector["files"] | {"bundle/ceremony.js": "key()", "bundle/fonts/noto.ttf": "paper"}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(version, "figure_path", lambda: tmp_path / "silhouette.svg")
    assert version._sum_of_list(version.tablet_files(tmp_path / "bundle")) == vector["sha256"]


def test_another_file_or_another_name_is_another_program(tmp_path):
    """One byte changed, a file added or renamed: each gives another hash; what Python makes of the files gives none."""
    (tmp_path / "a.py").write_text("one", encoding="utf-8")
    first = version._sum(version._files(tmp_path, "x"))
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    (cache / "a.cpython-311.pyc").write_bytes(b"compiled")
    assert version._sum(version._files(tmp_path, "x")) == first
    (tmp_path / "a.py").write_text("two", encoding="utf-8")
    changed = version._sum(version._files(tmp_path, "x"))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    renamed = version._sum(version._files(tmp_path, "x"))
    (tmp_path / "c.html").write_text("", encoding="utf-8")
    assert len({first, changed, renamed, version._sum(version._files(tmp_path, "x"))}) == 4
