"""What the byråd ruled is entered of each person by one official and confirmed by another; who is appointed begins her time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.council import Answer, Early, first_day, warnings_of
from tally.deadlines import copenhagen_day
from votingapp.desks.council.standing import Council, NotKnown, council_of
from votingapp.store import complaints, record_signatures, rulings, seats

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.desks.council.standing import Line
    from votingapp.store.elections import Election
    from votingapp.store.rulings import Meeting
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Entered:
    """The answers are kept; so many people were appointed by them."""

    appointed: int


@dataclass(frozen=True, slots=True)
class NothingAnswered:
    """No answer was given about anybody."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Who is proposed, or what was ruled of them, is not what was seen; nothing was kept."""


@dataclass(frozen=True, slots=True)
class BadDay:
    """The byråd cannot have met on that day: before the election, or in the future. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class MustAccept:
    """Nothing was kept: this speaks against entering the ruling now, and two must say that they know it."""

    warnings: tuple[Early, ...]


Outcome = Entered | NothingAnswered | Changed | BadDay | MustAccept | NotKnown


def fingerprint(council: Council) -> str:
    """One hash (hex SHA-256) of whom the byråd is asked about, and of what it said of them before."""
    seen = [
        [line.place.number, line.place.candidate, line.place.name, line.ruling.id if line.ruling else None]
        for line in council.asked
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def warnings_now(connection: Connection, election: Election, met_on: date) -> tuple[Early, ...]:
    """What speaks against entering now what a meeting on a day has ruled."""
    return warnings_of(
        met_on=met_on,
        complaints_end=election.complaints_end,
        signed=record_signatures.signed_by_all(connection, election),
        open_complaint=complaints.any_open(connection, election.id),
    )


def enter(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    seen: str,
    meeting: Meeting,
    answers: Mapping[int, Answer],
    accepted: Collection[Early] = (),
) -> Outcome:
    """Enter the byråd's answers by seat number; whoever is appointed sits from the term's first day, or the meeting's if later.

    `signed_by` are who enters it and who confirmed it with her own login; ValueError for one alone. `seen` is the
    fingerprint of what was on the page, and `accepted` are the warnings that both have seen there.
    """
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a ruling is entered by two")

    def act(work: Work) -> Outcome:
        council = council_of(work.connection, election)
        if isinstance(council, NotKnown):
            return council
        asked = {line.place.number: line for line in council.asked}
        if fingerprint(council) != seen or set(answers) - set(asked):
            return Changed()
        if not answers:
            return NothingAnswered()
        if not _earliest(election) <= meeting.met_on <= copenhagen_day(work.now):
            return BadDay()
        warnings = warnings_now(work.connection, election, meeting.met_on)
        if set(warnings) - set(accepted):
            return MustAccept(warnings)
        return _keep(work, election, signed_by, meeting, {n: (asked[n], answers[n]) for n in sorted(answers)}, warnings)

    return store.write(act)


def _keep(
    work: Work,
    election: Election,
    signed_by: tuple[Staff, Staff],
    meeting: Meeting,
    ruled: Mapping[int, tuple[Line, Answer]],
    warnings: tuple[Early, ...],
) -> Entered:
    official, second = signed_by
    begins = first_day(election.rules.election.term_start, meeting.met_on)
    for line, answer in ruled.values():
        if line.seat is None:
            raise LookupError("a seat that is not kept cannot be ruled of")
        rulings.keep(work, election.id, line.seat, answer, meeting, signed_by)
        if answer is Answer.APPROVED:
            seats.begin(work, election.id, line.seat, begins)
    work.record(
        election.id,
        official.login,
        "council_ruled",
        met_on=meeting.met_on.isoformat(),
        body=meeting.body,
        case_number=meeting.case_number,
        answers=[
            {"seat": number, "candidate": line.place.candidate, "answer": answer.value}
            for number, (line, answer) in ruled.items()
        ],
        early=[one.value for one in warnings],
        second=second.login,
    )
    return Entered(sum(answer is Answer.APPROVED for _line, answer in ruled.values()))


def _earliest(election: Election) -> date:
    """The first day on which it can be known who is proposed: the election's, or that on which no vote was found needful."""
    day = election.rules.election.election_day
    return day if election.uncontested_at is None else min(day, copenhagen_day(election.uncontested_at))
