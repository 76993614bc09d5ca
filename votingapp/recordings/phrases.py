"""Which phrases have to be spoken, so that everything a voter may meet in this election can be heard.

A sentence with numbers is spoken whole for each number that this election can fill it with, for a sentence pieced together
sounds like one. Where another number or a name may stand, what is around it is spoken, and the number by itself.
"""

from __future__ import annotations

import itertools
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from ballots.receipt_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from votingapp.recordings.sentences import Language, Sentence
    from votingapp.store.ballot_paper import Line

AUTHENTIC: Final = "da"
"""The language of names, which a voice reads in every language."""

NAMES: Final = "names"
"""The pack of what is Danish in every language: candidates, the election itself, and the words of receipts."""

_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z]+)\}")
_MOST_WHOLE: Final = 400
"""Sentences that one sentence may become; with more, it is spoken in parts."""

_LEAST_NUMBER: Final = 31
"""Numbers are spoken up to here, or up to the last candidate."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` is what stands on the screen, `spoken` what the voice is given; `key` can be a file's name."""

    key: str
    text: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Extent:
    """What this election can fill sentences with: `most` votes, and so many `candidates`; both at least 1."""

    most: int
    candidates: int

    def numbers(self) -> Mapping[str, Sequence[int]]:
        """The numbers that a placeholder can stand for, where they are few."""
        return {
            "most": (self.most,),
            "chosen": range(self.most + 1),
            "left": range(1, self.most + 1),
        }


def phrases_of(language: Language, extent: Extent) -> tuple[Phrase, ...]:
    """Everything that is said in one language; no text twice."""
    said = (
        *_sentences(language, extent),
        *(_plain(f"number.{number}", str(number)) for number in range(max(extent.candidates, _LEAST_NUMBER) + 1)),
        *(_plain(f"sign.small-{sign}", sign) for sign in string.ascii_lowercase),
        *(Phrase(f"sign.capital-{sign.lower()}", sign, sign.lower()) for sign in string.ascii_uppercase),
        _plain("language.name", language.name),
    )
    return _once(said)


def phrases_of_names(name: str, municipality: str, lines: Iterable[Line]) -> tuple[Phrase, ...]:
    """What is said in Danish whatever the language: who stands, whose election it is, the words of receipts."""
    said = (
        *(_plain(f"name.{line.number}", line.name) for line in lines),
        *(_plain(f"line.{line.number}", line.line) for line in lines if line.line),
        _plain("election.name", name),
        _plain("election.municipality", municipality),
        *(_plain(f"word.{word}", word) for word in WORDS),
    )
    return _once(said)


def _plain(key: str, text: str) -> Phrase:
    return Phrase(key, tidy(text), tidy(text))


def tidy(text: str) -> str:
    """A text without what is not heard: marks of direction and needless space. The tablet tidies what it shows likewise."""
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200e\u200f\u2066-\u2069]", "", text)).strip()


def _once(said: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple({one.text: one for one in reversed(tuple(said)) if one.text}.values())[::-1]


def _sentences(language: Language, extent: Extent) -> Iterator[Phrase]:
    for key, sentence in language.sentences.items():
        for suffix, text in _filled(sentence, extent, language.plural):
            yield from _parts(key + suffix, text)


def _filled(sentence: Sentence, extent: Extent, plural: str) -> Iterator[tuple[str, str]]:
    """A sentence with each number that it can be filled with, and what of its key tells which.

    What counts as high as there are candidates is left open: each of its forms is spoken around the number.
    """
    forms = dict(sentence) if isinstance(sentence, dict) else {"other": sentence}
    counted, known = forms.pop("plural", None), extent.numbers()
    if counted is not None and counted not in known:
        for form, text in forms.items():
            exact = form.removeprefix("=")
            yield f".{form.replace('=', 'exactly-')}", text if form == exact else text.replace(f"{{{counted}}}", exact)
        return
    named = {name for form in forms.values() for name in _PLACEHOLDER.findall(form)} | ({counted} if counted else set())
    numbers = {name: known[name] for name in sorted(named) if name in known}
    if _product(numbers.values()) > _MOST_WHOLE:
        numbers = {name: several for name, several in numbers.items() if name == counted}
    for values in itertools.product(*numbers.values()):
        filling = dict(zip(numbers, values, strict=True))
        form = forms["other"] if counted is None else _form(forms, filling[counted], plural)
        text = _PLACEHOLDER.sub(lambda found: str(filling.get(found[1], found[0])), form)  # noqa: B023 - used at once
        yield "".join(f".{name}-{value}" for name, value in filling.items()), text


def _product(several: Iterable[Sequence[int]]) -> int:
    product = 1
    for one in several:
        product *= len(one)
    return product


def _form(forms: Mapping[str, str], number: int, plural: str) -> str:
    return forms.get(f"={number}") or forms.get(_category(plural, number)) or forms["other"]


def _category(plural: str, number: int) -> str:
    try:
        return str(Locale.parse(plural, sep="-").plural_form(number))
    except (UnknownLocaleError, ValueError):
        return "other"


def _parts(key: str, text: str) -> Iterator[Phrase]:
    """A sentence, or what is left of it around what nobody knows beforehand."""
    if not _PLACEHOLDER.search(text):
        yield _plain(key, text)
        return
    parts = [tidy(part) for part in _PLACEHOLDER.split(text)[::2]]
    for place, part in enumerate(parts):
        if re.search(r"\w", part):
            yield _plain(f"{key}.part-{place}", part)
