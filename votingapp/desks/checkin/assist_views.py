"""Help with voting: the rule stands on the page, one press counts it, and a wrong press is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField
from wtforms.validators import AnyOf

from votingapp.desks.checkin import assist_words, assisting
from votingapp.desks.checkin.door import AT_THE_DESK, UNPROCESSABLE, Page, blueprint, desk_page, this_desk
from votingapp.store.assistance import Assistance
from votingapp.web.access import current_election, current_store, guard
from votingapp.web.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

_ONE = AnyOf([kind.value for kind in Assistance], message=lazy_gettext("Vælg, hvordan vælgeren blev hjulpet."))


class AssistanceForm(OnceForm):
    """Which kind of help was given; `correct` says that a press was a mistake."""

    kind = HiddenField(validators=[_ONE])
    correct = HiddenField()


@blueprint.route("/<slug>/checkin/assistance", methods=["GET", "POST"])
@guard(AT_THE_DESK)
def assistance(slug: str) -> Page | Response:
    """Count help by kind; after the press the page can be opened again without counting once more."""
    form = AssistanceForm()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), UNPROCESSABLE
    kind, is_correction = Assistance(form.kind.data), bool(form.correct.data)
    act = assisting.correct if is_correction else assisting.count
    election = current_election()
    match act(current_store(), this_desk(), election, kind, form.id_of(election.id, kind, is_correction)):
        case assisting.Counted():
            flash(
                _("Fortrudt. Det tæller ikke med.")
                if is_correction
                else _("Noteret: %(kind)s.", kind=assist_words.KINDS[kind])
            )
        case assisting.NotCounted():
            flash(_("Intet er noteret. Der er ingen at fortryde, eller afstemningen er ikke åben."))
            return redirect(url_for("checkin.assistance", slug=slug))
    counted = None if is_correction else kind.value
    return redirect(url_for("checkin.assistance", slug=slug, counted=counted))


@blueprint.context_processor
def fresh_press() -> dict[str, Callable[[], str | None]]:
    """The buttons stand on several pages; each page names its own presses."""
    return {"fresh_press": lambda: AssistanceForm(formdata=None).once.data}


def _page(form: AssistanceForm) -> str:
    counted = next((kind for kind in Assistance if kind.value == request.args.get("counted")), None)
    return desk_page("checkin/assistance.html", form=form, helped=assist_words.KINDS, counted=counted)
