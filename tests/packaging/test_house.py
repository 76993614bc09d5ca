"""The house keeps its own rules."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
]
PYTHON = [path for path in TRACKED if path.suffix == ".py" and path.exists()]
DOCUMENTS = [path for path in TRACKED if path.suffix == ".md" and "vectors" not in path.parts and path.exists()]
LONGEST = 400


def test_every_test_says_what_must_hold():
    """Each test function carries a sentence."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in PYTHON
        if "tests" in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_room_is_too_large():
    """No source file is over 400 lines."""
    sources = [path for path in TRACKED if path.suffix in {".py", ".ts", ".html", ".typ"} and path.exists()]
    large = [
        str(path.relative_to(ROOT)) for path in sources if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    ]
    assert large == []


def test_what_is_kept_without_an_entry_is_decided():
    """Only casting, looks, sessions, sign-in links, the outbox, signs of life and the throttle keep something without an entry in the log of decisions."""
    users = {
        str(path.relative_to(ROOT))
        for path in PYTHON
        if path.is_relative_to(ROOT / "votingapp") and ".keep_unrecorded()" in path.read_text(encoding="utf-8")
    }
    assert users == {
        "votingapp/desks/booth/service.py",
        "votingapp/store/backup/keeping.py",
        "votingapp/store/devices.py",
        "votingapp/store/looks.py",
        "votingapp/store/post.py",
        "votingapp/store/queues.py",
        "votingapp/store/sign_in_links.py",
        "votingapp/web/applicants.py",
        "votingapp/web/sessions.py",
        "votingapp/web/throttle.py",
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_point_to_what_exists(document):
    """Every link and every file named in a document is there."""
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    named = re.findall(
        r"`((?:tests|frontend|votingapp|ballots|tally|candidates|templates|docs|rulesets|scripts)/[\w./-]+)`", text
    )
    missing = [link for link in links if not (document.parent / link).exists()]
    missing += [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_readme_names_commands_that_exist():
    """The two commands README opens with are targets of the Makefile, and its addresses are the served ones."""
    readme, makefile = (ROOT / "README.md").read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^make (\w+)", readme)
    assert commands == ["run", "test"]
    assert all(f"\n{command}:" in makefile for command in commands)


def test_lock_files_name_no_registry():
    """Dependencies are locked by hash, without the address of any registry."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-speech.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
    assert "resolved" not in (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
