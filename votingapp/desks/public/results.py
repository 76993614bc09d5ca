"""The result as files that anybody may have: the figures, the seats, tables, and the common data format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, abort
from flask_babel import force_locale
from flask_babel import gettext as _

from tally.council import Answer
from votingapp.desks.public import service
from votingapp.desks.public.door import blueprint
from votingapp.documents import spreadsheet
from votingapp.documents.nist import Reported, nist_report
from votingapp.documents.open_data import result_table
from votingapp.store import certified, complaints, counts, paper_audits, rulings, urns
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_file
from votingapp.web.languages import LANGUAGES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.documents.nist import Status
    from votingapp.store.elections import Election
    from votingapp.store.publication import Published

_JSON = "application/json"


@blueprint.get("/<slug>/counts.json")
@guard(PUBLIC)
def counts_file(slug: str) -> Response:
    """The counts, as the allocation reads them."""
    return as_file(_published().counts_json.encode(), _JSON, f"{slug}-counts.json")


@blueprint.get("/<slug>/paper.json")
@guard(PUBLIC)
def paper_file(slug: str) -> Response:
    """The counts of the ballots of paper, which with those of the urn are the counts; or why they are not shown apart."""
    return as_file(_published().paper_json.encode(), _JSON, f"{slug}-paper.json")


@blueprint.get("/<slug>/lots.json")
@guard(PUBLIC)
def lots_file(slug: str) -> Response:
    """The lots drawn so far, as the allocation reads them."""
    return as_file(_published().outcome.lots_json.encode(), _JSON, f"{slug}-lots.json")


@blueprint.get("/<slug>/result.json")
@guard(PUBLIC)
def result_file(slug: str) -> Response:
    """Seats and substitutes, as the allocation answers."""
    answer = json.dumps(_published().allocation, ensure_ascii=False, indent=2)
    return as_file(f"{answer}\n".encode(), _JSON, f"{slug}-result.json")


@blueprint.get("/<slug>/result.csv")
@guard(PUBLIC)
def result_csv(slug: str) -> Response:
    """Votes and seats as a table (docs/open-data.md)."""
    election, outcome = current_election(), _published().outcome
    with current_store().reading() as connection:
        table = result_table(election, outcome, complaints.set_aside(connection, election.id))
    return as_file(table, spreadsheet.MEDIA_TYPE, f"{slug}-result.csv")


@blueprint.get("/<slug>/nist.json")
@guard(PUBLIC)
def nist_file(slug: str) -> Response:
    """The result in the common data format of NIST SP 1500-100."""
    published, election, store = _published(), current_election(), current_store()
    with store.reading() as connection:
        reported = _reported(connection, election, published, _status(connection, election, published))
    return as_file(nist_report(election, published.outcome, reported), _JSON, f"{slug}-nist.json")


@blueprint.get("/<slug>/audit.json")
@guard(PUBLIC)
def audit_file(slug: str) -> Response:
    """How the papers of the booths bear the result out; 404 where there are none."""
    _published()
    with current_store().reading() as connection:
        document = paper_audits.document(connection, current_election())
    if document is None:
        abort(404)
    return as_file((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode(), _JSON, f"{slug}-audit.json")


def _published() -> Published:
    found = service.figures(current_store(), current_election())
    if found is None:
        abort(404)
    return found


def _status(connection: Connection, election: Election, published: Published) -> Status:
    if published.outcome.allocation.status == "lots_required":
        return "unofficial-partial"
    is_final = certified.certified(connection, election, current_store().clock())
    return "certified" if is_final else "unofficial-complete"


def _reported(connection: Connection, election: Election, published: Published, status: Status) -> Reported:
    kept = counts.count_of(connection, election.id)
    counted_at = kept.result_at if kept is not None else None
    on_paper = published.outcome.paper.ballots if published.outcome.paper is not None else 0
    return Reported(
        at=published.drawn.at if published.drawn is not None else counted_at or current_store().clock(),
        status=status,
        ballots=urns.count(connection, election.urn_uuid) + on_paper,
        offices={language: _office(language) for language in LANGUAGES},
        ruled=rulings.of_candidates(connection, election.id) | _set_aside(connection, election),
    )


def _set_aside(connection: Connection, election: Election) -> dict[str, Answer]:
    """Whose election a decision on a complaint has set aside: like one who was not appointed, no winner and not defeated."""
    return dict.fromkeys(complaints.set_aside(connection, election.id), Answer.NOT_APPOINTED)


def _office(language: str) -> str:
    with force_locale(language):
        return str(_("Medlem af rådet"))
