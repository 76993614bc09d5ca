"""The record (valgprotokol) is drawn up from what the house has kept, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tally.allocation import allocation_document
from tally.reconciliation import reconcile
from tally.record import (
    BoardMember,
    Candidate,
    Desks,
    DrawnLot,
    PaperAccount,
    Present,
    Record,
    Remark,
    Statement,
    Station,
    Times,
    Trustee,
    Turnout,
    Verification,
    nobody_elected,
)
from tally.record import Election as RecordedElection
from votingapp.store import (
    accounts,
    admissions,
    assistance,
    attendance,
    ballot_paper,
    challenges,
    doors,
    doubts,
    explanations,
    incidents,
    keys,
    paper_audits,
    paper_records,
    record_signers,
    record_statements,
    refusals,
    register,
    reports,
    sealing,
    slip_account,
)
from votingapp.store.admissions import Channel
from votingapp.store.attendance import CLOSED, OPENED
from votingapp.store.ledger import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from ballots.slips import SlipAccount
    from tally.record import Annulment
    from votingapp.store.accounts import Account
    from votingapp.store.attendance import There
    from votingapp.store.ballot_paper import Line
    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election
    from votingapp.store.incidents import Line as Written
    from votingapp.store.lots import KeptLot
    from votingapp.store.no_vote import NoVote

_LOCAL = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version is drawn up (0 for a draft), when (UTC), why, and who of the board chairs it (staff id; None unsaid)."""

    version: int
    at: datetime
    reason: str = ""
    chair: str | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """What ties a record to its verified archive; `decrypted` are the numbers of the trustees who took part."""

    fingerprint: str
    last_event: str
    sha256: str
    decrypted: frozenset[int]


def draw_up(
    connection: Connection, election: Election, outcome: Outcome, ballots: int, archive: Archive, edition: Edition
) -> Record:
    """Draw up the record of a counted election."""
    candidates = _candidates(connection, election, outcome)
    drawn = {
        paper: accounts.account_of(connection, election, paper, ballots=ballots if paper is Paper.SLIP else None)
        for paper in accounts.in_use(connection, election)
    }
    explained = {paper: explanations.every(connection, election.id, paper) for paper in drawn}
    turnout = _turnout(connection, election, drawn, outcome)
    reconciled = reconcile(turnout, candidates, election.rules.ballot.votes_per_voter)
    papers = tuple(slip_account.paper_of(one) for one in reconciled)
    return Record(
        **_evening(connection, election, edition),
        candidates=candidates,
        turnout=turnout,
        allocation=outcome.answer,
        lots=tuple(_lot(kept) for kept in outcome.lots),
        verification=_verification(connection, election, archive),
        reconciliation=(
            *(
                slip_account.explain(one, drawn[paper], explained[paper])
                for one, paper in zip(reconciled, papers, strict=True)
            ),
            *paper_records.accounts(connection, election, outcome.urn),
        ),
        boxes=tuple(
            box for paper, account in drawn.items() for box in slip_account.boxes(account, explained[paper], paper)
        ),
        paper_record=paper_records.recorded(connection, election, turnout.paper_ballots),
        audit=paper_audits.outcome(connection, election),
    )


def draw_up_uncontested(connection: Connection, election: Election, decided: NoVote, edition: Edition) -> Record:
    """Draw up the record of an election in which no vote was needed: everybody who stands is elected."""
    return Record(
        **_evening(connection, election, edition),
        candidates=_unvoted(decided.lines),
        turnout=None,
        allocation=allocation_document(decided.allocation),
    )


def draw_up_annulled(connection: Connection, election: Election, annulment: Annulment, edition: Edition) -> Record:
    """Draw up what happened, before it came to a result, of an election that does not stand."""
    return Record(
        **_evening(connection, election, edition),
        candidates=_unvoted(ballot_paper.lines(connection, election.id)),
        turnout=None,
        allocation=nobody_elected(),
        annulled=annulment,
    )


def _evening(connection: Connection, election: Election, edition: Edition) -> dict[str, Any]:
    """What a record tells beside the count: the fields of `Record` that do not hang on how the election ended."""
    return {
        "election": _election(election),
        "drawn_up": edition.at.astimezone(_LOCAL).date(),
        "rehearsal": election.rehearsal,
        "board": tuple(
            BoardMember(one.name, one.office) for one in record_signers.signers(connection, election, edition.chair)
        ),
        "times": Times(election.frozen_at, election.opened_at, election.closed_at),
        "station": _station(connection, election),
        "desks": _desks(connection, election.id),
        "remarks": tuple(_remark(line) for line in incidents.lines(connection, election.id)),
        "statements": tuple(
            Statement(one.code.value, one.at, one.signed_by)
            for one in record_statements.standing(connection, election.id)
        ),
        "version": edition.version,
        "reason": edition.reason,
    }


def _unvoted(lines: Iterable[Line]) -> tuple[Candidate, ...]:
    """The candidates of the ballot, of whom no vote was counted."""
    return tuple(Candidate(line.number, line.id, line.name, None, line.line, line.group) for line in lines)


