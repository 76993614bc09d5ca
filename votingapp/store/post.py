"""What is to be sent is written down with the act that causes it, sealed, and stays until a mail server takes or refuses it."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, or_, select, update

from votingapp.store import sign_in_links
from votingapp.store.tables.post import message

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from votingapp.store.unit_of_work import Work

FIRST_PAUSE = timedelta(minutes=2)
"""How long a message rests after it was tried; longer than a mail server can keep one try waiting."""

_MOST_DOUBLINGS = 9
"""After nine tries the pause grows no more: it is 17 hours then."""

MOST_TRIES = 16
"""The last of them comes five days after the first, as long as RFC 5321 (4.5.4.1) would have a message tried."""

_PURPOSE = "message"


class Kind(StrEnum):
    """Why a message is sent."""

    SIGN_IN_LINK = "sign_in_link"
    """To whoever wishes to say who she is."""
    PROPOSER_LINK = "proposer_link"
    """To whoever is asked to back a candidate."""
    RECEIPT = "receipt"
    """To whoever has come forward."""
    NOTICE = "notice"
    """To a candidate about whom something was decided."""

    @property
    def opens_a_door(self) -> bool:
        """Whether the text holds a link that somebody else could use; it is deleted once it is sent."""
        return self in {Kind.SIGN_IN_LINK, Kind.PROPOSER_LINK}

    @property
    def soon_worthless(self) -> bool:
        """Whether whoever waits for the message asks for another one: nobody need be told that it did not arrive."""
        return self is Kind.SIGN_IN_LINK


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter: to one e-mail address, a subject on one line, plain text, and the language the text begins in (BCP 47)."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    language: str = "da"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that one worker has taken on: nobody else takes it before its pause is over."""

    id: str
    kind: Kind
    mail: Mail
    tries: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a message: when it was written, how often it was tried, and when a mail server took it (UTC).

    `given_up_at` is when it was clear that no mail server will take it: it is not tried again.
    """

    kind: Kind
    queued_at: datetime
    attempts: int
    tried_at: datetime | None
    sent_at: datetime | None
    given_up_at: datetime | None


def queue(work: Work, election_id: str, kind: str, mail: Mail, nomination_id: str | None = None) -> str:
    """Write a message down in the transaction of the act that causes it, and answer its id; `kind` is one of `Kind`.

    ValueError for another kind, and for a line break in address or subject: it would begin a header that nobody meant.
    """
    if not (mail.to.isprintable() and mail.subject.isprintable()):
        raise ValueError("an address and a subject are one line each")
    message_id = str(uuid.uuid4())
    work.connection.execute(
        insert(message).values(
            id=message_id,
            election_id=election_id,
            nomination_id=nomination_id,
            kind=Kind(kind).value,
            sealed=work.vault.seal(election_id, _PURPOSE, json.dumps(asdict(mail), ensure_ascii=False).encode()),
            queued_at=work.now,
            attempts=0,
        )
    )
    return message_id


def claim(work: Work) -> Claimed | None:
    """Take on the oldest message whose time has come, and count the try; None when there is nothing to send now.

    Whoever claims a message and dies before it is marked as sent has perhaps sent it: it is sent again after its pause,
    for twice is better than never. Links that let nobody in any more are forgotten first.
    """
    work.connection.execute(delete(message).where(_is_spent(work.now)))
    work.keep_unrecorded()
    row = work.connection.execute(
        select(message).where(_is_due(work.now)).order_by(message.c.queued_at, message.c.id).limit(1)
    ).first()
    if row is None:
        return None
    work.connection.execute(
        update(message).where(message.c.id == row.id).values(attempts=row.attempts + 1, tried_at=work.now)
    )
    opened = json.loads(work.vault.unseal(row.election_id, _PURPOSE, row.sealed))
    return Claimed(row.id, Kind(row.kind), Mail(**opened), row.attempts + 1)


def mark_sent(work: Work, claimed: Claimed) -> None:
    """Note that a mail server took a message; a link that opens a door is not kept any longer."""
    here = message.c.id == claimed.id
    if claimed.kind.opens_a_door:
        work.connection.execute(delete(message).where(here))
    else:
        work.connection.execute(update(message).where(here).values(sent_at=work.now))
    work.keep_unrecorded()


def give_up(work: Work, claimed: Claimed) -> None:
    """Try a message no more; that it did not arrive stays written, the words of a link that opens a door do not."""
    here = message.c.id == claimed.id
    if claimed.kind.soon_worthless:
        work.connection.execute(delete(message).where(here))
    else:
        emptied = {"sealed": b""} if claimed.kind.opens_a_door else {}
        work.connection.execute(update(message).where(here).values(given_up_at=work.now, **emptied))
    work.keep_unrecorded()


def count_waiting(connection: Connection) -> int:
    """How many messages no mail server has taken yet, and one still may."""
    return connection.scalar(select(func.count()).where(_is_waiting())) or 0


def undelivered(connection: Connection, election_id: str, *kinds: Kind) -> frozenset[str]:
    """The nominations of an election about which a message of one of these kinds was given up, by id."""
    here = (
        message.c.election_id == election_id,
        message.c.kind.in_([kind.value for kind in kinds]),
        message.c.given_up_at.is_not(None),
        message.c.nomination_id.is_not(None),
    )
    return frozenset(connection.scalars(select(message.c.nomination_id).where(*here)))


def fate_of(connection: Connection, message_id: str) -> Fate | None:
    """What became of a message; None when it has been sent and was not to be kept."""
    row = connection.execute(_fates().where(message.c.id == message_id)).first()
    return None if row is None else _fate(row)


def fates_of_nomination(connection: Connection, nomination_id: str) -> tuple[Fate, ...]:
    """What became of each message about a nomination, oldest first."""
    rows = connection.execute(_fates().where(message.c.nomination_id == nomination_id).order_by(message.c.queued_at))
    return tuple(_fate(row) for row in rows)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Not sent, and never tried or rested: two minutes after the first try, twice as long after each further one."""
    rested = [
        and_(message.c.attempts == tries, message.c.tried_at <= now - FIRST_PAUSE * 2 ** (tries - 1))
        for tries in range(1, _MOST_DOUBLINGS + 1)
    ]
    longest = and_(message.c.attempts > _MOST_DOUBLINGS, message.c.tried_at <= now - FIRST_PAUSE * 2**_MOST_DOUBLINGS)
    return and_(_is_waiting(), or_(message.c.attempts == 0, *rested, longest))


def _is_waiting() -> ColumnElement[bool]:
    return and_(message.c.sent_at.is_(None), message.c.given_up_at.is_(None))


def _is_spent(now: datetime) -> ColumnElement[bool]:
    """A link to sign in by that nobody could use any more, were it sent now."""
    return and_(message.c.kind == Kind.SIGN_IN_LINK.value, message.c.queued_at < now - sign_in_links.LIFE)


def _fates() -> Any:
    columns = message.c
    return select(
        columns.kind, columns.queued_at, columns.attempts, columns.tried_at, columns.sent_at, columns.given_up_at
    )


def _fate(row: Row[Any]) -> Fate:
    return Fate(Kind(row.kind), row.queued_at, row.attempts, row.tried_at, row.sent_at, row.given_up_at)
