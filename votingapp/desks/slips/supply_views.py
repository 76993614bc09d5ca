"""The board's pages where slips go from box to box, are counted, and are made void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ballots.slips import Movement
from votingapp.desks.slips import supply, words
from votingapp.desks.slips.door import (
    BOARD,
    CONFLICT,
    SLIPS,
    UNPROCESSABLE,
    Page,
    blueprint,
    cosigner,
    desks_here,
    second_of,
    set_apart,
)
from votingapp.desks.slips.forms import CountForm, StackForm, SupplyForm, VoidForm, VoidUnreadForm
from votingapp.desks.slips.supply import NotVoided, PollOver, Signed, TooMany, Written
from votingapp.store.ledger import Paper
from votingapp.store.settled import ResultKnown
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.headers import with_camera
from votingapp.web.slip_fields import shown_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response


@blueprint.route("/<slug>/slips/supply", methods=["GET", "POST"], defaults=SLIPS)
@blueprint.route("/<slug>/slips/supply/<any(ballot):paper>", methods=["GET", "POST"])
@guard(BOARD)
def hand_over(slug: str, paper: str) -> Response | Page:
    """Hand counted stacks to the desks or take them back; for each desk the other side signs.

    What one desk has signed stands whatever is wrong at another: nobody gives her password twice because a colleague erred.
    """
    form, desks = SupplyForm(), desks_here()
    if not form.is_submitted():
        return _supply_page(form, paper, desks)
    if not form.take(desks):
        return _supply_page(form, paper, desks), UNPROCESSABLE
    written = {stack.box.data: stack.number.data for stack in form.rows() if _is_handed_over(form, stack, paper)}
    if len(written) == len(form.rows()):
        return _done(slug, Paper(paper))
    left = [desk for desk in desks if desk not in written]
    return _supply_page(form, paper, left, written), UNPROCESSABLE


def _is_handed_over(form: SupplyForm, stack: StackForm, paper: str) -> bool:
    """Whether the stack is in the account now; why not, stands with its fields."""
    if stack.errors:
        return False
    second = cosigner(stack, (Role.BOARD, Role.DESK))
    if second is None:
        return False
    signed = Signed(current_staff(), form.once.data or "", second)
    kind, number = Movement(form.kind.data), stack.number.data or 0
    outcome = supply.supply(
        current_store(), current_election(), signed, kind, stack.box.data or "", number, Paper(paper)
    )
    if not isinstance(outcome, Written):
        stack.number.errors = [_why_not(outcome)]
    return isinstance(outcome, Written)


@blueprint.route("/<slug>/slips/count", methods=["GET", "POST"], defaults=SLIPS)
@blueprint.route("/<slug>/slips/count/<any(ballot):paper>", methods=["GET", "POST"])
@guard(BOARD)
def count(slug: str, paper: str) -> Response | Page:
    """Count a box and its envelope; two count, and both sign."""
    form = CountForm()
    form.offer(desks_here())
    second = second_of(form)
    if second is None:
        return _form_page("slips/count.html", form, paper), UNPROCESSABLE if form.is_submitted() else 200
    signed = Signed(current_staff(), form.once.data or "", second)
    number, spoiled = form.number.data or 0, form.spoiled.data or 0
    outcome = supply.count(current_store(), current_election(), signed, form.box.data, number, spoiled, Paper(paper))
    return _answer(outcome, form, "slips/count.html", slug, paper)


@blueprint.route("/<slug>/slips/void", methods=["GET", "POST"])
@guard(BOARD)
@with_camera
def void(slug: str) -> Response | Page:
    """Make a slip void that can be read."""
    form = VoidForm()
    form.offer(desks_here())
    if not form.is_submitted():
        return _void_page(form, _fresh_unread())
    slip = shown_slip(form)
    if not form.validate() or slip is None:
        if slip is None:
            form.credential.errors = [_("Scan sedlens kode, eller skriv den.")]
        return _void_page(form, _fresh_unread()), UNPROCESSABLE
    signed = Signed(current_staff(), form.once.data or "")
    outcome = supply.void_slip(current_store(), current_election(), signed, form.box.data, form.reason.data or "", slip)
    if isinstance(outcome, Written):
        return _done(slug, Paper.SLIP)
    form.form_errors.append(_why_not(outcome))
    return _void_page(form, _fresh_unread()), CONFLICT


@blueprint.route("/<slug>/slips/void/unread", methods=["GET", "POST"], defaults=SLIPS)
@blueprint.route("/<slug>/slips/void/unread/<any(ballot):paper>", methods=["GET", "POST"])
@guard(BOARD)
@with_camera
def void_unread(slug: str, paper: str) -> Response | Page:
    """Account for slips that cannot be read as void; two officials sign."""
    form = VoidUnreadForm()
    form.offer(desks_here())
    second = second_of(form)
    if second is None:
        return _void_unread_page(form, paper), UNPROCESSABLE if form.is_submitted() else 200
    signed = Signed(current_staff(), form.once.data or "", second)
    reason, number = form.reason.data or "", form.number.data or 0
    outcome = supply.void_unread(
        current_store(), current_election(), signed, form.box.data, reason, number, Paper(paper)
    )
    if isinstance(outcome, Written):
        return _done(slug, Paper(paper))
    form.form_errors.append(_why_not(outcome))
    return _void_unread_page(form, paper), CONFLICT


def _why_not(outcome: TooMany | PollOver | NotVoided | ResultKnown) -> str:
    match outcome:
        case TooMany():
            return words.say_too_many(outcome)
        case PollOver():
            return words.say_over(outcome)
        case NotVoided():
            return words.say_not_voided(outcome)
        case ResultKnown():
            return words.say_result_known()


def _answer(
    outcome: Written | TooMany | PollOver | ResultKnown, form: FlaskForm, template: str, slug: str, paper: str
) -> Response | Page:
    if isinstance(outcome, Written):
        return _done(slug, Paper(paper))
    form.form_errors.append(_why_not(outcome))
    return _form_page(template, form, paper), CONFLICT


def _done(slug: str, paper: Paper) -> Response:
    flash(_("Det er skrevet i regnskabet."))
    return redirect(url_for("slips.account", slug=slug, paper=paper.value))


def _form_page(template: str, form: FlaskForm, paper: str) -> str:
    return render_template(template, form=form, paper=paper)


def _supply_page(form: SupplyForm, paper: str, desks: Iterable[str], written: Mapping[str, int] | None = None) -> str:
    form.offer(desks)
    return render_template("slips/supply.html", form=form, paper=paper, written=written or {})


def _fresh_unread() -> VoidUnreadForm:
    form = VoidUnreadForm(formdata=None)
    form.offer(desks_here())
    return form


def _void_page(form: VoidForm, unread: VoidUnreadForm) -> str:
    set_apart(unread, "unread")
    return render_template("slips/void.html", form=form, unread=unread, paper=Paper.SLIP.value)


def _void_unread_page(unread: VoidUnreadForm, paper: str) -> str:
    form = VoidForm(formdata=None)
    form.offer(desks_here())
    set_apart(unread, "unread")
    return render_template("slips/void.html", form=form, unread=unread, paper=paper)
