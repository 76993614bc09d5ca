"""What is decided about a candidate reaches her in words: the same ones in a mail and in a letter for her letter box."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from candidates.nomination import is_within
from votingapp.documents.dates import COPENHAGEN, danish_date, instant_in
from votingapp.documents.typesetting import typeset
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

ALL_SATISFIED = "Alle krav er opfyldt."
"""The reason of an acceptance about which the official wrote nothing of her own."""

_FALLBACK_SIGNATURE = "Valgsekretariatet"

_SUBJECTS = {
    NoticeKind.RECEIVED: "Kvittering for din opstilling",
    NoticeKind.LATE: "Din opstilling kom for sent",
    NoticeKind.DEFECT: "Mangelbrev: Din opstilling skal rettes",
    NoticeKind.ACCEPTED: "Din opstilling er godkendt",
    NoticeKind.REFUSED: "Din opstilling er afvist",
    NoticeKind.REOPENED: "Din opstilling behandles igen",
    NoticeKind.WITHDRAWN: "Din opstilling er trukket tilbage",
    NoticeKind.EXTENDED: "Fristen for at stille op er forlænget",
    NoticeKind.REINSTATED: "Din opstilling er alligevel kommet i tide",
    NoticeKind.UNCONTESTED: "Du er valgt uden afstemning",
    NoticeKind.POSTPONED: "Afstemningen er udsat",
    NoticeKind.ANNULLED: "Valget er annulleret",
    NoticeKind.LINE: "Tilføjelsen ved dit navn på stemmesedlen",
}

_OPENINGS = {
    NoticeKind.RECEIVED: "Vi har modtaget din opstilling på papir den {submitted}.",
    NoticeKind.LATE: "Vi modtog din opstilling den {submitted}. Fristen var den {closes}. "
    "Din opstilling er derfor afvist. Den er gemt i sagen.",
    NoticeKind.DEFECT: "Din opstilling kan ikke godkendes endnu. Noget mangler eller er forkert.",
    NoticeKind.ACCEPTED: "Din opstilling er godkendt. Du står på listen over kandidater.",
    NoticeKind.REFUSED: "Din opstilling er afvist. Du kommer ikke på stemmesedlen.",
    NoticeKind.REOPENED: "Afgørelsen om din opstilling er taget tilbage. Din opstilling skal afgøres igen.",
    NoticeKind.WITHDRAWN: "Din opstilling er trukket tilbage efter dit eget ønske. Du kommer ikke på stemmesedlen.",
    NoticeKind.EXTENDED: "Fristen for at stille op er forlænget til den {closes}. Det gælder for alle.",
    NoticeKind.REINSTATED: "Fristen for at stille op er forlænget til den {closes}. Vi modtog din opstilling den "
    "{submitted}. Den er derfor kommet i tide og er ikke længere afvist.",
    NoticeKind.UNCONTESTED: "Der bliver ikke holdt afstemning, for der er en plads til hver kandidat. "
    "Du er valgt, forbeholdt Byrådets godkendelse.",
    NoticeKind.POSTPONED: "Afstemningen er udsat. Den nye dag står herunder. Du skal ikke gøre noget.",
    NoticeKind.ANNULLED: "Valget, du er stillet op til, er annulleret. Det gælder ikke, og ingen er valgt. "
    "Holdes der et nyt valg, skal du stille op igen.",
    NoticeKind.LINE: "En anden kandidat hedder næsten det samme som dig. Derfor kommer der til at stå noget mere ved "
    "dit navn på stemmesedlen: {line}",
}
"""What has happened, before the reason."""

_LINE_TAKEN_AWAY = "Tilføjelsen ved dit navn på stemmesedlen er fjernet. Nu står kun dit navn."


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter (brev) to a candidate, in Danish; instants are aware.

    `address` is what she gave for letters, line by line as she wrote it, "" where she gave none. `official` is the
    name of whoever decided, "" where the rule or she herself did. `particulars` are names and texts printed as a list:
    what was keyed in from her form.
    """

    kind: NoticeKind
    municipality: str
    election: str
    rehearsal: bool
    decided_at: datetime
    receipt: str
    submitted_at: datetime
    closes: datetime
    name: str = field(repr=False)
    address: str = field(default="", repr=False)
    reason: str = ""
    answer_by: datetime | None = None
    complain_by: datetime | None = None
    opens_presentation: bool = False
    official: str = ""
    particulars: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def subject(letter: Letter) -> str:
    """The one line that says what the letter is about."""
    return _SUBJECTS[letter.kind]


