"""The page on which it is decided that no vote is held, and on which the decision can be read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tally.uncontested import UncontestedObstacle
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.uncontested import service
from votingapp.desks.secretariat.uncontested.forms import UncontestedForm
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

Answer = tuple[str, int]

_SENTENCES = MappingProxyType(
    {
        UncontestedObstacle.BALLOT_FIXED: lazy_gettext("Stemmesedlen ligger fast."),
        UncontestedObstacle.NOMINATIONS_OPEN: lazy_gettext(
            "Fristen for at stille op og for at rette fejl er ikke forbi."
        ),
        UncontestedObstacle.UNDECIDED: lazy_gettext("Nogle opstillinger er ikke afgjort."),
        UncontestedObstacle.TOO_MANY: lazy_gettext(
            "Der er flere kandidater end pladser, de kan få. Der skal holdes afstemning."
        ),
        UncontestedObstacle.NAMES_ALIKE: lazy_gettext(
            "To kandidater kan ikke skelnes på stemmesedlen. Giv hver sin tilføjelse."
        ),
        UncontestedObstacle.LOT_NOT_DRAWN: lazy_gettext("Der er ikke trukket lod om kandidaternes rækkefølge."),
    }
)


@blueprint.get("/<slug>/secretariat/uncontested")
@guard(SECRETARIAT)
def uncontested(slug: str) -> Answer:
    """Whether a vote is needed, with everybody who stands judged once more."""
    del slug
    return _page(UncontestedForm(formdata=None), 200)


@blueprint.post("/<slug>/secretariat/uncontested")
@guard(SECRETARIAT)
def decide_uncontested(slug: str) -> Response | Answer:
    """Decide that no vote is held."""
    form = UncontestedForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    outcome = service.decide(
        current_store(),
        current_staff(),
        current_election(),
        form.seen.data or "",
        " ".join((form.body.data or "").split()),
        (form.reason.data or "").strip(),
        form.read_sentences(),
        site=whole_address("public.election", slug=slug),
    )
    match outcome:
        case service.Decided():
            deliver_soon()
            flash(_("Det er besluttet, at der ikke holdes afstemning. Kandidaterne får besked."))
            return redirect(url_for("secretariat.uncontested", slug=slug))
        case service.Obstructed():
            return _page(form, 409)
        case service.Changed():
            form.form_errors.append(_("Noget er ændret, siden du så siden. Se listen igennem igen."))
        case service.Unexplained(judged):
            names = ", ".join(one.filed.name for one in judged)
            form.form_errors.append(_("Skriv en sætning om: %(names)s.", names=names))
    return _page(form, 409)


def _page(form: UncontestedForm, status: int) -> Answer:
    election = current_election()
    found = service.examine(current_store(), current_staff(), election)
    if isinstance(found, service.Held):
        return render_template("secretariat/uncontested_decided.html", election=election, held=found), status
    form.show(found.fingerprint, (one.filed.id for one in found.judged if one.verdict is not True))
    page = render_template(
        "secretariat/uncontested.html",
        election=election,
        found=found,
        form=form,
        obstacles=[_SENTENCES[one] for one in found.obstacles],
        fields_by_nomination={row.form.nomination.data: row.form.sentence for row in form.sentences},
    )
    return page, status
