"""The page on which the deadline is extended."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from candidates.extension import ExtensionObstacle
from votingapp.desks.secretariat.deadline import service
from votingapp.desks.secretariat.deadline.forms import ExtensionForm
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.store.nominations import Filed

Answer = tuple[str, int]

_SENTENCES = MappingProxyType(
    {
        ExtensionObstacle.BALLOT_FIXED: lazy_gettext("Stemmesedlen ligger fast. Der kan ikke gives mere tid."),
        ExtensionObstacle.NOT_LATER: lazy_gettext("Den nye frist skal ligge efter den, der gælder nu."),
        ExtensionObstacle.ALREADY_PAST: lazy_gettext("Den nye frist er allerede forbi."),
        ExtensionObstacle.CURE_BEFORE_CLOSE: lazy_gettext(
            "Fristen for at rette fejl må ikke ligge før fristen for at stille op."
        ),
        ExtensionObstacle.CURE_SHORTENED: lazy_gettext("Fristen for at rette fejl må ikke blive kortere."),
        ExtensionObstacle.TOO_NEAR_ELECTION_DAY: lazy_gettext("Begge frister skal være forbi, før valgdagen begynder."),
        ExtensionObstacle.LOT_COMES_FIRST: lazy_gettext(
            "Lodtrækningen om rækkefølgen ligger før den nye frist. Er der ikke trukket lod, kan I først annoncere et"
            " senere tidspunkt for lodtrækningen."
        ),
    }
)


@blueprint.get("/<slug>/secretariat/deadline")
@guard(SECRETARIAT)
def deadline(slug: str) -> Answer:
    """The deadlines as adopted and as they are in force."""
    del slug
    return _page(ExtensionForm(formdata=None), 200)


@blueprint.post("/<slug>/secretariat/deadline")
@guard(SECRETARIAT)
def extend_deadline(slug: str) -> Response | Answer:
    """Give everybody more time."""
    form = ExtensionForm()
    if not form.validate_on_submit() or form.closes.instant is None or form.cure_until.instant is None:
        return _page(form, 422)
    outcome = service.extend_deadline(
        current_store(),
        current_staff(),
        current_election(),
        form.closes.instant,
        form.cure_until.instant,
        " ".join((form.body.data or "").split()),
        (form.reason.data or "").strip(),
        site=whole_address("public.election", slug=slug),
    )
    match outcome:
        case service.Extended(reinstated):
            deliver_soon()
            _tell(reinstated)
            return redirect(url_for("secretariat.deadline", slug=slug))
        case service.Hindered(obstacle):
            form.form_errors.append(str(_SENTENCES[obstacle]))
            return _page(form, 409)


def _tell(reinstated: tuple[Filed, ...]) -> None:
    flash(_("Fristen er forlænget. Det gælder for alle. Alle, der er stillet op, får besked."))
    if reinstated:
        flash(
            ngettext(
                "%(num)s opstilling kom for sent før og er nu kommet i tide: %(names)s.",
                "%(num)s opstillinger kom for sent før og er nu kommet i tide: %(names)s.",
                len(reinstated),
                names=", ".join(filed.name for filed in reinstated),
            )
        )


def _page(form: ExtensionForm, status: int) -> Answer:
    election = current_election()
    found = service.deadlines(current_store(), current_staff(), election)
    page = render_template("secretariat/deadline.html", election=election, form=form, deadlines=found)
    return page, status
