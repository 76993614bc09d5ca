"""Why a text or a number was not taken, in a sentence each."""

from __future__ import annotations

from flask_babel import gettext

from candidates.cpr import CprRefusal
from candidates.texts import RefusedText, TextFault


def say_text(refused: RefusedText) -> str:  # noqa: PLR0911 - one sentence for each fault
    """Why a name or a statement was not taken."""
    match refused.fault:
        case TextFault.TOO_SHORT:
            return str(gettext("Teksten skal have mindst %(limit)s tegn.", limit=refused.limit))
        case TextFault.TOO_LONG:
            said = gettext(
                "Teksten har %(length)s tegn, men må højst have %(limit)s. Grænsen er ens for alle, og intet skæres fra.",
                length=refused.length,
                limit=refused.limit,
            )
            return str(said)
        case TextFault.FORBIDDEN_CHARACTER:
            said = gettext(
                "Teksten indeholder et usynligt tegn, der ikke må bruges (%(sign)s).", sign=refused.character
            )
            return str(said)
        case TextFault.NO_LETTER:
            return str(gettext("Der skal være mindst ét bogstav."))
        case TextFault.HEAPED_MARKS:
            return str(gettext("Der er for mange accenttegn på samme bogstav."))
        case TextFault.LOOSE_MARK:
            return str(gettext("Et accenttegn skal stå lige efter det bogstav, det hører til."))
        case TextFault.NOT_IN_NAME:
            said = gettext(
                "Et navn kan have bogstaver, mellemrum, bindestreg, apostrof og punktum. Dette tegn kan ikke bruges: %(sign)s",
                sign=refused.character,
            )
            return str(said)
        case TextFault.ADDRESS:
            return str(gettext("Her kan ikke stå en adresse på nettet. Skriv et mellemrum efter et punktum."))


def say_cpr(refusal: CprRefusal) -> str:
    """Why a CPR number was not taken, and what to do instead."""
    match refusal:
        case CprRefusal.MALFORMED:
            return str(gettext("CPR-nummeret skal have ti cifre: DDMMÅÅ-XXXX."))
        case CprRefusal.IMPOSSIBLE_DATE:
            return str(gettext("De første seks cifre er ikke en dato. Skriv CPR-nummeret igen."))
        case CprRefusal.REPLACEMENT_NUMBER:
            said = gettext(
                "Det er et erstatningspersonnummer, og det står ikke i folkeregisteret. Du kan ikke stille op med det her. "
                "Kontakt sekretariatet med din legitimation før fristen, så behandles din opstilling manuelt."
            )
            return str(said)
