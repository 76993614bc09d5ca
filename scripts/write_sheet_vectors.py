"""Write the vectors of the key sheets anew: everything is fixed, so the same file comes out each time."""

from __future__ import annotations

import json
from pathlib import Path

from ballots.key_sheet import Place, cover, sheet_code, sheet_mark, sheet_words

TARGET = Path(__file__).parent.parent / "tests" / "vectors" / "backup" / "sheets.json"

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


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(vectors(), encoding="utf-8")
