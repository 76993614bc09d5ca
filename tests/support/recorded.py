"""After the count a board tells of its evening, draws up the record and signs it, each member with what she holds."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.threshold.identity import derive_identity
from ballots.protocol.threshold.signed import sign_detached
from votingapp.desks.record import drawing_up, signing, stating
from votingapp.store import drawn_records, record_draft, record_signatures, record_signers
from votingapp.store.record_statements import Code

if TYPE_CHECKING:
    from board import Board

    from tally.record import Record
    from votingapp.store.drawn_records import Drawn
    from votingapp.store.record_signatures import Signature
    from votingapp.store.staff import Staff

UNSTATED = ("incidents", "assistance")
"""All that the record of a counted election lacks before two have stated that the evening is told."""


def draft(board: Board) -> Record:
    """What the record would say now."""
    with board.store.reading() as connection:
        found = record_draft.draft(connection, board.now())
    assert found is not None
    return found


def newest(board: Board) -> Drawn | None:
    with board.store.reading() as connection:
        return drawn_records.newest(connection, board.now())


def state_all(board: Board) -> None:
    """The first two members state that everything is told."""
    for code in Code:
        made = stating.state(board.store, board.members[:2], board.now(), code)
        assert isinstance(made, stating.Stated | stating.SaidBefore), made


def ask(board: Board, version: int = 1, reason: str = ""):
    """The first member draws a version up, and chairs the board; from the second version on another confirms it."""
    asked = drawing_up.Asked(version, board.chair.id, reason)
    return drawing_up.draw_up(board.store, board.chair, board.election, asked, board.members[1])


def draw_up(board: Board) -> Drawn:
    """Everything is told, and the first version is drawn up."""
    state_all(board)
    assert ask(board) == drawing_up.DrawnUp(1)
    found = newest(board)
    assert found is not None
    return found


def take_key(monkeypatch, name: str) -> None:
    """Let a member of the board be one who holds no part of the key, as a board of more members than holders has them."""
    find = record_signers.signers

    def signers(*asked):
        return tuple(replace(one, position=None, key=None) if one.name == name else one for one in find(*asked))

    monkeypatch.setattr(record_signers, "signers", signers)


def signature(board: Board, member: Staff, message: str | None = None) -> bytes:
    """What a member's own device sends, of the version in force or of another text."""
    found = newest(board)
    assert found is not None
    text = signing.message_of(board.election, found) if message is None else message
    proof = sign_detached(text, derive_identity(board.seed(member)).signing, secrets.token_bytes)
    return canonical.write(proof.to_json())


def sign(board: Board, member: Staff, version: int = 1, raw: bytes | None = None):
    """A member signs with her key."""
    sent = signature(board, member) if raw is None else raw
    return signing.sign_with_key(board.store, member, board.election, version, sent)


def signatures(board: Board, version: int = 1) -> dict[str, Signature]:
    """By name, the signatures of a version."""
    with board.store.reading() as connection:
        return {one.name: one for one in record_signatures.of_version(connection, board.election, version)}


def sign_by_all(board: Board) -> None:
    """Everybody who is to sign the version in force does, with her key where she has one."""
    found = newest(board)
    assert found is not None
    members = {one.id: one for one in board.members}
    for signer in found.signers:
        member = members[signer.staff_id]
        if signer.key is None:
            done = signing.sign_with_password(board.store, member, board.election, found.version)
        else:
            done = sign(board, member, found.version)
        assert isinstance(done, signing.Signed), done
