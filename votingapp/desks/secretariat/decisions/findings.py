"""Each nomination is laid beside the register extract and the other nominations, so that whoever decides sees all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candidates.eligibility import CandidateFacts, judge
from candidates.nomination import NominationState
from candidates.similar_names import similar_pairs, undistinguished
from votingapp.store import filing, proposers, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from candidates.eligibility import Finding
    from candidates.proposers import Proposer
    from votingapp.store.elections import Election
    from votingapp.store.filing import Person
    from votingapp.store.nominations import Filed
    from votingapp.store.register import Resident
    from votingapp.store.vault import Vault

LIVE = frozenset({NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ACCEPTED})
"""The states from which a nomination can still reach the ballot."""


def judge_filed(connection: Connection, vault: Vault, election: Election, filed: Filed) -> tuple[Finding, ...]:
    """Hold a nomination against the rules, with the municipality of the register extract."""
    person = filing.person_of(connection, vault, election.id, filed.id)
    resident = resident_of(connection, vault, election, person)
    facts = CandidateFacts(
        cpr=person.cpr,
        birth_date=person.birth_date,
        identity=filed.identity,
        identity_checked=filed.identity_check is not None,
        municipality_code=None if resident is None else resident.municipality_code,
        declared=filed.declaration,
        proposers=_proposers(connection, vault, election, filed),
    )
    return judge(facts, election.rules.election, election.rules.eligibility)


def _proposers(connection: Connection, vault: Vault, election: Election, filed: Filed) -> tuple[Proposer, ...]:
    """Whoever has confirmed that she backs the candidate; nobody is looked up where the rules ask for none."""
    if not election.rules.eligibility.proposers:
        return ()
    return proposers.confirmed(connection, vault, election, filed.id)


def similar_of(filed: Filed, every: Sequence[Filed]) -> tuple[Filed, ...]:
    """The other live nominations, of other people, whose names are easily taken for this one."""
    if filed.state not in LIVE:
        return ()
    others = (one for one in every if one.state in LIVE and one.id != filed.id and not same_person(one, filed))
    return tuple(other for other in others if similar_pairs((filed.entry, other.entry)))


def are_alike(one: Filed, other: Filed) -> bool:
    """Whether a voter could still take two candidates for one another, lines and all."""
    return bool(undistinguished((one.entry, other.entry)))


def needing_a_line(every: Sequence[Filed]) -> frozenset[str]:
    """The receipt numbers of live nominations, of different people, that a voter could take for one another."""
    live = [one for one in every if one.state in LIVE]
    filed_of = {one.receipt: one for one in live}
    pairs = undistinguished([one.entry for one in live])
    return frozenset(
        receipt
        for pair in pairs
        if not same_person(filed_of[pair.first], filed_of[pair.second])
        for receipt in (pair.first, pair.second)
    )


def same_person(one: Filed, other: Filed) -> bool:
    """Whether two nominations are one person's: the same CPR number; whoever has none is told apart by people."""
    return one.id != other.id and one.cpr_hash is not None and one.cpr_hash == other.cpr_hash


def resident_of(connection: Connection, vault: Vault, election: Election, person: Person) -> Resident | None:
    """The person of the register extract with this CPR number; None where she has no number or is not in it."""
    return register.find_by_cpr(connection, vault, election.id, person.cpr) if person.cpr else None
