"""The pages on which the poll is postponed or the election annulled, and on which what was decided can be read."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ballots.calling_off import CallingOffObstacle
from votingapp.desks.secretariat.calling_off import service
from votingapp.desks.secretariat.calling_off.forms import AnnulForm, DecisionForm, HoursForm, PostponeForm
from votingapp.desks.secretariat.calling_off.service import Said
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.cosign import complain, second_official
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

Answer = tuple[str, int]

_SECOND = frozenset({Role.SECRETARIAT, Role.BOARD})

_SENTENCES = MappingProxyType(
    {
        CallingOffObstacle.ANNULLED: lazy_gettext("Valget er annulleret."),
        CallingOffObstacle.NO_VOTE: lazy_gettext(
            "Det er besluttet, at der ikke holdes afstemning. Der er ingen at udsætte."
        ),
        CallingOffObstacle.OPENED: lazy_gettext(
            "Afstemningen er åbnet. Den kan ikke udsættes mere. Kan den ikke gennemføres, kan valget annulleres."
        ),
        CallingOffObstacle.NOT_LATER: lazy_gettext("Afstemningen kan kun udsættes, ikke rykkes frem."),
        CallingOffObstacle.ALREADY_PAST: lazy_gettext("Det nye tidspunkt er allerede forbi."),
        CallingOffObstacle.CLOSES_FIRST: lazy_gettext("Afstemningen skal slutte, efter den er åbnet."),
        CallingOffObstacle.OTHER_DAY: lazy_gettext("Afstemningen skal åbne og slutte på den samme dag."),
        CallingOffObstacle.AFTER_TERM: lazy_gettext("Dagen ligger efter den periode, der vælges til."),
        CallingOffObstacle.DECIDED_LATER: lazy_gettext("Beslutningens dato ligger i fremtiden."),
        CallingOffObstacle.APPOINTED: lazy_gettext(
            "Byrådet har udpeget medlemmer. Valget kan ikke annulleres her mere."
        ),
    }
)


@blueprint.get("/<slug>/secretariat/poll-decision")
@guard(SECRETARIAT)
def poll_decision(slug: str) -> Answer:
    """What was decided about the poll, and the two things that can be."""
    del slug
    return _overview(200)


@blueprint.get("/<slug>/secretariat/poll-decision/postpone")
@guard(SECRETARIAT)
def look_at_postponing(slug: str) -> Answer:
    """What the hours in the address would change."""
    del slug
    hours = HoursForm(request.args)
    return _ahead(hours, 200) if hours.validate() else _overview(422, hours)


@blueprint.post("/<slug>/secretariat/poll-decision/postpone")
@guard(SECRETARIAT)
def postpone(slug: str) -> Response | Answer:
    """Hold the poll at other hours."""
    form = PostponeForm()
    second = _second(form)
    if form.opens.instant is None or form.closes.instant is None:
        return _overview(422, HoursForm(request.form))
    if second is None:
        return _ahead(form, 422)
    outcome = service.postpone(
        current_store(),
        (current_staff(), second),
        current_election(),
        form.opens.instant,
        form.closes.instant,
        _said(form),
        form.seen.data or "",
        site=whole_address("public.election", slug=slug),
    )
    match outcome:
        case service.Postponed():
            deliver_soon()
            flash(_("Afstemningen er udsat. Det står på alle valgets sider. Kandidaterne får besked."))
            return redirect(url_for("secretariat.poll_decision", slug=slug))
        case service.Changed():
            form.form_errors.append(_("Noget er ændret, siden du så siden. Se listen igennem igen."))
        case service.Hindered(obstacle):
            form.form_errors.append(str(_SENTENCES[obstacle]))
    return _ahead(form, 409)


@blueprint.post("/<slug>/secretariat/poll-decision/annul")
@guard(SECRETARIAT)
def annul(slug: str) -> Response | Answer:
    """Let the election not stand."""
    form = AnnulForm()
    second = _second(form)
    if second is None:
        return _overview(422, annul_form=form)
    site = whole_address("public.election", slug=slug)
    match service.annul(current_store(), (current_staff(), second), current_election(), _said(form), site=site):
        case service.Annulled(closed, shaken):
            deliver_soon()
            flash(_("Valget er annulleret. Det står på alle valgets sider. Kandidaterne får besked."))
            if closed:
                flash(_("Urnen er lukket. Bed alle vælgere gå, og saml stemmesedlerne ind."))
            if not shaken:
                flash(_("Noget læser stadig i databasen. Luk det, og genstart serveren."))
            return redirect(url_for("secretariat.poll_decision", slug=slug))
        case service.Hindered(obstacle):
            form.form_errors.append(str(_SENTENCES[obstacle]))
            return _overview(409, annul_form=form)


def _second(form: DecisionForm) -> Staff | None:
    """The official who confirms; None where the form lacks something or she does not hold, with the reason beside it."""
    if not form.validate_on_submit():
        return None
    found = second_official(current_store(), current_staff(), current_election(), form, _SECOND)
    if isinstance(found, Staff):
        return found
    complain(form, found)
    return None


def _said(form: DecisionForm) -> Said:
    return Said(" ".join((form.body.data or "").split()), form.decided_on.data, (form.reason.data or "").strip())


def _overview(status: int, hours: HoursForm | None = None, annul_form: AnnulForm | None = None) -> Answer:
    election = current_election()
    with current_store().reading() as connection:
        made = service.decisions(connection, election)
    page = render_template(
        "secretariat/poll_decision.html",
        election=election,
        made=made,
        hours=HoursForm(formdata=None) if hours is None else hours,
        form=AnnulForm(formdata=None) if annul_form is None else annul_form,
    )
    return page, status


def _ahead(used: HoursForm | PostponeForm, status: int) -> Answer:
    """What the hours change, and the form by which it is decided; the overview where they cannot be."""
    election = current_election()
    opens, closes = used.opens.instant, used.closes.instant
    if opens is None or closes is None:
        return _overview(422, used if isinstance(used, HoursForm) else None)
    found = service.look_ahead(current_store(), current_staff(), election, opens, closes)
    if isinstance(found, service.Hindered):
        hours = used if isinstance(used, HoursForm) else HoursForm(request.form)
        hours.validate()
        hours.form_errors.append(str(_SENTENCES[found.obstacle]))
        return _overview(409, hours)
    form = used if isinstance(used, PostponeForm) else PostponeForm(formdata=None)
    form.opens.data, form.closes.data, form.seen.data = used.opens.data, used.closes.data, found.fingerprint
    page = render_template(
        "secretariat/postpone.html", election=election, form=form, found=found, opens_at=opens, closes_at=closes
    )
    return page, status
