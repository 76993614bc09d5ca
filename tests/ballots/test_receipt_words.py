"""A receipt's words can be said over a telephone and found again, and nobody is told anything by them."""

import hashlib
import re

import pytest
from write_words import TARGET, module

from ballots.protocol.hashing import digest_base64
from ballots.receipt_words import COUNT, WORDS, receipt_words

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
SPELLINGS = (("æ", "ø", "å"), ("ae", "oe", "aa"), ("e", "o", "a"), ("a", "o", "o"))
KNOWN = {word: place for place, word in enumerate(WORDS)}


def flat(word: str, *letters: str) -> str:
    """A word as somebody types it who has no æ, ø or å."""
    return word.translate(str.maketrans(dict(zip("æøå", letters, strict=True))))


def heard(word: str) -> str:
    """A word with the letters alike that sound alike in Danish."""
    for written, said in (
        *(("hv", "v"), ("hj", "j"), ("gj", "j"), ("ld", "l"), ("nd", "n"), ("rd", "r"), ("ds", "s"), ("ts", "s")),
        *(("ch", "sj"), ("ph", "f"), ("c", "k"), ("q", "k"), ("z", "s"), ("w", "v"), ("x", "ks")),
        *(("æ", "e"), ("y", "i"), ("å", "o"), ("ø", "o"), ("d", "t"), ("b", "p"), ("g", "k")),
    ):
        word = word.replace(written, said)
    return re.sub(r"(.)\1", r"\1", word)


def test_the_list_has_a_word_for_each_eleven_bits():
    """Two thousand and forty-eight words of three to eight Danish letters, each once, in the order of the alphabet."""
    assert len(WORDS) == len(KNOWN) == 2**11
    assert all(3 <= len(word) <= 8 and set(word) <= set(ALPHABET) for word in WORDS)
    assert sorted(WORDS, key=lambda word: [ALPHABET.index(letter) for letter in word]) == list(WORDS)


def test_no_two_words_look_alike():
    """No letter more, less, changed or changed about makes one word of another."""
    changed, alike = {}, []
    for word in WORDS:
        shorter = {word[:i] + word[i + 1 :] for i in range(len(word))}
        swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
        alike += [(word, other) for other in shorter | (swapped - {word}) if other in KNOWN]
        for gap in {f"{word[:i]}?{word[i + 1 :]}" for i in range(len(word))}:
            changed.setdefault(gap, []).append(word)
    assert alike + [words for words in changed.values() if len(words) > 1] == []


@pytest.mark.parametrize("letters", SPELLINGS)
def test_words_stay_apart_without_danish_letters(letters):
    """However somebody without æ, ø and å types one, it is no other word, in any other spelling."""
    others = {flat(word, *other): word for other in SPELLINGS for word in WORDS}
    assert [word for word in WORDS if others[flat(word, *letters)] != word] == []


def test_no_two_words_sound_alike():
    """Read aloud they stay apart too."""
    assert len({heard(word) for word in WORDS}) == len(WORDS)


def test_six_words_are_the_first_sixty_six_bits():
    """What the words say is what stands first in the hash, and nothing else."""
    raw = b"en forseglet stemme"
    digest = hashlib.sha256(raw).digest()
    first = int.from_bytes(digest, "big") >> (256 - 66)
    said = receipt_words(digest_base64(raw))
    assert len(said) == COUNT
    number = 0
    for word in said:
        number = number << 11 | KNOWN[word]
    assert number == first


def test_a_word_belongs_to_one_receipt_for_good():
    """The words of a receipt that was written down never change."""
    code = "uW3e+YzEYWFB0tI0qX7mM1gWbX5HGX5TgGHGYcPwGC0"
    assert " ".join(receipt_words(code)) == "skilift lastbil skudår chef hjulbør røgelse"


@pytest.mark.parametrize("code", ["", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "å", "A" * 42 + "\n"])
def test_what_is_no_receipt_has_no_words(code):
    """Neither too short nor too long, nor with a sign that no receipt has."""
    with pytest.raises(ValueError, match="43 signs"):
        receipt_words(code)


def test_the_booth_has_the_same_words():
    """The booth's list is the one that scripts/write_words.py writes."""
    assert TARGET.read_text(encoding="utf-8") == module()
