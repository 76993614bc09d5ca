"""The case of a free seat: who is next and why, and each step until somebody sits there or it stays vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tally.succession import EarlierFirst, LotNeeded, Next, Nobody, OrderNeeded
from tally.vacancy import Progress, Step
from votingapp.desks.members import ordering, reading, stepping, words
from votingapp.desks.members.door import SECOND, SECRETARIAT, blueprint
from votingapp.desks.members.forms import AskForm, OrderForm, PostponeForm, ProposeForm, StepForm
from votingapp.desks.members.stepping import Wished
from votingapp.store.staff import Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import SecondOfficial, complain, second_official
from votingapp.web.vacancy_words import CAUSES, REASONS, STEPS

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from votingapp.desks.members.reading import CasePage

Answer = tuple[str, int]

_BY_THE_LIST = (Step.PROPOSED, Step.LEFT_VACANT)
"""What the certified list says, and people only confirm."""


@blueprint.get("/<slug>/secretariat/members/cases/<vacancy_id>")
@guard(SECRETARIAT)
def case(slug: str, vacancy_id: str) -> Answer:
    """One case."""
    del slug
    return _page(vacancy_id, None, 200)


@blueprint.post("/<slug>/secretariat/members/cases/<vacancy_id>/proposal")
@guard(SECRETARIAT)
def propose(slug: str, vacancy_id: str) -> Response | Answer:
    """Propose the next of the list, or let the seat stay vacant; a second official confirms it."""
    form = ProposeForm(prefix="proposal-")
    if not form.validate_on_submit() or form.step.data not in _BY_THE_LIST:
        return _page(vacancy_id, form, 422)
    return _take(slug, vacancy_id, form, Step(form.step.data))


@blueprint.post("/<slug>/secretariat/members/cases/<vacancy_id>/step")
@guard(SECRETARIAT)
def step(slug: str, vacancy_id: str) -> Response | Answer:
    """Enter what happened with the one who is proposed; a second official confirms it."""
    form = StepForm(prefix="step-")
    form.offer(stepping.ENTERED_HERE.difference(_BY_THE_LIST, {Step.POSTPONED}))
    if not form.validate_on_submit():
        return _page(vacancy_id, form, 422)
    return _take(slug, vacancy_id, form, Step(form.step.data))


@blueprint.post("/<slug>/secretariat/members/cases/<vacancy_id>/postponed")
@guard(SECRETARIAT)
def postpone(slug: str, vacancy_id: str) -> Response | Answer:
    """Enter that the item was put off."""
    form = PostponeForm(prefix="postponed-")
    if not form.validate_on_submit():
        return _page(vacancy_id, form, 422)
    return _take(slug, vacancy_id, form, Step.POSTPONED)


@blueprint.post("/<slug>/secretariat/members/cases/<vacancy_id>/order")
@guard(SECRETARIAT)
def order(slug: str, vacancy_id: str) -> Response | Answer:
    """Enter which of several seats of one day is filled first; a second official confirms it."""
    store, official, election = current_store(), current_staff(), current_election()
    form = OrderForm(prefix="order-")
    if not form.validate_on_submit():
        return _page(vacancy_id, form, 422)
    second = second_official(store, official, election, form, SECOND)
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(vacancy_id, form, 422)
    match ordering.set_order(store, election, form.numbers, form.how.data or "", (official, second)):
        case ordering.Ordered():
            flash(_("Rækkefølgen er gemt."))
            return redirect(url_for("members.case", slug=slug, vacancy_id=vacancy_id))
        case ordering.NothingToOrder():
            form.form_errors.append(_("Vælg netop de pladser, det gælder, hver én gang."))
            return _page(vacancy_id, form, 409)


def _take(slug: str, vacancy_id: str, form: ProposeForm | StepForm | PostponeForm, chosen: Step) -> Response | Answer:
    store, official, election = current_store(), current_staff(), current_election()
    second = None
    if isinstance(form, SecondOfficial):
        confirmed = second_official(store, official, election, form, SECOND)
        if not isinstance(confirmed, Staff):
            complain(form, confirmed)
            return _page(vacancy_id, form, 422)
        second = confirmed
    enters_on = form.enters_on.data if isinstance(form, StepForm) else None
    said = (form.words.data or "").strip()
    named = (form.proposed.data or "") if isinstance(form, ProposeForm) else None
    wished = Wished(chosen, form.day.data, said, form.seen.data, enters_on, named)
    match stepping.take_step(store, election, vacancy_id, wished, (official, second)):
        case stepping.Taken(progress):
            flash(_told(progress))
            return redirect(url_for("members.case", slug=slug, vacancy_id=vacancy_id))
        case stepping.Refusal.NO_SUCH_CASE:
            abort(404)
        case stepping.Refusal() as refusal:
            form.form_errors.append(words.STEPPING[refusal])
        case _:  # the list does not say that any more, and the page shows what it says now
            form.form_errors.append(words.STEPPING[stepping.Refusal.CHANGED])
    return _page(vacancy_id, form, 409)


def _told(progress: Progress) -> str:
    match progress:
        case Progress.FILLED:
            return str(_("Det er gemt. Suppleanten er medlem fra den dag, der står i oversigten."))
        case Progress.VACANT:
            return str(_("Det er gemt. Pladsen er vakant resten af perioden."))
        case Progress.WITHDRAWN:
            return str(_("Det er gemt. Medlemmet beholder sin plads."))
        case Progress.OPEN:
            return str(_("Det er gemt. Nu skal den næste på listen foreslås."))
        case Progress.PROPOSED:
            return str(_("Det er gemt."))


def _page(vacancy_id: str, used: FlaskForm | None, status: int) -> Answer:
    election = current_election()
    found = reading.case_page(current_store(), current_staff(), election, vacancy_id)
    if found is None:
        abort(404)
    page = render_template(
        "members/case.html",
        election=election,
        page=found,
        used=used,
        causes=CAUSES,
        steps=STEPS,
        reasons=REASONS,
        kind=type(found.proposal).__name__,
        **_forms(found, used),
    )
    return page, status


def _forms(found: CasePage, used: FlaskForm | None) -> dict[str, FlaskForm | None]:
    """The forms for what can happen now, the one that was sent with what is wrong in it; None for what cannot."""
    seen = {"seen": len(found.case.steps)}
    may = found.may.difference(_BY_THE_LIST, {Step.POSTPONED})
    steps = used if isinstance(used, StepForm) else StepForm(formdata=None, prefix="step-", data=seen)
    steps.offer(may)
    orders = used if isinstance(used, OrderForm) else OrderForm(formdata=None, prefix="order-")
    if isinstance(found.proposal, OrderNeeded):
        orders.offer(found.proposal.seats)
    proposing = (
        used
        if isinstance(used, ProposeForm)
        else ProposeForm(formdata=None, prefix="proposal-", data=seen | _by_the_list(found))
    )
    postponing = used if isinstance(used, PostponeForm) else PostponeForm(formdata=None, prefix="postponed-", data=seen)
    for form in (steps, proposing, postponing):
        form.seen.data = seen["seen"]
    proposing.proposed.data = found.proposal.candidate if isinstance(found.proposal, Next) else ""
    return {
        "asking": AskForm(formdata=None, prefix="ask-") if found.may_ask else None,
        "proposing": proposing if _by_the_list(found) else None,
        "stepping": steps if may else None,
        "postponing": postponing if Step.POSTPONED in found.may else None,
        "ordering": orders if isinstance(found.proposal, OrderNeeded) else None,
    }


def _by_the_list(found: CasePage) -> dict[str, str]:
    match found.proposal:
        case Next():
            return {"step": Step.PROPOSED.value}
        case Nobody(is_final=True):
            return {"step": Step.LEFT_VACANT.value}
        case None | Nobody() | LotNeeded() | OrderNeeded() | EarlierFirst():
            return {}
