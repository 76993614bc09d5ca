"""The pages on which a person says who she is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import refresh
from werkzeug.exceptions import TooManyRequests

from votingapp.desks.identity import attempt as attempts
from votingapp.desks.identity import service
from votingapp.desks.identity.broker import BrokerClient, BrokerFailure
from votingapp.desks.identity.destination import destination, detour
from votingapp.desks.identity.forms import EmailForm
from votingapp.desks.identity.letter import write_link_letter
from votingapp.store import elections
from votingapp.web import throttle
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.addresses import office_address
from votingapp.web.applicants import end_applicant_session, start_applicant_session
from votingapp.web.languages import page_language
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from flask import Response as FlaskResponse
    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response

    from votingapp.desks.identity.attempt import Attempt
    from votingapp.settings import Settings
    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.post import Mail

blueprint = Blueprint("identity", __name__)


@blueprint.record_once
def _know_the_broker(state: BlueprintSetupState) -> None:
    app = state.app
    settings: Settings = app.extensions["settings"]
    if settings.broker is not None:
        callback = f"{settings.office_url}/mitid/callback"
        app.extensions["broker"] = BrokerClient(settings.broker, callback, app.extensions["store"].clock)


@blueprint.get("/<slug>/identify")
@guard(PUBLIC)
def identify(slug: str) -> str:
    """The way to say who one is: MitID where a broker is set, else a link by e-mail."""
    del slug
    return _ways(EmailForm())


@blueprint.post("/<slug>/identify/email")
@guard(PUBLIC)
def email(slug: str) -> str | tuple[str, int]:
    """Have a link mailed; the answer is the same for everybody."""
    del slug
    if not _mails_links():
        abort(404)
    form, election = EmailForm(), current_election()
    if not form.validate_on_submit():
        return _ways(form), 422
    wanted = detour(election.slug, request.form.get("next"))

    def write(token: str) -> Mail:
        link = office_address() + _link_path(election, token, wanted)
        return write_link_letter(election, form.address, link)

    network = throttle.visitor_of(request.remote_addr)
    match service.ask_for_link(current_store(), election, form.address, network, write, show=_shows_links()):
        case service.LinkAsked(token):
            deliver_soon()
            shown = None if token is None else _link_path(election, token, wanted)
            return render_template("identity/asked.html", election=election, shown=shown)
        case service.HeldBack():
            raise TooManyRequests


@blueprint.route("/<slug>/identify/link/<token>", methods=["GET", "POST"])
@guard(PUBLIC)
def link(slug: str, token: str) -> str | Response | tuple[str, int]:
    """A mailed link: opening it changes nothing, for mail servers open links too; pressing the button uses it up.

    The page says whose it is, for anybody can have a link to her own address mailed, and hand it on to somebody else.
    """
    del slug
    if not _mails_links():
        abort(404)
    election = current_election()
    onward = destination(election.slug, request.args.get("next"))
    if request.method != "POST":
        email = service.whose_link(current_store(), election, token)
        if email is not None:
            return render_template("identity/link.html", election=election, email=email)
    else:
        match service.use_link(current_store(), election, token):
            case service.Known(applicant):
                _let_in(applicant, page_language())
                return redirect(onward)
            case service.LinkSpent():
                pass
    return render_template("identity/spent.html", election=election, onward=onward), 410


@blueprint.get("/<slug>/identify/mitid")
@guard(PUBLIC)
def mitid(slug: str) -> Response | tuple[str, int]:
    """Go to the broker."""
    attempt = attempts.begin(slug, detour(slug, request.args.get("next")), page_language(), current_store().clock())
    try:
        answer = redirect(_broker().address_for(attempt))
    except BrokerFailure as failure:
        current_app.logger.warning("a sign-in by broker could not begin: %s", failure)
        return _not_vouched(current_election())
    answer.set_cookie(
        _cookie(),
        attempts.write(attempt, _settings().keys.office_session),
        max_age=attempts.LIFE,
        path="/mitid/",
        secure=_settings().https,
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.get("/mitid/callback")
@guard(PUBLIC)
def mitid_callback() -> FlaskResponse:
    """Come back from the broker.

    The answer is a page that says who she is known as, before she goes on.
    """
    broker, now = _broker(), current_store().clock()
    attempt = attempts.read(request.cookies.get(_cookie()), _settings().keys.office_session, now)
    answer = make_response(_callback(broker, attempt))
    answer.delete_cookie(_cookie(), path="/mitid/", secure=_settings().https, httponly=True, samesite="Lax")
    return answer


def _cookie() -> str:
    return attempts.COOKIE + _settings().cookie_suffix


def _callback(broker: BrokerClient, attempt: Attempt | None) -> str | tuple[str, int]:
    election = None if attempt is None else _come_back_to(attempt)
    if attempt is None or election is None:
        return _not_vouched(None)
    code, stated = request.args.get("code"), request.args
    ours = attempts.is_answered(attempt, stated.get("state")) and broker.believes_issuer(stated.get("iss"))
    if not ours or not code:
        return _not_vouched(election)
    network = throttle.visitor_of(request.remote_addr)
    match service.return_from_broker(current_store(), election, broker, attempt, code, network):
        case service.Known(applicant):
            _let_in(applicant, attempt.language)
            return _returned("welcome", election, destination(election.slug, attempt.wanted))
        case service.LevelTooLow():
            return _returned("level", election), 403
        case service.NoNumber(is_replacement):
            return _returned("number", election, is_replacement=is_replacement), 403
        case service.NotVouched():
            return _not_vouched(election)
        case service.HeldBack():
            raise TooManyRequests


def _not_vouched(election: Election | None) -> tuple[str, int]:
    """One page for whatever went wrong at the broker or on the way; strangers learn nothing from it."""
    return _returned("failed", election), 400


def _returned(page: str, election: Election | None, onward: str | None = None, **told: object) -> str:
    """A page at the callback's address, which works once: its own links and choice of language lead on from there."""
    begin = url_for("public.home") if election is None else url_for("identity.identify", slug=election.slug)
    onward = onward or begin

    def here(**query: str) -> str:
        return f"{onward}?{urlencode(query)}" if query else onward

    return render_template(f"identity/{page}.html", election=election, onward=onward, here=here, **told)


