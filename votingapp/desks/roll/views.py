"""The pages on which the secretariat has the roll and its cards printed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from votingapp.desks.roll import cards, lists, words
from votingapp.desks.roll.forms import MOST, AgainForm, CardsForm, ListForm, SearchForm
from votingapp.paper_roll.state import status
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_roles, current_staff, current_store, guard, roles
from votingapp.web.files import as_file, as_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from votingapp.desks.roll.cards import Paper
    from votingapp.paper_roll.composing import Sheet

blueprint = Blueprint("roll", __name__)

_SECRETARIAT = roles(Role.SECRETARIAT)
_WITH_THE_BOARD = roles(Role.SECRETARIAT, Role.BOARD)
_UNPROCESSABLE, _CONFLICT = 422, 409

Page = str | tuple[str, int]


@blueprint.get("/<slug>/secretariat/roll")
@guard(_WITH_THE_BOARD)
def overview(slug: str) -> Page:
    """What can be printed, and how the roll on the stick stands."""
    del slug
    return _overview(CardsForm(formdata=None), 200)


@blueprint.post("/<slug>/secretariat/roll/cards")
@guard(_SECRETARIAT)
def print_cards(slug: str) -> Response | Page:
    """Print poll cards; the answer is the PDF itself, or an archive of several."""
    form = CardsForm()
    if not form.validate_on_submit() or not _is_sure(form):
        return _overview(form, _UNPROCESSABLE)
    order = cards.Order(form.first.data or 1, form.last.data or MOST, form.who.data == "protected", form.file)
    outcome = cards.print_cards(current_store(), current_staff(), current_election(), order)
    if not isinstance(outcome, cards.CardsPrinted):
        return _refused(form, outcome)
    flash(_tell(outcome, with_file=order.addresses is not None))
    return _download(outcome.papers, f"{slug}-valgkort.zip")


@blueprint.route("/<slug>/secretariat/roll/card", methods=["GET", "POST"])
@guard(_SECRETARIAT)
def card(slug: str) -> Page:
    """Find one who has lost her card; what is typed travels in the body of the request, never in an address."""
    del slug
    form = SearchForm()
    if not form.validate_on_submit():
        return _card_page(form), _UNPROCESSABLE if form.is_submitted() else 200
    store, official, election = current_store(), current_staff(), current_election()
    if form.number is not None:
        found = cards.search_cpr(store, official, election, form.number)
    else:
        found = cards.search_name(store, official, election, form.name.data or "", form.birth_date.data)
    return render_template("roll/card.html", form=form, found=found, again=AgainForm(formdata=None))


@blueprint.post("/<slug>/secretariat/roll/card/print")
@guard(_SECRETARIAT)
def print_again(slug: str) -> Response | Page:
    """Print one card again."""
    form = AgainForm()
    search = SearchForm(formdata=None)
    if not form.validate_on_submit():
        return _card_page(search), _UNPROCESSABLE
    match cards.print_again(current_store(), current_staff(), current_election(), form.person_id.data or ""):
        case cards.CardsPrinted(papers):
            return _download(papers, f"{slug}-valgkort.zip")
        case cards.NobodyThere():
            search.form_errors.append(_("Der er ingen på valglisten, der passer til det."))
        case cards.NoPollAhead():
            search.form_errors.append(_no_poll())
    return _card_page(search), _CONFLICT


@blueprint.post("/<slug>/secretariat/roll/list")
@guard(_WITH_THE_BOARD)
def print_roll(slug: str) -> Response | Page:
    """Print the roll as it stands now."""
    form = CardsForm(formdata=None)
    if not ListForm().validate_on_submit():
        return _overview(form, _UNPROCESSABLE)
    sees_turnout = Role.BOARD in current_roles()
    match lists.print_roll(current_store(), current_staff(), current_election(), sees_turnout=sees_turnout):
        case lists.RollPrinted(sheets):
            return _download(sheets, f"{slug}-valgliste.zip")
        case lists.OnlyTheBoard():
            form.form_errors.append(_only_the_board())
        case lists.NoRoll():
            form.form_errors.append(_("Der er ingen på valglisten. Indlæs et udtræk først."))
    return _overview(form, _CONFLICT)


def _is_sure(form: CardsForm) -> bool:
    """On an open roll cards go to everybody of age who lives here, which somebody must have wished."""
    if current_election().rules.admission.roll != "open" or form.sure.data:
        return True
    form.sure.errors = [_("Sæt kryds, hvis I vil sende kort til alle, der efter registret kan stemme.")]
    return False


def _refused(form: CardsForm, outcome: cards.Refused) -> Page:
    match outcome:
        case cards.NobodyThere():
            form.form_errors.append(_("Der er ingen på valglisten, der passer til det."))
        case cards.NoPollAhead():
            form.form_errors.append(_no_poll())
            return _overview(form, _CONFLICT)
        case cards.AddressesUnread(reason):
            form.addresses.errors = [words.FILES[reason]]
        case cards.BadAddresses(rows):
            form.addresses.errors = [_("Filen har linjer med fejl. Intet er printet. Ret dem, og prøv igen.")]
            return _overview(form, _UNPROCESSABLE, [(row.line, words.ROWS[row.reason]) for row in rows])
    return _overview(form, _UNPROCESSABLE)


def _overview(form: CardsForm, code: int, rows: Sequence[tuple[int, object]] = ()) -> Page:
    election = current_election()
    shown = render_template(
        "roll/overview.html",
        form=form,
        rows=rows,
        outlook=lists.look_ahead(current_store(), election),
        stick=status(current_app.extensions["settings"], election.id),
        states=words.STATES,
        reasons=words.REASONS,
        list_form=ListForm(formdata=None),
        only_the_board=_only_the_board() if election.state == "open" and Role.BOARD not in current_roles() else None,
    )
    return shown if code == 200 else (shown, code)  # noqa: PLR2004 - the one code that goes without saying


def _card_page(form: SearchForm) -> str:
    return render_template("roll/card.html", form=form, found=None, again=None)


def _download(papers: Sequence[Paper | Sheet], archive: str) -> Response:
    """One PDF as itself, several in an archive that is made in memory, as everything here."""
    if len(papers) == 1:
        return as_pdf(papers[0].pdf, papers[0].name)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as several:
        for one in papers:
            several.writestr(one.name, one.pdf)
    return as_file(made.getvalue(), "application/zip", archive)


def _tell(printed: cards.CardsPrinted, *, with_file: bool) -> str:
    told = [ngettext("Der er lavet %(num)s valgkort.", "Der er lavet %(num)s valgkort.", printed.cards)]
    if with_file:
        told.append(_("%(count)s af dem har en adresse.", count=printed.addressed))
    if printed.strangers:
        told.append(
            ngettext(
                "%(num)s adresse i filen hører til en, der ikke står på valglisten.",
                "%(num)s adresser i filen hører til nogen, der ikke står på valglisten.",
                printed.strangers,
            )
        )
    return " ".join(told)


def _no_poll() -> str:
    words_: str = _("Afstemningen er slut eller holdes ikke. Der laves ikke flere valgkort.")
    return words_


def _only_the_board() -> str:
    words_: str = _("Mens afstemningen er åben, henter valgbestyrelsen valglisten, for den viser, hvem der er mødt.")
    return words_
