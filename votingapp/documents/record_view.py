"""The record in words and figures for a paper: names for ids, Danish for dates and codes, groups for hashes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tally.record import RESERVATION, missing
from votingapp.documents import record_words
from votingapp.documents.dates import danish_date, danish_instant, english_date
from votingapp.documents.record_audit import audit_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tally.record import Annulment, Candidate, Desks, DrawnLot, Record, Statement, Station, Verification

_GROUP = 8


def grouped(code: str) -> str:
    """Part a hash into groups of eight, as people compare it: `3fa9c01e 77b2…`."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def view(record: Record) -> dict[str, Any]:
    """Return what a paper says of a record, JSON-able; no figure is changed."""
    people = {candidate.id: candidate for candidate in record.candidates}
    return {
        "reservation": RESERVATION,
        "rehearsal": record.rehearsal,
        "missing": [record_words.GAPS.get(code, code) for code in missing(record)],
        "version": record.version,
        "reason": record.reason,
        "annulled": _annulment(record.annulled),
        "election": _election(record),
        "drawn_up": danish_date(record.drawn_up),
        "board": [asdict(member) for member in record.board],
        "times": {
            "frozen": _when(record.times.frozen),
            "opened": _when(record.times.opened),
            "closed": _when(record.times.closed),
        },
        "station": _station(record.station),
        "desks": _desks(record.desks),
        "candidates": [asdict(candidate) for candidate in record.candidates],
        "turnout": record.turnout and asdict(record.turnout) | {"slips_not_cast": record.turnout.slips_not_cast},
        "outcome": _outcome(record.allocation, people),
        "lots": [_lot(lot, people) for lot in record.lots],
        "reconciliation": [
            asdict(account)
            | {
                "account": record_words.ACCOUNTS.get(account.account, account.account),
                "difference": account.difference,
                "comes_out": account.comes_out,
            }
            for account in record.reconciliation
        ],
        "boxes": [asdict(box) for box in record.boxes],
        "paper_record": record.paper_record and asdict(record.paper_record),
        "remarks": [{"text": remark.text, "at": _when(remark.at)} for remark in record.remarks],
        "statements": [_statement(one) for one in record.statements],
        "audit": audit_view(record.audit, people),
        "verification": _verification(record.verification),
    }


def _election(record: Record) -> dict[str, Any]:
    election = record.election
    return {
        "name": election.name,
        "municipality": election.municipality,
        "day": danish_date(election.election_day),
        "day_en": english_date(election.election_day),
        "term": [danish_date(election.term_start), danish_date(election.term_end)],
        "term_en": [english_date(election.term_start), english_date(election.term_end)],
        "seats": election.seats,
        "votes_per_voter": election.votes_per_voter,
        "adopted_by": election.adopted_by,
        "adopted_on": danish_date(election.adopted_on),
        "rules_sha256": grouped(election.rules_sha256),
    }


def _station(station: Station | None) -> dict[str, Any] | None:
    if station is None:
        return None
    hashes = ("urn_sha256", "zero_report_sha256", "urn_report_sha256")
    there = ("opened_by", "closed_by", "sealed_by")
    return (
        asdict(station)
        | {name: [{"name": one.name, "at": _when(one.at)} for one in getattr(station, name)] for name in there}
        | {name: grouped(getattr(station, name)) for name in hashes}
        | {"doors_closed": _when(station.doors_closed)}
    )


def _annulment(annulled: Annulment | None) -> dict[str, Any] | None:
    return None if annulled is None else asdict(annulled) | {"decided_on": danish_date(annulled.decided_on)}


def _desks(desks: Desks | None) -> list[tuple[str, int]]:
    """What happened at the desks, each in words and how often."""
    if desks is None:
        return []
    return [
        *((record_words.refused(code), number) for code, number in desks.refused),
        *((record_words.decided(code), number) for code, number in desks.decided),
        *((record_words.assisted(code), number) for code, number in desks.assisted),
    ]


def _statement(statement: Statement) -> dict[str, Any]:
    words = record_words.STATEMENTS.get(statement.code, statement.code)
    return {"text": words, "at": _when(statement.at), "signed_by": statement.signed_by}


def _outcome(allocation: Mapping[str, Any], people: Mapping[str, Candidate]) -> dict[str, Any]:
    return {
        "status": allocation["status"],
        "elected": [
            asdict(people[seat["id"]]) | {"rank": seat["rank"], "seat": seat["seat"]} for seat in allocation["elected"]
        ],
        "vacant": allocation["vacant"],
        "substitutes": [
            asdict(people[substitute["id"]])
            | {"rank": substitute["rank"], "member": _name(substitute["member"], people)}
            for substitute in allocation["substitutes"]
        ],
        "lots_required": [
            {"decides": record_words.DECIDES.get(lot["decides"], lot["decides"]), "among": _names(lot["among"], people)}
            for lot in allocation["lots_required"]
        ],
        "steps": allocation["steps"],
    }


def _lot(lot: DrawnLot, people: Mapping[str, Candidate]) -> dict[str, Any]:
    return asdict(lot) | {
        "decides": record_words.DECIDES.get(lot.decides, lot.decides),
        "among": _names(lot.among, people),
        "order": _names(lot.order, people),
    }


def _verification(verification: Verification | None) -> dict[str, Any] | None:
    if verification is None:
        return None
    hashes = ("election_fingerprint", "last_event", "archive_sha256")
    return asdict(verification) | {name: grouped(getattr(verification, name)) for name in hashes}


def _names(ids: Iterable[str], people: Mapping[str, Candidate]) -> list[str]:
    return [name for name in (_name(one, people) for one in ids) if name]


def _name(one: str | None, people: Mapping[str, Candidate]) -> str | None:
    """Return a candidate's name, with the line that tells her from another of almost the same name."""
    if one is None:
        return None
    person = people[one]
    return f"{person.name} ({person.line})" if person.line else person.name


def _when(instant: datetime | None) -> str | None:
    return None if instant is None else danish_instant(instant)
