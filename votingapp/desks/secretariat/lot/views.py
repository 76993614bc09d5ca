"""The pages on which the order of the ballot is seen, announced, entered and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.secretariat.door import blueprint
from votingapp.desks.secretariat.lot import service
from votingapp.desks.secretariat.lot.forms import AnnounceForm, ChangeForm, ConfirmForm, DropForm, EntryForm
from votingapp.desks.secretariat.lot.order import order_of
from votingapp.desks.secretariat.lot.words import say
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_staff, current_store, guard, roles

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from votingapp.desks.secretariat.lot.service import Outcome

Answer = str | tuple[str, int]

_TWO_OFFICIALS = roles(Role.SECRETARIAT, Role.BOARD)


@blueprint.get("/<slug>/secretariat/ballot-order")
@guard(roles(Role.SECRETARIAT, Role.BOARD, Role.OBSERVER))
def ballot_order(slug: str) -> Answer:
    """The order the ballot would have now, or how far the lot has come."""
    del slug
    return _page()


@blueprint.post("/<slug>/secretariat/ballot-order/announce")
@guard(_TWO_OFFICIALS)
def announce_lot(slug: str) -> Response | Answer:
    """Announce the lot."""
    form = AnnounceForm(prefix="announce")
    if not form.validate_on_submit() or form.draw_at.instant is None:
        return _page(form)
    outcome = service.announce(
        current_store(), current_staff(), current_election(), _line(form.method.data), form.draw_at.instant
    )
    return _answer(slug, outcome, form, _("Lodtrækningen er annonceret. Alle kan se den på siden med regler."))


@blueprint.post("/<slug>/secretariat/ballot-order/change")
@guard(_TWO_OFFICIALS)
def change_lot(slug: str) -> Response | Answer:
    """Announce the lot anew."""
    form = ChangeForm(prefix="change")
    if not form.validate_on_submit() or form.draw_at.instant is None:
        return _page(form)
    outcome = service.announce_anew(
        current_store(),
        current_staff(),
        current_election(),
        _line(form.method.data),
        form.draw_at.instant,
        (form.reason.data or "").strip(),
    )
    return _answer(slug, outcome, form, _("Annonceringen er ændret. Den tidligere står i loggen."))


@blueprint.post("/<slug>/secretariat/ballot-order/enter")
@guard(_TWO_OFFICIALS)
def enter_lot(slug: str) -> Response | Answer:
    """Enter what was drawn."""
    form = EntryForm(prefix="enter")
    if not form.validate_on_submit():
        return _page(form)
    witnesses = (form.first_witness.data or "", form.second_witness.data or "")
    outcome = service.enter(current_store(), current_staff(), current_election(), form.seed.data or "", witnesses)
    return _answer(slug, outcome, form, _("Det er skrevet ind. En anden medarbejder skal nu bekræfte det."))


@blueprint.post("/<slug>/secretariat/ballot-order/confirm")
@guard(_TWO_OFFICIALS)
def confirm_lot(slug: str) -> Response | Answer:
    """Confirm what a colleague entered."""
    form = ConfirmForm(prefix="confirm")
    if not form.validate_on_submit():
        return _page(form)
    outcome = service.confirm(current_store(), current_staff(), current_election(), form.seen.data or "")
    return _answer(slug, outcome, form, _("Lodtrækningen er bekræftet, og rækkefølgen ligger fast."))


@blueprint.post("/<slug>/secretariat/ballot-order/drop")
@guard(_TWO_OFFICIALS)
def drop_lot(slug: str) -> Response | Answer:
    """Take back what was entered wrongly."""
    form = DropForm(prefix="drop")
    if not form.validate_on_submit():
        return _page(form)
    outcome = service.drop(current_store(), current_staff(), current_election())
    return _answer(slug, outcome, form, _("Det er taget tilbage. Skriv ind igen, hvad der blev trukket."))


def _page(used: FlaskForm | None = None, status: int = 422) -> Answer:
    """The page, with the form that was just filled in wrongly among its forms."""
    store, election, official = current_store(), current_election(), current_staff()
    order = order_of(store, election)
    lot = order.lot
    announced = {"method": lot.method} if lot else {}
    forms: dict[str, FlaskForm] = {
        "announce": AnnounceForm(formdata=None, prefix="announce"),
        "change": ChangeForm(formdata=None, prefix="change", data=announced),
        "enter": EntryForm(formdata=None, prefix="enter"),
        "confirm": ConfirmForm(formdata=None, prefix="confirm", data={"seen": lot.entered if lot else ""}),
        "drop": DropForm(formdata=None, prefix="drop"),
    }
    if used is not None:
        forms[used._prefix.rstrip("-")] = used  # noqa: SLF001 - WTForms keeps the prefix nowhere else
    page = render_template(
        "secretariat/ballot_order.html",
        election=election,
        order=order,
        forms_by_step=forms,
        used=used,
        drawn_by_now=lot is not None and store.clock() >= lot.draw_at,
        entered_by_me=lot is not None and lot.drawn_by == official.id,
    )
    return page if used is None else (page, status)


def _answer(slug: str, outcome: Outcome, form: FlaskForm, done: str) -> Response | Answer:
    match outcome:
        case service.Taken():
            flash(done)
            return redirect(url_for("secretariat.ballot_order", slug=slug))
        case service.Hindered(obstacle):
            form.form_errors.append(say(obstacle))
            return _page(form, 409)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
