"""The roll (valgliste) names those who may vote, and the desk finds a person on it without matching by name alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from ballots.admission import NotOnRoll, NotResident, TooYoung, VoterFacts, VotingRules, refuse_person
from ballots.register import Person, fold_name


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person of the extract who is not put on the roll, and why."""

    person: Person
    why: NotOnRoll | TooYoung | NotResident


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll drawn up from an extract, in its order, and everybody it leaves out."""

    entitled: tuple[Person, ...]
    left_out: tuple[LeftOut, ...]


def draw_up_roll(persons: Iterable[Person], rules: VotingRules) -> Roll:
    """Divide an extract by `[eligibility]` into those who may vote, the declaration aside, and those who may not.

    On a closed roll the entitled are the roll; on an open one they are those who may declare at the desk.
    """
    entitled: list[Person] = []
    left_out: list[LeftOut] = []
    for person in persons:
        why = refuse_person(VoterFacts(person.birth_date, person.municipality_code), rules)
        if why is None:
            entitled.append(person)
        else:
            left_out.append(LeftOut(person, why))
    return Roll(tuple(entitled), tuple(left_out))


def find_by_name(persons: Iterable[Person], query: str, birth_date: date) -> tuple[Person, ...]:
    """Find everybody born that day whose name answers to the query.

    One answer or several, the desk asks before it admits anyone: names prove nothing. Protected persons are
    found too, since the desk is the authority; what is shown of them is the desk's care.
    """
    return tuple(
        person for person in persons if person.birth_date == birth_date and answers_to(fold_name(person.name), query)
    )


def answers_to(name_key: str, query: str) -> bool:
    """Tell whether a name, folded by `fold_name`, answers to what was typed.

    Each word typed must begin a different word of the name, in any order: `chr jen` finds Jens Christian
    Jensen. Nothing typed finds nobody. å typed as aa, ø as oe and æ as ae are found as well.
    """
    return answers_to_words(name_key, read_query(query))


def read_query(query: str) -> tuple[str, ...]:
    """The words of what was typed as `answers_to_words` takes them, longest first: read once, held against many names."""
    return tuple(sorted(_loose(fold_name(query)).split(), key=len, reverse=True))


def answers_to_words(name_key: str, wanted: tuple[str, ...]) -> bool:
    """Tell the same as `answers_to` for a query that has been read."""
    return bool(wanted) and _each_begins_another(wanted, _loose(name_key).split())


def likeness(name_key: str, other_key: str) -> float:
    """How alike two folded names are written, from 0 to 1, whatever the order of their words: for a list to begin with."""
    one, other = (" ".join(sorted(_loose(key).split())) for key in (name_key, other_key))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _loose(name_key: str) -> str:
    return name_key.replace("-", " ").replace("å", "aa").replace("ø", "oe").replace("æ", "ae")


def _each_begins_another(wanted: tuple[str, ...], words: list[str]) -> bool:
    """Longest first: what a longer beginning fits, a shorter one may leave to it."""
    for beginning in wanted:
        fitting = next((word for word in words if word.startswith(beginning)), None)
        if fitting is None:
            return False
        words.remove(fitting)
    return True
