"""What the house knows of the election, put in the words of a first draft of the item: somebody reads it, and mends it.

Whoever is chosen by the voters is *appointed* by the byråd (udpeges, integrationsloven § 42, subsection 3): the draft never
says of anybody that she is elected and leaves it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.council import SeatKind
from votingapp.documents.dates import danish_date

if TYPE_CHECKING:
    from datetime import date

    from tally.council import Place

GENDER_NOTE = (
    "Til orientering: Efter ligestillingslovens § 10 a skal den, der foreslår medlemmer til råd og udvalg, som Byrådet "
    "nedsætter, så vidt muligt foreslå lige mange kvinder og mænd. Det er ikke afklaret her, om bestemmelsen gælder for et "
    "forslag, der følger af et valg. Kandidaternes køn er ikke registreret, og bestemmelsen ændrer ikke udfaldet af valget."
)
"""Information alone (ligestillingsloven § 10 a): nothing is counted, and no sex is stored or derived."""

CHECKED = (
    "Sekretariatet har set efter, at rådets samlede sammensætning opfylder det, som rådets forretningsorden kræver af den. "
    "Vurderingen er foretaget af en person, og dens grundlag er ikke registreret i valgsystemet."
)
"""Ticked by a person: what the rules of procedure ask of the whole council cannot be reckoned without data that is not kept."""

_COMMUNICATION = "Kandidaterne får besked om Byrådets afgørelse. Resultatet er offentliggjort på valgets hjemmeside."
_ADVISORY = (
    "Efter integrationslovens § 42, stk. 3, udpeges rådets medlemmer af kommunalbestyrelsen. Det direkte valg er vejledende, "
    "og Byrådet afgør for hver person, om hun eller han udpeges."
)
_ADVISORY_ELSEWHERE = "Byrådet udpeger rådets medlemmer og afgør for hver person, om hun eller han udpeges."


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with her rank and votes (None: no vote was held); `about` is her group, or whose substitute she is, or ""."""

    rank: int
    name: str
    votes: int | None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a draft is made of; days are Danish days.

    `ballots`, `blank` and `invalid` are None where no vote was held, which `no_vote` tells of then: body and day of that
    decision. `record` is the version of the record and whether all have signed it, None where it is not drawn up.
    `audit` is what the audit of the papers found, "" where there is none. `complaints` is how many came, and
    `open_complaints` how many are undecided. `earlier` are rulings that came before: day, body, and what became of the matter.
    """

    election: str
    municipality: str
    election_day: date
    term: tuple[date, date]
    adopted_by: str
    adopted_on: date
    seats: int
    ballots: int | None
    blank: int | None
    invalid: int | None
    no_vote: tuple[str, date] | None
    chosen: tuple[Ranked, ...]
    substitutes: tuple[Ranked, ...]
    lots: int
    places: tuple[Place, ...]
    record: tuple[int, bool] | None
    complaints_end: date
    complaints: int = 0
    open_complaints: int = 0
    earlier: tuple[tuple[date, str, str], ...] = ()
    audit: str = ""
    checked: bool = False

    @property
    def council(self) -> str:
        """The council's name."""
        return council_name(self.election)


def council_name(election: str) -> str:
    """The council's name as the election's gives it, without the year: "Valg til Integrationsrådet i Køge 2021"; else "rådet"."""
    named = re.fullmatch(r"Valg til (.+?)(?: \d{4})?", election)
    return named[1] if named else "rådet"


def title(facts: Facts) -> str:
    """The heading of the item."""
    start, end = (danish_date(day) for day in facts.term)
    return f"Udpegning af medlemmer til {facts.council} for perioden {start} til {end}"


def draft(facts: Facts) -> dict[str, str]:
    """The sections by the names of council_item.SECTIONS."""
    return {
        "recommendation": _recommendation(facts),
        "background": "\n\n".join(part for part in _background(facts) if part),
        "communication": _COMMUNICATION,
        "economy": f"Sagen har ingen økonomisk konsekvens for {facts.municipality} Kommune.",
        "history": _history(facts),
        "decision": "",
        "enclosures": _enclosures(facts),
    }


