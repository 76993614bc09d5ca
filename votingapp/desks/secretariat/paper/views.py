"""The pages on which a form on paper is keyed in, and keyed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from candidates.declarations import find_declaration
from votingapp.desks.secretariat.decisions.service import seen_mark
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.paper import service
from votingapp.desks.secretariat.paper.forms import PaperAgainForm, PaperForm
from votingapp.desks.secretariat.paper.service import Again, Correction, NoSuchPaper, Paper, PaperObstacle
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.pictures.normalising import PictureRefusal
from votingapp.documents.pictures.taking import take
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.languages import moment
from votingapp.web.outgoing import deliver_soon
from votingapp.web.own_languages import choice_of
from votingapp.web.pictures import say

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.secretariat.paper.service import OnFile

Answer = str | tuple[str, int]


@blueprint.route("/<slug>/secretariat/paper", methods=["GET", "POST"])
@guard(SECRETARIAT)
def paper(slug: str) -> Response | Answer:
    """Key in a form that was handed in."""
    form = PaperForm(current_election().rules)
    if not form.validate_on_submit():
        return _page(form), 422 if form.is_submitted() else 200
    read = _read(form)
    if read is None:
        return _page(form), 422
    match service.key(current_store(), current_staff(), current_election(), read, site=_site(slug)):
        case service.Keyed(nomination_id, receipt, late):
            deliver_soon()
            flash(_told(receipt, late=late))
            return _to(slug, nomination_id)
        case service.AlreadyKeyed(nomination_id):
            flash(_("Det samme skema er allerede tastet ind. Intet er gemt igen."))
            return _to(slug, nomination_id)
        case service.NotKeyed(obstacle):
            _complain(form, obstacle)
            return _page(form), 409


@blueprint.route("/<slug>/secretariat/nominations/<nomination_id>/paper", methods=["GET", "POST"])
@guard(SECRETARIAT)
def paper_again(slug: str, nomination_id: str) -> Response | Answer:
    """Correct what was keyed in, or key in a change that the candidate handed in."""
    election = current_election()
    found = service.on_file(current_store(), current_staff(), election, nomination_id)
    if found is None:
        abort(404)
    form = PaperAgainForm(election.rules, found.person, data=_filled(found))
    if not form.validate_on_submit():
        return _page(form, found), 422 if form.is_submitted() else 200
    read = _read(form)
    if read is None:
        return _page(form, found), 422
    outcome = service.key_again(
        current_store(),
        current_staff(),
        election,
        nomination_id,
        read,
        Correction(Again(form.mode.data), (form.reason.data or "").strip()),
        seen=request.form.get("seen", ""),
        site=_site(slug),
    )
    if isinstance(outcome, NoSuchPaper):
        abort(404)
    match outcome:
        case service.Keyed():
            deliver_soon()
            flash(_("Rettelsen er gemt som en ny udgave. Den gamle står i sagens forløb."))
            return _to(slug, nomination_id)
        case service.NotKeyed(obstacle):
            _complain(form, obstacle)
            return _page(form, found), 409


def _read(form: PaperForm) -> Paper | None:
    """Everything that was keyed in; None when the photograph is refused, which its field then says."""
    photo = take(form.photo.data.read()) if form.photo.data else None
    if isinstance(photo, PictureRefusal):
        form.photo.errors = [say(photo)]
        return None
    received_at = form.received_at.instant
    if received_at is None:
        raise LookupError("the form was not found valid")
    evidence = (form.evidence.data or "").strip()
    return Paper(form.submission(), received_at, photo, form.read_proposers(), evidence)


def _filled(found: OnFile) -> dict[str, object]:
    """What the form shows of a paper that was keyed in before; the CPR number is not shown."""
    language, other = choice_of(found.filed.own_language)
    return {
        "received_at": found.filed.nomination.submitted_at.astimezone(COPENHAGEN).replace(tzinfo=None),
        "name": found.filed.name,
        "birth_date": found.person.birth_date,
        "email": found.contact.email,
        "phone": found.contact.phone,
        "address": found.contact.address,
        "group": found.filed.group or "",
        "statement": found.filed.statement,
        "own_language": language,
        "other_language": other,
        "own_statement": found.filed.own_statement,
        "declared": found.filed.declaration is not None,
        "consented": True,
    }


def _page(form: PaperForm, found: OnFile | None = None) -> str:
    election = current_election()
    declaration = find_declaration(election.rules.eligibility.declaration)
    return render_template(
        "secretariat/nomination_paper.html",
        election=election,
        form=form,
        filed=found.filed if found else None,
        seen=seen_mark(found.filed) if found else "",
        declaration=declaration.candidate.in_language("da")[1] if declaration else "",
    )


def _complain(form: PaperForm, obstacle: PaperObstacle) -> None:
    """Say at the field it belongs to why nothing was kept."""
    sentence = _say(obstacle)
    if obstacle in {PaperObstacle.IN_FUTURE, PaperObstacle.NOT_OPEN_YET, PaperObstacle.LATE}:
        form.received_at.errors = [sentence]
    else:
        form.form_errors.append(sentence)


def _say(obstacle: PaperObstacle) -> str:
    rules = current_election().rules.nomination
    words: dict[PaperObstacle, str] = {
        PaperObstacle.IN_FUTURE: _("Tidspunktet ligger i fremtiden. Skriv, hvornår skemaet blev modtaget."),
        PaperObstacle.NOT_OPEN_YET: _("Opstillingen åbnede først %(opens)s.", opens=moment(rules.opens)),
        PaperObstacle.BALLOT_FIXED: _("Stemmesedlen ligger fast, og intet kan ændres."),
        PaperObstacle.LOT_DRAWN: _(
            "Lodtrækningen om rækkefølgen er holdt. Et nyt skema kan ikke tastes ind nu. Spørg valgbestyrelsen."
        ),
        PaperObstacle.CHANGED: _(
            "Opstillingen er ændret, efter at du åbnede siden. Din afgørelse er ikke gemt. Læs siden igen."
        ),
        PaperObstacle.DECIDED: _("Sagen er afgjort eller sendt tilbage. Åbn den igen, før du retter en tastefejl."),
        PaperObstacle.LATE: _(
            "For sent: fristen var %(closes)s, og efter et mangelbrev %(until)s.",
            closes=moment(rules.closes),
            until=moment(rules.cure_until),
        ),
        PaperObstacle.PRESENTATION_CLOSED: _(
            "Fristen for at stille op var udløbet, og mangelbrevet åbnede ikke for navn, gruppe, tekst og foto. "
            "Lad dem stå, som de er."
        ),
        PaperObstacle.OVER: _("Opstillingen er for sent modtaget eller trukket tilbage. Den kan ikke rettes."),
    }
    return words[obstacle]


def _told(receipt: str, *, late: bool) -> str:
    if late:
        said = _("Skemaet er gemt som for sent modtaget. Kvitteringsnummer: %(receipt)s.", receipt=receipt)
    else:
        said = _("Skemaet er gemt. Kvitteringsnummer: %(receipt)s. Udskriv kvitteringen nederst.", receipt=receipt)
    return str(said)


def _to(slug: str, nomination_id: str) -> Response:
    return redirect(url_for("secretariat.nomination", slug=slug, nomination_id=nomination_id))


def _site(slug: str) -> str:
    return whole_address("public.election", slug=slug)
