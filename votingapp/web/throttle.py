"""How often one may knock: failures are counted per door, and a door that has been tried too often stays shut for a while."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from votingapp.store.tables.staff import throttle

if TYPE_CHECKING:
    from votingapp.store.unit_of_work import Store, Work

WINDOW = timedelta(minutes=15)


def visitor_of(address: str | None) -> str:
    """Whom an IP address counts as, for the name of a door.

    An IPv6 address counts as its /64, for whoever has one address has a whole such network (RFC 6177); an IPv4 address
    written as IPv6 is the IPv4 address; what is no address counts as one and the same visitor.
    """
    try:
        read: IPv4Address | IPv6Address = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or IPv6Network((int(read), 64), strict=False))
    return str(read)


def is_shut(store: Store, door: str, limit: int) -> bool:
    """Whether `door` has seen `limit` failures or more within the window.

    A window that begins long after now was begun before the clock was set back, and is over: it would shut the door for hours.
    """
    with store.reading() as connection:
        row = connection.execute(select(throttle).where(throttle.c.door == door)).first()
    return row is not None and row.failures >= limit and abs(store.clock() - row.window_started_at) < WINDOW


def count_failure(store: Store, door: str) -> None:
    """Count one failure at a door; a new window starts when the last one is over.

    Doors name network addresses, so whatever window is over is forgotten, at this door and at all others.
    """

    def count(work: Work) -> None:
        begun = throttle.c.window_started_at
        work.connection.execute(delete(throttle).where(or_(begun <= work.now - WINDOW, begun >= work.now + WINDOW)))
        counted = work.connection.execute(
            update(throttle).where(throttle.c.door == door).values(failures=throttle.c.failures + 1)
        )
        if counted.rowcount == 0:
            work.connection.execute(insert(throttle).values(door=door, failures=1, window_started_at=work.now))
        work.keep_unrecorded()

    store.write(count)


def forget(store: Store, door: str) -> None:
    """A success opens the door again."""

    def remove(work: Work) -> None:
        work.connection.execute(delete(throttle).where(throttle.c.door == door))
        work.keep_unrecorded()

    store.write(remove)
