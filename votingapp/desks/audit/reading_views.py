"""The page on which an official reads the drawn papers, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.audit import reading
from votingapp.desks.audit.door import READERS, blueprint
from votingapp.desks.audit.forms import ReadingForm
from votingapp.desks.audit.steps import Hindered
from votingapp.desks.audit.words import say
from votingapp.store import ballot_paper, elections, sample_audits
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.audit.reading import Drawn

_UNPROCESSABLE, _CONFLICT = 422, 409

Page = str | tuple[str, int]


@blueprint.get("/<slug>/audit/reading")
@guard(READERS)
def read(slug: str) -> Page | Response:
    """The next paper that this official has not read, and those that come with it."""
    if not _waiting():
        flash(_("Der er ingen sedler at læse nu."))
        return redirect(url_for("audit.overview", slug=slug))
    return _page()


@blueprint.post("/<slug>/audit/reading")
@guard(READERS)
def keep(slug: str) -> Page | Response:
    """Keep what this official read on one paper."""
    form = ReadingForm(_choices())
    if not form.validate_on_submit() or form.draw.data is None:
        return _page(form), _UNPROCESSABLE
    found = reading.read(current_store(), current_staff(), current_election(), form.draw.data, form.marks)
    match found:
        case Hindered(obstacle):
            form.form_errors.append(say(obstacle))
            return _page(form), _CONFLICT
        case reading.Read.WAITING:
            flash(_("Gemt. En anden læser samme seddel for sig."))
        case reading.Read.AGREED:
            flash(_("I har læst det samme."))
        case reading.Read.DIFFER:
            flash(_("I har læst forskelligt. Intet er gemt. Læs begge sedlen igen, hver for sig."))
        case reading.Read.CONFIRMED:
            flash(_("Stikprøven bekræfter, hvem der får plads. Den er færdig. Læg sedlerne tilbage."))
            return redirect(url_for("audit.overview", slug=slug))
        case reading.Read.UNCONFIRMED:
            flash(_("Alle træk er læst, og de bekræfter ikke pladserne. Tæl nu alle sedler."))
            return redirect(url_for("audit.overview", slug=slug))
    return redirect(url_for("audit.read", slug=slug))


def _choices() -> list[tuple[str, str]]:
    with current_store().reading() as connection:
        lines = ballot_paper.lines(connection, current_election().id)
    return [(line.id, f"{line.number}. {line.label}") for line in lines]


def _waiting() -> tuple[Drawn, ...]:
    """The next papers; () while none is drawn."""
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        audit = sample_audits.audit_of(connection, election.id)
        if audit is None or not audit.is_drawing:
            return ()
        return reading.next_papers(connection, current_staff(), election, audit)


def _page(used: ReadingForm | None = None) -> str:
    waiting = _waiting()
    mine = next((one for one in waiting if not one.read_by_me), None)
    form = used or ReadingForm(_choices(), formdata=None, data={"draw": mine.draw if mine else None})
    asked = next((one for one in waiting if one.draw == form.draw.data), mine)
    return render_template("audit/reading.html", waiting=waiting, asked=asked, form=form, used=used)
