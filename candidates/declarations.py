"""Some rules ask a person to declare something on her honour; these are the words she agrees to."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["da", "en"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in Danish, which is the authentic text, and in an English translation."""

    da: str
    en: str

    def in_language(self, language: str) -> tuple[Language, str]:
        """Return the language and text to show; a language without a translation gets the authentic Danish."""
        return ("en", self.en) if language == "en" else ("da", self.da)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declaration on one's honour (erklæring på tro og love), fixed for good under its versioned id.

    A word is never changed under an id that somebody may have agreed to: a new wording takes the next number.
    Only the id and the time of agreeing are kept; no country, group or language is asked for or stored.
    """

    id: str
    candidate: Wording
    voter: Wording


def find_declaration(declaration_id: str) -> Declaration | None:
    """Return the declaration that a rule set names in `[eligibility] declaration`, None if there is no such text."""
    return next((known for known in DECLARATIONS if known.id == declaration_id), None)


DECLARATIONS: tuple[Declaration, ...] = (
    Declaration(
        id="anden-etnisk-baggrund-1",
        candidate=Wording(
            da=(
                "Jeg erklærer på tro og love, at jeg har anden etnisk baggrund end dansk. Jeg skal ikke oplyse hvilken."
            ),
            en=(
                "I declare on my honour that I have an ethnic background other than Danish. I do not have to say which."
            ),
        ),
        voter=Wording(
            da=(
                "Jeg erklærer på tro og love, at jeg har anden etnisk baggrund end dansk og derfor kan stemme "
                "ved dette valg. Jeg skal ikke oplyse hvilken."
            ),
            en=(
                "I declare on my honour that I have an ethnic background other than Danish and may therefore vote "
                "in this election. I do not have to say which."
            ),
        ),
    ),
)
