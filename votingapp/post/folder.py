"""At a rehearsal nobody is written to: each letter is laid into a folder, where whoever tries the house opens it."""

from __future__ import annotations

import hashlib
import os
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from votingapp.post.line import NotReached

if TYPE_CHECKING:
    from email.message import EmailMessage

    from votingapp.settings import MailFolder

_READABLE: Final = SMTP.clone(max_line_length=998, linesep="\n")
"""The longest line that RFC 5322 allows, so that a link is never broken in two."""


def lay_down(folder: MailFolder, message: EmailMessage) -> None:
    """Write a letter as an .eml file that its owner alone may read; raises NotReached when that cannot be done.

    The name is the hour (UTC) and a few signs made from the Message-ID: it names nobody, the newest letter is the last one,
    and one that is laid down twice is the same file. The text is written as it is read, not coded for the wire.
    """
    stem = f"{parsedate_to_datetime(message['Date']):%Y%m%d-%H%M%S}-{_signs(message['Message-ID'])}"
    aside = folder.path / f"{stem}.tmp"
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_plainly(message).as_bytes(policy=_READABLE))
        aside.replace(folder.path / f"{stem}.eml")
    except OSError as error:
        raise NotReached(type(error).__name__) from None


def _signs(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:8]


def _plainly(message: EmailMessage) -> EmailMessage:
    language = message["Content-Language"]
    message.set_content(message.get_content(), charset="utf-8", cte="8bit")
    message["Content-Language"] = language
    return message
