"""The page where the board prints slips, which says how they are folded and shuffled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import gettext as _

from votingapp.desks.slips.door import BOARD, CONFLICT, UNPROCESSABLE, Page, blueprint
from votingapp.desks.slips.forms import PrintForm
from votingapp.desks.slips.printing import BadNumber, ListClosed, SlipsPrinted, print_slips
from votingapp.store import accounts, elections
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<slug>/slips")
@guard(BOARD)
def overview(slug: str) -> str:
    """Print slips, and see where to go on."""
    del slug
    return _overview(PrintForm(formdata=None))


@blueprint.post("/<slug>/slips/print")
@guard(BOARD)
def print_some(slug: str) -> Response | Page:
    """Print fresh slips; the answer is the PDF itself, which nothing else in the house ever holds."""
    form = PrintForm()
    if not form.validate_on_submit():
        return _overview(form), UNPROCESSABLE
    match print_slips(current_store(), current_staff(), current_election(), form.number.data or 0):
        case SlipsPrinted(pdf):
            return as_pdf(pdf, f"stemmesedler-{slug}.pdf")
        case ListClosed():
            form.form_errors.append(_("Valget er låst. Der kan ikke printes flere stemmesedler."))
            return _overview(form), CONFLICT
        case BadNumber():
            form.form_errors.append(_("Skriv et tal fra 1 til 1000. Print flere ad flere gange."))
    return _overview(form), UNPROCESSABLE


def _overview(form: PrintForm) -> str:
    with current_store().reading() as connection:
        return render_template(
            "slips/overview.html",
            form=form,
            printed=elections.urn_of(connection, current_election().urn_uuid).slips_printed,
            unexplained=accounts.count_unexplained(connection, current_election()),
        )
