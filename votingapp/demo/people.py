"""The people of a rehearsal: invented names and numbers, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_GIVEN = (
    "Aïcha", "Amal", "Aylin", "Beata", "Çiğdem", "Dragana", "Emre", "Fatima", "Goran", "Hodan", "Ioana", "Ibrahim",
    "Jasmina", "Kamil", "Layla", "Łukasz", "Mehmet", "Mihai", "Nadiya", "Oksana", "Øzlem", "Parisa", "Rasa", "Reza",
    "Selam", "Şükran", "Tamara", "Thuy", "Umar", "Vasyl", "Wiktoria", "Xuan", "Yusuf", "Zahra", "Åsa", "Ægir",
)  # fmt: skip
_FAMILY = (
    "Abdi", "Ahmadi", "Aydın", "Bajrami", "Çelik", "Chaudhry", "Demir", "Dąbrowski", "El-Sayed", "Farah", "Ghebre",
    "Hadžić", "Hossain", "Ionescu", "Jankowska", "Kaya", "Kovalenko", "Le", "Mahmoud", "Marković", "Nguyen", "Öztürk",
    "Petrenko", "Popescu", "Qureshi", "Rahimi", "Rajaratnam", "Şahin", "Shevchenko", "Tesfay", "Vuković", "Wójcik",
    "Yıldız", "Zielińska", "Ærø", "Østergaard Khan",
)  # fmt: skip
_CAUSES = (
    "flere lektiecaféer og fritidsjob til de unge",
    "at kommunens breve kan forstås af dem, der får dem",
    "mødesteder, hvor naboer lærer hinanden at kende",
    "bedre vej fra sprogskole til arbejde",
    "sundhed, idræt og svømmeundervisning for kvinder",
    "at ældre med få danske ord ikke bliver ensomme",
)

_OLDEST, _YOUNGEST = 88, 19
_TWENTIETH = 2000


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; the CPR number (ten digits) is well-formed and belongs to nobody we know of."""

    name: str
    cpr: str
    birth_date: date

    @property
    def email(self) -> str:
        """An address that no mail can reach (RFC 2606)."""
        return f"{self.cpr[-4:]}@example.invalid"


def invent(random: Random, count: int, election_day: date) -> tuple[Person, ...]:
    """`count` people of voting age on `election_day`, each with a name and a number nobody else of them has."""
    people: dict[str, Person] = {}
    names = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    random.shuffle(names)
    while len(people) < count:
        number = len(people)
        name = names[number % len(names)]
        if number >= len(names):
            name = f"{name} {_GIVEN[number // len(names) % len(_GIVEN)]}"
        person = _person(random, name, election_day)
        people.setdefault(person.cpr, person)
    return tuple(people.values())


def statement(random: Random, person: Person) -> str:
    """What an invented candidate says of herself."""
    given = person.name.split(" ", 1)[0]
    return f"Jeg hedder {given} og bor i kommunen. I rådet vil jeg arbejde for {random.choice(_CAUSES)}."


def _person(random: Random, name: str, election_day: date) -> Person:
    age_in_days = random.randrange(_YOUNGEST * 366, _OLDEST * 365)
    birth_date = election_day - timedelta(days=age_in_days)
    # The seventh digit tells the century: 0-3 for those born before 2000, 4-9 for those after (domain: CPR, positions 5-7).
    first = random.randrange(4) if birth_date.year < _TWENTIETH else random.choice((4, 9))
    return Person(name, f"{birth_date:%d%m%y}{first}{random.randrange(1000):03d}", birth_date)
