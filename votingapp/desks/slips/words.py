"""What the desk says of a slip that was brought back, and what a difference in the account is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask_babel import gettext as _

from ballots.slips import Difference, DifferenceCode
from votingapp.desks.slips.exchanging import (
    Act,
    Done,
    JustNow,
    NoneIssued,
    NoneLeft,
    NoneUnused,
    NotTaken,
    Obstacle,
    Outcome,
    PollNotOpen,
)
from votingapp.store.ledger import BOARD, Paper
from votingapp.store.slips import SlipAnswer

if TYPE_CHECKING:
    from votingapp.desks.slips.supply import NotVoided, PollOver, TooMany

Colour = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as the page shows it; the headline says it all, the colour only repeats it."""

    colour: Colour
    headline: str
    text: str


def tell(outcome: Outcome, act: Act) -> Told:
    """Put an answer about a slip into words."""
    match outcome:
        case Done() if act is Act.EXCHANGE:
            return Told(
                "good",
                _("Ombyttet. Vælgeren må trække én ny stemmeseddel"),
                _(
                    "Den gamle seddel er ugyldig. Læg den i kuverten til ugyldige sedler. Lad vælgeren selv trække den nye."
                ),
            )
        case Done():
            return Told(
                "good",
                _("Leveret tilbage"),
                _("Sedlen er ugyldig. Læg den i kuverten til ugyldige sedler. Vælgeren må ikke trække en ny."),
            )
        case NotTaken(answer, just_now):
            return _tell_not_taken(answer, act, just_now=just_now)
        case JustNow():
            return _tell_just_now(act)
        case _:
            return _tell_obstacle(outcome)


def tell_paper(outcome: Outcome, act: Act) -> Told:
    """The same about a ballot of paper."""
    match outcome:
        case Done() if act is Act.EXCHANGE:
            text = _("Sæt en streg over den gamle, og læg den i kuverten til ugyldige sedler.")
            return Told("good", _("Ombyttet. Giv vælgeren én ny papirstemmeseddel"), text)
        case Done():
            text = _("Sæt en streg over den, og læg den i kuverten til ugyldige sedler. Vælgeren må ikke få en ny.")
            return Told("good", _("Leveret tilbage"), text)
        case NoneIssued():
            text = _("Intet er ændret. Giv sedlen til valgbestyrelsen.")
            return Told("warning", _("Ingen vælger har en papirstemmeseddel"), text)
        case NoneLeft():
            text = _("Intet er ændret. Bed vælgeren vente, og tilkald valgbestyrelsen.")
            return Told("warning", _("Der er ingen papirstemmesedler tilbage"), text)
        case _:
            return tell(outcome, act)


def _tell_just_now(act: Act) -> Told:
    """Whoever pressed twice never saw the first answer; but one who comes back to an old page must not hand out another."""
    if act is Act.EXCHANGE:
        text = _(
            "Det er skrevet i regnskabet én gang, og det giver vælgeren én ny seddel i alt. Er I i tvivl, om vælgeren har "
            "fået den, så tæl kassen. Er det en anden seddel, så åbn siden igen og skriv den ind."
        )
        return Told("warning", _("Det er den samme ombytning som lige før"), text)
    text = _("Det er skrevet i regnskabet én gang. Er det en anden seddel, så åbn siden igen og skriv den ind.")
    return Told("warning", _("Det er den samme seddel som lige før"), text)


def _tell_obstacle(obstacle: Obstacle) -> Told:
    match obstacle:
        case PollNotOpen():
            text = _("Intet er ændret. Behold sedlen, og tilkald valgbestyrelsen.")
            return Told("warning", _("Afstemningen er ikke åben"), text)
        case NoneIssued():
            text = _("Intet er ændret. Giv sedlen til valgbestyrelsen.")
            return Told("warning", _("Ingen vælger har fået en stemmeseddel endnu"), text)
        case NoneLeft():
            text = _("Sedlen er ikke ombyttet og gælder stadig. Bed vælgeren vente, og tilkald valgbestyrelsen.")
            return Told("warning", _("Der er ingen stemmesedler tilbage"), text)
        case NoneUnused():
            text = _("Intet er ændret. Behold sedlen, og tilkald valgbestyrelsen.")
            return Told("warning", _("Det passer ikke med regnskabet, at sedlen er ubrugt"), text)


