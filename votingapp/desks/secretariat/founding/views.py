"""The pages on which an election is founded."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from candidates.declarations import find_declaration
from votingapp.desks.secretariat.door import blueprint
from votingapp.desks.secretariat.founding import service
from votingapp.desks.secretariat.founding.forms import ConfirmForm, NewElectionForm
from votingapp.store.elections import SlugTaken
from votingapp.web.access import FOUNDER, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tally.rules import RuleSet


@blueprint.route("/new-election", methods=["GET", "POST"])
@guard(FOUNDER)
def new_election() -> str | tuple[str, int]:
    """Choose a rule set, and see it in plain words before anything is kept."""
    form = NewElectionForm()
    if not form.validate_on_submit():
        return _choose(form), 422 if form.is_submitted() else 200
    raw = form.rules()
    rules = service.read_rules(raw)
    if isinstance(rules, service.RulesRefused):
        field = form.upload if form.upload.data else form.shipped
        field.errors = [_reason(rules)]
        return _choose(form), 422
    confirm = ConfirmForm(formdata=None)
    confirm.rules_base64.data = base64.b64encode(raw).decode()
    confirm.slug.data = (form.slug.data or "").strip()
    return _preview(confirm, rules)


@blueprint.post("/new-election/found")
@guard(FOUNDER)
def found() -> Response | tuple[str, int]:
    """Found the election that was previewed."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _choose(NewElectionForm(formdata=None), _first_error(form)), 422
    slug = (form.slug.data or "").strip()
    match service.found(current_store(), current_staff(), form.rules(), slug):
        case service.Founded(election):
            flash(_("Valget er oprettet, og du er dets sekretariat."))
            return redirect(url_for("secretariat.overview", slug=election.slug))
        case SlugTaken():
            message = _("Et andet valg har allerede det korte navn. Vælg et andet.")
            return _choose(NewElectionForm(formdata=None), message), 409
        case service.RulesRefused() as refused:
            return _choose(NewElectionForm(formdata=None), _reason(refused)), 422


def _choose(form: NewElectionForm, message: str | None = None) -> str:
    if message is not None:
        form.form_errors.append(message)
    return render_template("secretariat/new_election.html", form=form)


def _preview(form: ConfirmForm, rules: RuleSet) -> str:
    declaration = find_declaration(rules.eligibility.declaration)
    return render_template("secretariat/preview_rules.html", form=form, rules=rules, declaration=declaration)


def _first_error(form: ConfirmForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _reason(refused: service.RulesRefused) -> str:
    reason: str = _(
        "Regelsættet kan ikke bruges. Feltet %(field)s: %(message)s", field=refused.field, message=refused.message
    )
    return reason
