"""The pages of the count: the sum, the decryption, the lots and the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf

from ballots.poll import ObstacleCode, may_count
from votingapp.desks.count import decrypting, lots, tallying
from votingapp.desks.count.forms import LotForm, StepForm
from votingapp.store import ballot_paper, counts, keys, paper_records, sealing, urns
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.cosign import complain, second_official

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

    from tally.allocation import LotDemand
    from votingapp.store.counts import Outcome

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
def decryption_page(slug: str) -> str | Redirect:
    """The page on which a member's own browser checks the urn and opens her part of the sum."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        count = counts.count_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if own is None or count is None or count.result is not None:
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
        case decrypting.AlreadyDecrypted():
            return jsonify(status="already_decrypted"), 409
        case decrypting.AlreadyCounted():
            return jsonify(status="already_counted"), 409
        case decrypting.NotTallied():
            return jsonify(status="not_tallied"), 409
        case decrypting.NotTrustee():
            return jsonify(status="not_a_trustee"), 403


@blueprint.post("/<slug>/count/result")
@guard(_BOARD)
def result(slug: str) -> Redirect | tuple[str, int]:
    """Find the result, where that did not happen with the last decryption."""
    _require_token()
    match decrypting.compute_result(current_store(), current_staff(), current_election()):
        case decrypting.Counted():
            flash(_("Resultatet er fundet, og hele urnen er efterprøvet."))
        case decrypting.AlreadyCounted():
            flash(_("Resultatet er fundet i forvejen."))
        case decrypting.TooFew(missing):
            return _overview(trouble=_("Der mangler %(missing)s nøgleholdere.", missing=missing)), 409
        case decrypting.NotTallied():
            return _overview(trouble=_("Stemmerne er ikke lagt sammen endnu.")), 409
        case tallying.NotSettled(obstacles):
            return _overview(trouble=_why_unsettled({one.code for one in obstacles})), 409
        case decrypting.Overtaken():
            return _overview(trouble=_("En nøgleholder sendte sin del imens. Prøv igen.")), 409
        case decrypting.ArchiveRefused(reason, message):
            text = _(
                "Efterprøvningen afviser optællingen (%(reason)s: %(message)s). Intet er gemt. "
                "Kald på den, der driver systemet.",
                reason=reason,
                message=message,
            )
            return _overview(trouble=text), 409
    return redirect(url_for("count.overview", slug=slug))


@blueprint.post("/<slug>/count/lots")
@guard(_BOARD)
def lot(slug: str) -> Redirect | tuple[str, int]:
    """Enter a lot that was drawn; a second member of the board confirms it."""
    store, official, election = current_store(), current_staff(), current_election()
    form = LotForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    second = second_official(store, official, election, form, {Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _overview(form), 422
    witnesses = (form.first_witness.data or "", form.second_witness.data or "")
    signed_by = (official, second)
    outcome = lots.enter_lot(store, signed_by, election, form.order.data, form.method.data or "", witnesses)
    match outcome:
        case lots.LotEntered(remaining):
            flash(_("Lodtrækningen er gemt. Der skal trækkes lod igen.") if remaining else _("Lodtrækningen er gemt."))
            return redirect(url_for("count.overview", slug=slug))
        case lots.NothingToDraw():
            form.form_errors.append(_("Skriv netop de kandidater, der skal trækkes lod om, hver én gang."))
        case lots.LotRefused(field):
            form.form_errors.append(_lot_error(field))
    return _overview(form), 422


def _lot_error(field: str) -> str:
    match field:
        case "witnesses":
            return str(_("Skriv to forskellige vidner."))
        case "method":
            return str(_("Skriv, hvordan der blev trukket lod, og skriv aldrig et CPR-nummer."))
        case _:
            return str(_("Skriv netop de kandidater, der skal trækkes lod om, hver én gang."))


def _require_token() -> None:
    if not StepForm().validate_on_submit():
        abort(400)


def _overview(lot_form: LotForm | None = None, trouble: str | None = None) -> str:
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
            lot_form=_lot_form(outcome, lot_form),
            lot_among=_first_demand(outcome),
            ceremony=keys.ceremony_of(connection, election.id),
            staff_id=current_staff().id,
            count=count,
            decrypted={one.owner: one for one in counts.decryptions(connection, election.id)},
            ballots=urns.count(connection, election.urn_uuid) if election.closed_at else None,
            outcome=outcome,
            unsettled=may_count(sealing.count_facts(connection, election)) if election.closed_at else (),
            names={line.id: line.label for line in ballot_paper.lines(connection, election.id)},
        )


def _first_demand(outcome: Outcome | None) -> LotDemand | None:
    required = () if outcome is None else outcome.allocation.lots_required
    return required[0] if required else None


def _lot_form(outcome: Outcome | None, used: LotForm | None) -> LotForm | None:
    """The form for the first lot that is to be drawn: one place for each who is tied, nobody chosen beforehand."""
    demand = _first_demand(outcome)
    if outcome is None or demand is None:
        return None
    names = {candidate.id: candidate.name for candidate in outcome.counts.candidates}
    form = LotForm(formdata=None) if used is None else used
    while len(form.order) < len(demand.among):
        form.order.append_entry()
    for entry in form.order:
        entry.choices = [("", _("Vælg")), *((one, names[one]) for one in demand.among)]
    return form