def _tell_not_taken(answer: SlipAnswer, act: Act, *, just_now: bool) -> Told:
    if just_now and act is Act.EXCHANGE:
        text = _(
            "Ved dette bord er en seddel lige ombyttet. Har du trykket to gange, må vælgeren trække én ny seddel. "
            "Har vælgeren allerede trukket en ny, må der ikke trækkes flere."
        )
        return Told("warning", _("Sedlen er ugyldig i forvejen"), text)
    match answer:
        case SlipAnswer.SPENT:
            text = _(
                "Der er afgivet en stemme med den, og den ligger i urnen. Intet er ændret. Sedlen kan ikke byttes. "
                "Er vælgeren uenig, så tilkald valgbestyrelsen."
            )
            return Told("bad", _("Sedlen er brugt"), text)
        case SlipAnswer.VOID:
            text = _("Intet er ændret, og der må ikke trækkes en ny. Er vælgeren uenig, så tilkald valgbestyrelsen.")
            return Told("bad", _("Sedlen er ugyldig i forvejen"), text)
        case _:
            return Told("warning", _("Ukendt seddel"), _unknown())


def _unknown() -> str:
    return str(_("Intet er ændret. Koden hører ikke til dette valg. Scan den igen, eller skriv den efter sedlen."))


def tell_too_often() -> Told:
    """Too many slips that nobody held were asked about."""
    return Told("warning", _("Der er prøvet for mange gange"), _("Vent et kvarter, eller tilkald valgbestyrelsen."))


def say_not_voided(outcome: NotVoided) -> str:
    """Why a slip was not made void."""
    match outcome.answer:
        case SlipAnswer.SPENT:
            return str(_("Sedlen er brugt: der er afgivet en stemme med den. Intet er ændret."))
        case SlipAnswer.VOID:
            return str(_("Sedlen er ugyldig i forvejen. Intet er ændret."))
        case _:
            return _unknown()


def say_too_many(outcome: TooMany) -> str:
    """The account knows of fewer."""
    return str(
        _(
            "Ifølge regnskabet ligger der kun %(there)s sedler i kassen. Tæl igen, eller skriv først det ind, der mangler.",
            there=outcome.there,
        )
    )


def say_over(_outcome: PollOver) -> str:
    """The poll is closed."""
    return str(_("Afstemningen er lukket. Nu kan sedler kun tælles og gives tilbage."))


def say_result_known() -> str:
    """The account stands."""
    return str(
        _(
            "Stemmerne er lagt sammen, og regnskabet ligger fast. Intet er ændret. Skal noget føjes til, så skriv det på papir "
            "med dato, og læg det ved protokollen."
        )
    )


def name_box(box: str) -> str:
    """A box by its name."""
    return str(_("Valgbestyrelsens kasse")) if box == BOARD else box


def name_difference(difference: Difference, paper: Paper = Paper.SLIP) -> str:  # noqa: PLR0911 - one for each code
    """What does not come out in the account of slips, or of paper ballots, with both figures."""
    figures = {"expected": difference.expected, "found": difference.found}
    match difference.code:
        case DifferenceCode.ISSUED_MORE_THAN_PRINTED:
            return str(
                _("Der er printet %(expected)s sedler, men %(found)s er udleveret, ombyttet eller ugyldige.", **figures)
            )
        case DifferenceCode.ISSUED_NOT_AS_ADMITTED:
            return str(
                _("%(expected)s vælgere er lukket ind til at stemme, men %(found)s sedler er udleveret.", **figures)
            )
        case DifferenceCode.MORE_BALLOTS_THAN_SLIPS if paper is Paper.BALLOT:
            return str(
                _(
                    "Højst %(expected)s kunne stemme på papir, men der er talt %(found)s papirstemmer i kassen.",
                    **figures,
                )
            )
        case DifferenceCode.MORE_BALLOTS_THAN_SLIPS:
            return str(_("Højst %(expected)s kunne stemme, men der ligger %(found)s stemmer i urnen.", **figures))
        case DifferenceCode.LEFT_OVER_NOT_AS_COUNTED:
            return str(_("Der skulle være %(expected)s sedler tilovers i alt, men der er talt %(found)s.", **figures))
        case DifferenceCode.DESK_NOT_AS_COUNTED:
            box = name_box(difference.desk)
            return str(
                _("%(box)s: Der skulle ligge %(expected)s sedler, men der er talt %(found)s.", box=box, **figures)
            )
        case DifferenceCode.SPOILED_NOT_AS_COUNTED:
            box = name_box(difference.desk)
            return str(
                _(
                    "%(box)s: Der skulle ligge %(expected)s sedler i kuverten til ugyldige sedler, men der er talt %(found)s.",
                    box=box,
                    **figures,
                )
            )
