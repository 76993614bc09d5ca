"""The ballot's order comes from the Danish alphabet or a lot that anyone can draw again."""

import hashlib
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.ballot_order import (
    BallotEntry,
    MustDistinguish,
    alphabetical,
    by_lot,
    danish_key,
    lot_digest,
    order_ballot,
)
from candidates.drawing import read_seed
from candidates.texts import RefusedText, read_name

NAMES = st.text(alphabet="abzæøåAÅÆØé -'äöü", min_size=1, max_size=6)
ENTRIES = st.lists(st.tuples(NAMES, NAMES), max_size=8).map(
    lambda rows: [BallotEntry(f"K{number}", name, line, f"p{number}") for number, (name, line) in enumerate(rows)]
)


def entries(*names):
    return [BallotEntry(f"K{number}", name, public_id=f"p{number}") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    "ordered",
    [
        ["Zenia", "Ægir", "Østen", "Åse"],
        ["Anna", "Zenia", "Aase"],
        ["Bo", "Bo Ali", "Bob", "Bodil"],
        ["Ali Vang", "Alia Bo"],
        ["Jensen", "Jenszen", "Jensøn", "Jensån"],
        ["Jose", "José", "Josef"],
        ["Muhlen", "Myhlen", "Mühlen", "Mz"],
        ["Lukasz", "Łukasz", "Lz"],
        ["Zz", "Ärla", "Æsop", "Øa", "Öb", "Øc"],
        ["Thor", "Þor", "Thos"],
        ["2 Holm", "Anna"],
        ["Åse", "Ольга", "محمد"],
        ["Cetin", "Çetin", "Claus"],
        ["Anne Marie", "Anne-Mette", "Annelise"],
    ],
)
def test_danish_alphabet(ordered):
    """Æ, ø and å come last, aa is å, words count before letters and foreign letters are filed with their kin."""
    result = alphabetical(reversed(entries(*ordered)))
    assert [entry.name for entry in result] == ordered


def test_no_sign_of_unicode_buys_the_first_place():
    """Whatever a name may begin with or be made of, no part of it comes before the letter a."""
    first = danish_key("a")[0][0]
    beginnings = [
        sign for sign in map(chr, range(sys.maxunicode)) if unicodedata.category(sign) in {"Lm", "Mn", "Mc", "Me"}
    ]
    letters = [sign for sign in map(chr, range(0x3100)) if unicodedata.category(sign)[0] == "L"]
    taken = 0
    for sign in beginnings + letters:
        for text in (f"{sign} Zorro", f"{sign}Zorro", f"{sign}{sign}", f"-{sign} Zorro", f"{sign}.{sign} Zorro"):
            name = read_name(text)
            if not isinstance(name, RefusedText):
                taken += 1
                assert danish_key(name)[0][0] >= first, ascii(text)
    assert taken


@pytest.mark.parametrize("word", ["\u0323", "\uff9e", "\uff9f", "\uff9e\uff9f"])
def test_a_word_of_marks_alone_follows_the_alphabet(word):
    """It is first of nobody, alone or before a name."""
    names = ["Anna", "Aase", f"{word} Anna", word]
    ordered = [entry.name for entry in alphabetical(reversed(entries(*names)))]
    assert ordered[:2] == names[:2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Holm", "anna holm"),
        ("Anne-Marie", "Anne Marie"),
        ("Anna Holm", "Anna  Holm"),
        ("O'Neil", "O’Neil"),
        ("Åse", "A\u030ase"),
        ("Ali", "A\u200dli"),
    ],
)
def test_names_that_read_the_same_demand_a_line(one, other):
    """Case, hyphens, apostrophes and unseen signs tell nobody apart."""
    assert alphabetical(entries(one, "Zoe", other)) == MustDistinguish((("K0", "K2"),))


def test_a_distinguishing_line_settles_equal_names():
    """Equal names are ordered by their lines once these differ, and a missing line comes first."""
    first, last = BallotEntry("K1", "Ali Khan", "Herfølge"), BallotEntry("K0", "Ali Khan", "Ølby")
    assert alphabetical([last, first]) == (first, last)
    bare = replace(last, line="")
    assert alphabetical([first, bare]) == (bare, first)
    assert alphabetical([replace(last, line="HERFØLGE"), first]) == MustDistinguish((("K0", "K1"),))


def test_every_group_of_equals_is_named_at_once():
    """Several groups of equal names are all named, each with everybody in it."""
    result = alphabetical(entries("Bo", "Ali", "BO", "ali", "Zoe", "bo"))
    assert result == MustDistinguish((("K1", "K3"), ("K0", "K2", "K5")))


@given(ENTRIES, st.randoms())
def test_the_order_of_arrival_has_no_influence(rows, chance):
    """The same candidates give the same ballot or the same demand, however they come in."""
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert alphabetical(shuffled) == alphabetical(rows)
    assert by_lot(shuffled, "frø") == by_lot(rows, "frø")


