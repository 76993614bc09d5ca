"""Write the vectors of key sheets, agreements and trial sums anew: everything is fixed, so the same files come out each time."""

from __future__ import annotations

import json
from pathlib import Path

from ballots.key_sheet import Place, cover, sheet_code, sheet_mark, sheet_words
from ballots.protocol.group import format_point, format_scalar, multiply, multiply_generator, scalar
from ballots.protocol.threshold.agreement import agreement_mark
from ballots.protocol.threshold.trial import TrialSum

FOLDER = Path(__file__).parent.parent / "tests" / "vectors" / "backup"

CASES = (
    ("four words as they are proposed", "kajak kalender sommer vindue", "CH7p6aoepXBA4D9WTZ94Ux", "nLq13U8vNxgdGn", 1),
    (
        "capitals and spaces that do not matter",
        "  Kajak  kalender\tSOMMER vindue ",
        "CH7p6aoepXBA4D9WTZ94Ux",
        "nLq13U8vNxgdGn",
        1,
    ),
    ("the same for another place", "kajak kalender sommer vindue", "CH7p6aoepXBA4D9WTZ94Ux", "nLq13U8vNxgdGn", 2),
    ("the same for another election", "kajak kalender sommer vindue", "CH7p6aoepXBA4D9WTZ94Ux", "8Hoxqx4h8LYyzR", 1),
    (
        "letters that are written in two ways",
        "a\u030aben \ufb01rben blåbærgrød",
        "1111111111111111111111",
        "nLq13U8vNxgdGn",
        3,
    ),
    ("the greatest seed, other letters", "şemsiye güneş çiçek", "zzzzzzzzzzzzzzzzzzzzzz", "nLq13U8vNxgdGn", 99),
)


def vectors() -> str:
    """Give the file as it must stand in the tree."""
    found = []
    for note, passphrase, seed, uuid, position in CASES:
        place = Place(uuid, position)
        signs, mark = cover(seed, passphrase, place), sheet_mark(seed)
        found.append(
            {
                "note": note,
                "uuid": uuid,
                "position": position,
                "passphrase": passphrase,
                "seed": seed,
                "signs": signs,
                "words": list(sheet_words(signs)),
                "mark": mark,
                "code": sheet_code(place, mark, signs),
            }
        )
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


AGREEMENTS = (
    ("nLq13U8vNxgdGn", "0" * 64, 2, ("Anne", "Birk", "Cilla")),
    ("nLq13U8vNxgdGn", "0" * 64, 2, ("Birk", "Anne", "Cilla")),
    ("8Hoxqx4h8LYyzR", "ab" * 32, 3, ("Åse Øst (bager)", "محمد علي", 'Žofia "Zo" O\'Neill', "Ærø \\ Søn")),
)
TRIALS = (("nLq13U8vNxgdGn", 2**200 + 1, 7), ("nLq13U8vNxgdGn", 2**200 + 2, 7), ("8Hoxqx4h8LYyzR", 2**200 + 1, 2**251))


def agreements() -> str:
    """Give the file of agreements, each with its mark."""
    found = [
        {"uuid": uuid, "rules_sha256": rules, "threshold": threshold, "holders": list(holders)}
        | {"mark": agreement_mark(uuid, rules, threshold, holders)}
        for uuid, rules, threshold, holders in AGREEMENTS
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def trials() -> str:
    """Give the file of trial sums: the key of an election, a holder's decryption key, and what she makes of both."""
    found = []
    for uuid, key, own in TRIALS:
        trial, secret = TrialSum(uuid, multiply_generator(scalar(key))), scalar(own)
        found.append(
            {
                "uuid": uuid,
                "key": format_point(trial.key),
                "secret": format_scalar(secret),
                "number": trial.number,
                "alpha": format_point(trial.alpha),
                "beta": format_point(trial.beta),
                "factor": format_point(multiply(secret, trial.alpha)),
            }
        )
    return json.dumps(found, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in (("sheets", vectors()), ("agreements", agreements()), ("trials", trials())):
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
