"""Write the words of the receipts for the booth and the public page, from the one list that there is."""

from __future__ import annotations

import textwrap
from pathlib import Path

from ballots.receipt_words import WORDS

TARGET = Path(__file__).parent.parent / "frontend" / "booth" / "words.ts"
_WIDTH = 116
_HEAD = """/** The words of the receipts: written by scripts/write_words.py from ballots/receipt_words.py. */

export const WORDS: readonly string[] = `
"""
_FOOT = """
`
  .trim()
  .split(/\\s+/);
"""


def module() -> str:
    """The TypeScript module as it must stand in the tree."""
    return _HEAD + textwrap.fill(" ".join(WORDS), _WIDTH, break_on_hyphens=False) + _FOOT


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
