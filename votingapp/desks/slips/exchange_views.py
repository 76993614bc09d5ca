"""At a desk: a voter's slip is exchanged or taken back, and the answer is read across the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import gettext as _

from votingapp.desks.slips import exchanging, words
from votingapp.desks.slips.door import UNPROCESSABLE, Page, blueprint, second_of, set_apart
from votingapp.desks.slips.exchanging import Act, Desk, NotTaken
from votingapp.desks.slips.forms import TakeBackForm, TakeForm, TakePaperForm, TakeUnreadForm
from votingapp.store import accounts, ledger
from votingapp.store.devices import Device, Kind
from votingapp.store.ledger import Paper
from votingapp.store.slips import SlipAnswer
from votingapp.store.staff import Role
from votingapp.web import throttle
from votingapp.web.access import at_desk, current_election, current_staff, current_store, guard
from votingapp.web.devices import device_here
from votingapp.web.headers import with_camera
from votingapp.web.slip_fields import shown_slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.desks.slips.exchanging import Outcome
    from votingapp.desks.slips.words import Told

_AT_A_DESK = at_desk(Role.DESK, Role.BOARD)
_GUESSES = 20
"""Slips that nobody held, asked about at one desk, before its door is shut for a while."""


@blueprint.route("/<slug>/slips/<any(exchange, return):act>", methods=["GET", "POST"])
@guard(_AT_A_DESK)
@with_camera
def take(slug: str, act: str) -> Page:
    """Take a slip back that can be read.

    The answer is shown at once and not behind a redirect: a page that can be opened again must never say that another slip
    may be drawn, and this one, sent again, says that the slip is void.
    """
    del slug
    form = TakeBackForm() if Act(act) is Act.RETURN else TakeForm()
    if not form.is_submitted():
        return _page(Act(act), form, TakeUnreadForm(formdata=None))
    slip, fits = shown_slip(form), form.validate()
    if slip is None:
        form.credential.errors = [_("Scan sedlens kode, eller skriv den.")]
    if slip is None or not fits:
        return _page(Act(act), form, TakeUnreadForm(formdata=None)), UNPROCESSABLE
    door = f"slip:{_device().id}"
    if throttle.is_shut(current_store(), door, _GUESSES):
        return _answer(Act(act), words.tell_too_often())
    second = second_of(form, (Role.BOARD, Role.DESK)) if isinstance(form, TakeBackForm) else None
    if second is None and isinstance(form, TakeBackForm):
        return _page(Act(act), form, TakeUnreadForm(formdata=None)), UNPROCESSABLE
    outcome = exchanging.take(current_store(), _desk(), current_election(), Act(act), slip, second)
    if isinstance(outcome, NotTaken) and outcome.answer is SlipAnswer.UNKNOWN:
        throttle.count_failure(current_store(), door)
    return _told(Act(act), outcome)


@blueprint.post("/<slug>/slips/<any(exchange, return):act>/unread")
@guard(_AT_A_DESK)
@with_camera
def take_unread(slug: str, act: str) -> Page:
    """Take a slip back that nobody can read; a member of the board says why."""
    del slug
    form = TakeUnreadForm()
    supervisor = second_of(form, (Role.BOARD,))
    if supervisor is None:
        return _page(Act(act), _fresh(Act(act)), form), UNPROCESSABLE
    outcome = exchanging.take_unread(
        current_store(),
        _desk(),
        current_election(),
        Act(act),
        supervisor,
        form.reason.data or "",
        form.once.data or "",
    )
    return _told(Act(act), outcome)


@blueprint.post("/<slug>/slips/<any(exchange, return):act>/ballot")
@guard(_AT_A_DESK)
@with_camera
def take_paper(slug: str, act: str) -> Page:
    """Take a paper ballot back; a colleague signs."""
    del slug
    form = TakePaperForm()
    second = second_of(form)
    if second is None:
        return _page(Act(act), _fresh(Act(act)), TakeUnreadForm(formdata=None), form), UNPROCESSABLE
    outcome = exchanging.take_paper(
        current_store(), _desk(), current_election(), Act(act), second, form.once.data or ""
    )
    return _answer(Act(act), words.tell_paper(outcome, Act(act)))


def _device() -> Device:
    found = device_here(Kind.DESK, current_election().id)
    if found is None:
        raise LookupError("the rule lets nobody in who is at no desk")
    return found


def _desk() -> Desk:
    return Desk(_device().name, current_staff())


def _fresh(act: Act) -> TakeForm:
    return TakeBackForm(formdata=None) if act is Act.RETURN else TakeForm(formdata=None)


def _page(act: Act, form: TakeForm, unread: TakeUnreadForm, paper: TakePaperForm | None = None) -> str:
    paper = paper or TakePaperForm(formdata=None)
    set_apart(unread, "unread")
    set_apart(paper, "paper")
    with current_store().reading() as connection:
        has_paper = ledger.printed(connection, current_election().id, Paper.BALLOT) > 0
    return render_template(
        "slips/take.html",
        act=act.value,
        form=form,
        unread=unread,
        paper=paper if has_paper else None,
        desk=_device().name,
    )


@blueprint.app_context_processor
def flag_of_desk() -> dict[str, Callable[[], str | None]]:
    """Every page of a desk shows that its box was not as counted, until that is explained."""
    return {"desk_flag": _flag}


def _flag() -> str | None:
    election_id = current_election().id
    device = device_here(Kind.DESK, election_id)
    if device is None:
        return None
    with current_store().reading() as connection:
        flag = accounts.flag_of(connection, election_id, device.name)
    return None if flag is None else words.name_difference(flag)


def _told(act: Act, outcome: Outcome) -> str:
    return _answer(act, words.tell(outcome, act))


def _answer(act: Act, told: Told) -> str:
    return render_template("slips/answer.html", act=act.value, told=told, desk=_device().name)
