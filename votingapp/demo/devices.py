"""The devices of a rehearsal: two desks and two booths are invited, and any browser may become one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from votingapp.demo.outcomes import expect
from votingapp.demo.station import DESKS
from votingapp.desks.devices import service as devices
from votingapp.desks.devices.sheet import sheet_of
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.invitations import InvitationSheet, join_link, render_invitations

if TYPE_CHECKING:
    from pathlib import Path

    from votingapp.settings import Settings
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

_BOOTHS: Final = 2


def invite(store: Store, secretary: Staff, election: Election, settings: Settings) -> InvitationSheet:
    """Invite the desks that have slips, and two booths."""
    invited = expect(devices.invite_several(store, secretary, election, len(DESKS), _BOOTHS), devices.Invited)
    return sheet_of(election, invited.invitations, settings)


def links(sheet: InvitationSheet) -> tuple[tuple[str, str], ...]:
    """Each device's name and the link that makes a browser be it, once."""
    return tuple((row.name, join_link(row.address, row.code)) for row in sheet.rows)


def write_sheet(store: Store, sheet: InvitationSheet, file: Path) -> None:
    """Leave the sheet that would be laid out on the tables."""
    file.write_bytes(render_invitations(sheet, store.clock().astimezone(COPENHAGEN).date()))
