"""`votingapp mail`, as a timer runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from mailbox_server import Mailbox

from votingapp.store import audit, post
from votingapp.store.post import Kind, Mail


def run(settings, mailbox=None):
    """Run the command on an installation, with or without a mail server."""
    environ = {"PATH": os.environ["PATH"], "VOTINGAPP_HOME": str(settings.home)}
    if mailbox is not None:
        environ |= {
            "VOTINGAPP_SMTP_HOST": "127.0.0.1",
            "VOTINGAPP_SMTP_PORT": str(mailbox.port),
            "VOTINGAPP_SMTP_SECURITY": "none",
            "VOTINGAPP_MAIL_FROM": "valg@kommune.example",
        }
    command = [shutil.which("votingapp", path=str(Path(sys.executable).parent)), "mail"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_what_is_left_is_sent_and_counted(settings, store, found_election):
    """Exit 0 when nothing failed, 1 when something is left over after a failure; counts and never a name."""
    election = found_election(store)

    def queue(work):
        post.queue(work, election.id, Kind.NOTICE, Mail("aase@eksempel.dk", "Brev", "Hej"))
        work.record(audit.HOUSE, "test", "queued")

    store.write(queue)
    with Mailbox() as mailbox:
        mailbox.answer = "451 later"
        done = run(settings, mailbox)
        assert (done.returncode, done.stdout) == (1, "sent 0, not sent 1, waiting 1\n")
        assert "aase" not in done.stderr
        mailbox.answer = "250 taken"
        store.write(queue)
        assert run(settings, mailbox).stdout == "sent 1, not sent 0, waiting 1\n"


def test_a_house_without_a_mail_server_is_told_which_setting_is_missing(settings, store):
    """One line that names the setting: exit 2."""
    done = run(settings)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "VOTINGAPP_SMTP_HOST" in done.stderr


def test_an_unprepared_database_is_refused(settings):
    """A database without tables holds no outbox; the line says what to run."""
    with Mailbox() as mailbox:
        assert "votingapp db upgrade" in run(settings, mailbox).stderr
