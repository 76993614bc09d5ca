"""What a letter looks like on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from votingapp.post.letter import UnfitMail, make_message
from votingapp.store.post import Mail

AT = datetime(2021, 11, 1, 12, 0, tzinfo=UTC)
SENDER = "valg@kommune.example"


def wire(mail: Mail):
    """A letter as a receiver reads it, and the bytes that travelled."""
    body = make_message(mail, SENDER, "4b1c", AT).as_bytes()
    return message_from_bytes(body, policy=default), body


@pytest.mark.parametrize(
    "subject", ["Du kan stille op til rådet på Ærø", "رابط تسجيل الدخول", "Łódź şğı Îâș їє", "x" * 300]
)
def test_subject_and_text_arrive_as_written(subject):
    """Danish, Arabic and every other sign, and a long line, come out as they went in."""
    text = f"{subject}\n\nhttps://valg.example/{'a' * 200}\n.\nFrom nu af\n"
    letter, body = wire(Mail("aase@eksempel.dk", subject, text, "ar"))
    assert letter["Subject"] == subject
    assert letter.get_content().replace("\r\n", "\n") == text
    assert letter.get_content_charset() == "utf-8"
    body.split(b"\r\n\r\n")[0].decode("ascii")


def test_a_letter_says_that_a_machine_wrote_it_and_in_which_language():
    """Absence notices are kept away; Danish stands below another language and is named with it."""
    letter, _body = wire(Mail("aase@eksempel.dk", "Hej", "Hej", "ar"))
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "ar, da"
    assert letter["Date"].datetime == AT
    assert (letter["From"], letter["To"]) == (SENDER, "aase@eksempel.dk")


def test_a_letter_says_nothing_about_this_machine():
    """The Message-ID names the sender's domain, is the same at each try and tells nothing of the database's id."""
    letter, _body = wire(Mail("a@b.dk", "Hej", "Hej"))
    again, _body = wire(Mail("a@b.dk", "Hej", "Hej"))
    assert letter["Message-ID"] == again["Message-ID"]
    assert letter["Message-ID"].endswith("@kommune.example>")
    assert "4b1c" not in letter["Message-ID"].split("-")
    assert "Received" not in letter


def test_a_domain_with_danish_letters_is_written_as_the_mail_system_knows_it():
    """An address at rødgrød.dk is reached under its name in ASCII (RFC 3490)."""
    letter, _body = wire(Mail("åse@RØDGRØD.dk", "Hej", "Hej"))
    assert letter["To"].addresses[0].domain == "xn--rdgrd-vuad.dk"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.dk\nBcc: all@b.dk",
        "a@b.dk\r\nBcc: all@b.dk",
        "a@b.dk\x00",
        "a@b.dk\x85x",
        "a@b.dk\u2028Bcc: x",
        "",
        "a",
        "@b.dk",
        "a@",
        f"a@{'b' * 64}.dk",
        "a@b..dk",
    ],
)
def test_what_is_no_address_is_not_sent(address):
    """A line break in an address, which would begin a header of its writer's, and what is no address at all, are refused."""
    with pytest.raises(UnfitMail):
        make_message(Mail(address, "Hej", "Hej"), SENDER, "1", AT)


@pytest.mark.parametrize("subject", ["Hej\nBcc: all@b.dk", "Hej\r\n\r\nEt andet brev", "Hej\x0b", "Hej\u2029"])
def test_a_subject_is_one_line(subject):
    """A subject with a line break is refused, whichever sign breaks the line."""
    with pytest.raises(UnfitMail):
        make_message(Mail("a@b.dk", subject, "Hej"), SENDER, "1", AT)


@pytest.mark.parametrize("address", ["a,b@c.dk", "a <x@y.dk>@c.dk", "a;b@c.dk", 'a"b@c.dk', "a b@c.dk"])
def test_an_address_is_one_address(address):
    """Signs that would make a list of an address are quoted, so that a letter goes to one receiver or to none."""
    message = make_message(Mail(address, "Hej", "Hej"), SENDER, "1", AT)
    letter = message_from_bytes(message.as_bytes(), policy=default)
    assert [(one.username, one.domain) for one in letter["To"].addresses] == [(address.rpartition("@")[0], "c.dk")]
