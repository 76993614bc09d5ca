"""Names and statements are taken as written or refused with a reason, and never cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.texts import (
    RefusedText,
    TextFault,
    count_characters,
    read_distinguishing_line,
    read_name,
    read_statement,
)
from candidates.unseen import UNSEEN

FORBIDDEN = {
    "right-to-left override": "\u202e",
    "left-to-right override": "\u202d",
    "right-to-left embedding": "\u202b",
    "pop directional formatting": "\u202c",
    "right-to-left isolate": "\u2067",
    "pop directional isolate": "\u2069",
    "null": "\0",
    "escape": "\x1b",
    "tab": "\t",
    "delete": "\x7f",
    "next line": "\x85",
    "line separator": "\u2028",
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "lone surrogate": "\ud800",
    "private use": "\ue000",
    "tag letter": "\U000e0061",
}


@pytest.mark.parametrize(
    "name",
    [
        "Bo",
        "Søren Ærø Åkjær",
        "Nguyễn Thị Ánh",
        "محمد علي",
        "Ольга Шевченко",
        "O’Brien-Núñez",
        "ምሕረት",
        "தமிழ்ச்செல்வி",
        "می\u200cنا",
        "Łukasz Żółć jr.",
        "A.P. Møller",
        "Anne – Marie",
        "Gal·la Vilà",
        "שרה בן־צבי",
        "ක්\u200dරිස්ති",
        "Mª José",
    ],
)
def test_names_of_many_alphabets_are_taken_as_written(name):
    """Letters, marks, hyphens, apostrophes and the joiners of Persian are part of names."""
    assert read_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("character", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_no_character_turns_the_page_around(character):
    """Control characters, overrides and unseen signs are refused by code point, in names and statements."""
    refused = RefusedText(TextFault.FORBIDDEN_CHARACTER, character=f"U+{ord(character):04X}")
    for text in (f"Anna{character}Holm", f"{character}Anna Holm", f"Anna Holm{character}"):
        assert read_name(text) == refused
        assert read_statement(text, 100) == refused


def test_line_breaks_belong_to_statements_only():
    """A statement has lines, whatever the browser sends for them, and a name has none."""
    assert read_statement("Et\r\nTo\rTre\n\nFire", 100) == "Et\nTo\nTre\n\nFire"
    assert read_name("Anna\nHolm") == RefusedText(TextFault.FORBIDDEN_CHARACTER, character="U+000A")


def test_direction_marks_are_for_statements():
    """A statement in Arabic may set off a Danish word with direction marks; a name may not hold them."""
    text = "أسكن في\u200e Køge \u200f"
    assert read_statement(text, 100) == text
    assert read_name("Anna\u200eHolm") == RefusedText(TextFault.FORBIDDEN_CHARACTER, character="U+200E")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Anna   Holm ", "Anna Holm"),
        ("Anna\u00a0Holm", "Anna Holm"),
        ("Soeren A\u030akjær", "Soeren Åkjær"),
        ("\u3000Li Na\u2003", "Li Na"),
    ],
)
def test_spacing_and_composition_are_tidied(text, name):
    """Spaces of every kind become single ones, and letters typed in parts are composed."""
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", RefusedText(TextFault.TOO_SHORT, 0, 2)),
        ("   ", RefusedText(TextFault.TOO_SHORT, 0, 2)),
        ("A", RefusedText(TextFault.TOO_SHORT, 1, 2)),
        ("Å", RefusedText(TextFault.TOO_SHORT, 1, 2)),
        ("A\u030a", RefusedText(TextFault.TOO_SHORT, 1, 2)),
        ("Bo", "Bo"),
        ("å" * 100, "å" * 100),
        ("a\u030a" * 100, "å" * 100),
        ("å" * 101, RefusedText(TextFault.TOO_LONG, 101, 100)),
        ("--- '.", RefusedText(TextFault.NO_LETTER, 6)),
    ],
)
def test_names_have_two_to_a_hundred_characters(text, answer):
    """Two and a hundred characters are in, one and a hundred and one are out, composed and with a letter."""
    assert read_name(text) == answer


@pytest.mark.parametrize(
    "sign", ["\u3164", "\u115f", "\u1160", "\uffa0", "\u17b4", "\u034f", "\u180b", "\ufe0f", "\u2800", "\U000e0100"]
)
def test_a_name_holds_nothing_that_nobody_sees(sign):
    """Fillers and selectors, letters to Unicode and nothing on paper, are refused by code point in names and lines."""
    refused = RefusedText(TextFault.FORBIDDEN_CHARACTER, character=f"U+{ord(sign):04X}")
    for read in (read_name, read_distinguishing_line):
        assert read(sign * 2) == read(f"Anna{sign}") == read(f"{sign}Anna") == refused


@given(st.text(st.sampled_from([*sorted(UNSEEN), " ", "\n", "\xa0"]), min_size=1))
def test_a_statement_shows_something(text):
    """A text of unseen signs and spaces alone is empty or refused, whatever it is made of."""
    assert read_statement(text, 100) == "" or isinstance(read_statement(text, 100), RefusedText)


def test_a_statement_may_hold_what_shapes_its_signs():
    """A heart with its colour and a blank Braille cell between others belong to a text."""
    assert read_statement("Stem ❤\ufe0f ⠁⠀⠃", 100) == "Stem ❤\ufe0f ⠁⠀⠃"


@pytest.mark.parametrize("sign", [*list('0٣½Ⅳ!@/:,()"*★✓_&|€😀'), "𝐀", "𝟘", "Ａ", "\u0640"])
def test_a_name_has_no_digit_and_no_sign(sign):
    """What is no part of a name would buy the first place or the first look; it is named in the refusal."""
    for text in (f"{sign} Anna", f"Anna {sign}", f"An{sign}na"):
        assert read_name(text) == RefusedText(TextFault.NOT_IN_NAME, character=sign)


def test_an_apostrophe_alone_is_no_name():
    """Unicode has one among the letters; where apostrophes do not count nothing would be left to file by."""
    assert read_name("\u02bc\u02bc") == RefusedText(TextFault.NO_LETTER, 2)
    assert read_name("O\u02bcHara") == "O\u02bcHara"


@pytest.mark.parametrize("mark", ["\u0301", "\u0323", "\u0483", "\u064b", "\u0903"])
@pytest.mark.parametrize("text", ["{} Anna", "Anna {}", "{}Anna", "Anna-{}Bo", "O'{}Hara", "A.{} Holm"])
def test_a_mark_of_a_name_stands_on_a_letter(mark, text):
    """One that follows nothing, a space or a sign is no part of a name, and nobody is filed by it."""
    assert read_name(text.format(mark)) == RefusedText(TextFault.LOOSE_MARK)


@pytest.mark.parametrize("mark", ["\u20dd", "\u20e3", "\u0489", "\u0332", "\u0336"])
def test_a_name_is_not_framed_and_not_underlined(mark):
    """Rings, keys and lines around a letter would buy the first look, like a bold one; no spelling has them."""
    assert read_name(f"A{mark}nna") == RefusedText(TextFault.NOT_IN_NAME, character=mark)


@pytest.mark.parametrize(
    "text", ["A\u0323bel", "Nguye\u0302\u0303n", "র\u200d\u09cdয", "ක\u0dca\u200dරම", "นิ่ม", "מִרְיָם"]
)
def test_marks_on_letters_are_taken(text):
    """Of any script, also where a joiner stands between the letter and its mark."""
    assert read_name(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["Køb evil.example", "t.co", "www.koege.dk", "Chr.Hansen", "ஆ.நன்றி"])
def test_a_name_is_no_address(text):
    """A full stop stands after an abbreviation, with a space behind it, or between initials."""
    assert read_name(text) == RefusedText(TextFault.ADDRESS)


@pytest.mark.parametrize(
    "text", ["A\u200dnna", "Anna\u200d", "\u200cمینا", "می\u200c نا", "می\u200c\u200cنا", "А\u200cнна"]
)
def test_joiners_stand_where_letters_are_joined(text):
    """Between Latin or Cyrillic letters, or at the end of a word, a joiner would only be hidden."""
    assert isinstance(read_name(text), RefusedText)


@pytest.mark.parametrize(
    "text", ["Smed, 4. sal", "cand.mag.", "bor f.eks. i Køge", "Født 1970 (den ældre)", "3.b", "Smed & skipper"]
)
def test_a_line_may_hold_digits_and_signs(text):
    """The line tells two people apart in whatever way a printer can set."""
    assert read_distinguishing_line(text) == text


@pytest.mark.parametrize(
    "text", ["anna@eksempel.dk", "http://evil.example", "Stem på evil.example", "se //x", "WWW.koege"]
)
def test_a_line_is_no_address(text):
    """Nobody's page or letter box stands on the ballot."""
    assert read_distinguishing_line(text) == RefusedText(TextFault.ADDRESS)


