"""The sealed urn (forseglet urne): its hash, its ballots and the account of the evening, settled before anything is added up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ballots.poll import CountFacts, PollState, Report, SealFacts
from ballots.urn import seal_urn
from votingapp.store import (
    accounts,
    audit,
    challenges,
    counts,
    doors,
    explanations,
    paper_counts,
    paper_records,
    reports,
    urns,
)
from votingapp.store.attendance import CLOSED, Ceremony, present_now
from votingapp.store.ledger import Paper
from votingapp.store.reports import URN_REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Sums:
    """The account of slips, or of paper ballots; `left_over` is None while a box is not counted."""

    paper: Paper
    printed: int
    issued: int
    exchanged: int
    returned: int
    void: int
    left_over: int | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference in the account of `paper`, and what it was explained by and signed by whom; empty where it was not."""

    paper: Paper
    code: str
    desk: str
    expected: int
    found: int
    text: str
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """The evening in figures; instants are UTC, and those of the doors None where they never were shut.

    `challenged` ballots were opened to check a tablet, and are none of the `ballots`; `challenged_sha256` is over their hashes as
    that of the urn is over the urn's, "" for none: no other ballot is told to be among them later.
    """

    opened_at: datetime | None
    doors_closed_at: datetime | None
    queue: int
    admitted_from_queue: int
    closed_at: datetime | None
    admitted: int
    ballots: int
    urn_sha256: str
    sums: tuple[Sums, ...]
    differences: tuple[Explained, ...]
    challenged: int = 0
    challenged_sha256: str = ""


def gather(connection: Connection, election: Election) -> Sealed:
    """Read a closed poll; LookupError for one that is not, for nothing of its urn may be known (promise 6)."""
    if election.closed_at is None:
        raise LookupError("the poll is not closed")
    drawn = {paper: accounts.account_of(connection, election, paper) for paper in accounts.in_use(connection, election)}
    opened = challenges.hashes(connection, election.urn_uuid)
    return Sealed(
        opened_at=election.opened_at,
        doors_closed_at=election.doors.closed_at if election.doors else None,
        queue=election.doors.queue if election.doors else 0,
        admitted_from_queue=doors.admitted_since(connection, election),
        closed_at=election.closed_at,
        admitted=sum(account.whole.admitted for account in drawn.values()),
        ballots=urns.count(connection, election.urn_uuid),
        urn_sha256=election.urn_sha256 or "",
        sums=tuple(_sums(paper, account) for paper, account in drawn.items()),
        differences=tuple(_explained(connection, election, drawn)),
        challenged=len(opened),
        challenged_sha256=seal_urn(opened) if opened else "",
    )


def read_sealed(body: Mapping[str, Any]) -> Sealed:
    """The figures as the log has them."""
    instants = ("opened_at", "doors_closed_at", "closed_at")
    read = {name: None if body[name] is None else datetime.fromisoformat(body[name]) for name in instants}
    sums = tuple(Sums(**{**one, "paper": Paper(one["paper"])}) for one in body["sums"])
    differences = tuple(
        Explained(**{**one, "paper": Paper(one["paper"]), "signed_by": tuple(one["signed_by"])})
        for one in body["differences"]
    )
    return Sealed(**{**body, **read, "sums": sums, "differences": differences})


def report_standing(connection: Connection, election: Election) -> Report:
    """How the latest report of the sealed urn stands to what it reports."""
    made = reports.kept(connection, election.id, URN_REPORT)
    if made is None or election.closed_at is None:
        return Report.MISSING
    return reports.standing(made, gather(connection, election))


def report_is_outdated(connection: Connection, election: Election) -> bool:
    """Whether the latest report of the sealed urn says other figures than the house does now; the program may be another."""
    made = reports.kept(connection, election.id, URN_REPORT)
    return made is not None and election.closed_at is not None and not reports.tells(made, gather(connection, election))


def seal_facts(connection: Connection, election: Election, now: datetime) -> SealFacts:
    """What `ballots.poll.may_seal` asks for; before the close nothing is looked for in the account."""
    uncounted = _uncounted(connection, election)
    unexplained = _unexplained(connection, election)
    return SealFacts(
        state=election.state,
        urn_intact=_is_intact(connection, election),
        present=len(present_now(connection, election.id, Ceremony.CLOSE, now)),
        uncounted=uncounted.get(Paper.SLIP, 0),
        unexplained=unexplained.get(Paper.SLIP, 0),
        paper_uncounted=uncounted.get(Paper.BALLOT, 0),
        paper_unexplained=unexplained.get(Paper.BALLOT, 0),
        result_known=_is_final(connection, election),
    )


def _is_final(connection: Connection, election: Election) -> bool:
    """Whether the report is the last: with the result always, and from the sum on where it fits.

    In between nobody moves or explains anything. Another program may run by then, and the result waits for a report that
    names it.
    """
    kept = counts.count_of(connection, election.id)
    if kept is None or kept.result is not None:
        return kept is not None
    return report_standing(connection, election) is Report.FITS


def count_facts(connection: Connection, election: Election) -> CountFacts:
    """What `ballots.poll.may_count` asks for."""
    if election.state is not PollState.CLOSED:
        return CountFacts(
            election.state,
            urn_intact=True,
            unexplained=0,
            paper_unexplained=0,
            paper_ballots_uncounted=False,
            urn_report=Report.MISSING,
        )
    unexplained = _unexplained(connection, election)
    return CountFacts(
        election.state,
        urn_intact=_is_intact(connection, election),
        unexplained=unexplained.get(Paper.SLIP, 0),
        paper_unexplained=unexplained.get(Paper.BALLOT, 0),
        paper_ballots_uncounted=paper_counts.is_uncounted(connection, election.id),
        urn_report=report_standing(connection, election),
        paper_record=paper_records.trail(connection, election),
        annulled=election.annulment is not None,
    )


def logged_hash(connection: Connection, election: Election) -> str | None:
    """The hash of the urn as the log has it; None before the close, and where it was closed before urns had one."""
    entry = audit.last(connection, election.id, CLOSED)
    found = None if entry is None else json.loads(entry.details).get("urn_sha256")
    return None if found is None else str(found)


def _is_intact(connection: Connection, election: Election) -> bool:
    """Whether what lies in a closed urn is what lay there at the close, by the log: a column is changed unseen."""
    logged = logged_hash(connection, election)
    if logged != election.urn_sha256:
        return False
    return logged is None or urns.seal(connection, election.urn_uuid) == logged


def _unexplained(connection: Connection, election: Election) -> dict[Paper, int]:
    return accounts.count_unexplained(connection, election) if election.closed_at else {}


def _uncounted(connection: Connection, election: Election) -> dict[Paper, int]:
    papers = accounts.in_use(connection, election) if election.closed_at else ()
    return {paper: len(accounts.account_of(connection, election, paper).uncounted) for paper in papers}


def _sums(paper: Paper, account: accounts.Account) -> Sums:
    whole = account.whole
    return Sums(paper, whole.printed, whole.issued, whole.exchanged, whole.returned, whole.void, whole.left_over)


def _explained(
    connection: Connection, election: Election, drawn: Mapping[Paper, accounts.Account]
) -> Iterator[Explained]:
    for paper, account in drawn.items():
        known = {one.difference: one for one in explanations.every(connection, election.id, paper)}
        for one in account.differences:
            said = known.get(one)
            text, signed_by = ("", ()) if said is None else (said.text, said.signed_by)
            yield Explained(paper, one.code.value, one.desk, one.expected, one.found, text, signed_by)
