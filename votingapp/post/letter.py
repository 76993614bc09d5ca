"""A letter is put into its envelope: an e-mail that says it was written by a machine and nothing about the house's inside."""

from __future__ import annotations

import uuid
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.store.post import Mail


class UnfitMail(Exception):  # noqa: N818 - a property of the letter, not a defect of the house
    """No mail server could take this letter: its address or its subject is none."""


def make_message(mail: Mail, sender: str, message_id: str, at: datetime) -> EmailMessage:
    """The letter as it goes over the wire (RFC 5322), UTF-8 throughout; UnfitMail when that cannot be.

    `Auto-Submitted` (RFC 3834) keeps absence notices away. The Message-ID is the same each time the message is tried, so
    that a receiver may see that it got one twice; it names the sender's domain and not this machine.
    """
    if not (mail.to.isprintable() and mail.subject.isprintable()):
        raise UnfitMail("a line break in a header")
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = sender
        message["To"] = _receiver(mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{uuid.uuid5(uuid.NAMESPACE_URL, message_id)}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text, charset="utf-8")
        message["Content-Language"] = mail.language if mail.language == "da" else f"{mail.language}, da"
    except (MessageError, ValueError, IndexError) as error:
        # IndexError and ValueError come from the standard library's reader of addresses.
        raise UnfitMail("not an address") from error
    return message


def _receiver(address: str) -> Address:
    """The one address a letter goes to, its domain as the mail system knows it (rødgrød.dk is xn--rdgrd-vuad.dk)."""
    mailbox, at, domain = address.rpartition("@")
    if not (mailbox and at and domain):
        raise UnfitMail("not an address")
    try:
        return Address(username=mailbox, domain=domain.encode("idna").decode())
    except UnicodeError as error:
        raise UnfitMail("not a domain") from error
