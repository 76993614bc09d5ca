"""The pages of the count: the sum, the decryption, the lots and the outcome."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf

from ballots.poll import ObstacleCode, may_count
from votingapp.desks.count import decrypting, dice, lot_page, lots, tallying, wrong_parts
from votingapp.desks.count.forms import LotForm, StepForm, Witnessed
from votingapp.store import ballot_paper, counts, keys, paper_records, sealing, urns
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.cosign import complain, second_official
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response as Redirect


blueprint = Blueprint("count", __name__)

LARGEST_DECRYPTION = 256 * 1024
"""Bytes: a decryption takes some 500 for each candidate."""

_BOARD = roles(Role.BOARD)
_TRAIL = {ObstacleCode.PAPER_RECORD_UNCOUNTED, ObstacleCode.PAPER_RECORD_UNEXPLAINED}
_ONLOOKERS = roles(Role.BOARD, Role.SECRETARIAT, Role.OBSERVER)


@blueprint.get("/<slug>/count")
@guard(_ONLOOKERS)
def overview(slug: str) -> str:
    """Where the count stands; before the close nothing is shown of it (promise 6)."""
    del slug
    return _overview()


@blueprint.post("/<slug>/count/tally")
@guard(_BOARD)
def tally(slug: str) -> Redirect | tuple[str, int]:
    """Add up the closed urn."""
    _require_token()
    match tallying.compute_tally(current_store(), current_staff(), current_election()):
        case tallying.Tallied(ballots):
            flash(
                ngettext(
                    "%(num)s stemme er prøvet og lagt sammen, uden at være åbnet.",
                    "%(num)s stemmer er prøvet og lagt sammen, uden at være åbnet.",
                    ballots,
                )
            )
        case tallying.AlreadyTallied():
            flash(_("Stemmerne er lagt sammen i forvejen."))
        case tallying.NotClosed():
            return _overview(trouble=_("Afstemningen er ikke lukket.")), 409
        case tallying.NotSettled(obstacles):
            return _overview(trouble=_why_unsettled({one.code for one in obstacles})), 409
        case tallying.NotShaken():
            text = _("Noget læser stadig i databasen. Stemmerne kan først lægges sammen, når det er lukket.")
            return _overview(trouble=text), 409
        case tallying.BallotBroken(name, reason):
            text = _(
                "En stemme i urnen holder ikke prøven (%(reason)s, %(name)s). Optællingen er stoppet. "
                "Kald på den, der driver systemet.",
                reason=reason,
                name=name,
            )
            return _overview(trouble=text), 409
    return redirect(url_for("count.overview", slug=slug))


def _why_unsettled(standing: set[ObstacleCode]) -> str:
    if ObstacleCode.ANNULLED in standing:
        return str(_("Valget er annulleret. Der åbnes, stemmes og tælles ikke mere."))
    if ObstacleCode.URN_CHANGED in standing:
        return str(
            _("Urnen er ikke den, der blev lukket: dens kontrolsum er en anden. Kald på den, der driver systemet.")
        )
    if standing == {ObstacleCode.PAPER_BALLOTS_UNCOUNTED}:
        return str(_("Papirstemmerne skal tælles, før stemmerne i urnen lægges sammen."))
    if standing <= _TRAIL:
        return str(_("Kontrolsedlerne skal tælles og holdes op mod urnen, før stemmerne i urnen lægges sammen."))
    return str(_("Regnskabet er ikke gjort op, eller urnens rapport er ikke lavet. Se lukningen, trin 4 og 5."))


@blueprint.get("/<slug>/count/decryption")
@guard(_BOARD)
@with_camera
def decryption_page(slug: str) -> str | Redirect:
    """The page on which a member's own browser checks the urn and opens her part of the sum."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        count = counts.count_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if own is None or count is None or count.result is not None or current_election().annulment is not None:
        flash(_("Der er ikke noget for dig at åbne nu."))
        return redirect(url_for("count.overview", slug=slug))
    return render_template("count/decryption.html", own=own)


