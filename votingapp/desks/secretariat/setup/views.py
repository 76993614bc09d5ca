"""The guided page of the polling station, for secretariat and board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from flask import current_app, render_template
from flask_babel import format_decimal
from flask_babel import gettext as _

from votingapp.desks.secretariat.door import blueprint
from votingapp.desks.secretariat.setup.facts import gather
from votingapp.desks.secretariat.setup.steps import StepState, check, is_ready
from votingapp.documents.manual import render_manual
from votingapp.recordings.phrases import NAMES
from votingapp.resources import manual_dir
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_store, guard, may_open, roles
from votingapp.web.files import as_pdf
from votingapp.web.languages import page_language
from votingapp.web.watching import health

if TYPE_CHECKING:
    from flask import Response

    from votingapp.settings import Settings


@blueprint.get("/<slug>/setup/manual.pdf")
@guard(roles(Role.SECRETARIAT, Role.BOARD, Role.DESK))
def manual(slug: str) -> Response:
    """The manual of the polling station, to be printed and laid on the tables."""
    election = current_election()
    manual = render_manual(manual_dir(), election.name, election.rules.election.election_day)
    return as_pdf(manual, f"vejledning-{slug}.pdf", shown=True)


@blueprint.get("/<slug>/setup")
@guard(roles(Role.SECRETARIAT, Role.BOARD))
def setup(slug: str) -> str:
    """Every step of the set-up, how it stands, and where to take it."""
    del slug
    settings: Settings = current_app.extensions["settings"]
    facts = gather(current_store(), settings, current_election(), len(health().concerns))
    steps = check(facts)
    return render_template(
        "secretariat/setup.html",
        facts=facts,
        steps=steps,
        ready=is_ready(steps),
        left=sum(step.state in {StepState.NOW, StepState.LATER} for step in steps),
        office=settings.office_url,
        may_open=may_open,
        language_name=_language_name,
        megabytes=_megabytes,
    )


def _megabytes(size: int) -> str:
    """Bytes as megabytes, with one decimal as the page's language writes it."""
    return str(format_decimal(size / 1_000_000, "0.0"))


def _language_name(code: str) -> str:
    """The name of a language of the booth, or of the pack of names, in the language of this page."""
    if code == NAMES:
        names: str = _("kandidaternes navne")
        return names
    try:
        return str(Locale.parse(code, sep="-").get_display_name(page_language()) or code)
    except (UnknownLocaleError, ValueError):
        return code
