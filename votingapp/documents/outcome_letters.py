"""What the election came to reaches each candidate in words: the same ones in a mail and in a letter for her letter box.

Nobody is a member by the count: until the byråd has appointed her, a letter says that her seat is subject to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from votingapp.documents.dates import danish_date
from votingapp.documents.directions import settled
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date

_SIGNATURE = "Valgsekretariatet"


class OutcomeKind(StrEnum):
    """What a candidate is told after the byråd has met."""

    APPOINTED = "appointed"
    RETURNED = "returned"
    """She had a seat, and the byråd sent the matter back: she is not a member yet."""
    NOT_APPOINTED = "not_appointed"
    SUBSTITUTE = "substitute"
    NOT_CHOSEN = "not_chosen"
    """Neither a seat nor a place on the list of substitutes."""
    ASKED = "asked"
    """Later in the term: a seat has become free, and the substitute is asked whether she will enter."""


_SUBJECTS = {
    OutcomeKind.APPOINTED: "Du er udpeget som medlem af {council}",
    OutcomeKind.RETURNED: "Sagen om udpegning til {council} er sendt tilbage",
    OutcomeKind.NOT_APPOINTED: "Du er ikke udpeget som medlem af {council}",
    OutcomeKind.SUBSTITUTE: "Du er suppleant til {council}",
    OutcomeKind.NOT_CHOSEN: "Resultatet af valget til {council}",
    OutcomeKind.ASKED: "Vil du være medlem af {council}?",
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the byråd ruled of her: the meeting's day and body, and her first and last day where she is appointed."""

    met_on: date
    body: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class OutcomeLetter:
    """One letter, in Danish.

    `votes` is None where no vote was held. `rank` is hers among the substitutes, and `members` whose substitute she is
    where each member has her own. `address` is what she gave for letters, "" where she gave none. `struck` is whether one
    who is asked and says no leaves the list of substitutes.
    """

    kind: OutcomeKind
    municipality: str
    election: str
    council: str
    rehearsal: bool
    dated: date
    election_day: date
    receipt: str
    name: str = field(repr=False)
    address: str = field(default="", repr=False)
    votes: int | None = None
    rank: int | None = None
    members: tuple[str, ...] = ()
    appointment: Appointment | None = None
    struck: bool = True


def subject(letter: OutcomeLetter) -> str:
    """The one line that says what the letter is about."""
    return _SUBJECTS[letter.kind].format(council=letter.council)


def plain_text(letter: OutcomeLetter, site: str = "") -> str:
    """The letter as the text of a mail; `site` is the address of the election's pages, "" where it is not known."""
    parts = [
        "PRØVEVALG: Dette er en øvelse." if letter.rehearsal else "",
        f"Kære {letter.name}",
        *paragraphs(letter),
        f"Valgets hjemmeside: {site}" if site else "",
        f"Kvitteringsnummer: {letter.receipt}\nValg: {letter.election}",
        f"Venlig hilsen\n{_SIGNATURE}\n{letter.municipality} Kommune",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def render_letters(letters: tuple[OutcomeLetter, ...], dated: date) -> bytes:
    """Set letters as one PDF/A-3a and PDF/UA-1, each on a sheet of its own, for the post room; ValueError for none.

    `dated` is the day on which they are printed; equal arguments give equal bytes.
    """
    if not letters:
        raise ValueError("no letters")
    first = letters[0]
    data = {
        "municipality": first.municipality,
        "election": first.election,
        "rehearsal": first.rehearsal,
        "signature": _SIGNATURE,
        "letters": [
            {
                "subject": subject(one),
                "day": danish_date(one.dated),
                "name": one.name,
                "address": one.address.strip().splitlines(),
                "receipt": one.receipt,
                "paragraphs": paragraphs(one),
            }
            for one in letters
        ],
    }
    return typeset("outcome_letters", data, dated=dated)


def paragraphs(letter: OutcomeLetter) -> list[str]:
    """What the letter says between greeting and signature."""
    return [settled(words) for words in _paragraphs(letter)]


def _paragraphs(letter: OutcomeLetter) -> list[str]:
    match letter.kind:
        case OutcomeKind.APPOINTED | OutcomeKind.RETURNED | OutcomeKind.NOT_APPOINTED:
            return _of_appointment(letter, letter.appointment)
        case OutcomeKind.SUBSTITUTE:
            return _of_substitute(letter)
        case OutcomeKind.ASKED:
            return _of_asked(letter)
        case OutcomeKind.NOT_CHOSEN:
            return [
                f"Tak, fordi du stillede op til {letter.council}.",
                f"{_votes(letter)} Du fik ikke en plads, og du står ikke på listen over suppleanter.",
            ]


def _of_appointment(letter: OutcomeLetter, appointment: Appointment | None) -> list[str]:
    if appointment is None:
        raise ValueError("the letter tells of a ruling")
    day = danish_date(appointment.met_on)
    seat = f"{_votes(letter)} Du fik en plads, forbeholdt Byrådets godkendelse."
    match letter.kind:
        case OutcomeKind.APPOINTED:
            begins, ends = danish_date(appointment.from_on), danish_date(appointment.until_on)
            return [
                f"{appointment.body} har den {day} udpeget dig som medlem af {letter.council}.",
                f"Du er medlem fra den {begins} til den {ends}.",
                "Kommunen skriver til dig om det første møde. Kan eller vil du ikke være medlem, så sig det til os.",
            ]
        case OutcomeKind.RETURNED:
            return [
                seat,
                f"{appointment.body} har den {day} sendt sagen tilbage. Der er ikke taget stilling til, om du udpeges.",
                "Du er først medlem, når Byrådet har udpeget dig. Du får besked, når der er truffet en afgørelse.",
            ]
        case _:
            return [
                seat,
                f"{appointment.body} har den {day} besluttet, at du ikke udpeges som medlem af {letter.council}.",
                "Vil du vide mere om beslutningen, så kontakt os.",
            ]


def _of_substitute(letter: OutcomeLetter) -> list[str]:
    whose = f"for {' og '.join(letter.members)}" if letter.members else f"til {letter.council}"
    rank = f", som nr. {letter.rank} i rækkefølgen" if letter.rank is not None else ""
    return [
        f"{_votes(letter)} Du er suppleant {whose}{rank}.",
        "Bliver en plads ledig, kan du blive spurgt, om du vil være medlem. Du er først medlem, når Byrådet har udpeget dig.",
        "Sig det til os, hvis du flytter fra kommunen, eller hvis du ikke vil være suppleant.",
    ]


def _of_asked(letter: OutcomeLetter) -> list[str]:
    whose = f" for {' og '.join(letter.members)}" if letter.members else ""
    no = (
        "går du ud af listen over suppleanter"
        if letter.struck
        else "kan du blive spurgt igen, hvis en anden plads bliver ledig"
    )
    return [
        f"En plads i {letter.council} er blevet ledig. Du er suppleant{whose} og den næste på listen.",
        f"Skriv eller ring til os, og sig, om du vil være medlem. Siger du nej, {no}.",
        "Er du flyttet fra kommunen, så sig også det. Du er først medlem, når du er godkendt og har fået besked om det.",
    ]


def _votes(letter: OutcomeLetter) -> str:
    day = danish_date(letter.election_day)
    if letter.votes is None:
        return f"Der blev ikke holdt afstemning den {day}, for der var ikke flere kandidater end pladser."
    return f"Ved valget den {day} fik du {letter.votes} {'stemme' if letter.votes == 1 else 'stemmer'}."
