"""Each step of the count is told in Danish, with the rule it follows, for the record and those who read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tally.allocation.answer import Decides, SubstituteMember
    from tally.allocation.counts import CandidateCount, People
    from tally.allocation.lots import Lot
    from tally.rules import ReservedSeats, SubstituteRules

SUBJECT_TO_THE_COUNCIL = "Valget er forbeholdt Byrådets godkendelse (integrationsloven § 42)."


def groups_without_seats(people: People) -> str:
    """Say whose group has no reserved seats in the rules, so that only open seats are within reach."""
    named = ", ".join(f"{person.name} ({person.id}, »{person.group}«)" for person in people)
    return f"Uden reserverede pladser til gruppen ([[seats.reserved]]), kun åbne pladser: {named}."


def barred(least: int, people: People) -> str:
    """Say who has too few votes for seat and list."""
    return (
        f"Mindst {_votes(least)} kræves ([substitutes] minimum_votes); hverken plads eller suppleantpost til: "
        f"{_results(people)}."
    )


def reserved_seats_given(row: ReservedSeats, certain: People, filled: int) -> str:
    """Say who takes the seats reserved for a group, and how many the group cannot fill."""
    unfilled = row.seats - filled
    remark = f" Gruppen kan ikke besætte {_seats(unfilled)}." if unfilled else ""
    heading = f"{_seats(row.seats)} reserveret til gruppen »{row.group}« ([[seats.reserved]]), flest stemmer i gruppen"
    return f"{heading}: {_outcome(certain, filled)}.{remark}"


def open_seats_given(number: int, certain: People, filled: int) -> str:
    """Say who takes the open seats."""
    if not number:
        return "Der er ingen åbne pladser ([seats] total)."
    heading = "åben plads" if number == 1 else "åbne pladser"
    return f"{number} {heading} ([seats] total), flest stemmer blandt de øvrige: {_outcome(certain, filled)}."


def _outcome(certain: People, filled: int) -> str:
    parts = [_results(certain)] if certain else []
    waiting = filled - len(certain)
    if waiting:
        parts.append(f"{_seats(waiting)} afventer lodtrækning")
    return "; ".join(parts) or "ingen"


def lot_needed(tied: People, decides: Decides) -> str:
    """Say that the election board must draw a lot."""
    return f"Stemmelighed: der skal trækkes lod om {_matter(decides)} mellem {_results(tied)}."


def lot_drawn(tied: People, lot: Lot, decides: Decides) -> str:
    """Say in which order a lot came out."""
    by_id = {candidate.id: candidate for candidate in tied}
    drawn = _names(by_id[person] for person in lot.order)
    return f"Stemmelighed: lodtrækning om {_matter(decides)} mellem {_results(tied)}; udtrukket i rækkefølgen {drawn}."


def _matter(decides: Decides) -> str:
    return {
        "seat": "en plads",
        "substitute": "rækkefølgen af suppleanter",
        "pairing": "fordelingen af suppleanter på medlemmer",
    }[decides]


def substitutes_found(rules: SubstituteRules, substitutes: tuple[SubstituteMember, ...]) -> str:
    """Say how many substitutes there are and by which model."""
    number = "1 suppleant" if len(substitutes) == 1 else f"{len(substitutes)} suppleanter"
    if rules.model == "ranked":
        return f'{number} på én liste, flest stemmer først ([substitutes] model = "ranked").'
    return (
        f"{number} fordelt på medlemmerne i rangorden, én runde ad gangen, højst {rules.per_member} til hver "
        '([substitutes] model = "paired").'
    )


def all_elected(people: People) -> str:
    """Say that there was a seat for everybody."""
    who = _names(people) if people else "ingen"
    return f"Der er ikke flere kandidater end pladser og ingen afstemning; valgt i stemmeseddelens rækkefølge: {who}."


def vacant_seats(number: int) -> str:
    """Say how many seats stay empty."""
    return "1 plads er vakant." if number == 1 else f"{number} pladser er vakante."


def _names(people: Iterable[CandidateCount]) -> str:
    return ", ".join(f"{person.name} ({person.id})" for person in people)


def _results(people: Iterable[CandidateCount]) -> str:
    return ", ".join(f"{person.name} ({person.id}): {_votes(person.received)}" for person in people)


def _votes(number: int) -> str:
    return "1 stemme" if number == 1 else f"{number} stemmer"


def _seats(number: int) -> str:
    return "1 plads" if number == 1 else f"{number} pladser"
