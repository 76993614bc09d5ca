"""Delivery: each message in the outbox is taken on by one worker at a time, until it is taken from us or refused for good."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING

from votingapp.post.folder import lay_down
from votingapp.post.letter import UnfitMail, make_message
from votingapp.post.line import NotReached, NotTaken, send
from votingapp.settings import MailFolder
from votingapp.store import post

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from votingapp.settings import MailServer
    from votingapp.store.post import Claimed
    from votingapp.store.unit_of_work import Store, Work

_log = logging.getLogger("votingapp.post")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round came to: messages sent, messages that no server took, and messages still in the outbox after it."""

    sent: int
    failed: int
    waiting: int


def deliver(store: Store, server: MailServer | MailFolder) -> Delivered:
    """Send everything whose time has come, oldest first.

    Several workers may do so at once: a message is claimed in a transaction of its own before it is sent, and marked in
    another one after. A worker that dies between the two leaves a message that is sent again, perhaps for the second
    time. Where there is no line to the server, the round ends and no further message counts as tried. What the server
    refuses for good, or has refused for five days, is given up.
    """
    sent = failed = 0
    while (claimed := store.write(post.claim)) is not None:
        try:
            _hand_over(server, make_message(claimed.mail, server.sender, claimed.id, store.clock()))
        except (NotTaken, UnfitMail) as failure:
            failed += 1
            _log.warning("a message was not sent: %s", failure)
            if isinstance(failure, NotReached):
                break
            if _is_hopeless(claimed, failure):
                _write(store, post.give_up, claimed)
            continue
        _write(store, post.mark_sent, claimed)
        sent += 1
    with store.reading() as connection:
        return Delivered(sent, failed, post.count_waiting(connection))


class Postman:
    """Delivers in the background, so that nobody waits for a mail server: one thread per process, and only while needed."""

    def __init__(self, store: Store, server: MailServer | MailFolder | None) -> None:
        self._store = store
        self._server = server
        self._lock = Lock()
        self._wanted = False
        self._thread: Thread | None = None

    def deliver_soon(self) -> None:
        """Have the outbox emptied; what is left when the thread is cut short is `votingapp mail`'s to send."""
        if self._server is None:
            return
        with self._lock:
            self._wanted = True
            if self._thread is None:
                self._thread = Thread(target=self._run, args=(self._server,), name="postman", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until the thread that runs now, if any, is through."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, server: MailServer | MailFolder) -> None:
        while self._is_wanted():
            try:
                deliver(self._store, server)
            except Exception as error:  # noqa: BLE001 - the outbox keeps what was not sent, whatever went wrong
                _log.error("delivery stopped: %s", type(error).__name__)

    def _is_wanted(self) -> bool:
        """Whether there is another round to make; if not, the next wish starts a new thread."""
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._thread = None
            return wanted


def _is_hopeless(claimed: Claimed, failure: NotTaken | UnfitMail) -> bool:
    for_good = isinstance(failure, UnfitMail) or failure.for_good
    return for_good or claimed.tries >= post.MOST_TRIES


def _write(store: Store, what: Callable[[Work, Claimed], None], claimed: Claimed) -> None:
    """Write down in a transaction of its own what became of a message."""
    store.write(lambda work: what(work, claimed))


def _hand_over(server: MailServer | MailFolder, message: EmailMessage) -> None:
    if isinstance(server, MailFolder):
        lay_down(server, message)
    else:
        send(server, message)
