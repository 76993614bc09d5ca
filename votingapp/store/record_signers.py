"""Who of the board is to sign the record (valgprotokol), in which office, and with which key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.protocol.group import format_point
from ballots.protocol.threshold.certificate import check_certificates
from votingapp.store import attendance, keys, reports, staff
from votingapp.store.attendance import CLOSED, OPENED
from votingapp.store.drawn_records import Signer
from votingapp.store.keys import Step
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.attendance import There
    from votingapp.store.elections import Election

CHAIR, MEMBER = "formand", "medlem"


def signers(connection: Connection, election: Election, chair: str | None) -> tuple[Signer, ...]:
    """Those who opened, closed or sealed, whatever they hold now; the whole board where no poll was held.

    `chair` is the staff id of the one who chairs it, who stands first; None where nobody has said who does. Only a key that
    the ballot was frozen with is anybody's to check.
    """
    held = _keys(connection, election)
    found = [
        Signer(id_, name, CHAIR if id_ == chair else MEMBER, *held.get(id_, (None, None)))
        for id_, name in _board(connection, election.id)
    ]
    return tuple(sorted(found, key=lambda one: (one.office != CHAIR, one.name, one.staff_id)))


def sealed_by(connection: Connection, election_id: str) -> tuple[There, ...]:
    """Who was there when the urn was sealed by the report that counts."""
    report = reports.kept(connection, election_id, reports.URN_REPORT)
    return () if report is None else report.frame.present


def _board(connection: Connection, election_id: str) -> list[tuple[str, str]]:
    """Each member's id, and her name as it was when she took part."""
    steps = (attendance.logged(connection, election_id, act) for act in (OPENED, CLOSED))
    there = {one.login: one.name for step in (*steps, sealed_by(connection, election_id)) for one in step}
    known = ((staff.find_login(connection, login), name) for login, name in there.items())
    named = [(official.id, name) for official, name in known if official is not None]
    return named or [(one.id, one.name) for one in staff.appointed(connection, election_id, Role.BOARD)]


def _keys(connection: Connection, election: Election) -> dict[str, tuple[int, str]]:
    """By staff id, the place among the holders of the key and the point that checks what the holder signs."""
    ceremony = keys.ceremony_of(connection, election.id)
    sent = None if ceremony is None or election.frozen_at is None else ceremony.messages(Step.CERTIFICATE)
    if ceremony is None or sent is None:
        return {}
    points = [format_point(one.verification) for one in check_certificates(sent)]
    return {member.staff_id: (member.position, point) for member, point in zip(ceremony.members, points, strict=True)}