@blueprint.get("/<slug>/count/share")
@guard(_BOARD)
def share(slug: str) -> tuple[Response, int]:
    """The member's own message of the key ceremony, sealed to herself, as JSON."""
    del slug
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if own is None or own.share is None:
        return jsonify(status="not_a_trustee"), 403
    return jsonify(position=own.position, share=own.share, csrf=generate_csrf()), 200


_STATUSES = MappingProxyType(
    {
        decrypting.AlreadyDecrypted: "already_decrypted",
        decrypting.AlreadyCounted: "already_counted",
        decrypting.NotTallied: "not_tallied",
        tallying.NotSettled: "annulled",
    }
)
"""What a device is told where there is nothing for it to open."""


@blueprint.post("/<slug>/count/decryption")
@guard(_BOARD)
def decryption(slug: str) -> tuple[Response, int]:
    """Take a partial decryption from a member's device; with the last that is needed the result is found."""
    del slug
    if request.mimetype != "application/json":
        abort(415)
    raw = request.get_data(cache=False)
    if len(raw) > LARGEST_DECRYPTION:
        abort(413)
    match decrypting.submit_decryption(current_store(), current_staff(), current_election(), raw):
        case decrypting.Decrypted(missing):
            if missing == 0:
                decrypting.compute_result(current_store(), current_staff(), current_election())
            return jsonify(status="taken", missing=missing), 201
        case decrypting.Refused(name, reason, message):
            return jsonify(status="refused", name=name, reason=reason, message=message), 422
        case decrypting.NotTrustee():
            return jsonify(status="not_a_trustee"), 403
        case nothing_to_open:
            return jsonify(status=_STATUSES[type(nothing_to_open)]), 409


@blueprint.post("/<slug>/count/result")
@guard(_BOARD)
def result(slug: str) -> Redirect | tuple[str, int]:
    """Find the result, where that did not happen with the last decryption."""
    _require_token()
    answer = decrypting.compute_result(current_store(), current_staff(), current_election())
    if isinstance(answer, decrypting.Counted):
        flash(_("Resultatet er fundet, og hele urnen er efterprøvet."))
    elif isinstance(answer, decrypting.AlreadyCounted):
        flash(_("Resultatet er fundet i forvejen."))
    else:
        return _overview(trouble=_why_no_result(answer)), 409
    return redirect(url_for("count.overview", slug=slug))


def _why_no_result(
    answer: decrypting.TooFew
    | decrypting.NotTallied
    | decrypting.ArchiveRefused
    | tallying.NotSettled
    | wrong_parts.Unopened
    | wrong_parts.Overtaken,
) -> str | None:
    """None where the page says so by itself, until it is settled."""
    match answer:
        case decrypting.TooFew(missing):
            return str(_("Der mangler %(missing)s nøgleholdere.", missing=missing))
        case decrypting.NotTallied():
            return str(_("Stemmerne er ikke lagt sammen endnu."))
        case tallying.NotSettled(obstacles):
            return _why_unsettled({one.code for one in obstacles})
        case wrong_parts.Overtaken():
            return str(_("En nøgleholder sendte sin del imens. Prøv igen."))
        case wrong_parts.Unopened():
            return None
        case decrypting.ArchiveRefused(reason, message):
            return str(
                _(
                    "Efterprøvningen afviser optællingen (%(reason)s: %(message)s). Intet er gemt. "
                    "Kald på den, der driver systemet.",
                    reason=reason,
                    message=message,
                )
            )


@blueprint.post("/<slug>/count/lots")
@guard(_BOARD)
def lot(slug: str) -> Redirect | tuple[str, int]:
    """Enter a lot that was drawn by hand; a second member of the board confirms it."""
    form = LotForm()
    signed_by = _signed_by(form)
    if signed_by is None:
        return _overview(form), 422
    place, witnesses = _held(form)
    store, election = current_store(), current_election()
    return _answer_lot(slug, form, lots.enter_lot(store, signed_by, election, form.order.data, place, witnesses))


