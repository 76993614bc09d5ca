"""The pages of the check-in: find a person, admit her, and read the answer across the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template

from ballots.admission import AlreadyAdmitted, NeedsDeclaration
from candidates.cpr import CprRefusal
from candidates.declarations import find_declaration
from votingapp.desks.checkin import service, words
from votingapp.desks.checkin.forms import AdmitForm, LookupForm
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.web.access import at_desk, current_election, current_staff, current_store, guard
from votingapp.web.devices import device_here
from votingapp.web.languages import LANGUAGES

if TYPE_CHECKING:
    from candidates.declarations import Wording

blueprint = Blueprint("checkin", __name__)

_AT_THE_DESK = at_desk(Role.DESK, Role.BOARD)
_UNPROCESSABLE = 422

Page = str | tuple[str, int]


@blueprint.route("/<slug>/checkin/", methods=["GET", "POST"])
@guard(_AT_THE_DESK)
def lookup(slug: str) -> Page:  # noqa: ARG001
    """Find a person; what is typed travels in the body of the request, never in an address."""
    desk = _desk()
    form = LookupForm()
    if not form.validate_on_submit():
        return _lookup_page(form, desk), _UNPROCESSABLE if form.is_submitted() else 200
    found = _search(form, desk)
    if isinstance(found, CprRefusal):
        form.cpr.errors = [words.tell_cpr_refusal(found)]
        return _lookup_page(form, desk), _UNPROCESSABLE
    return _found_page(found, AdmitForm(formdata=None))


@blueprint.post("/<slug>/checkin/admit")
@guard(_AT_THE_DESK)
def admit(slug: str) -> Page:  # noqa: ARG001
    """Admit a person and show the answer.

    The answer is shown at once and not behind a redirect: a page that can be opened again must never say "admitted", and
    this one, sent again, says that she has been here.
    """
    desk = _desk()
    form = AdmitForm()
    if not form.validate_on_submit():
        return _once_more(form), _UNPROCESSABLE
    store, person_id = current_store(), form.person_id.data or ""
    outcome = service.admit(
        store, current_staff(), current_election(), person_id, desk.name, declared=bool(form.declared.data)
    )
    match outcome:
        case NeedsDeclaration():
            form.declared.errors = [words.tell(outcome).text]
            return _once_more(form), _UNPROCESSABLE
        case AlreadyAdmitted() if service.pressed_twice(outcome, desk.name, store.clock()):
            told = words.tell_pressed_twice()
        case _:
            told = words.tell(outcome)
    shown = service.show(store, current_staff(), current_election(), person_id)
    return render_template("checkin/answer.html", told=told, person=shown.person if shown else None)


@blueprint.get("/<slug>/checkin/counter")
@guard(_AT_THE_DESK)
def counter(slug: str) -> Page:  # noqa: ARG001
    """How many this desk has admitted; the board also sees the account of slips."""
    desk = _desk()
    figures = service.read_counter(current_store(), current_election(), desk.name)
    return render_template("checkin/counter.html", desk=desk.name, figures=figures)


def _desk() -> service.Desk:
    """The desk that this device is, and who sits at it; the guard has let nobody else past."""
    device = device_here(Kind.DESK, current_election().id)
    if device is None:
        raise LookupError("a route of the check-in without its guard")
    return service.Desk(device.name, current_staff())


def _search(form: LookupForm, desk: service.Desk) -> tuple[service.Found, ...] | CprRefusal:
    store, election = current_store(), current_election()
    if form.cpr.data:
        return service.look_up_cpr(store, desk, election, form.cpr.data)
    return service.look_up_name(store, desk, election, form.name.data or "", form.birth_date.data)


def _lookup_page(form: LookupForm, desk: service.Desk) -> str:
    return render_template("checkin/lookup.html", form=form, desk=desk.name)


def _found_page(found: tuple[service.Found, ...], form: AdmitForm) -> str:
    if not found:
        return render_template("checkin/answer.html", told=words.tell_nobody(), person=None)
    told = [(one.person, words.tell(one.answer)) for one in found]
    return render_template(
        "checkin/found.html", found=told, form=form, declaration=_declaration(), voters_languages=LANGUAGES
    )


def _once_more(form: AdmitForm) -> str:
    """The person again, with what is missing; a person nobody at this election has looked up is not shown."""
    person_id = form.person_id.data or ""
    if form.person_id.errors:
        abort(_UNPROCESSABLE)
    shown = service.show(current_store(), current_staff(), current_election(), person_id)
    if shown is None:
        abort(_UNPROCESSABLE)
    return _found_page((shown,), form)


def _declaration() -> Wording | None:
    """The words a voter agrees to at the desk, where the roll is open and the rules ask for them."""
    rules = current_election().rules
    if rules.admission.roll == "closed" or not rules.eligibility.declaration:
        return None
    declaration = find_declaration(rules.eligibility.declaration)
    if declaration is None:
        raise LookupError("the rule set names a declaration that has no text")
    return declaration.voter
