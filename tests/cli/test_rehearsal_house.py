"""The same commands work on the house for rehearsals, and say so in one line when the wrong one is meant."""

import pytest

from votingapp.cli.backup import backup
from votingapp.cli.database import db
from votingapp.cli.recordings import recordings
from votingapp.cli.roll import roll
from votingapp.cli.user import user

READY = "the database is up to date"


@pytest.fixture
def home(tmp_path):
    """The environment of a town hall."""
    return {"VOTINGAPP_HOME": str(tmp_path), "DATABASE_URL": ""}


@pytest.mark.parametrize("upgrade", [("--rehearsal", "db", "upgrade"), ("db", "upgrade", "--rehearsal")], ids=" ".join)
def test_the_option_stands_before_or_after_the_command(run, home, tmp_path, upgrade):
    """Either way the rehearsal's own database is prepared and the real one is not touched."""
    done = run(*upgrade, **home)
    assert (done.returncode, done.stdout.strip()) == (0, READY)
    assert (tmp_path / "rehearsal" / "election.db").exists()
    assert not (tmp_path / "election.db").exists()


def test_each_house_has_its_own_officials(run, home):
    """A login of the rehearsal is not taken in the real house, and the variable means the same as the option."""
    run("db", "upgrade", **home)
    run("db", "upgrade", VOTINGAPP_REHEARSAL="1", **home)
    assert run("user", "add", "anna", "--name", "Anna", "--rehearsal", **home).returncode == 0
    assert run("user", "add", "anna", "--name", "Anna", **home).returncode == 0
    assert run("user", "add", "anna", "--name", "Anna", VOTINGAPP_REHEARSAL="1", **home).returncode == 2


def test_writing_the_roll_of_a_rehearsal_asks_for_its_own_database(run, home, tmp_path):
    """Behind the command the option means the rehearsal's house, which is not there though the real one is ready."""
    run("db", "upgrade", **home)
    done = run("roll", "write", "x", "--rehearsal", VOTINGAPP_ROLL=str(tmp_path), **home)
    assert done.returncode != 0
    assert "votingapp db upgrade" in done.stderr


@pytest.mark.parametrize("group", [backup, recordings, roll, user, db], ids=lambda group: group.name)
def test_every_command_of_a_group_takes_the_option(group):
    """What docs/command-line.md says of a group holds for all of its commands."""
    without = [
        name
        for name, command in group.commands.items()
        if not any("--rehearsal" in option.opts for option in command.params)
    ]
    assert without == []


def test_serving_a_rehearsal_asks_for_its_own_database(run, home):
    """A real house that is ready makes no rehearsal ready."""
    run("db", "upgrade", **home)
    done = run("serve", "--rehearsal", **home)
    assert done.returncode == 2
    assert "votingapp db upgrade" in done.stderr


@pytest.mark.parametrize(
    "command", [("serve",), ("db", "upgrade"), ("user", "add", "bo", "--name", "Bo"), ("mail",)], ids=" ".join
)
def test_the_wrong_house_is_one_line(run, home, tmp_path, command):
    """A real command on a rehearsal's database is refused before anything happens: exit 2."""
    run("db", "upgrade", "--rehearsal", **home)
    wrong = home | {"DATABASE_URL": f"sqlite:///{tmp_path / 'rehearsal' / 'election.db'}"}
    mail = {"VOTINGAPP_MAIL_FOLDER": str(tmp_path / "mail")}
    done = run(*command, **wrong, **mail)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "belongs to a rehearsal" in done.stderr


def test_a_server_database_of_its_own_must_be_named(run, home, postgres_url):
    """On PostgreSQL a rehearsal is held in a second database, or not at all."""
    refused = run("db", "upgrade", "--rehearsal", **home | {"DATABASE_URL": postgres_url})
    assert refused.returncode == 2
    assert "VOTINGAPP_REHEARSAL_DATABASE_URL" in refused.stderr
    own = home | {"DATABASE_URL": "postgresql:///another", "VOTINGAPP_REHEARSAL_DATABASE_URL": postgres_url}
    assert run("db", "upgrade", "--rehearsal", **own).returncode == 0
    wrong = run("db", "upgrade", **home | {"DATABASE_URL": postgres_url})
    assert wrong.returncode == 2
    assert "belongs to a rehearsal" in wrong.stderr


def test_a_switch_that_is_neither_on_nor_off_is_named(run, home):
    """`yes` is no answer where a real election might be meant."""
    done = run("db", "upgrade", VOTINGAPP_REHEARSAL="yes", **home)
    assert done.returncode == 2
    assert "VOTINGAPP_REHEARSAL" in done.stderr
