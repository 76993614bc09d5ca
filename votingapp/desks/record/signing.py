"""Every member of the board signs the version in force: with her key, with her password, or two say why she cannot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.signing import is_signature, record_message
from votingapp.store import drawn_records, record_signatures
from votingapp.store.record_signatures import Way

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.drawn_records import Signer, Version
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

LONGEST_REASON = 300
"""Characters of the reason why a member cannot sign."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature is kept; so many of the board are still to sign."""

    remaining: int


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """This is not the version in force, or there is none: look again at what is to be signed."""


@dataclass(frozen=True, slots=True)
class NoSigner:
    """Whoever this is, she is none of those who sign this version."""


@dataclass(frozen=True, slots=True)
class SignedBefore:
    """Her signature stands already."""


@dataclass(frozen=True, slots=True)
class HoldsKey:
    """She holds a part of the key, and signs with that: what anybody can check is not exchanged for what the house says."""


@dataclass(frozen=True, slots=True)
class HoldsNoKey:
    """She holds no part of the key, and signs with her password."""


@dataclass(frozen=True, slots=True)
class NotHers:
    """The signature is not one of this version by her key."""


@dataclass(frozen=True, slots=True)
class TooManyAbsent:
    """Half of those who are to sign must do so themselves: two cannot make a record stand that hardly anybody signed."""


Refusal = OtherVersion | NoSigner | SignedBefore | HoldsKey | HoldsNoKey | NotHers | TooManyAbsent


def message_of(election: Election, version: Version) -> str:
    """What is signed of a version."""
    return record_message(election.urn_uuid, version.version, version.content_sha256, version.pdf_sha256)


def sign_with_key(
    store: Store, official: Staff, election: Election, version: int, raw: bytes
) -> Signed | OtherVersion | NoSigner | SignedBefore | HoldsNoKey | NotHers:
    """Keep what a holder's own device has signed, after checking it against her certificate of the key ceremony."""

    def act(work: Work) -> Signed | OtherVersion | NoSigner | SignedBefore | HoldsNoKey | NotHers:
        found = _unsigned(work.connection, election, version, official.id)
        if isinstance(found, OtherVersion | NoSigner | SignedBefore):
            return found
        current, signer = found
        if signer.key is None:
            return HoldsNoKey()
        if not is_signature(message_of(election, current), signer.key, raw):
            return NotHers()
        return _keep(work, official.login, election, signer, _Given(version, Way.KEY, raw.decode()))

    return store.write(act)


def sign_with_password(
    store: Store, official: Staff, election: Election, version: int
) -> Signed | OtherVersion | NoSigner | SignedBefore | HoldsKey:
    """Keep that a member signs, who has just given her own password."""

    def act(work: Work) -> Signed | OtherVersion | NoSigner | SignedBefore | HoldsKey:
        found = _unsigned(work.connection, election, version, official.id)
        if isinstance(found, OtherVersion | NoSigner | SignedBefore):
            return found
        _, signer = found
        if signer.key is not None:
            return HoldsKey()
        return _keep(work, official.login, election, signer, _Given(version, Way.PASSWORD, ""))

    return store.write(act)


def excuse(
    store: Store, said_by: tuple[Staff, Staff], election: Election, version: int, absent: str, reason: str
) -> Signed | OtherVersion | NoSigner | SignedBefore | TooManyAbsent:
    """Keep why a member (staff id) cannot sign here, as two others of the board say; her own signature may still follow.

    It is said of half of those who are to sign at the most. ValueError where not two others say it.
    """
    official, second = said_by
    if len({official.id, second.id, absent}) < len(said_by) + 1:
        raise ValueError("two others say why a member cannot sign")

    def act(work: Work) -> Signed | OtherVersion | NoSigner | SignedBefore | TooManyAbsent:
        found = _unsigned(work.connection, election, version, absent)
        if isinstance(found, OtherVersion | NoSigner | SignedBefore):
            return found
        current, signer = found
        given = record_signatures.of_version(work.connection, election, version)
        if absent in {one.staff_id for one in given}:
            return SignedBefore()  # two have said why; what they said stands until she signs
        if sum(one.way is Way.ABSENT for one in given) >= len(current.signers) // 2:
            return TooManyAbsent()
        proof = json.dumps({"reason": reason, "by": [official.name, second.name]}, ensure_ascii=False)
        return _keep(work, official.login, election, signer, _Given(version, Way.ABSENT, proof), second=second.login)

    return store.write(act)


@dataclass(frozen=True, slots=True)
class _Given:
    """How somebody stands behind which version."""

    version: int
    way: Way
    proof: str


def _unsigned(
    connection: Connection, election: Election, version: int, staff_id: str
) -> tuple[Version, Signer] | OtherVersion | NoSigner | SignedBefore:
    current = drawn_records.newest_version(connection, election)
    if current is None or current.version != version:
        return OtherVersion()
    signer = next((one for one in current.signers if one.staff_id == staff_id), None)
    if signer is None:
        return NoSigner()
    given = record_signatures.of_version(connection, election, version)
    if any(one.staff_id == staff_id and one.way is not Way.ABSENT for one in given):
        return SignedBefore()
    return current, signer


def _keep(
    work: Work, login: str, election: Election, signer: Signer, given: _Given, *, second: str | None = None
) -> Signed:
    record_signatures.keep(work, election, given.version, signer, given.way, given.proof)
    details = {"version": given.version, "name": signer.name, "way": given.way.value}
    if given.way is Way.KEY:  # why somebody cannot sign may be of her health, and the log is for good
        details["proof"] = json.loads(given.proof)
    if second is not None:
        details["second"] = second
    work.record(election.id, login, "record_signed", **details)
    return Signed(len(record_signatures.unsigned(work.connection, election)))
