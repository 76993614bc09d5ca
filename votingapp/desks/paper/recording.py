"""Two officials count the papers of the booths (kontrolsedler), each alone; what differs from the urn is explained by two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.paper_record import RecordFault, RecordFigures, compare, find_faults
from votingapp.store import apart, counts, elections, paper_counts, paper_records, settled
from votingapp.store.apart import (
    Agreed,
    AlreadyAgreed,
    Box,
    CountedAlready,
    Differ,
    NotClosed,
    Standing,
    Waiting,
)
from votingapp.store.settled import RecordStands, ResultKnown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.record import Reconciliation
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The rules ask for no paper, or not for what was entered."""


@dataclass(frozen=True, slots=True)
class BallotsFirst:
    """The ballots on paper are not counted yet: who had seen what the papers say of each candidate would know what helps."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """No box of papers shows such figures; nothing is kept."""

    faults: tuple[RecordFault, ...]


Entered = (
    Waiting
    | Agreed[RecordFigures]
    | Differ
    | NotAsked
    | NotClosed
    | BallotsFirst
    | AlreadyAgreed
    | ResultKnown
    | CountedAlready
    | Impossible
)


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation is kept, once."""


@dataclass(frozen=True, slots=True)
class ExplainedBefore:
    """Others have explained it meanwhile, in other words, which stand; nothing was kept."""


@dataclass(frozen=True, slots=True)
class OtherFigures:
    """The account comes out, or has other figures now; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the count has come, as an official may see it; `accounts` holds what two agreed on against the urn."""

    count: Standing[RecordFigures]
    accounts: tuple[Reconciliation, ...]


_PAPERS = Box(paper_records.PAPERS, compare, "paper_record_counted", lambda figures: {"papers": figures.papers})


def enter(store: Store, official: Staff, election: Election, figures: RecordFigures) -> Entered:
    """Enter what an official counted in the round that is open; with the second one the two are compared.

    As with ballots on paper nobody counts any more once the urn is added up: what the papers say is found without knowing
    what they ought to say. Nor are papers counted by candidate before those ballots are: they tell what the urn will give.
    """
    if not _is_asked(election, figures):
        return NotAsked()
    faults = find_faults(figures, election.rules.ballot.votes_per_voter)
    if faults:
        return Impossible(faults)

    def act(work: Work) -> Entered:
        no = apart.why_not(work, election, _PAPERS)
        if no is not None:
            return no
        if figures.votes is not None and paper_counts.is_uncounted(work.connection, election.id):
            return BallotsFirst()
        return apart.enter(work, official, election, _PAPERS, figures)

    return store.write(act)


def explain(
    store: Store, election: Election, account: str, figures: tuple[int, int], text: str, signed_by: tuple[Staff, Staff]
) -> Explained | ExplainedBefore | OtherFigures | RecordStands:
    """Keep what two officials say about an account that does not come out; `figures` are those expected and counted.

    The number of papers is explained before the urn is added up, which waits for it. What the papers say otherwise than the
    urn is known only once it is opened: the result is not published before two have explained it.
    """

    def act(work: Work) -> Explained | ExplainedBefore | OtherFigures | RecordStands:
        connection = work.connection
        current = elections.by_id(connection, election.id)
        drawn = paper_records.accounts(connection, current, counts.urn_counts(connection, current))
        named = (account, *figures)
        found = next((one for one in drawn if (one.account, one.expected, one.counted) == named), None)
        if found is None or found.comes_out:
            return OtherFigures()
        if found.explanation:
            return Explained() if found.explanation == text else ExplainedBefore()
        if settled.is_drawn_up(connection, current):
            return RecordStands()
        paper_records.add_explanation(work, election.id, found, text, signed_by)
        official, second = signed_by
        told = {"account": account, "expected": found.expected, "found": found.counted, "text": text}
        work.record(election.id, official.login, "paper_record_explained", second=second.login, **told)
        return Explained()

    return store.write(act)


def read_progress(connection: Connection, official: Staff, election: Election) -> Progress:
    """How far the count has come."""
    return Progress(
        count=apart.stand(connection, official, election, _PAPERS),
        accounts=paper_records.accounts(connection, election, counts.urn_counts(connection, election)),
    )


def _is_asked(election: Election, figures: RecordFigures) -> bool:
    rules = election.rules.audit
    return rules.paper_record and (figures.votes is not None) == (rules.counted == "by_candidate")
