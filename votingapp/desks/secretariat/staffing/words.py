"""What is said of a line that cannot be taken: where it stands, what is wrong, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from votingapp.desks.secretariat.staffing.people import Fault
from votingapp.web.wording import say_text

if TYPE_CHECKING:
    from votingapp.desks.secretariat.staffing.people import Wrong


def say(wrong: Wrong) -> str:
    """The line's number, its name where one could be read, and the sentence."""
    line, said = wrong.line, _said(wrong)
    if not line.name:
        return str(_("Linje %(number)s: %(said)s", number=line.number, said=said))
    # A name from right to left must not turn the sentence around it (UAX 9, isolates).
    name = f"\u2068{line.name}\u2069"
    return str(_("Linje %(number)s (%(name)s): %(said)s", number=line.number, name=name, said=said))


def _said(wrong: Wrong) -> str:  # noqa: C901, PLR0911 - one sentence for each fault
    logins = ", ".join(wrong.logins)
    match wrong.fault:
        case Fault.CPR:
            return str(_("Her står noget, der kan være et CPR-nummer. Skriv kun navnet og eventuelt et brugernavn."))
        case Fault.PARTS:
            return str(_("Der er for mange kommaer. Skriv fornavnet først, og brug kun komma foran et brugernavn."))
        case Fault.NAME:
            return say_text(wrong.refused) if wrong.refused else ""
        case Fault.MIXED:
            return str(_("Et ord har bogstaver fra to alfabeter, der ligner hinanden. Skriv navnet igen."))
        case Fault.LOGIN:
            return str(
                _(
                    "Bag kommaet skal stå et brugernavn: 2 til 60 tegn, små bogstaver a-z, tal, punktum og bindestreg. "
                    "Er det en del af navnet, så skriv fornavnet først og intet komma."
                )
            )
        case Fault.NO_LOGIN:
            return str(_("Navnet kan ikke skrives om til et brugernavn. Skriv et bag et komma: navn, brugernavn."))
        case Fault.TWICE:
            return str(
                _("Personen står to gange i rollen. Er det to personer, så giv dem hver sit brugernavn bag et komma.")
            )
        case Fault.UNCLEAR:
            return str(
                _(
                    "Navnet står også med brugernavnet %(login)s. Er det samme person, så skriv brugernavnet her også; "
                    "er det en anden, så skriv et andet.",
                    login=logins,
                )
            )
        case Fault.LOGIN_OF_TWO:
            return str(_("Brugernavnet %(login)s står ved to navne. Giv dem hver sit.", login=logins))
        case Fault.NAME_KNOWN:
            return str(
                _(
                    "Navnet er allerede i huset med brugernavnet %(login)s. Er det samme person, så brug Udpeg til en rolle; "
                    "er det en anden, så skriv et brugernavn bag et komma.",
                    login=logins,
                )
            )
        case Fault.LOGIN_TAKEN:
            return str(_("Det brugernavn er i brug. Udpeg den, der har det, eller vælg et andet."))
