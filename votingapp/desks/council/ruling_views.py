"""The page on which it is entered what the byråd ruled of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tally.deadlines import copenhagen_day
from votingapp.desks.council import ruling, words
from votingapp.desks.council.door import SECOND, SECRETARIAT, blueprint
from votingapp.desks.council.forms import RulingForm
from votingapp.desks.council.standing import NotKnown, council_of
from votingapp.store import case_files, rulings
from votingapp.store.rulings import Meeting
from votingapp.store.staff import Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

Answer = tuple[str, int]


@blueprint.get("/<slug>/council/ruling")
@guard(SECRETARIAT)
def ruled(slug: str) -> Answer:
    """What the byråd ruled so far, and the form for what it ruled last."""
    del slug
    return _page(None, 200)


@blueprint.post("/<slug>/council/ruling")
@guard(SECRETARIAT)
def rule(slug: str) -> Response | Answer:
    """Enter what the byråd ruled; a second official confirms it."""
    store, official, election = current_store(), current_staff(), current_election()
    form = RulingForm()
    if not form.validate_on_submit() or form.met_on.data is None:
        return _page(form, 422)
    second = second_official(store, official, election, form, SECOND)
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(form, 422)
    meeting = Meeting(
        form.met_on.data, form.body.data or "", form.case_number.data or "", (form.words.data or "").strip()
    )
    outcome = ruling.enter(
        store, (official, second), election, form.seen.data or "", meeting, form.read(), form.accepted()
    )
    match outcome:
        case ruling.Entered(appointed):
            flash(
                ngettext(
                    "Afgørelsen er gemt. %(num)s person er udpeget.",
                    "Afgørelsen er gemt. %(num)s personer er udpeget.",
                    appointed,
                )
            )
            return redirect(url_for("council.ruled", slug=slug))
        case ruling.NothingAnswered():
            form.form_errors.append(_("Vælg, hvad Byrådet besluttede om mindst én person."))
        case ruling.BadDay():
            form.met_on.errors = [_("Mødet kan ikke være holdt den dag: før valget eller i fremtiden.")]
        case ruling.MustAccept():
            form.accept.errors = [_("Sæt kryds, hvis afgørelsen alligevel skal skrives ind nu. Læs først advarslerne.")]
        case ruling.Changed():
            form.form_errors.append(_("Noget er ændret, siden du så siden. Se listen igennem igen."))
        case NotKnown():
            pass
    return _page(form, 409)


def _page(form: RulingForm | None, status: int) -> Answer:
    store, election = current_store(), current_election()
    today = copenhagen_day(store.clock())
    with store.reading() as connection:
        council = council_of(connection, election)
        made = rulings.every(connection, election.id)
        written = case_files.draft(connection, election.id)
        warnings = ruling.warnings_now(connection, election, form.met_on.data if form and form.met_on.data else today)
    if isinstance(council, NotKnown):
        return render_template("council/not_known.html", election=election, why=words.LACKING[council.why]), status
    if form is None:
        form = RulingForm(formdata=None)
        form.body.data, form.case_number.data = _("Byrådet"), written.case_number if written is not None else ""
    form.show(council.asked, ruling.fingerprint(council))
    form.warned.data = " ".join(warnings)
    page = render_template(
        "council/ruling.html",
        election=election,
        council=council,
        form=form,
        made=made,
        warnings=[words.EARLY[one] for one in warnings],
        answered=words.ANSWERS,
        numbers={line.seat.id: line.place.number for line in council.lines if line.seat is not None},
    )
    return page, status
