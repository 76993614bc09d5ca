"""What the official reads and says aloud: each answer of the desk in a colour, a headline and what to do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask_babel import gettext as _

from ballots import admission
from candidates.cpr import CprRefusal
from votingapp.desks.checkin.service import BirthDateDiffers
from votingapp.store.admissions import Channel
from votingapp.store.poll_cards import NoCard, NotOnThisRoll
from votingapp.web.languages import local_time

if TYPE_CHECKING:
    from datetime import date, datetime

    from votingapp.desks.checkin.service import AdmitOutcome

Colour = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as the page shows it; the headline says it all, the colour only repeats it."""

    colour: Colour
    headline: str
    text: str


def tell(outcome: AdmitOutcome, channel: Channel = Channel.SLIP) -> Told:  # noqa: PLR0911 - one for each answer
    """Put an answer of the desk into words; `channel` is how the voter was to vote."""
    match outcome:
        case admission.Admitted() if channel is Channel.PAPER:
            return Told(
                "good",
                _("Giv vælgeren en papirstemmeseddel"),
                _("Vælgeren er lukket ind. Giv én papirstemmeseddel og ingen stemmeseddel fra kassen."),
            )
        case admission.Admitted():
            return Told(
                "good",
                _("Giv vælgeren lov til at trække en stemmeseddel"),
                _("Vælgeren er lukket ind. Lad vælgeren selv trække én seddel af kassen, uden at nogen ser den."),
            )
        case admission.Admissible():
            return Told("good", _("Kan lukkes ind"), _("Spørg om fødselsdatoen, før du lukker vælgeren ind."))
        case admission.NeedsDeclaration():
            return Told(
                "warning",
                _("Erklæringen mangler"),
                _("Læs erklæringen op, eller lad vælgeren læse den. Sæt kryds, når vælgeren har sagt ja."),
            )
        case admission.AlreadyAdmitted(at, desk):
            return Told("bad", _("Har allerede været her"), _already(at, desk))
        case BirthDateDiffers():
            return Told(
                "warning",
                _("Fødselsdatoen passer ikke"),
                _(
                    "Spørg igen, og skriv den forfra. Passer den stadig ikke, så giv ingen stemmeseddel, "
                    "og spørg valgbestyrelsen."
                ),
            )
        case _:
            return _tell_refusal(outcome)


def tell_pressed_twice() -> Told:
    """This desk admitted this person a moment ago: pressed twice, or no answer came. How she votes is not asked."""
    return Told(
        "warning",
        _("Er lige lukket ind ved dette bord"),
        _(
            "Har du trykket to gange, eller kom der intet svar, så skal vælgeren have én seddel: den, vælgeren blev lukket ind "
            "til. Har vælgeren allerede fået den, gives der ikke flere."
        ),
    )


def tell_unknown_card(card: NoCard | NotOnThisRoll) -> Told:
    """A poll card led to nobody: it was not read whole, or it is none of this roll's."""
    match card:
        case NoCard():
            return Told(
                "warning",
                _("Valgkortet blev ikke læst helt"),
                _(
                    "Scan det igen. Kan koden ikke læses, så skriv nr. og nummeret på kortet: nr. 123. Eller find vælgeren med "
                    "sundhedskort eller med navn og fødselsdato."
                ),
            )
        case NotOnThisRoll():
            return Told(
                "bad",
                _("Valgkortet er ikke til dette valg"),
                _(
                    "Giv ingen stemmeseddel på kortet. Find vælgeren med sundhedskort eller med navn og fødselsdato. Findes "
                    "vælgeren ikke, så tilkald valgbestyrelsen."
                ),
            )


def tell_outdated_card(number: int) -> Told:
    """The card was printed before the roll was numbered anew; `number` is her number on the roll now."""
    return Told(
        "warning",
        _("Valgkortet er forældet"),
        _(
            "Det er trykt før den sidste valgliste. Vælgeren har nu nr. %(number)s. Brug ikke nummeret på kortet, og spørg om "
            "fødselsdatoen som ellers.",
            number=number,
        ),
    )


def tell_nobody() -> Told:
    """The look-up found nobody."""
    return _not_found()


def tell_cpr_refusal(refusal: CprRefusal) -> str:
    """Why a number was not taken as a CPR number, and what to do."""
    match refusal:
        case CprRefusal.MALFORMED:
            return str(_("Et CPR-nummer har ti cifre. Skriv det igen."))
        case CprRefusal.IMPOSSIBLE_DATE:
            return str(_("De første seks cifre er ingen dato. Skriv nummeret igen."))
        case CprRefusal.REPLACEMENT_NUMBER:
            return str(
                _("Det er et erstatningspersonnummer, som ikke står i folkeregisteret. Tilkald valgbestyrelsen.")
            )


def _tell_refusal(  # noqa: PLR0911 - one for each refusal
    refusal: admission.NotOnRoll
    | admission.TooYoung
    | admission.NotResident
    | admission.PollNotOpen
    | admission.PollClosed
    | admission.DoorsClosed
    | admission.NoSlipsLeft,
) -> Told:
    match refusal:
        case admission.NotOnRoll():
            return _not_found()
        case admission.TooYoung(_birth_date, old_enough_on):
            text = _("Vælgeren når først alderen den %(day)s, efter valgdagen.", day=_day(old_enough_on))
            return Told("bad", _("Ikke gammel nok"), f"{text} {_no_slip()}")
        case admission.NotResident(code):
            text = _("Ifølge folkeregisteret bor personen i kommune %(code)s.", code=code)
            return Told("bad", _("Bor ikke i kommunen"), f"{text} {_no_slip()}")
        case admission.PollNotOpen():
            return Told(
                "warning", _("Afstemningen er ikke åbnet"), _("Ingen kan lukkes ind endnu. Bed vælgeren vente.")
            )
        case admission.PollClosed():
            return Told("bad", _("Afstemningen er lukket"), _("Ingen kan lukkes ind mere."))
        case admission.DoorsClosed():
            return Told(
                "bad",
                _("Dørene er lukket"),
                _(
                    "Alle, der stod i kø, da dørene blev lukket, er lukket ind. Stod vælgeren i køen, så tilkald valgbestyrelsen."
                ),
            )
        case admission.NoSlipsLeft():
            return Told(
                "warning",
                _("Der er ingen stemmesedler tilbage"),
                _(
                    "Vælgeren er ikke lukket ind. Bed vælgeren vente, og tilkald valgbestyrelsen. "
                    "Vælgeren kan stemme på papir, hvis vælgeren hellere vil."
                ),
            )


def _not_found() -> Told:
    return Told(
        "warning",
        _("Ikke fundet"),
        _(
            "Kontrollér, hvad du har skrevet, og søg også på den anden måde. "
            "Findes vælgeren stadig ikke, så giv ingen stemmeseddel, og tilkald valgbestyrelsen."
        ),
    )


def _already(at: datetime, desk: str) -> str:
    local = local_time(at)
    text = _(
        "Vælgeren blev lukket ind den %(day)s kl. %(clock)s ved %(desk)s.",
        day=_day(local),
        clock=clock_of(at),
        desk=desk,
    )
    return f"{text} {_no_slip()}"


def clock_of(instant: datetime) -> str:
    """The time of day on the wall of the polling station."""
    return local_time(instant).strftime("%H:%M")


def _no_slip() -> str:
    return str(_("Giv ingen stemmeseddel. Er vælgeren uenig, så tilkald valgbestyrelsen."))


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