@blueprint.post("/<slug>/identify/leave")
@guard(PUBLIC)
def leave(slug: str) -> Response:
    """Stop being known in this browser."""
    end_applicant_session()
    return redirect(url_for("public.election", slug=slug))


def _ways(form: EmailForm) -> str:
    election, wanted = current_election(), request.values.get("next")
    return render_template(
        "identity/identify.html",
        election=election,
        form=form,
        by_mitid=_settings().broker is not None,
        by_email=_mails_links(),
        wanted=detour(election.slug, wanted),
        onward=destination(election.slug, wanted),
    )


def _let_in(applicant: Applicant, language: str) -> None:
    start_applicant_session(applicant)
    session.setdefault("language", language)


def _come_back_to(attempt: Attempt) -> Election | None:
    """The election she came from; the page is told in her language, though the office's cookie stayed at home."""
    with current_store().reading() as connection:
        g.election = elections.by_slug(connection, attempt.slug)
    session.setdefault("language", attempt.language)
    refresh()
    found: Election | None = g.election
    return found


def _link_path(election: Election, token: str, wanted: str | None) -> str:
    return url_for("identity.link", slug=election.slug, token=token, lang=page_language(), next=wanted)


def _mails_links() -> bool:
    """Whether links are mailed here: only where no broker vouches for people, and a mail server takes them."""
    return _settings().broker is None and (_settings().mail is not None or _shows_links())


def _shows_links() -> bool:
    """Whether the page itself shows the link: at a rehearsal in a house without a mail server, so that one can try it."""
    return _settings().mail is None and current_election().rehearsal


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _broker() -> BrokerClient:
    broker: BrokerClient | None = current_app.extensions.get("broker")
    if broker is None:
        abort(404)
    return broker
