"""The page on which the item for the byråd is written, and the doors at which its versions are handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from votingapp.desks.council import item, words
from votingapp.desks.council.door import SECRETARIAT, blueprint
from votingapp.desks.council.forms import ItemForm, StepForm
from votingapp.desks.council.standing import NotKnown, council_of
from votingapp.documents.council_item import SECTIONS
from votingapp.documents.word import MEDIA_TYPE
from votingapp.store import case_files
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.files import as_file, as_pdf

if TYPE_CHECKING:
    from flask import Response as File
    from werkzeug.wrappers import Response

    from votingapp.store.case_files import Forms

Answer = tuple[str, int]


@blueprint.get("/<slug>/council/item")
@guard(SECRETARIAT)
def case(slug: str) -> Answer:
    """The draft: as it was saved, or as the facts put it; `?fresh=1` puts the facts in the place of what was saved."""
    del slug
    return _page(None, 200)


@blueprint.post("/<slug>/council/item")
@guard(SECRETARIAT)
def save_case(slug: str) -> Response | Answer:
    """Keep what was written."""
    form = ItemForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    saved = item.save(current_store(), current_staff(), current_election(), form.read())
    if isinstance(saved, NotKnown):
        return _page(form, 409)
    flash(_("Teksten er gemt."))
    return redirect(url_for("council.case", slug=slug))


@blueprint.post("/<slug>/council/item/versions")
@guard(SECRETARIAT)
def make_version(slug: str) -> Response | Answer:
    """Make a version of what is saved."""
    if not StepForm().validate_on_submit():
        abort(400)
    match item.make(current_store(), current_staff(), current_election()):
        case item.Made(version):
            flash(_("Udgave %(number)s er lavet.", number=version.version))
            return redirect(url_for("council.case", slug=slug))
        case item.NotComposed():
            trouble = _("Gem først rådets sammensætning. Sagen handler om hele rådet.")
        case item.NotWritten():
            trouble = _("Læs teksten igennem, og gem den først.")
        case item.Overtaken():
            trouble = _("Noget blev ændret imens. Intet er gemt. Prøv igen.")
        case NotKnown(why):
            trouble = str(words.LACKING[why])
    return _page(None, 409, trouble)


@blueprint.get("/<slug>/council/item/<int:version>.docx")
@guard(SECRETARIAT)
def case_docx(slug: str, version: int) -> File:
    """One version, to be written on."""
    return as_file(_forms(version).docx, MEDIA_TYPE, f"byraadssag-{slug}-{version}.docx")


@blueprint.get("/<slug>/council/item/<int:version>.pdf")
@guard(SECRETARIAT)
def case_pdf(slug: str, version: int) -> File:
    """One version, to be archived."""
    return as_pdf(_forms(version).pdf, f"byraadssag-{slug}-{version}.pdf")


def _forms(version: int) -> Forms:
    with current_store().reading() as connection:
        found = case_files.forms_of(connection, current_election().id, version)
    if found is None:
        abort(404)
    return found


def _page(form: ItemForm | None, status: int, trouble: str = "") -> Answer:
    election = current_election()
    fresh = request.args.get("fresh") == "1"
    with current_store().reading() as connection:
        council = council_of(connection, election)
        if isinstance(council, NotKnown):
            return render_template("council/not_known.html", election=election, why=words.LACKING[council.why]), status
        kept = case_files.draft(connection, election.id)
        drafted = item.drafted(connection, election, council)
        versions = case_files.versions(connection, election.id)
    if form is None:
        form = ItemForm(formdata=None)
        form.show(kept if kept is not None and not fresh else item.renumbered(drafted, kept))
    page = render_template(
        "council/item.html",
        election=election,
        council=council,
        form=form,
        sections=tuple(SECTIONS),
        step=StepForm(formdata=None),
        saved=kept is not None,
        fresh=fresh,
        versions=versions,
        trouble=trouble,
    )
    return page, status
