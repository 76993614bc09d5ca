"""The page on which the whole council is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tally.council import SeatKind, lines_by_category
from votingapp.desks.council import composing, words
from votingapp.desks.council.door import SECRETARIAT, blueprint
from votingapp.desks.council.forms import CompositionForm
from votingapp.desks.council.standing import NotKnown, council_of
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.council.standing import Council, Line

Answer = tuple[str, int]


@blueprint.get("/<slug>/council")
@guard(SECRETARIAT)
def composition(slug: str) -> Answer:
    """Every seat of the council, who is proposed for it, and how that stands."""
    del slug
    return _page(None, 200)


@blueprint.post("/<slug>/council")
@guard(SECRETARIAT)
def compose(slug: str) -> Response | Answer:
    """Keep who is proposed for the seats that the election does not fill."""
    form = CompositionForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    match composing.compose(current_store(), current_staff(), current_election(), form.read()):
        case composing.Composed():
            flash(_("Rådets sammensætning er gemt."))
            return redirect(url_for("council.composition", slug=slug))
        case composing.Forbidden(findings):
            form.form_errors.extend(words.finding(one) for one in findings if one.fault.forbids)
        case composing.Ruled():
            form.form_errors.append(
                _("Byrådet har truffet afgørelse om en plads, der er ændret. Den kan ikke ændres her.")
            )
        case NotKnown():
            pass
    return _page(form, 409)


def _page(form: CompositionForm | None, status: int) -> Answer:
    election = current_election()
    with current_store().reading() as connection:
        council = council_of(connection, election)
    if isinstance(council, NotKnown):
        return render_template("council/not_known.html", election=election, why=words.LACKING[council.why]), status
    free = not election.rules.council.categories
    if form is None:
        form = CompositionForm(formdata=None)
        form.show(_others(council), free=free)
    page = render_template(
        "council/composition.html",
        election=election,
        council=council,
        elected=[line for line in council.lines if line.place.kind is SeatKind.ELECTED],
        table=lines_by_category(council.places),
        stands={line.place.number: words.STANDS[line.stand] for line in council.lines},
        findings=[words.finding(one) for one in council.findings],
        form=form,
        free=free,
        others={str(line.place.number): line for line in _others(council)},
    )
    return page, status


def _others(council: Council) -> list[Line]:
    return [line for line in council.lines if line.place.kind is not SeatKind.ELECTED]
