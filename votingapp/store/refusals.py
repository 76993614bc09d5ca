"""Who was turned away, by reason and never by name, as the record (valgprotokol) tells it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store.tables.admissions import admission
from votingapp.store.tables.audit import audit_entry

if TYPE_CHECKING:
    from sqlalchemy import Connection

REFUSED = "admission_refused"
"""The act under which a desk's refusal stands in the log, with `person` and `reason`."""

BIRTH_DATE_DIFFERS = "BirthDateDiffers"
"""The reason where what a voter said is not what the register says; the others are named as in ballots/admission.py."""

SECOND_VISIT = "AlreadyAdmitted"
_OF_THE_PERSON = frozenset({"TooYoung", "NotResident", "NotOnRoll", BIRTH_DATE_DIFFERS, SECOND_VISIT})
"""Reasons that lie in the person; that the poll was shut or the slips ran out turns nobody away for good."""


def count(connection: Connection, election_id: str) -> dict[str, int]:
    """How many persons were refused, by reason: each person once for a reason, however often she was looked up.

    Whoever was admitted in the end was not refused, save that one who came a second time is counted as that. Cases in
    doubt are counted by `doubts.count_decided`.
    """
    rows = connection.execute(
        select(audit_entry.c.details).where(audit_entry.c.chain == election_id, audit_entry.c.act == REFUSED)
    )
    persons: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        details = json.loads(row.details)
        if details["reason"] in _OF_THE_PERSON:
            persons[details["reason"]].add(details["person"])
    admitted = set(connection.scalars(select(admission.c.person_id).where(admission.c.election_id == election_id)))
    left = {why: who if why == SECOND_VISIT else who - admitted for why, who in persons.items()}
    return {why: len(who) for why, who in sorted(left.items()) if who}
