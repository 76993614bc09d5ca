"""A house without a mail server lays every message into a folder."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from votingapp.post.delivery import Delivered, deliver
from votingapp.post.folder import lay_down
from votingapp.post.letter import make_message
from votingapp.post.line import NotReached
from votingapp.settings import MailFolder, SettingsError, load_settings
from votingapp.store import post
from votingapp.store.post import Mail

AT = datetime(2021, 11, 10, 12, 0, 5, tzinfo=UTC)
LINK = f"http://127.0.0.1:8000/koege-2021/identify/link/{'x' * 43}?lang=ar&next=%2Fkoege-2021%2Fstand%2Fform"
MAIL = Mail("åse@rødgrød.example", "Dit link: æøå", f"Hej Åse\n\n{LINK}\n\nمرحبا\n", "ar")


@pytest.fixture
def folder(tmp_path):
    """A folder that is there, as the settings make it."""
    return MailFolder(tmp_path, "valg@example.invalid")


def message(identifier="m1", mail=MAIL):
    return make_message(mail, "valg@example.invalid", identifier, AT)


def test_a_letter_is_read_as_it_was_written(folder):
    """Text and link stand in the file as they are, uncoded and unbroken, and a mail program reads the same."""
    lay_down(folder, message())
    (file,) = folder.path.iterdir()
    raw = file.read_bytes()
    assert f"Hej Åse\n\n{LINK}\n\nمرحبا\n" in raw.decode()
    read = message_from_bytes(raw, policy=default)
    assert read.get_content() == MAIL.text
    assert (read["Subject"], read["Content-Language"]) == (MAIL.subject, "ar, da")
    assert read["To"] == message()["To"]


def test_a_file_names_nobody_and_is_its_owners_alone(folder):
    """The name is the hour and some signs; nobody but the owner may read what may hold a link."""
    lay_down(folder, message())
    (file,) = folder.path.iterdir()
    assert re.fullmatch(r"20211110-120005-[0-9a-f]{8}\.eml", file.name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_letter_laid_down_twice_is_one_file_and_two_letters_are_two(folder):
    """The file follows from the message, as the Message-ID does."""
    for identifier in ("m1", "m1", "m2"):
        lay_down(folder, message(identifier))
    assert len(list(folder.path.iterdir())) == 2


def test_a_folder_that_is_gone_is_no_line(folder):
    """The letter is not taken, and the outbox keeps it."""
    folder.path.rmdir()
    with pytest.raises(NotReached):
        lay_down(folder, message())


def test_the_outbox_is_emptied_into_the_folder(folder, store, found_election):
    """Every message that is due becomes a file, and is then sent as far as the outbox knows."""
    election = found_election(store)
    kinds = (post.Kind.SIGN_IN_LINK, post.Kind.RECEIPT)

    def queue(work):
        for kind in kinds:
            post.queue(work, election.id, kind, MAIL)

    store.write(lambda work: (queue(work), work.keep_unrecorded()))
    assert deliver(store, folder) == Delivered(sent=2, failed=0, waiting=0)
    assert len(list(folder.path.glob("*.eml"))) == 2


def test_a_folder_is_set_in_one_word(tmp_path):
    """One variable suffices; the folder is made, its owner's alone, and the sender is one nobody can answer."""
    wanted = tmp_path / "a" / "mail"
    settings = load_settings({"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_MAIL_FOLDER": str(wanted)})
    assert settings.mail == MailFolder(wanted, "valg@example.invalid")
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"VOTINGAPP_SMTP_HOST": "mail.example"}, "VOTINGAPP_MAIL_FOLDER"),
        ({"VOTINGAPP_SMTP_PORT": "25"}, "VOTINGAPP_MAIL_FOLDER"),
        ({"VOTINGAPP_MAIL_FROM": "Valg <valg@kommune.example>"}, "VOTINGAPP_MAIL_FROM"),
        ({"VOTINGAPP_MAIL_FOLDER": "/dev/null/mail"}, "VOTINGAPP_MAIL_FOLDER"),
        ({"VOTINGAPP_MAIL_FOLDERS": "x"}, "VOTINGAPP_MAIL_FOLDERS"),
    ],
    ids=str,
)
def test_an_unfit_folder_is_named(tmp_path, changes, named):
    """A folder beside a mail server, or one that cannot be made, stops the start and is named."""
    own = {"VOTINGAPP_HOME": str(tmp_path / "home"), "VOTINGAPP_MAIL_FOLDER": str(tmp_path / "mail")}
    with pytest.raises(SettingsError, match=f"{named} "):
        load_settings(own | changes)
