"""The page on which the personal data of an election is deleted by two, and the certificate of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from tally.retention import Hindrance
from votingapp.desks.deletion import service
from votingapp.desks.deletion.forms import AgainForm, DeleteForm
from votingapp.documents.deletion_certificate import render_deletion_certificate
from votingapp.store import deletions, drawn_records
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.cosign import complain, second_official
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("deletion", __name__)

_SECRETARIAT = roles(Role.SECRETARIAT)
_READERS = roles(Role.SECRETARIAT, Role.BOARD)
_SECONDS = (Role.SECRETARIAT, Role.BOARD)

_UNPROCESSABLE, _CONFLICT = 422, 409

Page = tuple[str, int]

_SENTENCES = MappingProxyType(
    {
        Hindrance.POLL_NOT_OVER: lazy_gettext("Afstemningen er ikke forbi."),
        Hindrance.RECORD_NOT_SIGNED: lazy_gettext("Valgprotokollen er ikke underskrevet af alle."),
        Hindrance.RECORD_OUTDATED: lazy_gettext(
            "Valget er annulleret, efter at valgprotokollen blev lavet. Lav en ny version, og underskriv den."
        ),
        Hindrance.COMPLAINTS_IN_TIME: lazy_gettext("Fristen for valgklager er ikke forbi."),
        Hindrance.COMPLAINT_OPEN: lazy_gettext("En valgklage er ikke afgjort."),
        Hindrance.APPEALS_IN_TIME: lazy_gettext("Fristen for at indbringe afgørelsen af en valgklage er ikke forbi."),
        Hindrance.NOT_RULED: lazy_gettext("Byrådet har ikke taget stilling til alle, der er valgt."),
    }
)

KINDS = MappingProxyType(
    {
        "roll": lazy_gettext("Valgliste (udtræk af folkeregistret)"),
        "admissions": lazy_gettext("Fremmøde med erklæringer"),
        "doubts": lazy_gettext("Tvivlsomme vælgere"),
        "assistance": lazy_gettext("Hjælp til stemmeafgivning"),
        "slips": lazy_gettext("Regnskab over stemmesedler"),
        "station": lazy_gettext("Vagter, beskeder og køer i valglokalet"),
        "words": lazy_gettext("Bemærkninger og begrundelser i loggen"),
        "readings": lazy_gettext("Aflæsninger af udtrukne kontrolsedler"),
        "nominations": lazy_gettext("Opstillinger, der ikke kom på stemmesedlen"),
        "drafts": lazy_gettext("Kladder til opstillinger"),
        "proposers": lazy_gettext("Stillere"),
        "photographs": lazy_gettext("Fotografier, der ikke er på stemmesedlen"),
        "letters": lazy_gettext("Breve til dem, der ikke kom på stemmesedlen"),
        "applicants": lazy_gettext("Personer, der har oplyst, hvem de er, uden at komme på stemmesedlen"),
        "looks": lazy_gettext("Logbog over opslag på personer"),
    }
)


@blueprint.get("/<slug>/secretariat/deletion")
@guard(_READERS)
def overview(slug: str) -> Page:
    """What would go and what is waited for, or what went."""
    del slug
    return _page(None, 200)


@blueprint.post("/<slug>/secretariat/deletion")
@guard(_SECRETARIAT)
def delete(slug: str) -> Response | Page:
    """Delete, by two."""
    election = current_election()
    form = DeleteForm(election.name)
    if not form.validate_on_submit():
        return _page(form, _UNPROCESSABLE)
    second = second_official(current_store(), current_staff(), election, form, _SECONDS)
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(form, _UNPROCESSABLE)
    match service.delete(current_store(), (current_staff(), second), election):
        case service.TooEarly():
            return _page(form, _CONFLICT)
        case service.Gone(clean):
            _tell(clean=clean)
    return redirect(url_for("deletion.overview", slug=slug))


@blueprint.post("/<slug>/secretariat/deletion/again")
@guard(_SECRETARIAT)
def check_again(slug: str) -> Response:
    """Write the database's files anew once more."""
    if not AgainForm().validate_on_submit():
        abort(400)
    match service.check_again(current_store(), current_staff(), current_election()):
        case service.NothingDeleted():
            abort(404)
        case service.Gone(clean):
            _tell(clean=clean)
    return redirect(url_for("deletion.overview", slug=slug))


@blueprint.get("/<slug>/secretariat/deletion/certificate.pdf")
@guard(_READERS)
def certificate(slug: str) -> Response:
    """The certificate, to be signed and filed; no such paper before the deletion."""
    election = current_election()
    with current_store().reading() as connection:
        done = deletions.of(connection, election.id)
        record = drawn_records.newest_version(connection, election)
    if done is None:
        abort(404)
    sha256 = "" if record is None else record.pdf_sha256
    went = [(str(words), done.counts[kind]) for kind, words in KINDS.items() if kind in done.counts]
    pdf = render_deletion_certificate(election, done, went, sha256)
    return as_pdf(pdf, f"{slug}-sletning.pdf")


def _tell(*, clean: bool) -> None:
    if clean:
        flash(_("Personoplysningerne er slettet, og databasens filer er skrevet om."))
    else:
        flash(_("Personoplysningerne er slettet, men databasens filer kan stadig huske dem. Se herunder, hvad du gør."))


def _page(form: DeleteForm | None, status: int) -> Page:
    election = current_election()
    store = current_store()
    with store.reading() as connection:
        found = service.examine(connection, election, store.clock())
    page = render_template(
        "deletion/overview.html",
        election=election,
        found=found,
        kinds=KINDS,
        sentences=[_SENTENCES[one] for one in found.hindrances if one in _SENTENCES],
        form=form or DeleteForm(election.name),
        again=AgainForm(),
    )
    return page, status