def _election(election: Election) -> RecordedElection:
    rules = election.rules
    return RecordedElection(
        name=election.name,
        municipality=rules.election.municipality,
        election_day=rules.election.election_day,
        term_start=rules.election.term_start,
        term_end=rules.election.term_end,
        seats=rules.seats.total,
        votes_per_voter=rules.ballot.votes_per_voter,
        adopted_by=rules.election.adopted_by,
        adopted_on=rules.election.adopted_on,
        rules_sha256=rules.sha256,
    )


def _station(connection: Connection, election: Election) -> Station | None:
    if election.opened_at is None:
        return None
    zero, sealed = (reports.kept(connection, election.id, act) for act in (reports.ZERO_REPORT, reports.URN_REPORT))
    if zero is None:  # held before the house asked for reports
        return None
    return Station(
        opened_by=_present(attendance.logged(connection, election.id, OPENED)),
        closed_by=_present(attendance.logged(connection, election.id, CLOSED)),
        doors_closed=None if election.doors is None else election.doors.closed_at,
        queue=0 if election.doors is None else election.doors.queue,
        admitted_from_queue=doors.admitted_since(connection, election),
        urn_sha256=election.urn_sha256 or "",
        zero_report_sha256=zero.sha256,
        urn_report_sha256="" if sealed is None else sealed.sha256,
        sealed_by=_present(record_signers.sealed_by(connection, election.id)),
        urn_report_outdated=sealing.report_is_outdated(connection, election),
    )


def _desks(connection: Connection, election_id: str) -> Desks:
    decided = doubts.count_decided(connection, election_id)
    answers = {f"{kind.value}/{'admitted' if admitted else 'refused'}": n for (kind, admitted), n in decided.items()}
    assisted = {kind.value: number for kind, number in assistance.counts(connection, election_id).items() if number}
    return Desks(
        refused=tuple(refusals.count(connection, election_id).items()),
        decided=tuple(sorted(answers.items())),
        assisted=tuple(sorted(assisted.items())),
    )


def _present(there: tuple[There, ...]) -> tuple[Present, ...]:
    return tuple(Present(one.name, one.at) for one in there)


def _candidates(connection: Connection, election: Election, outcome: Outcome) -> tuple[Candidate, ...]:
    received = {candidate.id: candidate.votes for candidate in outcome.counts.candidates}
    on_paper = outcome.paper.votes if outcome.paper is not None and outcome.shows_paper else None
    return tuple(
        Candidate(
            line.number,
            line.id,
            line.name,
            received[line.id],
            line.line,
            line.group,
            None if on_paper is None else on_paper[line.number - 1],
        )
        for line in ballot_paper.lines(connection, election.id)
    )


def _turnout(connection: Connection, election: Election, drawn: Mapping[Paper, Account], outcome: Outcome) -> Turnout:
    is_closed_roll = election.rules.admission.roll == "closed"
    account = drawn[Paper.SLIP].whole
    return Turnout(
        roll=register.count(connection, election.id) if is_closed_roll else None,
        admissions=admissions.count(connection, election.id),
        slips_printed=account.printed,
        slips_issued=account.issued,
        slips_exchanged=account.exchanged,
        slips_returned=account.returned,
        slips_void=account.void,
        slips_left_over=account.left_over,
        ballots=account.ballots or 0,
        blank=outcome.counts.blank,
        invalid=outcome.counts.invalid,
        on_paper=admissions.count_by(connection, election.id, Channel.PAPER),
        paper_ballots=0 if outcome.paper is None else outcome.paper.ballots,
        paper=_paper(drawn[Paper.BALLOT].whole) if Paper.BALLOT in drawn else None,
        challenged=challenges.count(connection, election.urn_uuid),
    )


def _paper(account: SlipAccount) -> PaperAccount:
    return PaperAccount(
        printed=account.printed,
        issued=account.issued,
        exchanged=account.exchanged,
        returned=account.returned,
        void=account.void,
        left_over=account.left_over,
    )


def _remark(line: Written) -> Remark:
    """A line of the log of incidents: numbered, so that one that puts another right can name it."""
    corrected = f", retter linje {line.corrects}" if line.corrects else ""
    where = line.desk or ("Maskinen" if line.writer is None else "Valgbestyrelsen")
    return Remark(f"Linje {line.number}{corrected}. {where}: {line.text}", line.at)


def _lot(kept: KeptLot) -> DrawnLot:
    """How and where a lot was held; of dice also the line for the first of the order: the others' differ in the id alone."""
    how = "Lodder trukket" if kept.throws is None else "Terninger kastet i offentlighed"
    rolled = () if kept.throws is None else (kept.throws.digits, kept.throws.command(kept.drawn.order[0]))
    return DrawnLot(
        kept.decides, kept.drawn.among, kept.drawn.order, f"{how}. Sted: {kept.place}", kept.witnesses, *rolled
    )


def _verification(connection: Connection, election: Election, archive: Archive) -> Verification | None:
    ceremony = keys.ceremony_of(connection, election.id)
    if ceremony is None:
        return None
    return Verification(
        election_fingerprint=archive.fingerprint,
        last_event=archive.last_event,
        archive_sha256=archive.sha256,
        threshold=ceremony.threshold,
        trustees=tuple(Trustee(one.name, one.position in archive.decrypted) for one in ceremony.members),
    )
