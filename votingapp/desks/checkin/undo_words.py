"""Taking an admission back, in words: where the slip is, and why it could not be done."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from votingapp.desks.checkin import undoing
from votingapp.store.admissions import Channel
from votingapp.store.slips import SlipAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

WHERE: Mapping[Channel, tuple[object, object]] = MappingProxyType(
    {
        Channel.SLIP: (
            _("Vælgeren trak ingen stemmeseddel, eller sedlen er lagt ulæst tilbage i kassen"),
            _("Vælgeren har givet stemmesedlen tilbage, og den gøres ugyldig her"),
        ),
        Channel.PAPER: (
            _("Papirstemmesedlen blev ikke udleveret"),
            _("Papirstemmesedlen er givet tilbage og streget over"),
        ),
    }
)
"""For each way of voting: not handed out, and given back."""

_SLIPS: Mapping[SlipAnswer, object] = MappingProxyType(
    {
        SlipAnswer.SPENT: _(
            "Der er stemt med denne stemmeseddel, så fremmødet kan ikke fortrydes. Tilkald valgbestyrelsen."
        ),
        SlipAnswer.VOID: _("Denne stemmeseddel er allerede gjort ugyldig. Scan den, som vælgeren gav tilbage."),
        SlipAnswer.UNKNOWN: _("Det er ikke en stemmeseddel til dette valg. Intet er gemt."),
    }
)


def tell(refused: undoing.Refused) -> str:
    """Why nothing was taken back."""
    match refused:
        case undoing.NotAtThisDesk():
            return str(gettext("Det fremmøde findes ikke ved dette bord, eller det er allerede fortrudt."))
        case undoing.PollOver():
            return str(gettext("Afstemningen er ikke åben, så intet kan fortrydes."))
        case undoing.SlipIsMissing():
            return str(
                gettext(
                    "Det passer ikke med regnskabet for stemmesedler, at denne seddel er ubrugt. Intet er gemt. "
                    "Tilkald valgbestyrelsen."
                )
            )
        case undoing.SlipRefused(answer):
            return str(_SLIPS[answer])
        case undoing.OtherChannel():
            return str(gettext("Det passer ikke med, hvordan vælgeren skulle stemme. Åbn siden igen."))


def tell_undone(undone: undoing.Undone) -> str:
    """That it was taken back, and what to do with the slip."""
    number = undone.attended.number
    return str(gettext("Fortrudt: kvittering %(number)s. Vælgeren kan lukkes ind igen.", number=number))
