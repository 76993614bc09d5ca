"""Two officials count the papers of the booths (kontrolsedler), each alone; what differs from the urn is explained by two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from tally.paper_record import RecordFault, RecordFigures, compare, find_faults
from votingapp.desks.paper.rounds import last_round, open_round
from votingapp.store import counts, elections, paper_counts, paper_records, settled
from votingapp.store.settled import RecordStands, ResultKnown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.paper import PaperDifference
    from tally.record import Reconciliation
    from votingapp.store.elections import Election
    from votingapp.store.paper_records import RecordCount
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Waiting:
    """The figures are kept; another official counts now, alone."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Both found the same: these are the figures of the box."""

    figures: RecordFigures


@dataclass(frozen=True, slots=True)
class Differ:
    """They found these different figures; both count again."""

    differences: tuple[PaperDifference, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The rules ask for no paper, or not for what was entered."""


@dataclass(frozen=True, slots=True)
class NotClosed:
    """Before the close nothing is counted (promise 6)."""


@dataclass(frozen=True, slots=True)
class BallotsFirst:
    """The ballots on paper are not counted yet: who had seen what the papers say of each candidate would know what helps."""


@dataclass(frozen=True, slots=True)
class AlreadyAgreed:
    """Two counters have agreed before; their figures stand."""


@dataclass(frozen=True, slots=True)
class CountedAlready:
    """The official has counted in this round; it takes another one."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """No box of papers shows such figures; nothing is kept."""

    faults: tuple[RecordFault, ...]


Entered = (
    Waiting
    | Agreed
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
class OtherFigures:
    """The account comes out, or has other figures now; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the count has come, as an official may see it.

    `round` is the one that is being counted; `counted` names who has entered in it, `last` are the two counts of the round
    before with their differences, and `agreed` the figures once they are the same, held against the urn in `accounts`.
    `is_late` tells that the urn was added up before anybody counted.
    """

    round: int
    counted: tuple[str, ...]
    may_enter: bool
    last: tuple[RecordCount, ...]
    differences: tuple[PaperDifference, ...]
    agreed: RecordFigures | None
    accounts: tuple[Reconciliation, ...]
    is_late: bool


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
        current = elections.by_id(work.connection, election.id)
        if current.state is not PollState.CLOSED:
            return NotClosed()
        if paper_records.result_of(work.connection, election.id) is not None:
            return AlreadyAgreed()
        if settled.result_is_known(work.connection, current):
            return ResultKnown()
        if figures.votes is not None and paper_counts.is_uncounted(work.connection, election.id):
            return BallotsFirst()
        number, here = open_round(paper_records.counts(work.connection, election.id))
        if any(one.official_id == official.id for one in here):
            return CountedAlready()
        paper_records.keep(work, election.id, number, official.id, figures)
        outcome = _compare(here, figures)
        if isinstance(outcome, Agreed):
            paper_records.accept(work, election.id, figures)
        _record(work, official, election, number, outcome)
        return outcome

    return store.write(act)


def explain(
    store: Store, election: Election, account: str, figures: tuple[int, int], text: str, signed_by: tuple[Staff, Staff]
) -> Explained | OtherFigures | RecordStands:
    """Keep what two officials say about an account that does not come out; `figures` are those expected and counted.

    The number of papers is explained before the urn is added up, which waits for it. What the papers say otherwise than the
    urn is known only once it is opened: the result is not published before two have explained it.
    """

    def act(work: Work) -> Explained | OtherFigures | RecordStands:
        connection = work.connection
        current = elections.by_id(connection, election.id)
        drawn = paper_records.accounts(connection, current, counts.urn_counts(connection, current))
        named = (account, *figures)
        found = next((one for one in drawn if (one.account, one.expected, one.counted) == named), None)
        if found is None or found.comes_out:
            return OtherFigures()
        if found.explanation:
            return Explained()
        if settled.record_stands(connection, current):
            return RecordStands()
        paper_records.add_explanation(work, election.id, found, text, signed_by)
        official, second = signed_by
        told = {"account": account, "expected": found.expected, "found": found.counted, "text": text}
        work.record(election.id, official.login, "paper_record_explained", second=second.login, **told)
        return Explained()

    return store.write(act)


def read_progress(connection: Connection, official: Staff, election: Election) -> Progress:
    """How far the count has come."""
    kept = paper_records.counts(connection, election.id)
    agreed = paper_records.result_of(connection, election.id)
    added_up = settled.result_is_known(connection, election)
    number, here = open_round(kept)
    last = last_round(kept, here)
    return Progress(
        round=number,
        counted=tuple(one.name for one in here),
        may_enter=agreed is None and not added_up and all(one.official_id != official.id for one in here),
        last=last,
        differences=compare(last[0].figures, last[1].figures) if last else (),
        agreed=agreed,
        accounts=paper_records.accounts(connection, election, counts.urn_counts(connection, election)),
        is_late=added_up and agreed is None,
    )


def _is_asked(election: Election, figures: RecordFigures) -> bool:
    rules = election.rules.audit
    return rules.paper_record and (figures.votes is not None) == (rules.counted == "by_candidate")


def _compare(here: tuple[RecordCount, ...], figures: RecordFigures) -> Waiting | Agreed | Differ:
    if not here:
        return Waiting()
    differences = compare(here[0].figures, figures)
    return Differ(differences) if differences else Agreed(figures)


def _record(work: Work, official: Staff, election: Election, number: int, outcome: Waiting | Agreed | Differ) -> None:
    """The log tells who counted, and how many papers once two agree; no figure of a candidate is in it."""
    told = {"papers": outcome.figures.papers} if isinstance(outcome, Agreed) else {}
    outcome_name = type(outcome).__name__.lower()
    work.record(election.id, official.login, "paper_record_counted", round=number, outcome=outcome_name, **told)
