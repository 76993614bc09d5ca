"""Each nomination is laid beside the register extract and the other nominations, so that whoever decides sees all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.ballot_order import BallotEntry, MustDistinguish, order_ballot
from candidates.cpr import mask, modulus_11_fits
from candidates.eligibility import CandidateFacts, judge, verdict
from candidates.nomination import NominationState
from candidates.similar_names import similar_pairs, undistinguished
from votingapp.store import filing, nominations, register, staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from candidates.eligibility import Finding
    from votingapp.store.elections import Election
    from votingapp.store.filing import Contact, Person
    from votingapp.store.nominations import Filed
    from votingapp.store.register import Resident
    from votingapp.store.unit_of_work import Store
    from votingapp.store.vault import Vault

LIVE = frozenset({NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ACCEPTED})
"""The states from which a nomination can still reach the ballot."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A nomination in the queue: whether the same person sent in another, whether its name still needs a line."""

    filed: Filed
    sent_twice: bool
    needs_line: bool


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is known about one nomination; the CPR number masked."""

    filed: Filed
    cpr: str
    modulus_fits: bool
    contact: Contact
    resident: Resident | None
    extract_is_there: bool
    findings: tuple[Finding, ...]
    verdict: bool | None
    same_person: tuple[Filed, ...]
    similar: tuple[Filed, ...]
    needs_line: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class SeedNeeded:
    """The rules order the ballot by lot, and no seed has been typed yet."""


def queue(store: Store, election: Election) -> tuple[Listed, ...]:
    """All nominations of an election, in the order they came in."""
    with store.reading() as connection:
        every = nominations.every(connection, election.id)
    unsure = _needing_a_line(every)
    return tuple(
        Listed(
            one,
            sent_twice=any(_same_person(one, other) for other in every),
            needs_line=one.receipt in unsure,
        )
        for one in every
    )


def examine(store: Store, election: Election, nomination_id: str) -> Examined | None:
    """One nomination beside the facts, or None when the election has no such nomination."""
    with store.reading() as connection:
        filed = nominations.find(connection, election.id, nomination_id)
        return None if filed is None else _examine(connection, store.vault, election, filed)


def judge_filed(connection: Connection, vault: Vault, election: Election, filed: Filed) -> tuple[Finding, ...]:
    """Hold a nomination against the rules, with the municipality of the register extract."""
    person = filing.person_of(connection, vault, election.id, filed.id)
    resident = _resident(connection, vault, election, person)
    facts = CandidateFacts(
        cpr=person.cpr,
        birth_date=person.birth_date,
        identity=filed.identity,
        identity_checked=filed.identity_check is not None,
        municipality_code=None if resident is None else resident.municipality_code,
        declared=filed.declaration,
    )
    return judge(facts, election.rules.election, election.rules.eligibility)


def ballot_order(store: Store, election: Election, seed: str) -> tuple[BallotEntry, ...] | MustDistinguish | SeedNeeded:
    """The order the ballot would have if it were fixed now, or what is missing for one."""
    rule = election.rules.ballot.order
    if rule == "lot" and not seed:
        return SeedNeeded()
    with store.reading() as connection:
        entries = tuple(filed.entry for filed in nominations.accepted(connection, election.id))
    return order_ballot(entries, rule, seed)


def names_by_receipt(store: Store, election: Election) -> dict[str, Filed]:
    """The accepted candidates by receipt number."""
    with store.reading() as connection:
        return {filed.receipt: filed for filed in nominations.accepted(connection, election.id)}


def _examine(connection: Connection, vault: Vault, election: Election, filed: Filed) -> Examined:
    person = filing.person_of(connection, vault, election.id, filed.id)
    findings = judge_filed(connection, vault, election, filed)
    every = nominations.every(connection, election.id)
    return Examined(
        filed=filed,
        cpr=mask(person.cpr) if person.cpr else "",
        modulus_fits=person.cpr is None or modulus_11_fits(person.cpr),
        contact=filing.contact_of(connection, vault, election.id, filed.id),
        resident=_resident(connection, vault, election, person),
        extract_is_there=register.count(connection, election.id) > 0,
        findings=findings,
        verdict=verdict(findings),
        same_person=nominations.of_same_person(connection, election.id, filed),
        similar=_similar(filed, every),
        needs_line=filed.receipt in _needing_a_line(every),
        decided_by=_decider(connection, filed),
    )


def _similar(filed: Filed, every: Sequence[Filed]) -> tuple[Filed, ...]:
    """The other live nominations, of other people, whose names are easily taken for this one."""
    live = {
        one.receipt: one
        for one in every
        if one.id == filed.id or (one.state in LIVE and not _same_person(one, filed))
    }
    pairs = similar_pairs(one.entry for one in live.values())
    receipts = {pair.first: pair.second for pair in pairs if pair.second == filed.receipt} | {
        pair.second: pair.first for pair in pairs if pair.first == filed.receipt
    }
    return tuple(live[receipt] for receipt in receipts)


def _needing_a_line(every: Sequence[Filed]) -> frozenset[str]:
    """The receipt numbers of live nominations, of different people, that a voter could take for one another."""
    live = [one for one in every if one.state in LIVE]
    filed_of = {one.receipt: one for one in live}
    pairs = undistinguished([one.entry for one in live])
    return frozenset(
        receipt
        for pair in pairs
        if not _same_person(filed_of[pair.first], filed_of[pair.second])
        for receipt in (pair.first, pair.second)
    )


def _same_person(one: Filed, other: Filed) -> bool:
    """Whether two nominations are one person's: the same CPR number; whoever has none is told apart by people."""
    return one.id != other.id and one.cpr_hash is not None and one.cpr_hash == other.cpr_hash


def _resident(connection: Connection, vault: Vault, election: Election, person: Person) -> Resident | None:
    return register.find_by_cpr(connection, vault, election.id, person.cpr) if person.cpr else None


def _decider(connection: Connection, filed: Filed) -> str:
    decision = filed.nomination.decision
    official = staff.find(connection, decision.decided_by) if decision else None
    return official.name if official else ""
