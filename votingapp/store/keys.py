"""The key ceremony as the house keeps it: who holds a part of the key, and what each member's own device has sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from ballots.protocol.group import format_point
from ballots.protocol.hashing import digest_hex
from ballots.protocol.threshold.certificate import Context
from ballots.protocol.threshold.parameters import assemble_parameters
from ballots.protocol.trustees import Trustees, build_trustees
from votingapp.store.tables.keys import ceremony, trustee
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from ballots.protocol.group import Point


class Step(StrEnum):
    """What the members send, in this order; nobody sends the next before everybody has sent the last."""

    CERTIFICATE = "certificate"
    DEALING = "dealing"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Member:
    """A holder of a part of the key (nøgleholder); `position` counts from 1, messages are lines of JSON."""

    position: int
    staff_id: str
    name: str
    certificate: str | None
    dealing: str | None
    share: str | None

    def sent(self, step: Step) -> str | None:
        """What the member sent at a step, or None."""
        match step:
            case Step.CERTIFICATE:
                return self.certificate
            case Step.DEALING:
                return self.dealing
            case Step.SHARE:
                return self.share


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The key ceremony of one election: any `threshold` of the members can decrypt together."""

    threshold: int
    members: tuple[Member, ...]

    @property
    def context(self) -> Context:
        """The agreement that every certificate repeats."""
        return Context(size=len(self.members), threshold=self.threshold)

    @property
    def step(self) -> Step | None:
        """What is waited for, or None when the ceremony is complete."""
        return next((step for step in Step if self.messages(step) is None), None)

    def member(self, staff_id: str) -> Member | None:
        """The member who is this official."""
        return next((member for member in self.members if member.staff_id == staff_id), None)

    def messages(self, step: Step) -> tuple[bytes, ...] | None:
        """What all members sent at a step, in their order; None while one is missing."""
        found = tuple(text.encode() for member in self.members if (text := member.sent(step)) is not None)
        return found if len(found) == len(self.members) else None

    def missing(self, step: Step) -> tuple[Member, ...]:
        """Those who have not sent what belongs to a step."""
        return tuple(member for member in self.members if member.sent(step) is None)

    def trustees(self) -> Trustees | None:
        """The published record of the trustees, all of it checked (PROTOCOL.md section 13, step 6); None before."""
        certificates, dealings, shares = (self.messages(step) for step in Step)
        if certificates is None or dealings is None or shares is None:
            return None
        return build_trustees([assemble_parameters(certificates, dealings, shares)])


def ceremony_of(connection: Connection, election_id: str) -> Ceremony | None:
    """The ceremony of an election, or None before it is started."""
    started = connection.execute(select(ceremony).where(ceremony.c.election_id == election_id)).first()
    if started is None:
        return None
    rows = connection.execute(
        select(trustee, staff.c.name)
        .join(staff, staff.c.id == trustee.c.staff_id)
        .where(trustee.c.election_id == election_id)
        .order_by(trustee.c.position)
    )
    members = tuple(
        Member(row.position, row.staff_id, row.name, row.certificate, row.dealing, row.share) for row in rows
    )
    return Ceremony(started.threshold, members)


def held_parts(connection: Connection, staff_id: str) -> frozenset[str]:
    """The ids of the elections of the house in whose ceremony an official is a member."""
    return frozenset(connection.scalars(select(trustee.c.election_id).where(trustee.c.staff_id == staff_id)))


def start(connection: Connection, election_id: str, staff_ids: Sequence[str], threshold: int) -> None:
    """Begin a ceremony: the officials become members number 1, 2, … in the order given."""
    connection.execute(insert(ceremony).values(election_id=election_id, trustees=len(staff_ids), threshold=threshold))
    rows = [
        {"election_id": election_id, "position": position, "staff_id": staff_id}
        for position, staff_id in enumerate(staff_ids, start=1)
    ]
    connection.execute(insert(trustee), rows)


def abandon(connection: Connection, election_id: str) -> None:
    """Forget a ceremony, so that it can start again with new keys."""
    connection.execute(delete(trustee).where(trustee.c.election_id == election_id))
    connection.execute(delete(ceremony).where(ceremony.c.election_id == election_id))


def keep(connection: Connection, election_id: str, position: int, step: Step, message: str) -> None:
    """Keep what a member sent."""
    here = (trustee.c.election_id == election_id) & (trustee.c.position == position)
    connection.execute(update(trustee).where(here).values({step.value: message}))


def key_fingerprint(public_key: Point) -> str:
    """SHA-256 (hex, in groups of eight) of the election's public key in text form, to be read aloud and compared."""
    digest = digest_hex(format_point(public_key).encode())
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
