"""The pages of the record: what is missing in it, drawing it up, and the signatures of the whole board."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf

from tally.signing import LARGEST_SIGNATURE
from votingapp.desks.record import drawing_up, facts, signing, stating, words
from votingapp.desks.record.forms import AbsenceForm, AnotherVersionForm, DrawUpForm, PasswordForm, StatementForm, fresh
from votingapp.documents.record import render_record
from votingapp.store import deletions, drawn_records, elections, keys, record_draft
from votingapp.store.record_statements import Code
from votingapp.store.settled import RecordStands
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.cosign import SamePerson, complain, confirm, say, second_official
from votingapp.web.files import as_pdf
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response as Redirect

    from votingapp.store.drawn_records import Signer, Version

blueprint = Blueprint("record", __name__)

_BOARD = roles(Role.BOARD)
_ONLOOKERS = roles(Role.BOARD, Role.SECRETARIAT, Role.OBSERVER)
_UNPROCESSABLE, _CONFLICT = 422, 409

Page = str | tuple[str, int]


@blueprint.get("/<slug>/record")
@guard(_ONLOOKERS)
def overview(slug: str) -> Page:
    """How far the record has come."""
    del slug
    return _overview()


@blueprint.get("/<slug>/record/draft.pdf")
@guard(_ONLOOKERS)
def draft(slug: str) -> Response:
    """What would be drawn up now, for the board to read; marked as a draft, and nobody signs it."""
    with current_store().reading() as connection:
        deleted = deletions.is_deleted(connection, current_election().id)  # what is left would tell of an empty evening
        found = None if deleted else record_draft.draft(connection, elections.by_id(connection, current_election().id))
    if found is None:
        abort(404)
    return as_pdf(render_record(found), f"udkast-valgprotokol-{slug}.pdf", shown=True)


@blueprint.post("/<slug>/record/statement")
@guard(_BOARD)
def statement(slug: str) -> Page | Redirect:
    """Two of the board state that the evening is told."""
    form = StatementForm()
    if not form.validate_on_submit() or form.stated is None:
        return _overview(form), _UNPROCESSABLE
    second = second_official(current_store(), current_staff(), current_election(), form, {Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _overview(form), _UNPROCESSABLE
    match stating.state(current_store(), (current_staff(), second), current_election(), form.stated):
        case stating.Stated():
            flash(_("Erklæringen er gemt og kommer med i valgprotokollen."))
        case stating.SaidBefore():
            flash(_("To har erklæret det i forvejen."))
        case stating.NotYet():
            return _overview(trouble=_("Afstemningen er ikke lukket.")), _CONFLICT
        case RecordStands():
            return _overview(trouble=_("Protokollen er lavet og ligger fast. Intet er gemt.")), _CONFLICT
    return redirect(url_for("record.overview", slug=slug))


@blueprint.post("/<slug>/record/draw-up")
@guard(_BOARD)
def draw_up(slug: str) -> Page | Redirect:
    """Draw the record up, or, by two, a new version of it."""
    form = DrawUpForm() if request.form.get("version") == "1" else AnotherVersionForm()
    if not form.validate_on_submit():
        return _overview(form), _UNPROCESSABLE
    second = None
    if isinstance(form, AnotherVersionForm):
        confirmed = second_official(current_store(), current_staff(), current_election(), form, {Role.BOARD})
        if not isinstance(confirmed, Staff):
            complain(form, confirmed)
            return _overview(form), _UNPROCESSABLE
        second = confirmed
    asked = drawing_up.Asked(form.version.data or 0, form.chair.data or None, form.reason.data or "")
    done = drawing_up.draw_up(current_store(), current_staff(), current_election(), asked, second)
    if isinstance(done, drawing_up.DrawnUp):
        flash(_("Version %(number)s er lavet. Nu skal valgbestyrelsen underskrive den.", number=done.version))
        return redirect(url_for("record.overview", slug=slug))
    if isinstance(done, drawing_up.ReasonMissing):
        form.reason.errors = [words.not_drawn_up(done)]
        return _overview(form), _UNPROCESSABLE
    return _overview(form, trouble=words.not_drawn_up(done)), _CONFLICT


@blueprint.post("/<slug>/record/password")
@guard(_BOARD)
def sign_with_password(slug: str) -> Page | Redirect:
    """A member who holds no key signs, on the machine at which the board sits."""
    form, first = PasswordForm(), current_staff()
    if not form.validate_on_submit():
        return _overview(form), _UNPROCESSABLE
    member = confirm(
        current_store(), first, current_election(), form.login.data or "", form.password.data or "", {Role.BOARD}
    )
    if isinstance(member, SamePerson):  # the password was right: whoever is signed in signs like everybody else
        member = first
    if not isinstance(member, Staff):
        form.password.errors = [say(member)]
        return _overview(form), _UNPROCESSABLE
    done = signing.sign_with_password(current_store(), member, current_election(), form.version.data or 0)
    if isinstance(done, signing.Signed):
        flash(_tell(member.name, done))
        return redirect(url_for("record.overview", slug=slug))
    return _overview(form, trouble=words.not_signed(done)), _CONFLICT


@blueprint.post("/<slug>/record/absence")
@guard(_BOARD)
def absence(slug: str) -> Page | Redirect:
    """Two say why a member cannot sign here."""
    form = AbsenceForm()
    if not form.validate_on_submit():
        return _overview(form), _UNPROCESSABLE
    second = second_official(current_store(), current_staff(), current_election(), form, {Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _overview(form), _UNPROCESSABLE
    absent = form.absent.data or ""
    if absent in {current_staff().id, second.id}:
        form.absent.errors = [_("To andre end medlemmet selv siger hvorfor.")]
        return _overview(form), _UNPROCESSABLE
    said_by = (current_staff(), second)
    done = signing.excuse(
        current_store(), said_by, current_election(), form.version.data or 0, absent, form.why.data or ""
    )
    if isinstance(done, signing.Signed):
        flash(_("Det er skrevet ned, hvorfor medlemmet ikke kan underskrive her."))
        return redirect(url_for("record.overview", slug=slug))
    return _overview(form, trouble=words.not_signed(done)), _CONFLICT


@blueprint.get("/<slug>/record/sign")
@guard(_BOARD)
@with_camera
def sign_page(slug: str) -> Page | Redirect:
    """The page on which a key holder's own browser signs what it has fetched and hashed itself."""
    found = _own()
    if found is None:
        flash(_("Der er ikke noget for dig at underskrive med en nøgle nu."))
        return redirect(url_for("record.overview", slug=slug))
    version, signer = found
    return render_template("record/sign.html", version=version, signer=signer)


