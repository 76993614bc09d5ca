"""The pages at the entrance."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from votingapp.desks.entrance import service
from votingapp.desks.entrance.forms import FirstPasswordForm, PasswordForm, SignInForm
from votingapp.web import throttle
from votingapp.web.access import PUBLIC, STAFF, current_staff, current_store, guard
from votingapp.web.applicants import end_applicant_session
from votingapp.web.languages import LANGUAGES
from votingapp.web.sessions import end_session, start_session

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("entrance", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guard(PUBLIC)
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in, and go on to where one was going."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("entrance/sign_in.html", form=form), 422 if form.is_submitted() else 200
    visitor = throttle.visitor_of(request.remote_addr)
    outcome = service.sign_in(current_store(), form.login.data or "", form.password.data or "", visitor)
    match outcome:
        case service.SignedIn(official):
            end_applicant_session()
            start_session(official)
            wanted = request.args.get("next")
            if official.must_change_password:
                return redirect(url_for("entrance.password", next=_local(_behind(wanted)) if wanted else None))
            return redirect(_local(wanted))
        case service.NotSignedIn():
            form.form_errors.append(
                _(
                    "Brugernavn eller adgangskode er forkert. Prøv igen. En engangskode gælder i 14 dage: få ellers en ny."
                )
            )
            return render_template("entrance/sign_in.html", form=form), 403
        case service.HeldBack():
            raise TooManyRequests


@blueprint.post("/sign-out")
@guard(PUBLIC)
def sign_out() -> Response:
    """Sign out."""
    end_session()
    return redirect(url_for("public.home"))


@blueprint.route("/password", methods=["GET", "POST"])
@guard(STAFF)
def password() -> str | Response | tuple[str, int]:
    """Change one's password: with the old one, or at once behind a one-time password, and then go on to where one was going."""
    official = current_staff()
    form = FirstPasswordForm() if official.must_change_password else PasswordForm()
    if not form.validate_on_submit():
        return render_template("entrance/password.html", form=form), 422 if form.is_submitted() else 200
    current = form.current.data or "" if isinstance(form, PasswordForm) else None
    match service.change_password(current_store(), official, current, form.new.data or ""):
        case service.Changed():
            flash(_("Adgangskoden er ændret."))
            return redirect(_local(request.args.get("next")))
        case service.Overtaken():
            return redirect(url_for("entrance.password"))
        case service.NotCurrent():
            form["current"].errors = [_("Den nuværende adgangskode er forkert.")]
        case service.NotNew():
            form.new.errors = [_("Den nye adgangskode skal være en anden end den gamle.")]
    return render_template("entrance/password.html", form=form), 422


@blueprint.post("/language")
@guard(PUBLIC)
def language() -> Response:
    """Choose the language of the pages, and stay where one is."""
    code = request.form.get("language", "")
    if code not in LANGUAGES:
        abort(400)
    session["language"] = code
    return redirect(_local(request.form.get("next")))


def _behind(wanted: str) -> str | None:
    """Where somebody is going who was asked for her one-time password again on the page that asks for a new one."""
    parts = urlsplit(wanted)
    return parse_qs(parts.query).get("next", [None])[0] if parts.path == url_for("entrance.password") else wanted


def _local(target: str | None) -> str:
    """A path of this house to go on to; anything else leads to the front page."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or urlsplit(target).netloc:
        return url_for("public.home")
    # A line break would end the header that carries the address, and browsers leave tabs out of it.
    return target if target.isprintable() else url_for("public.home")
