"""What the house knows of an election, gathered for the first draft of the item and for each version that is made of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tally.council import Answer, Fault
from tally.deadlines import copenhagen_day
from tally.rules import OPEN_SEAT
from votingapp.documents import record_audit
from votingapp.documents.council_draft import Facts, Ranked
from votingapp.store import complaints, decisions, drawn_records, paper_audits, record_signatures, rulings, urns

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.council import Finding
    from votingapp.desks.council.standing import Council, Result
    from votingapp.store.elections import Election
    from votingapp.store.rulings import Ruling

_ANSWERED = {Answer.APPROVED: "udpeget", Answer.RETURNED: "sendt tilbage", Answer.NOT_APPOINTED: "ikke udpeget"}


def facts_of(connection: Connection, election: Election, council: Council) -> Facts:
    """Everything a draft is made of, as it stands now."""
    rules, result = election.rules, council.result
    outcome = result.outcome
    ballots = None
    if outcome is not None:
        on_paper = outcome.paper.ballots if outcome.paper is not None else 0
        ballots = urns.count(connection, election.urn_uuid) + on_paper
    figures = complaints.numbers(connection, election.id)
    return Facts(
        election=election.name,
        municipality=rules.election.municipality,
        election_day=rules.election.election_day,
        term=(rules.election.term_start, rules.election.term_end),
        adopted_by=rules.election.adopted_by,
        adopted_on=rules.election.adopted_on,
        seats=rules.seats.total,
        ballots=ballots,
        blank=None if outcome is None else outcome.counts.blank,
        invalid=None if outcome is None else outcome.counts.invalid,
        no_vote=_no_vote(connection, election),
        chosen=_chosen(result),
        substitutes=_substitutes(result),
        lots=0 if outcome is None else len(outcome.lots),
        places=council.places,
        record=_record(connection, election),
        audit=record_audit.in_short(paper_audits.outcome(connection, election)),
        complaints_end=election.complaints_end,
        complaints=figures.received,
        open_complaints=figures.open,
        earlier=_earlier(connection, election),
    )


def remarks_of(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """What the byråd is told of the council's size, in Danish: the item is a paper of the town hall, in its language."""
    said = {
        Fault.TOO_MANY_SEATS: "Rådet har {there} pladser. Reglerne tillader højst {limit}.",
        Fault.CATEGORY_DIFFERS: "Kategorien {category} har {there} pladser. Reglerne giver den {limit}.",
        Fault.TOO_FEW_SEATS: "Rådet har {there} pladser. Det skal have mindst {limit}.",
        Fault.TOO_FEW_MEMBERS: "Med de vakante pladser får rådet {there} medlemmer. Det skal have mindst {limit}.",
    }
    return tuple(
        said[one.fault].format(there=one.there, limit=one.limit, category=one.category or "") for one in findings
    )


def _no_vote(connection: Connection, election: Election) -> tuple[str, date] | None:
    decided = decisions.uncontested(connection, election.id)
    return None if decided is None else (decided.body, copenhagen_day(decided.decided_at))


def _chosen(result: Result) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(
            one.rank,
            result.names[one.id],
            one.votes,
            "" if one.seat == OPEN_SEAT else f"plads forbeholdt {one.seat}",
        )
        for one in result.allocation.elected
    )


def _substitutes(result: Result) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(
            one.rank,
            result.names[one.id],
            one.votes,
            f"suppleant for {result.names[one.member]}" if one.member is not None else one.group or "",
        )
        for one in result.allocation.substitutes
    )


def _record(connection: Connection, election: Election) -> tuple[int, bool] | None:
    drawn = drawn_records.newest_version(connection, election)
    return None if drawn is None else (drawn.version, record_signatures.signed_by_all(connection, election))


def _earlier(connection: Connection, election: Election) -> tuple[tuple[date, str, str], ...]:
    """The day of the vote, the record's newest version, and each meeting of the byråd that has ruled, by day."""
    told = []
    if election.closed_at is not None:
        told.append((copenhagen_day(election.closed_at), "Valgbestyrelsen", "Afstemningen blev holdt."))
    drawn = drawn_records.newest_version(connection, election)
    if drawn is not None:
        told.append(
            (copenhagen_day(drawn.at), "Valgbestyrelsen", f"Valgprotokollen, udgave {drawn.version}, blev oprettet.")
        )
    meetings: dict[tuple[date, str], list[Ruling]] = {}
    for one in rulings.every(connection, election.id):
        meetings.setdefault((one.meeting.met_on, one.meeting.body), []).append(one)
    for (day, body), ruled in meetings.items():
        answers = Counter(one.answer for one in ruled)
        said = ", ".join(f"{answers[answer]} {word}" for answer, word in _ANSWERED.items() if answers[answer])
        told.append((day, body, f"{said[0].upper()}{said[1:]}."))
    return tuple(sorted(told, key=lambda one: one[0]))
