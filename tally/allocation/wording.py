"""Each step of the count is told in Danish, with the rule it follows, for the record and those who read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tally.allocation.course import (
    AllElected,
    Barred,
    GroupsUnknown,
    LotFell,
    LotWanted,
    OpenGiven,
    ReservedGiven,
    SeatsVacant,
    Step,
    SubjectToCouncil,
    SubstitutesFound,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tally.allocation.answer import Decides
    from tally.allocation.counts import CandidateCount

_SUBJECT_TO_COUNCIL = "Valget er forbeholdt Byrådets godkendelse (integrationsloven § 42)."
_MATTER: dict[Decides, str] = {
    "seat": "en plads",
    "substitute": "rækkefølgen af suppleanter",
    "pairing": "fordelingen af suppleanter på medlemmer",
}


def danish(step: Step) -> str:  # noqa: PLR0911 - one return for each kind of step
    """Tell one step; these sentences stand in answers that others have checked, so a change of one is a new format."""
    match step:
        case GroupsUnknown():
            return _groups_unknown(step)
        case Barred():
            return _barred(step)
        case ReservedGiven():
            return _reserved_given(step)
        case OpenGiven():
            return _open_given(step)
        case LotWanted() | LotFell():
            return _lot(step)
        case SubstitutesFound():
            return _substitutes_found(step)
        case AllElected():
            return _all_elected(step)
        case SeatsVacant():
            return "1 plads er vakant." if step.number == 1 else f"{step.number} pladser er vakante."
        case SubjectToCouncil():
            return _SUBJECT_TO_COUNCIL


def _groups_unknown(step: GroupsUnknown) -> str:
    named = ", ".join(f"{person.name} ({person.id}, »{person.group}«)" for person in step.people)
    return f"Uden reserverede pladser til gruppen ([[seats.reserved]]), kun åbne pladser: {named}."


def _barred(step: Barred) -> str:
    return (
        f"Mindst {_votes(step.least)} kræves ([substitutes] minimum_votes); hverken plads eller suppleantpost til: "
        f"{_results(step.people)}."
    )


def _reserved_given(step: ReservedGiven) -> str:
    unfilled = step.number - step.filled
    remark = f" Gruppen kan ikke besætte {_seats(unfilled)}." if unfilled else ""
    heading = (
        f"{_seats(step.number)} reserveret til gruppen »{step.group}« ([[seats.reserved]]), flest stemmer i gruppen"
    )
    return f"{heading}: {_outcome(step)}.{remark}"


def _open_given(step: OpenGiven) -> str:
    if not step.number:
        return "Der er ingen åbne pladser ([seats] total)."
    heading = "åben plads" if step.number == 1 else "åbne pladser"
    return f"{step.number} {heading} ([seats] total), flest stemmer blandt de øvrige: {_outcome(step)}."


def _outcome(step: ReservedGiven | OpenGiven) -> str:
    seated = [contender.person for contender in step.contenders if contender.fate == "seated"]
    parts = [_results(seated)] if seated else []
    waiting = step.filled - len(seated)
    if waiting:
        parts.append(f"{_seats(waiting)} afventer lodtrækning")
    return "; ".join(parts) or "ingen"


def _lot(step: LotWanted | LotFell) -> str:
    about = f"om {_MATTER[step.decides]} mellem {_results(step.among)}"
    if isinstance(step, LotWanted):
        return f"Stemmelighed: der skal trækkes lod {about}."
    return f"Stemmelighed: lodtrækning {about}; udtrukket i rækkefølgen {_names(step.order)}."


def _substitutes_found(step: SubstitutesFound) -> str:
    number = "1 suppleant" if len(step.substitutes) == 1 else f"{len(step.substitutes)} suppleanter"
    if step.model == "ranked":
        return f'{number} på én liste, flest stemmer først ([substitutes] model = "ranked").'
    return (
        f"{number} fordelt på medlemmerne i rangorden, én runde ad gangen, højst {step.per_member} til hver "
        '([substitutes] model = "paired").'
    )


def _all_elected(step: AllElected) -> str:
    who = _names(step.people) if step.people else "ingen"
    return f"Der er ikke flere kandidater end pladser og ingen afstemning; valgt i stemmeseddelens rækkefølge: {who}."


def _names(people: Iterable[CandidateCount]) -> str:
    return ", ".join(f"{person.name} ({person.id})" for person in people)


def _results(people: Iterable[CandidateCount]) -> str:
    return ", ".join(f"{person.name} ({person.id}): {_votes(person.received)}" for person in people)


def _votes(number: int) -> str:
    return "1 stemme" if number == 1 else f"{number} stemmer"


def _seats(number: int) -> str:
    return "1 plads" if number == 1 else f"{number} pladser"
