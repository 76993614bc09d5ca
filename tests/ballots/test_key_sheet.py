"""A key sheet holds a seed covered by a passphrase, in 22 signs and in twelve words, and neither tells anything without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.key_sheet import SPACE, Place, SheetError, cover, read_words, sheet_code, sheet_mark, sheet_words, uncover
from ballots.protocol.credentials import BASE58
from ballots.protocol.group import format_point, multiply, parse_point, parse_scalar
from ballots.protocol.threshold.agreement import agreement_mark
from ballots.protocol.threshold.identity import derive_identity
from ballots.protocol.threshold.trial import TrialSum
from ballots.receipt_words import WORDS

VECTORS = Path(__file__).parents[1] / "vectors" / "backup"
SHEETS, AGREEMENTS, TRIALS = (
    json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8")) for name in ("sheets", "agreements", "trials")
)
FIRST = SHEETS[0]
HERE = Place(FIRST["uuid"], FIRST["position"])

signs = st.text(BASE58, min_size=22, max_size=22)


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet["note"] for sheet in SHEETS])
def test_a_sheet_is_what_the_vectors_say(sheet):
    """The signs, words, mark and square that the browser makes are those that Python makes, and they open again."""
    place = Place(sheet["uuid"], sheet["position"])
    assert uncover(sheet["signs"], sheet["passphrase"], place) == sheet["seed"]
    assert list(sheet_words(sheet["signs"])) == sheet["words"]
    assert sheet_mark(sheet["seed"]) == sheet["mark"]
    assert sheet_code(place, sheet["mark"], sheet["signs"]) == sheet["code"]


def test_the_vectors_are_what_the_house_makes():
    """Covering a seed gives the signs of the vectors; the first case stands for all of them, as each costs a fifth of a second."""
    assert cover(FIRST["seed"], FIRST["passphrase"], HERE) == FIRST["signs"]


def test_another_passphrase_or_place_gives_another_seed_that_looks_like_one():
    """Who guesses a passphrase learns from the sheet alone nothing of whether it is the right one."""
    for passphrase, place in (("en anden sætning", HERE), (FIRST["passphrase"], Place(HERE.uuid, 2))):
        found = uncover(FIRST["signs"], passphrase, place)
        assert found != FIRST["seed"]
        assert derive_identity(found)


@given(signs)
def test_words_say_the_signs(text):
    """Every 22 signs are twelve words, and back."""
    words = sheet_words(text)
    assert len(words) == 12
    assert read_words(words) == text


@pytest.mark.parametrize(
    "words", [[], ["vindue"] * 11, ["vindue"] * 13, [*["vindue"] * 11, "bandeord"], [WORDS[-1]] * 12]
)
def test_other_words_are_no_sheet(words):
    """Too few, too many, one that is not on the list, or twelve that say more than 22 signs can."""
    assert len(WORDS) ** 12 > SPACE
    with pytest.raises(SheetError):
        read_words(words)


def test_agreements_and_trial_sums_are_what_the_vectors_say():
    """The marks and sums that browsers are held to are those that Python makes; no two cases share one."""
    for case in AGREEMENTS:
        found = agreement_mark(case["uuid"], case["rules_sha256"], case["threshold"], case["holders"])
        assert found == case["mark"]
    for case in TRIALS:
        trial = TrialSum(case["uuid"], parse_point(case["key"]))
        assert (trial.number, format_point(trial.alpha), format_point(trial.beta)) == (
            case["number"],
            case["alpha"],
            case["beta"],
        )
        assert format_point(multiply(parse_scalar(case["secret"]), trial.alpha)) == case["factor"]
    assert len({case["mark"] for case in AGREEMENTS}) == len(AGREEMENTS)
    assert len({case["alpha"] for case in TRIALS}) == len(TRIALS)


@pytest.mark.parametrize("text", ["", "1" * 21, "1" * 23, "0" * 22, "l" + "1" * 21])
def test_what_is_no_seed_is_not_covered(text):
    """Only 22 characters of Base58 are."""
    with pytest.raises(SheetError):
        cover(text, "kajak kalender sommer vindue", HERE)
