"""The page on which a key holder's device holds what is frozen up to the public page, and on which any of them stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from votingapp.desks.ceremony import confirming
from votingapp.desks.ceremony.door import BOARD, blueprint
from votingapp.desks.ceremony.forms import FoundForm, LiftForm, StepForm, StopForm
from votingapp.store import confirmations, keys
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<slug>/ceremony/confirm")
@guard(BOARD)
def confirm_page(slug: str) -> str | Response:
    """A holder's own browser finds the hash of the set-up in the archive, and holds it up to what strangers are shown."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        own = None if ceremony is None else ceremony.member(current_staff().id)
        said = None if own is None else confirmations.of_holder(connection, current_election().id, own.position)
    if own is None:
        flash(_("Du er ikke nøgleholder ved dette valg."))
        return redirect(url_for("ceremony.overview", slug=slug))
    if current_election().frozen_at is None:
        flash(_("Valget er ikke låst endnu. Der er ikke noget at bekræfte."))
        return redirect(url_for("ceremony.overview", slug=slug))
    return render_template("ceremony/confirm.html", own=own, said=said, form=StepForm())


@blueprint.post("/<slug>/ceremony/confirm")
@guard(BOARD)
def confirm(slug: str) -> Response:
    """Take a holder's confirmation, with the hash that her device found."""
    form = FoundForm()
    if not form.validate_on_submit():
        abort(400)
    outcome = confirming.confirm_setup(current_store(), current_staff(), current_election(), form.found.data or "")
    match outcome:
        case confirming.Confirmed(0):
            flash(_("Du har bekræftet. Nu har nok nøgleholdere bekræftet til, at afstemningen kan åbnes."))
        case confirming.Confirmed(missing):
            flash(
                ngettext(
                    "Du har bekræftet. %(num)s nøgleholder mere skal bekræfte, før afstemningen kan åbnes.",
                    "Du har bekræftet. %(num)s nøgleholdere mere skal bekræfte, før afstemningen kan åbnes.",
                    missing,
                )
            )
        case confirming.OtherSetup():
            flash(
                _(
                    "Aftrykket er ikke det låste valgs. Genindlæs siden, og sammenlign igen. Passer det stadig ikke, så stop."
                )
            )
        case confirming.Halted():
            flash(_("Du har stoppet. To fra valgbestyrelsen skal ophæve det, før du kan bekræfte."))
        case confirming.NotHolder():
            flash(_("Du er ikke nøgleholder ved dette valg."))
        case confirming.NotNow():
            flash(_("Der er ikke noget at bekræfte nu."))
    return redirect(url_for("ceremony.overview", slug=slug))


@blueprint.post("/<slug>/ceremony/stop")
@guard(BOARD)
def stop(slug: str) -> Response:
    """A holder's device shows something else than the public page, or she will not go on for another reason."""
    form = StopForm()
    if not form.validate_on_submit():
        abort(400)
    match confirming.stop_setup(current_store(), current_staff(), current_election(), form.found.data or ""):
        case confirming.Stopped():
            flash(
                _(
                    "Du har stoppet. Ingen kan låse eller åbne, før det er afklaret. Sig det til valgbestyrelsens formand."
                )
            )
        case confirming.NotHolder():
            flash(_("Du er ikke nøgleholder ved dette valg."))
        case confirming.NotNow():
            flash(_("Der er ikke noget at stoppe nu. Skriv i hændelsesloggen, hvad du har set."))
    return redirect(url_for("ceremony.overview", slug=slug))


@blueprint.route("/<slug>/ceremony/lift", methods=["GET", "POST"])
@guard(BOARD)
def lift(slug: str) -> str | Response | tuple[str, int]:
    """Two of the board go on although a holder stopped, and say why."""
    form = LiftForm()
    if not form.validate_on_submit():
        return _lift_page(form), 422 if form.is_submitted() else 200
    second = second_official(current_store(), current_staff(), current_election(), form, {Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _lift_page(form), 422
    match confirming.lift_stop(current_store(), (current_staff(), second), current_election(), form.reason.data or ""):
        case confirming.Lifted():
            flash(_("Stoppet er ophævet. Den, der stoppede, kan nu bekræfte."))
        case confirming.NotNow():
            flash(_("Der er ikke noget stop at ophæve."))
        case confirming.NoReason():
            form.reason.errors = [_("Skriv hvorfor, uden CPR-numre.")]
            return _lift_page(form), 422
    return redirect(url_for("ceremony.overview", slug=slug))


def _lift_page(form: LiftForm) -> str:
    with current_store().reading() as connection:
        names = confirmations.stopped_by(connection, current_election().id)
    return render_template("ceremony/lift.html", form=form, names=names)