def _recommendation(facts: Facts) -> str:
    start, end = (danish_date(day) for day in facts.term)
    vacant = [place for place in facts.places if place.is_vacant]
    whom = "Byrådet udpeger de personer, der er foreslået i tabellen over rådets sammensætning, som medlemmer af"
    asked = [f"{whom} {facts.council} for perioden {start} til {end} og tager stilling til hver person for sig"]
    own = sum(place.kind is SeatKind.BYRAAD for place in vacant)
    if own:
        asked.append(f"Byrådet udpeger {_counted(own, 'medlem', 'medlemmer')} af rådet blandt sine egne medlemmer")
    if facts.substitutes:
        asked.append("Byrådet tager suppleanterne og deres rækkefølge til efterretning")
    if len(vacant) > own:
        asked.append(
            f"Byrådet tager til efterretning, at {_counted(len(vacant) - own, 'plads er vakant', 'pladser er vakante')}"
        )
    points = "\n".join(f"{number}. {point}." for number, point in enumerate(asked, 1))
    return f"Forvaltningen indstiller til Byrådet, at\n\n{points}"


def _background(facts: Facts) -> list[str]:
    seats = _counted(facts.seats, "plads", "pladser")
    adopted = f"{facts.adopted_by} vedtog den {danish_date(facts.adopted_on)} reglerne for valget."
    return [
        f"{adopted} {seats} i {facts.council} besættes ved direkte valg.",
        _ADVISORY if "integrationsråd" in facts.election.casefold() else _ADVISORY_ELSEWHERE,
        _vote(facts),
        "Disse kandidater fik en plads, forbeholdt Byrådets godkendelse:\n" + _ranked(facts.chosen)
        if facts.chosen
        else "Ingen kandidat fik en plads.",
        "Suppleanter:\n" + _ranked(facts.substitutes) if facts.substitutes else "Der er ingen suppleanter.",
        f"Der blev trukket lod {_counted(facts.lots, 'gang', 'gange')}. Valgprotokollen fortæller hvordan."
        if facts.lots
        else "",
        f"Efterprøvning af valget med kontrolsedlerne: {facts.audit}" if facts.audit else "",
        f"{_record(facts)} {_complaints(facts)}",
        CHECKED if facts.checked else "",
        GENDER_NOTE,
    ]


def _vote(facts: Facts) -> str:
    day = danish_date(facts.election_day)
    if facts.no_vote is not None:
        body, decided_on = facts.no_vote
        return (
            f"Der var ikke flere kandidater end pladser. {body} besluttede derfor (indskrevet den {danish_date(decided_on)}), "
            f"at afstemningen den {day} ikke blev holdt."
        )
    return (
        f"Afstemningen blev holdt den {day}. {_counted(facts.ballots or 0, 'stemme blev afgivet', 'stemmer blev afgivet')}, "
        f"heraf {facts.blank} blanke og {facts.invalid} ugyldige."
    )


def _ranked(people: tuple[Ranked, ...]) -> str:
    return "\n".join(
        f"- Nr. {one.rank}: {one.name}"
        + (f", {_counted(one.votes, 'stemme', 'stemmer')}" if one.votes is not None else "")
        + (f" ({one.about})" if one.about else "")
        for one in people
    )


def _record(facts: Facts) -> str:
    if facts.record is None:
        return "Valgprotokollen er ikke oprettet endnu."
    version, signed = facts.record
    return (
        f"Valgprotokollen (udgave {version}) er underskrevet af hele valgbestyrelsen."
        if signed
        else f"Valgprotokollen (udgave {version}) er ikke underskrevet af hele valgbestyrelsen endnu."
    )


def _complaints(facts: Facts) -> str:
    came = _counted(facts.complaints, "klage", "klager") if facts.complaints else "ingen klager"
    waiting = f" {_counted(facts.open_complaints, 'klage', 'klager')} er ikke afgjort." if facts.open_complaints else ""
    return (
        f"Sidste dag for at klage over valget er {danish_date(facts.complaints_end)}. Der er modtaget {came}.{waiting}"
    )


def _history(facts: Facts) -> str:
    return "\n".join(f"- {danish_date(day)}: {body}: {what}" for day, body, what in facts.earlier)


def _enclosures(facts: Facts) -> str:
    there = [f"Valgprotokol, udgave {facts.record[0]}"] if facts.record else []
    there.append("Valgets regler")
    return "\n".join(f"{number}. {one}" for number, one in enumerate(there, 1))


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
