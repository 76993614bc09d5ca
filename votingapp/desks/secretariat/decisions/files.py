"""What leaves the desk as a file: the letter to one candidate, and the list for the case file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort

from votingapp.desks.secretariat.decisions.examining import letter
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.documents import spreadsheet
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.letters import render_letter
from votingapp.store import looks, nominations
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.files import as_file, as_pdf

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_COLUMNS = ("kvitteringsnummer", "navn", "tilføjelse", "tilstand", "modtaget", "ændret", "afgjort")
_STATES = {
    "submitted": "venter på afgørelse",
    "returned": "sendt tilbage med mangelbrev",
    "accepted": "godkendt",
    "refused": "afvist",
    "late": "for sent modtaget",
    "withdrawn": "trukket tilbage",
}


@blueprint.get("/<slug>/secretariat/nominations/<nomination_id>/notices/<notice_id>.pdf")
@guard(SECRETARIAT)
def notice_letter(slug: str, nomination_id: str, notice_id: str) -> Response:
    """The letter of one notice."""
    found = letter(current_store(), current_staff(), current_election(), nomination_id, notice_id)
    if found is None:
        abort(404)
    filed, told = found
    return as_pdf(render_letter(told), f"brev-{slug}-{filed.receipt}.pdf")


@blueprint.get("/<slug>/secretariat/nominations.csv")
@guard(SECRETARIAT)
def nominations_csv(slug: str) -> Response:
    """The list for the case file: who stood, when, and what became of it; no CPR number and no contact."""
    content = case_list(current_store(), current_staff(), current_election())
    return as_file(content, spreadsheet.MEDIA_TYPE, f"opstillinger-{slug}.csv")


def case_list(store: Store, official: Staff, election: Election) -> bytes:
    """Every nomination as a row of a CSV file for Danish spreadsheets (UTF-8 with a mark, semicolons), noted as a look."""

    def look(work: Work) -> tuple[Filed, ...]:
        looks.note(work, election.id, official.id, looks.What.NOMINATION_LIST)
        return nominations.every(work.connection, election.id)

    return spreadsheet.write_table(_COLUMNS, (_row(filed) for filed in store.write(look)))


def _row(filed: Filed) -> tuple[str, ...]:
    decision = filed.nomination.decision
    return (
        filed.receipt,
        filed.name,
        filed.line,
        _STATES[filed.state.value],
        _clock(filed.nomination.submitted_at),
        _clock(filed.changed_at),
        _clock(decision.decided_at) if decision else "",
    )


def _clock(instant: datetime) -> str:
    return instant.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M:%S")