@blueprint.post("/<slug>/count/lots/announce")
@guard(_BOARD)
def announce_lot(slug: str) -> Redirect | tuple[str, int]:
    """Announce that dice rolled in public decide a lot; a second member of the board confirms it."""
    form = lot_page.announce_form(filled=True)
    signed_by = _signed_by(form)
    if signed_by is None:
        return _overview(form), 422
    match dice.announce(current_store(), signed_by, current_election(), form.people):
        case dice.Announced(number):
            flash(_("Lodtrækning nr. %(number)s er annonceret. Nu kan terningerne kastes.", number=number))
        case lots.NothingToDraw():
            flash(_("Der skal ikke længere trækkes lod mellem dem."))
    return redirect(url_for("count.overview", slug=slug))


@blueprint.post("/<slug>/count/lots/dice")
@guard(_BOARD)
def lot_by_dice(slug: str) -> Redirect | tuple[str, int]:
    """Enter what the dice showed; a second member of the board writes it, too, and confirms it."""
    form = lot_page.dice_form(filled=True)
    signed_by = _signed_by(form)
    if signed_by is None:
        return _overview(form), 422
    throws = (form.digits.data or "", form.again.data or "")
    number = form.number.data or 0
    answer = dice.enter_throws(current_store(), signed_by, current_election(), number, throws, _held(form))
    return _answer_lot(slug, form, answer)


def _signed_by(form: FlaskForm) -> tuple[Staff, Staff] | None:
    """Who is signed in and the member of the board who confirms; None where a form says otherwise, and why stands in it."""
    if not form.validate_on_submit():
        return None
    official = current_staff()
    second = second_official(current_store(), official, current_election(), form, {Role.BOARD})
    if isinstance(second, Staff):
        return official, second
    complain(form, second)
    return None


def _held(form: Witnessed) -> tuple[str, tuple[str, str]]:
    return form.place.data or "", (form.first_witness.data or "", form.second_witness.data or "")


def _answer_lot(
    slug: str, form: FlaskForm, answer: lots.LotEntered | lot_page.NotEntered
) -> Redirect | tuple[str, int]:
    if isinstance(answer, lots.LotEntered):
        again = answer.remaining > 0
        flash(_("Lodtrækningen er gemt. Der skal trækkes lod igen.") if again else _("Lodtrækningen er gemt."))
        return redirect(url_for("count.overview", slug=slug))
    if isinstance(answer, lots.LotRefused | lots.NothingToDraw):
        form.form_errors.append(lot_page.why_not(answer))
        return _overview(form), 422
    return _overview(trouble=lot_page.why_not(answer)), 409


def _require_token() -> None:
    if not StepForm().validate_on_submit():
        abort(400)


def _overview(lot_form: FlaskForm | None = None, trouble: str | None = None) -> str:
    election = current_election()
    with current_store().reading() as connection:
        count = counts.count_of(connection, election.id)
        outcome = counts.outcome(connection, election)
        urn = counts.urn_counts(connection, election)
        return render_template(
            "count/overview.html",
            trouble=trouble,
            trail_awaited=urn is not None and paper_records.is_awaited(connection, election, urn),
            step=StepForm(formdata=None),
            lots=lot_page.lot_forms(outcome, lot_form),
            ceremony=keys.ceremony_of(connection, election.id),
            staff_id=current_staff().id,
            count=count,
            decrypted={one.owner: one for one in counts.decryptions(connection, election.id)},
            set_aside={one.owner: one for one in counts.set_aside(connection, election.id)},
            replaced={one.owner for one in counts.replaced(connection, election.id) if one.set_aside_at},
            unopened=wrong_parts.unopened(connection, election),
            ballots=urns.count(connection, election.urn_uuid) if election.closed_at else None,
            outcome=outcome,
            unsettled=may_count(sealing.count_facts(connection, election)) if election.closed_at else (),
            names={line.id: line.label for line in ballot_paper.lines(connection, election.id)},
        )
