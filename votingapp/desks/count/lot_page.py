"""What the count's page shows of lots: the forms for the first that is asked for, and why one was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from votingapp.desks.count import dice, lots
from votingapp.desks.count.forms import AnnounceForm, DiceForm, LotForm

if TYPE_CHECKING:
    from flask_wtf import FlaskForm

    from tally.allocation import LotDemand
    from votingapp.store.counts import Outcome
    from votingapp.store.lots import Announcement

NotEntered = lots.NothingToDraw | lots.DiceAnnounced | lots.LotRefused | dice.NotAnnounced


@dataclass(frozen=True, slots=True)
class LotForms:
    """The lot that is asked for first. Once dice are announced for it there is only their form, else the other two."""

    demand: LotDemand
    announced: Announcement | None
    drawn: LotForm | None = None
    announce: AnnounceForm | None = None
    dice: DiceForm | None = None


def lot_forms(outcome: Outcome | None, used: FlaskForm | None) -> LotForms | None:
    """The forms for the first lot that is asked for, `used` among them if it was filled in; None where none is asked for."""
    if outcome is None or not outcome.allocation.lots_required:
        return None
    demand = outcome.allocation.lots_required[0]
    announced = next((one for one in outcome.announced if set(one.among) == set(demand.among)), None)
    if announced is None:
        drawn = used if isinstance(used, LotForm) else LotForm(formdata=None)
        announce = used if isinstance(used, AnnounceForm) else announce_form(filled=False)
        announce.among.data = " ".join(demand.among)
        return LotForms(demand, None, drawn=_with_places(drawn, demand, outcome), announce=announce)
    rolled = used if isinstance(used, DiceForm) else dice_form(filled=False)
    rolled.number.data = announced.number
    return LotForms(demand, announced, dice=rolled)


def announce_form(*, filled: bool) -> AnnounceForm:
    """The form to announce dice, as it was `filled` in or empty."""
    return AnnounceForm(prefix="announce") if filled else AnnounceForm(formdata=None, prefix="announce")


def dice_form(*, filled: bool) -> DiceForm:
    """The form for the throws, as it was `filled` in or empty."""
    return DiceForm(prefix="dice") if filled else DiceForm(formdata=None, prefix="dice")


def _with_places(form: LotForm, demand: LotDemand, outcome: Outcome) -> LotForm:
    """One place for each who is tied, nobody chosen beforehand."""
    names = {candidate.id: candidate.name for candidate in outcome.counts.candidates}
    while len(form.order) < len(demand.among):
        form.order.append_entry()
    for entry in form.order:
        entry.choices = [("", _("Vælg")), *((one, names[one]) for one in demand.among)]
    return form


def why_not(answer: NotEntered) -> str:
    """Say why a lot was not taken, and what to do."""
    match answer:
        case lots.LotRefused(field):
            return _why_refused(field)
        case lots.DiceAnnounced(number):
            return str(
                _("Lodtrækning nr. %(number)s er annonceret med terninger. Den afgøres kun sådan.", number=number)
            )
        case dice.NotAnnounced():
            return str(_("Den lodtrækning venter ikke på terninger."))
        case lots.NothingToDraw():
            return str(_("Skriv netop de kandidater, der skal trækkes lod om, hver én gang."))


def _why_refused(field: str) -> str:
    match field:
        case "witnesses":
            return str(_("Skriv to forskellige vidner."))
        case "place":
            return str(_("Skriv, hvor der blev trukket lod, og skriv aldrig et CPR-nummer."))
        case "digits":
            return str(_("Skriv netop 24 tal fra 1 til 6. Slå ikke om: det, terningerne viste, står fast."))
        case "again":
            return str(_("I har ikke skrevet de samme øjne. Se på terningerne eller noterne, og skriv dem igen."))
        case _:
            return str(_("Skriv netop de kandidater, der skal trækkes lod om, hver én gang."))
