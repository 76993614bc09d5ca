"""What a ballot on paper says to the voter, in every language of the house."""

from __future__ import annotations

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from votingapp.documents.paper_ballot import Instruction
from votingapp.web.languages import LANGUAGES, direction_of


def instructions(most: int) -> tuple[Instruction, ...]:
    """How to vote with at most so many marks, Danish first."""
    return tuple(_instruct(code, most) for code in LANGUAGES)


def _instruct(language: str, most: int) -> Instruction:
    with force_locale(language):
        marks = ngettext(
            "Sæt ét kryds. Skriv ikke andet på sedlen.",
            "Sæt højst %(num)s kryds. Skriv ikke andet på sedlen.",
            most,
        )
        fold = _("Fold sedlen, og læg den i kassen. Uden kryds er stemmen blank.")
    return Instruction(language, direction_of(language), f"{marks} {fold}")