def plain_text(letter: Letter, site: str = "") -> str:
    """The letter as the text of a mail; `site` is the address of the election's pages, "" where it is not known."""
    parts = [
        *(["PRØVEVALG: Dette er en øvelse."] if letter.rehearsal else []),
        f"Kære {letter.name}",
        _opening(letter),
        *([f"Begrundelse:\n{_reason(letter)}"] if _reason(letter) else []),
        *("\n".join((f"{name}:", text)) for name, text in letter.particulars),
        " ".join(_what_to_do(letter)),
        *([f"Valgets hjemmeside: {site}"] if site else []),
        *(["Sådan kan du klage:\n" + " ".join(_complaint(letter))] if letter.complain_by else []),
        f"Kvitteringsnummer: {letter.receipt}\nValg: {letter.election}",
        f"Venlig hilsen\n{_signature(letter)}\n{letter.municipality} Kommune",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def render_letter(letter: Letter) -> bytes:
    """Set the letter as PDF/A-3a and PDF/UA-1, name and address where a window envelope shows them; return the PDF.

    Equal letters give equal bytes.
    """
    data = {
        "subject": subject(letter),
        "municipality": letter.municipality,
        "election": letter.election,
        "rehearsal": letter.rehearsal,
        "day": danish_date(letter.decided_at.astimezone(COPENHAGEN).date()),
        "name": letter.name,
        "address": letter.address.strip().splitlines(),
        "receipt": letter.receipt,
        "opening": _opening(letter),
        "reason": _reason(letter).splitlines(),
        "particulars": [{"name": name, "lines": text.splitlines()} for name, text in letter.particulars],
        "to_do": _what_to_do(letter),
        "complaint": _complaint(letter),
        "signature": _signature(letter),
    }
    return typeset("letter", data, dated=letter.decided_at.astimezone(COPENHAGEN).date())


def _opening(letter: Letter) -> str:
    if letter.kind is NoticeKind.LINE and not letter.reason:
        return _LINE_TAKEN_AWAY
    return _OPENINGS[letter.kind].format(
        submitted=_second(letter.submitted_at), closes=_second(letter.closes), line=letter.reason
    )


def _reason(letter: Letter) -> str:
    """The official's own words, and the standard sentence where an acceptance needed none."""
    if letter.kind is NoticeKind.LINE:
        return ""  # the line stands in the opening
    own = letter.reason.strip()
    return own or (ALL_SATISFIED if letter.kind is NoticeKind.ACCEPTED else "")


def _what_to_do(letter: Letter) -> list[str]:
    """What comes next, after the reason."""
    match letter.kind:
        case NoticeKind.RECEIVED:
            return [
                "Læs oplysningerne igennem. Sig det til os med det samme, hvis noget er forkert.",
                "Vi gennemgår nu din opstilling. Du får besked, når der er truffet en afgørelse.",
            ]
        case NoticeKind.DEFECT if letter.answer_by:
            return [
                f"Du skal rette din opstilling senest den {_second(letter.answer_by)}. Derefter er det for sent.",
                _about_presentation(letter),
                "Du kan rette på valgets hjemmeside eller møde op hos os.",
                "Retter du ikke noget, afgør vi din opstilling, som den er.",
            ]
        case NoticeKind.EXTENDED if letter.answer_by:
            return [
                f"Du kan rette din opstilling til den {_second(letter.answer_by)}.",
                "Har vi bedt dig rette noget, skal du rette det inden da. Ellers skal du ikke gøre noget.",
                "Sender du en ændring, bliver din opstilling afgjort igen.",
            ]
        case NoticeKind.REINSTATED if letter.answer_by:
            return [
                "Vi gennemgår nu din opstilling. Du får besked, når der er truffet en afgørelse.",
                f"Du kan rette din opstilling til den {_second(letter.answer_by)}.",
            ]
        case NoticeKind.REOPENED:
            return ["Du får en ny besked, når der er truffet en ny afgørelse."]
        case _:
            return []


def _about_presentation(letter: Letter) -> str:
    """Whether name, texts and photograph may be mended too, which after the deadline nobody may unasked."""
    if letter.opens_presentation:
        return "Du må også rette navn, tekst og foto."
    if is_within(letter.decided_at, letter.closes):
        return f"Navn, tekst og foto kan du ændre til den {_second(letter.closes)}, men ikke senere."
    return "Navn, tekst og foto kan du ikke ændre nu, for fristen for at stille op er udløbet."


def _complaint(letter: Letter) -> list[str]:
    """How to complain (klagevejledning), and the last day for it."""
    if letter.complain_by is None:
        return []
    last = danish_date(letter.complain_by.astimezone(COPENHAGEN).date())
    return [
        f"Du kan klage over afgørelsen til {letter.municipality} Kommune. Skriv, hvad du er uenig i, og hvorfor.",
        f"Skriv også dit kvitteringsnummer {letter.receipt}.",
        f"Vi skal have din klage senest den {last}.",
    ]


def _signature(letter: Letter) -> str:
    return letter.official or _FALLBACK_SIGNATURE


def _second(instant: datetime) -> str:
    return instant_in("da", instant, seconds=True)
