"""Every command: its help, its errors, and the first minutes of an installation."""

import sqlite3

import pytest

from votingapp.cli import commands

EVERY = [(name,) for name in commands.list_commands(None)] + [("db", "upgrade"), ("user", "add"), ()]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_command_explains_itself(say, command):
    """--help says what a command does: exit 0."""
    done = say(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: votingapp")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("foo",),
        ("serve", "--only", "kitchen"),
        ("demo",),
        ("verify",),
        ("allocate", "x"),
        ("user", "add", "a"),
        ("demo", "--out", "x", "--voters", "-1"),
    ],
    ids=" ".join,
)
def test_wrong_words_are_one_line(say, arguments):
    """What was asked wrongly is one line on standard error and nothing on standard output: exit 2."""
    done = say(*arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("votingapp: ")
    assert done.stdout == ""


def test_serving_an_unprepared_database_is_refused(run, tmp_path):
    """A database without tables is not served; the line says what to run."""
    done = run("serve", VOTINGAPP_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "votingapp db upgrade" in done.stderr


def test_first_official_of_a_house(run, tmp_path):
    """After `db upgrade`, which may be repeated, an official is added once, with a password shown once."""
    home = {"VOTINGAPP_HOME": str(tmp_path)}
    assert run("db", "upgrade", **home).returncode == 0
    assert run("db", "upgrade", **home).returncode == 0
    added = run("user", "add", "anna", "--name", "Anna Ærø", "--founder", **home)
    assert added.returncode == 0
    assert "one-time password" in added.stdout
    with sqlite3.connect(tmp_path / "election.db") as database:
        (kept,) = database.execute("SELECT password_hash FROM staff").fetchone()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "no cheaper than RFC 9106's low-memory profile"
    again = run("user", "add", "anna", "--name", "Anna", **home)
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1


def test_an_official_of_an_unknown_election_is_refused(run, tmp_path):
    """A role at an election that does not exist adds nobody."""
    home = {"VOTINGAPP_HOME": str(tmp_path)}
    run("db", "upgrade", **home)
    refused = run("user", "add", "bo", "--name", "Bo", "--role", "desk", "--election", "none", **home)
    assert refused.returncode == 2
    assert run("user", "add", "bo", "--name", "Bo", **home).returncode == 0


def test_the_commands_answer_on_postgresql_too(run, tmp_path, postgres_url):
    """DATABASE_URL alone moves the same commands to PostgreSQL."""
    home = {"VOTINGAPP_HOME": str(tmp_path), "DATABASE_URL": postgres_url}
    assert run("db", "upgrade", **home).returncode == 0
    assert run("user", "add", "anna", "--name", "Anna", **home).returncode == 0
    assert not (tmp_path / "election.db").exists()
