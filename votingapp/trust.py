"""The way in for the room's devices: the one app served in clear, which shows the house's certificate and how to trust it."""

from __future__ import annotations

import plistlib
import traceback
import uuid
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, current_app, render_template, send_from_directory
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from votingapp.certificates import read_authority
from votingapp.documents.dates import danish_date
from votingapp.documents.trust_steps import CERTIFICATE_FILE, DANISH, ENGLISH, PROFILE_FILE
from votingapp.resources import templates_dir
from votingapp.web.access import PUBLIC, check_access, guard, refuse_unguarded
from votingapp.web.files import as_file
from votingapp.web.headers import TRUST_POLICY, send_headers
from votingapp.web.no_sessions import NoSessions

if TYPE_CHECKING:
    from votingapp.certificates import Authority
    from votingapp.settings import Settings

LARGEST_BODY = 1024
"""Bytes: nobody has anything to hand in here."""

_TITLE = "Stol på valgets server"

_MESSAGES = {404: ("Siden findes ikke", "Begynd på forsiden.")}
_ANY_MESSAGE = ("Noget gik galt", "Begynd på forsiden, og prøv igen.")

blueprint = Blueprint("trust", __name__)


class NoAuthorityError(Exception):
    """There is no certificate of an authority to show."""


def create_trust(settings: Settings) -> Flask:
    """Build the app; it knows no database, no session and no cookie, and nothing of any election."""
    authority = read_authority(settings.tls.folder) if settings.tls is not None else None
    if authority is None:
        raise NoAuthorityError("no certificate authority; run: votingapp tls")
    app = Flask("votingapp", template_folder=str(templates_dir()), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, TEMPLATES_AUTO_RELOAD=False)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.session_interface = NoSessions()
    app.extensions["settings"] = settings
    app.extensions["authority"] = authority
    app.context_processor(lambda: {"is_rehearsal": settings.rehearsal})
    send_headers(app, TRUST_POLICY, "camera=(), microphone=(), geolocation=()", https=False)
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(Exception, _defect)
    app.before_request(check_access)
    app.register_blueprint(blueprint)
    refuse_unguarded(app)
    return app


def profile_of(authority: Authority) -> bytes:
    """The certificate as a configuration profile, the only way in which iPads and iPhones take one.

    The same authority gives the same profile, so that installing it again replaces it.
    """
    identity = uuid.uuid5(uuid.NAMESPACE_OID, authority.fingerprint)
    root = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"votingapp.{identity}.root",
        "PayloadUUID": str(uuid.uuid5(identity, "root")).upper(),
        "PayloadDisplayName": authority.title,
        "PayloadCertificateFileName": CERTIFICATE_FILE,
        "PayloadContent": authority.der,
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"votingapp.{identity}",
            "PayloadUUID": str(identity).upper(),
            "PayloadDisplayName": authority.title,
            "PayloadDescription": "Lader enheden stole på valgets server på valgstedet.",
            "PayloadContent": [root],
        }
    )


@blueprint.get("/")
@guard(PUBLIC)
def page() -> str:
    """The fingerprint, the files and the steps, in Danish and English."""
    authority, settings = _authority(), _settings()
    return render_template(
        "trust/trust.html",
        title=_TITLE,
        authority=authority.title,
        fingerprint=authority.fingerprint,
        expires=danish_date(authority.certificate.not_valid_after_utc.date()),
        certificate_file=CERTIFICATE_FILE,
        danish=DANISH,
        english=ENGLISH,
        office=f"{settings.office_url}/",
        booth=f"{settings.booth_url}/",
    )


@blueprint.get(f"/{CERTIFICATE_FILE}")
@guard(PUBLIC)
def certificate() -> Response:
    """The authority's certificate itself, as every browser and system takes it."""
    return as_file(_authority().der, "application/x-x509-ca-cert", CERTIFICATE_FILE)


@blueprint.get(f"/{PROFILE_FILE}")
@guard(PUBLIC)
def profile() -> Response:
    """The certificate for iPads and iPhones."""
    return as_file(profile_of(_authority()), "application/x-apple-aspen-config", PROFILE_FILE)


@blueprint.get("/trust.css")
@guard(PUBLIC)
def style() -> Response:
    """How the page looks: the one file of the static folder that is to be had here."""
    return send_from_directory(f"{current_app.root_path}/static", "trust.css")


def _authority() -> Authority:
    found: Authority = current_app.extensions["authority"]
    return found


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _refusal(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    title, text = _MESSAGES.get(status, _ANY_MESSAGE)
    return render_template("trust/message.html", title=title, text=text), status


def _defect(error: Exception) -> tuple[str, int]:
    place = traceback.extract_tb(error.__traceback__)[-1]
    current_app.logger.error("unhandled %s in %s line %s", type(error).__name__, place.name, place.lineno)
    title, text = _ANY_MESSAGE
    return render_template("trust/message.html", title=title, text=text), 500
