"""The line to the mail server: private unless the server is this machine, and never kept waiting for long."""

from __future__ import annotations

import smtplib
import ssl
from typing import TYPE_CHECKING

from votingapp.settings import MailSecurity

if TYPE_CHECKING:
    from email.message import EmailMessage

    from votingapp.settings import MailServer

SECONDS_PER_STEP = 10
"""A message takes about ten steps, so a server that stalls at each lets go before the message's pause is over."""

_REFUSED_FOR_GOOD = 5


class NotTaken(Exception):  # noqa: N818 - what servers do every day
    """The mail server did not take the message; `reason` names the kind of failure and nobody.

    `for_good`: the server said so (a reply that begins with 5, RFC 5321, 4.2.1), and would say so again.
    """

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class NotReached(NotTaken):
    """There is no line to the mail server, so no other message would be taken either."""


def send(server: MailServer, message: EmailMessage) -> None:
    """Hand one message to the mail server; raises NotTaken when the server has not said that it is responsible now."""
    # What a server answers may quote the address, so only the kind of a failure is passed on.
    try:
        line = _open(server)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotReached(type(error).__name__) from None
    try:
        with line:
            line.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotTaken(type(error).__name__, for_good=_is_for_good(error)) from None


def _is_for_good(error: Exception) -> bool:
    """Whether the server refused this letter or its receiver, and for good; a sender that it refuses is our own fault."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
        case smtplib.SMTPDataError():
            codes = [error.smtp_code]
        case _:
            codes = []
    return any(code // 100 == _REFUSED_FOR_GOOD for code in codes)


def _open(server: MailServer) -> smtplib.SMTP:
    line = _connect(server)
    try:
        if server.security is MailSecurity.STARTTLS:
            line.starttls(context=ssl.create_default_context())
        if server.user:
            line.login(server.user, server.password)
    except (OSError, smtplib.SMTPException, UnicodeError):
        line.close()
        raise
    return line


def _connect(server: MailServer) -> smtplib.SMTP:
    # The name we greet with is the sender's domain: the machine's own name is nobody's business.
    ours = server.sender.rpartition("@")[2]
    if server.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(
            server.host, server.port, ours, timeout=SECONDS_PER_STEP, context=ssl.create_default_context()
        )
    return smtplib.SMTP(server.host, server.port, ours, timeout=SECONDS_PER_STEP)
