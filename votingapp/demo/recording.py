"""After the count of a rehearsal the board states that all is told, draws up the record, and each member signs it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.threshold.identity import derive_identity
from ballots.protocol.threshold.signed import sign_detached
from votingapp.demo.outcomes import expect
from votingapp.desks.record import drawing_up, signing, stating
from votingapp.store import drawn_records
from votingapp.store.drawn_records import Version
from votingapp.store.record_statements import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.demo.keys import KeyHolder
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store


def put_on_record(store: Store, election: Election, holders: Sequence[KeyHolder]) -> None:
    """Draw up the first version, chaired by the first of the holders, and have everybody who is to sign it sign it."""
    version = draw_up(store, election, holders)
    for signer in version.signers:
        sign(store, election, version, next(one for one in holders if one.official.id == signer.staff_id))


def draw_up(store: Store, election: Election, holders: Sequence[KeyHolder]) -> Version:
    """Two state that all is told, and the first of them, who chairs the board, draws up the first version."""
    chair, second = holders[0].official, holders[1].official
    for code in Code:
        expect(stating.state(store, (chair, second), election, code), stating.Stated)
    asked = drawing_up.Asked(1, chair.id)
    expect(drawing_up.draw_up(store, chair, election, asked), drawing_up.DrawnUp)
    with store.reading() as connection:
        return expect(drawn_records.newest_version(connection, election), Version)


def sign(store: Store, election: Election, version: Version, holder: KeyHolder) -> None:
    """One holder signs a version with her key sheet."""
    signed = signing.sign_with_key(store, holder.official, election, version.version, _sign(election, version, holder))
    expect(signed, signing.Signed)


def _sign(election: Election, version: Version, holder: KeyHolder) -> bytes:
    """What the device of a holder makes of her seed and the hashes of the version."""
    signed_with = derive_identity(holder.seed).signing
    return canonical.write(
        sign_detached(signing.message_of(election, version), signed_with, secrets.token_bytes).to_json()
    )
