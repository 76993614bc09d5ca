"""Some rules ask a person to declare something on her honour; these are the words she agrees to."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["da", "en", "ar", "tr", "pl", "uk", "ro"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in Danish, which is the authentic text, and in its translations."""

    da: str
    en: str
    ar: str
    tr: str
    pl: str
    uk: str
    ro: str

    def in_language(self, language: str) -> tuple[Language, str]:
        """Return the language and text to show; a language without a translation gets the authentic Danish."""
        known: tuple[Language, ...] = get_args(Language)
        shown: Language = next((code for code in known if code == language), "da")
        return shown, str(getattr(self, shown))


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
            ar="أُصرّح بشرفي بأنّ لي خلفية إثنية غير دنماركية. ولا يتعيّن عليّ أن أذكر ما هي.",
            tr=(
                "Danimarkalı olmayan bir etnik kökene sahip olduğumu şerefim üzerine beyan ederim. Hangisi olduğunu "
                "söylemek zorunda değilim."
            ),
            pl="Oświadczam pod słowem honoru, że mam pochodzenie etniczne inne niż duńskie. Nie muszę podawać jakie.",
            uk=(
                "Заявляю, даючи слово честі, що маю етнічне походження, інше ніж данське. Мені не потрібно зазначати, "
                "яке саме."
            ),
            ro="Declar pe propria răspundere că am altă origine etnică decât cea daneză. Nu trebuie să spun care anume.",
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
            ar=(
                "أُصرّح بشرفي بأنّ لي خلفية إثنية غير دنماركية، ولذلك يحقّ لي التصويت في هذا الانتخاب. "
                "ولا يتعيّن عليّ أن أذكر ما هي."
            ),
            tr=(
                "Danimarkalı olmayan bir etnik kökene sahip olduğumu ve bu nedenle bu seçimde oy kullanabileceğimi "
                "şerefim üzerine beyan ederim. Hangisi olduğunu söylemek zorunda değilim."
            ),
            pl=(
                "Oświadczam pod słowem honoru, że mam pochodzenie etniczne inne niż duńskie i dlatego mogę głosować "
                "w tych wyborach. Nie muszę podawać jakie."
            ),
            uk=(
                "Заявляю, даючи слово честі, що маю етнічне походження, інше ніж данське, і тому можу голосувати "
                "на цих виборах. Мені не потрібно зазначати, яке саме."
            ),
            ro=(
                "Declar pe propria răspundere că am altă origine etnică decât cea daneză și că, prin urmare, pot vota "
                "la aceste alegeri. Nu trebuie să spun care anume."
            ),
        ),
    ),
)
