"""What the printed sheet says of the invitations that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.certificates import in_rows, read_authority
from votingapp.documents.invitations import InvitationSheet, Row
from votingapp.settings import TRUST_PORT
from votingapp.store.devices import CODE_LIFE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.desks.devices.service import Invitation
    from votingapp.settings import Settings
    from votingapp.store.elections import Election


def sheet_of(election: Election, invitations: Iterable[Invitation], settings: Settings) -> InvitationSheet:
    """The sheet for these invitations, in their order."""
    addresses = {Kind.DESK: settings.office_url, Kind.BOOTH: settings.booth_url}
    tls = settings.tls
    authority = read_authority(tls.folder) if tls else None
    return InvitationSheet(
        election=election.name,
        municipality=f"{election.rules.election.municipality} Kommune",
        rehearsal=election.rehearsal,
        hours=int(CODE_LIFE.total_seconds()) // 3600,
        rows=tuple(
            Row(one.device.name, one.device.kind is Kind.BOOTH, addresses[one.device.kind], one.code)
            for one in invitations
        ),
        trust=f"{tls.address('http', TRUST_PORT)}/" if tls and authority else "",
        fingerprint=in_rows(authority.fingerprint) if authority else (),
    )