@blueprint.get("/<slug>/record/own.json")
@guard(_BOARD)
def own(slug: str) -> tuple[Response, int]:
    """What a holder's device needs to sign: her own certificate, and the token of the form."""
    del slug
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    member = None if ceremony is None else ceremony.member(current_staff().id)
    if member is None or member.certificate is None:
        return jsonify(status="not_a_trustee"), 403
    return jsonify(position=member.position, certificate=member.certificate, csrf=generate_csrf()), 200


@blueprint.post("/<slug>/record/<int:version>/signature")
@guard(_BOARD)
def sign_with_key(slug: str, version: int) -> tuple[Response, int]:
    """Take a signature from a holder's device."""
    del slug
    if request.mimetype != "application/json":
        abort(415)
    raw = request.get_data(cache=False)
    if len(raw) > LARGEST_SIGNATURE:
        abort(413)
    done = signing.sign_with_key(current_store(), current_staff(), current_election(), version, raw)
    match done:
        case signing.Signed(remaining):
            return jsonify(status="taken", remaining=remaining), 201
        case signing.SignedBefore():
            return jsonify(status="signed_before"), 409
        case signing.NotHers() | signing.OtherVersion():
            return jsonify(status="refused", message=words.not_signed(done)), 422
        case signing.NoSigner() | signing.HoldsNoKey():
            return jsonify(status="refused", message=words.not_signed(done)), 403


def _own() -> tuple[Version, Signer] | None:
    """The version in force and whoever is signed in as one who signs it with a key and has not; None for others."""
    election = current_election()
    with current_store().reading() as connection:
        newest = drawn_records.newest_version(connection, election)
        unsigned = facts.read(connection, election).unsigned
    mine = next((one for one in unsigned if one.staff_id == current_staff().id and one.key is not None), None)
    return None if newest is None or mine is None else (newest, mine)


def _tell(name: str, done: signing.Signed) -> str:
    if not done.remaining:
        return str(_("%(name)s har underskrevet. Nu har alle underskrevet.", name=name))
    return str(
        ngettext(
            "%(name)s har underskrevet. Der mangler %(num)s.",
            "%(name)s har underskrevet. Der mangler %(num)s.",
            done.remaining,
            name=name,
        )
    )


def _overview(used: FlaskForm | None = None, trouble: str | None = None) -> str:
    election = current_election()
    with current_store().reading() as connection:
        found = facts.read(connection, elections.by_id(connection, election.id))
    stated = {one.code for one in found.statements}
    forms = {kind.__name__: fresh(kind, used) for kind in (PasswordForm, AbsenceForm)}
    draw_up_form = fresh(AnotherVersionForm if found.versions else DrawUpForm, used)
    draw_up_form.offer(found.board)
    draw_up_form.version.data = found.next_version
    forms["AbsenceForm"].offer(one for one in found.unsigned if one.staff_id != current_staff().id)
    for name in ("PasswordForm", "AbsenceForm"):
        forms[name].version.data = found.versions[0].version if found.versions else None
    return render_template(
        "record/overview.html",
        facts=found,
        used=used,
        trouble=trouble,
        gap=words.gap,
        statement_form=fresh(StatementForm, used),
        to_state=next((code.value for code in Code if code not in stated), None),
        draw_up_form=draw_up_form,
        password_form=forms["PasswordForm"],
        absence_form=forms["AbsenceForm"],
        staff_id=current_staff().id,
        proofs={one: json.loads(given.proof) for one, given in found.signatures.items() if given.proof},
    )
