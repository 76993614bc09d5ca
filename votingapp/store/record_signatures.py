"""Who of the board signed which version of the record, and how: with her key, with her password, or why she cannot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from votingapp.store import drawn_records
from votingapp.store.tables.records import record_signature

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.drawn_records import Signer
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Work


class Way(StrEnum):
    """How a member stands behind a version."""

    KEY = "key"
    """On her own device, with the key that grows from her card: anybody can check it."""
    PASSWORD = "password"  # noqa: S105 - a way to sign, and no secret
    """With her own login and password, which the house vouches for."""
    ABSENT = "absent"
    """She cannot sign, and two others say why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How one member stands behind one version, and since when (UTC).

    `proof` is her signature as JSON where she signed with her key, the reason with the names of two where she cannot, and
    else empty.
    """

    version: int
    staff_id: str
    name: str
    way: Way
    position: int | None
    proof: str
    at: datetime


def of_version(connection: Connection, election: Election, version: int) -> tuple[Signature, ...]:
    """All signatures of one version, in the order in which they were given."""
    rows = connection.execute(
        select(record_signature)
        .where(record_signature.c.election_id == election.id, record_signature.c.version == version)
        .order_by(record_signature.c.signed_at, record_signature.c.name)
    )
    return tuple(
        Signature(row.version, row.staff_id, row.name, Way(row.way), row.position, row.proof, row.signed_at)
        for row in rows
    )


def unsigned(connection: Connection, election: Election) -> tuple[Signer, ...]:
    """Who is still to sign the version in force; () also before there is one."""
    current = drawn_records.newest_version(connection, election)
    if current is None:
        return ()
    given = {one.staff_id for one in of_version(connection, election, current.version)}
    return tuple(one for one in current.signers if one.staff_id not in given)


def signed_by_all(connection: Connection, election: Election) -> bool:
    """Whether everybody stands behind the version in force; False before there is one."""
    return drawn_records.is_drawn_up(connection, election) and not unsigned(connection, election)


def keep(work: Work, election: Election, version: int, signer: Signer, way: Way, proof: str) -> None:
    """Keep how a member stands behind a version; her own signature takes the place of what was said for her absence."""
    mine = {"election_id": election.id, "version": version, "staff_id": signer.staff_id}
    here = [record_signature.c[name] == value for name, value in mine.items()]
    work.connection.execute(delete(record_signature).where(*here, record_signature.c.way == Way.ABSENT.value))
    work.connection.execute(
        insert(record_signature).values(
            name=signer.name,
            way=way.value,
            position=signer.position if way is Way.KEY else None,
            proof=proof,
            signed_at=work.now,
            **mine,
        )
    )