@given(ENTRIES)
def test_nobody_is_lost_or_doubled(rows):
    """Every candidate stands on the ballot once, and a demand names nobody twice."""
    result = alphabetical(rows)
    if isinstance(result, MustDistinguish):
        named = [receipt for group in result.groups for receipt in group]
        assert len(named) == len(set(named))
        assert all(len(group) > 1 for group in result.groups)
    else:
        assert sorted(result, key=lambda entry: entry.receipt) == sorted(rows, key=lambda entry: entry.receipt)
        keys = [danish_key(entry.name) for entry in result]
        assert keys == sorted(keys)


def test_the_lot_is_the_published_formula():
    """The order is that of the hexadecimal SHA-256 of seed, bar and public id, as anyone can recompute."""
    rows = entries("Anna", "Bo", "Çetin", "Åse")
    drawn = by_lot(rows, "køge 2021-11-17 4711")
    digests = [
        hashlib.sha256(b"k\xc3\xb8ge 2021-11-17 4711|" + entry.public_id.encode()).hexdigest() for entry in drawn
    ]
    assert digests == sorted(digests) == [lot_digest("køge 2021-11-17 4711", entry.public_id) for entry in drawn]
    assert set(drawn) == set(rows)


def test_the_lot_asks_nothing_that_is_not_public():
    """Receipt number, name and line have no influence on the place that is drawn."""
    rows = entries("Anna", "Bo", "Çetin", "Åse")
    others = [replace(row, receipt=f"X{row.receipt}", name="Zoe", line=row.name) for row in rows]
    assert [row.public_id for row in by_lot(others, "4711")] == [row.public_id for row in by_lot(rows, "4711")]


@pytest.mark.parametrize("seed", ["1", "7 12 19 23 31 33 36", "4, 6, 1, 1. 5-2", "K" * 100])
def test_anyone_can_recompute_the_lot_in_a_shell(seed):
    """The documented line, typed into a shell with each public id, gives sums whose order is the ballot's."""
    rows = entries("Anna", "Bo", "Çetin", "Åse")
    assert read_seed(seed) == seed
    formula = "printf '%s' 'SEED|PUBLIC_ID' | sha256sum"
    assert formula in (lot_digest.__doc__ or "")
    lines = {}
    for row in rows:
        line = formula.replace("SEED", seed).replace("PUBLIC_ID", row.public_id)
        lines[subprocess.run(["sh", "-c", line], capture_output=True, check=True, text=True).stdout] = row
    assert tuple(lines[one] for one in sorted(lines)) == by_lot(rows, seed)


def test_the_lot_of_one_known_seed():
    """`printf %s '1|p0' | sha256sum` begins with 90a9, that of p1 with 015b and that of p2 with 2ed2."""
    assert [entry.public_id for entry in by_lot(entries("A", "B", "C"), "1")] == ["p1", "p2", "p0"]


def test_every_seed_is_another_lot():
    """Over many seeds each of three candidates comes first about as often, name and number playing no part."""
    firsts = [by_lot(entries("Anna", "Bo", "Åse"), str(seed))[0].receipt for seed in range(3000)]
    assert all(900 < firsts.count(receipt) < 1100 for receipt in ("K0", "K1", "K2"))


def test_a_lot_needs_a_seed():
    """Without a seed there is no lot to draw again."""
    with pytest.raises(ValueError, match="seed"):
        by_lot(entries("Anna"), "")


def test_receipt_numbers_are_unique():
    """Two candidates on one receipt number are an error of the caller."""
    doubled = [BallotEntry("K1", "Anna"), BallotEntry("K1", "Bo")]
    with pytest.raises(ValueError, match="receipt"):
        alphabetical(doubled)
    with pytest.raises(ValueError, match="receipt"):
        by_lot(doubled, "1")


@pytest.mark.parametrize("ids", [("p1", "p1"), ("p1", ""), ("", "")])
def test_public_ids_are_unique_where_a_lot_is_drawn(ids):
    """Nobody takes part in the lot with another's id, or with none."""
    with pytest.raises(ValueError, match="public id"):
        by_lot([BallotEntry("K1", "Anna", public_id=ids[0]), BallotEntry("K2", "Bo", public_id=ids[1])], "1")


def test_the_rule_set_chooses_the_order():
    """`[ballot] order` chooses, and equal names are told apart before a lot as well."""
    rows = entries("Bo", "Anna", "Çetin")
    assert order_ballot(rows, "alphabetical") == alphabetical(rows)
    assert order_ballot(rows, "lot", "4711") == by_lot(rows, "4711")
    assert order_ballot(entries("Bo", "bo"), "lot", "4711") == MustDistinguish((("K0", "K1"),))


def test_an_empty_ballot_is_empty():
    """No candidates give no entries and no demand."""
    assert alphabetical([]) == ()
    assert by_lot([], "1") == ()
