"""What a record lacks before the board can sign it as complete, in the order of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.poll import LEAST_PRESENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tally.record.form import Record
    from tally.record.parts import Station, Turnout

STATEMENTS = ("incidents", "assistance")
"""What two of the board state of an evening on which a poll was held (`Statement.code`)."""


def missing(record: Record) -> tuple[str, ...]:
    """Name what the record lacks before the board can sign it as complete, in the order of the record; () = nothing.

    Codes: adoption, board, frozen, opened, closed, attendance, reports, report_outdated, turnout, left_over, paper_left_over,
    paper_record, votes, reconciliation, explanation:<account>, explanation:boxes, explanation:paper_boxes, audit, incidents,
    assistance, verification, decryption, lots, lot_method, lot_witnesses, annulment. `turnout` stands for the blank and
    invalid votes as well: there is no turnout without them. Without a vote there is no poll to freeze, open, count, decrypt
    or reconcile, and of an annulled one only what happened until then is told.
    """
    return tuple(code for code, lacking in _gaps(record) if lacking)


def _gaps(record: Record) -> Iterator[tuple[str, bool]]:
    yield "adoption", not (record.election.adopted_by and record.election.rules_sha256)
    yield "board", not record.board
    if record.annulled is not None:
        yield from _gaps_of_the_annulled(record)
        return
    if record.allocation["status"] != "uncontested":
        yield from _gaps_of_the_poll(record)
    yield "lots", bool(record.allocation["lots_required"])
    yield "lot_method", not all(lot.method or lot.dice for lot in record.lots)
    yield "lot_witnesses", not all(lot.witnesses for lot in record.lots)


def _gaps_of_the_annulled(record: Record) -> Iterator[tuple[str, bool]]:
    if record.times.opened is not None:
        yield from _unstated(record)
    yield "annulment", record.annulled is None or not (record.annulled.body and record.annulled.reason)


def _gaps_of_the_poll(record: Record) -> Iterator[tuple[str, bool]]:
    yield "frozen", record.times.frozen is None
    yield "opened", record.times.opened is None
    yield "closed", record.times.closed is None
    yield "attendance", record.station is None or not _was_attended(record.station)
    yield "reports", record.station is not None and not _is_sealed(record.station)
    yield "report_outdated", record.station is not None and record.station.urn_report_outdated
    yield "turnout", record.turnout is None
    yield "left_over", record.turnout is not None and record.turnout.slips_left_over is None
    yield "paper_left_over", _paper_is_uncounted(record.turnout)
    yield "paper_record", record.paper_record is not None and record.paper_record.papers is None
    yield "votes", any(candidate.votes is None for candidate in record.candidates)
    yield "reconciliation", not record.reconciliation
    for account in record.reconciliation:
        yield f"explanation:{account.account}", not (account.comes_out or account.explanation)
    for code, holds in (("explanation:boxes", "slip"), ("explanation:paper_boxes", "ballot")):
        yield code, any(box.holds == holds and not box.explanation for box in record.boxes)
    yield "audit", record.audit is not None and not record.audit.is_settled
    yield from _unstated(record)
    proof = record.verification
    yield "verification", proof is None or not (proof.election_fingerprint and proof.archive_sha256)
    yield "decryption", proof is None or sum(t.decrypted for t in proof.trustees) < proof.threshold


def _unstated(record: Record) -> Iterator[tuple[str, bool]]:
    stated = {one.code for one in record.statements if len(set(one.signed_by)) >= LEAST_PRESENT}
    for code in STATEMENTS:
        yield code, code not in stated


def _was_attended(station: Station) -> bool:
    """Whether the members who opened and who closed are named; the report of the urn has its own signatures."""
    return all(len(there) >= LEAST_PRESENT for there in (station.opened_by, station.closed_by))


def _paper_is_uncounted(turnout: Turnout | None) -> bool:
    return turnout is not None and turnout.paper is not None and turnout.paper.left_over is None


def _is_sealed(station: Station) -> bool:
    return all((station.urn_sha256, station.zero_report_sha256, station.urn_report_sha256))
