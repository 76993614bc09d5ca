"""Letters of two alphabets may look the same on paper; the eye, not the code, decides whether two names are alike."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from candidates.letters import split_words

# Pairs of a letter and the Latin one that it is taken for in common fonts, after Unicode's confusables (UTS #39), kept
# to the alphabets that people in Denmark write names in. Only for comparing: nothing is ever printed with it.
_CYRILLIC = (
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ҺH ԚQ ԜW ѴV ӀI "
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl"
)
_GREEK = "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ αa γy ηn ιi κk νv οo ρp τt υu χx ωw ϲc ϳj"
_ARMENIAN = "ԼL ՍU ՏS ՕO զq հh յj ոn սu ցg օo"
_LATIN = "ɑa ɡg ɩi"

LATIN_FOR: Final[Mapping[str, str]] = MappingProxyType(
    {pair[0]: pair[1] for pair in f"{_CYRILLIC} {_GREEK} {_ARMENIAN} {_LATIN}".split()}
)
"""The Latin letter for which a letter is easily taken, capitals and small ones apart: Н is taken for H, Greek η for n."""

_ALPHABETS_THAT_LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"})


def as_seen(text: str) -> str:
    """Return a text, composed, as a Danish eye reads it: look-alikes as Latin letters, with the accents they have."""
    if text.isascii():
        return text
    seen = "".join(LATIN_FOR.get(part, part) for part in unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", seen)


def words_of_mixed_alphabets(name: str) -> tuple[str, ...]:
    """The words of a name that are written with letters of two alphabets that look alike, such as `Jеnsen` with a Cyrillic е.

    A hyphen parts words. Nobody's name is written so; it is a slip of the keyboard, or somebody hides behind another.
    """
    return tuple(word for word in split_words(name) if len(_alphabets(word)) > 1)


def _alphabets(word: str) -> frozenset[str]:
    """The alphabets of a word, as the official names of its letters begin."""
    scripts = (unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha())
    return frozenset(scripts) & _ALPHABETS_THAT_LOOK_ALIKE