@given(st.text(max_size=130))
def test_a_name_that_is_taken_stays_taken(text):
    """Whatever is taken is composed, printable but for the joiners, within its limits, and read again as itself."""
    name = read_name(text)
    if isinstance(name, str):
        assert name == unicodedata.normalize("NFC", name) == name.strip()
        assert 2 <= len(name) <= 100
        assert name.translate({0x200C: None, 0x200D: None}).isprintable()
        assert read_name(name) == name


@pytest.mark.parametrize("letter", ["a", "æ", "e\u0301", "عَ", "த்", "ö", "漢", "€"])
def test_the_limit_is_the_same_in_every_language(letter):
    """The limit counts what a reader sees, so a language written with marks gets the same room."""
    assert read_statement(letter * 1000, 1000) == unicodedata.normalize("NFC", letter * 1000)
    assert read_statement(letter * 1001, 1000) == RefusedText(TextFault.TOO_LONG, 1001, 1000)


def test_line_breaks_and_spaces_count():
    """A line break is one character, whether the browser sends one code or two."""
    assert count_characters("a b\nc") == 5
    assert read_statement("a\r\nb", 3) == "a\nb"
    assert read_statement("a\r\nb", 2) == RefusedText(TextFault.TOO_LONG, 3, 2)


def test_a_statement_may_be_empty():
    """Nothing written is a statement too, also where the limit is nothing."""
    assert read_statement(" \r\n ", 0) == ""
    assert read_statement("a", 0) == RefusedText(TextFault.TOO_LONG, 1, 0)


def test_marks_are_not_heaped():
    """Marks are not counted, so a heap of them is refused before it covers the page."""
    assert read_statement("o" + "\u0316" * 4, 10) == "o" + "\u0316" * 4
    assert read_statement("o" + "\u0316" * 5, 10) == RefusedText(TextFault.HEAPED_MARKS, 5, 4)
    assert read_name("Bo" + "\u0316" * 5) == RefusedText(TextFault.HEAPED_MARKS, 5, 4)


@pytest.mark.parametrize("read", [read_name, lambda text: read_statement(text, 10)])
def test_a_mountain_of_marks_is_refused_before_it_is_composed(read):
    """Unicode sorts the marks of a run in quadratic time, so a long run is refused at its thirteenth mark."""
    assert read("o" + "\u0301\u0316" * 10_000) == RefusedText(TextFault.HEAPED_MARKS, 13, 4)


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_statement_is_never_cut(text, limit):
    """A statement comes back whole, or is refused; what is taken keeps the limit and reads again as itself."""
    statement = read_statement(text, limit)
    if isinstance(statement, str):
        whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip(" \n")
        assert statement == whole
        assert count_characters(statement) <= limit
        assert read_statement(statement, limit) == statement
