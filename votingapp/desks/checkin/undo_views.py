"""The desk's last voters, and the page on which two officials take an admission back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from votingapp.desks.checkin import undo_words, undoing
from votingapp.desks.checkin.door import AT_THE_DESK, UNPROCESSABLE, Page, blueprint, desk_page, this_desk
from votingapp.store.admissions import Channel
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_store, guard
from votingapp.web.cosign import SecondOfficial, complain, second_official
from votingapp.web.fields import without_cpr
from votingapp.web.headers import with_camera
from votingapp.web.slip_fields import SlipFields, shown_slip

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.checkin.undoing import Slip
    from votingapp.store.admissions import Attended

_NOT_DRAWN, _RETURNED = "not_drawn", "returned"


class UndoForm(FlaskForm, SecondOfficial, SlipFields):
    """Why an admission is taken back, where the slip is, and the second official."""

    reason = TextAreaField(
        _("Hvorfor?"),
        [
            InputRequired(_("Skriv, hvorfor det fortrydes. Skriv intet navn.")),
            Length(max=500, message=_("Højst 500 tegn.")),
            without_cpr,
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    slip = RadioField(
        _("Hvor er stemmesedlen?"),
        choices=[SelectChoice(_NOT_DRAWN), SelectChoice(_RETURNED)],
        validators=[InputRequired(_("Vælg, hvor stemmesedlen er."))],
    )

    def speak_of(self, channel: Channel) -> None:
        """Ask about the slip, or about the paper ballot."""
        told = undo_words.WHERE[channel]
        self.slip.choices = [SelectChoice(_NOT_DRAWN, told[0]), SelectChoice(_RETURNED, told[1])]


@blueprint.get("/<slug>/checkin/latest")
@guard(AT_THE_DESK)
@with_camera
def latest(slug: str) -> Page:  # noqa: ARG001
    """Whom this desk has admitted last, by name and time."""
    return _latest_page()


@blueprint.route("/<slug>/checkin/latest/<int:number>", methods=["GET", "POST"])
@guard(AT_THE_DESK)
@with_camera
def undo(slug: str, number: int) -> Page | Response:
    """Take one of them back."""
    store, desk, election = current_store(), this_desk(), current_election()
    found = undoing.read_one(store, desk, election, number)
    if found is None or found.channel is None:  # the close takes out how she votes, and nothing is undone after it
        why = undoing.NotAtThisDesk() if found is None else undoing.PollOver()
        return _latest_page(undo_words.tell(why)), 404 if found is None else 409
    form = UndoForm()
    form.speak_of(found.channel)
    if not form.validate_on_submit():
        return _undo_page(form, found), UNPROCESSABLE if form.is_submitted() else 200
    slip = _slip(form, found.channel)
    if slip is None:
        form.credential.errors = [gettext("Scan eller skriv stemmesedlens kode.")]
        return _undo_page(form, found), UNPROCESSABLE
    second = second_official(store, desk.official, election, form, {Role.DESK, Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _undo_page(form, found), UNPROCESSABLE
    outcome = undoing.undo(store, desk, election, number, slip, undoing.Reason(form.reason.data, second))
    if not isinstance(outcome, undoing.Undone):
        form.form_errors.append(undo_words.tell(outcome))
        return _undo_page(form, found), UNPROCESSABLE
    flash(undo_words.tell_undone(outcome))
    return redirect(url_for("checkin.latest", slug=slug))


def _latest_page(wrong: str = "") -> str:
    found = undoing.read_latest(current_store(), this_desk(), current_election())
    return desk_page("checkin/latest.html", attended=found, wrong=wrong)


def _slip(form: UndoForm, channel: Channel) -> Slip | None:
    if form.slip.data == _NOT_DRAWN:
        return undoing.NotDrawn()
    if channel is Channel.PAPER:
        return undoing.PaperReturned()
    shown = shown_slip(form)
    return None if shown is None else undoing.Returned(*shown)


def _undo_page(form: UndoForm, found: Attended) -> str:
    return desk_page("checkin/undo.html", form=form, attended=found)
