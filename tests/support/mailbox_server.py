"""A mail server of our own on this machine: it takes what the house sends, or refuses it, and remembers."""

from __future__ import annotations

import threading
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Self

from aiosmtpd.controller import Controller
from ports import free_port

from votingapp.settings import MailSecurity, MailServer

if TYPE_CHECKING:
    import ssl
    from email.message import EmailMessage


class Mailbox:
    """A mail server that can be stopped and started again on the same port; use it in a `with` statement."""

    def __init__(self, security: MailSecurity = MailSecurity.NONE, tls: ssl.SSLContext | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, tuple[str, ...]]] = []
        self.greetings: list[str] = []
        self.answer = "250 taken"
        self.receiver = "250 known"
        self.port = free_port()
        self.arrived = threading.Event()
        self._security = security
        self._tls = tls
        self._controller: Controller | None = None

    @property
    def server(self) -> MailServer:
        """The setting that leads here."""
        host = "127.0.0.1" if self._tls is None else "localhost"
        return MailServer(host, self.port, self._security, "", "", "valg@kommune.example")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        self.greetings.append(hostname)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's name
        if self.receiver.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.receiver

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
            self.envelopes.append((envelope.mail_from, tuple(envelope.rcpt_tos)))
            self.arrived.set()
        return self.answer

    def start(self) -> None:
        tls = {"tls_context": self._tls, "require_starttls": True} if self._security is MailSecurity.STARTTLS else {}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True, **tls)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
