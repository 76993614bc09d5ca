"""A name may be written from right to left: what stands after it, a number above all, must not be drawn into its order.

By UAX 9 a digit that follows Arabic letters is ordered with them, so that "Nr. 2: NAME, 12 stemmer" would be read with the
votes before the name. A mark that nobody sees (U+200E) after each such stretch gives the line back to the Danish around it.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_LEFT_TO_RIGHT_MARK = "\u200e"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})


def directions(text: str) -> list[tuple[bool, str]]:
    """Part a text where its direction turns, each part with whether it runs from right to left.

    A sign without a direction of its own goes with its two neighbours where they agree, and else with the Danish.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    turned = [kind in _RIGHT_TO_LEFT for kind in kinds]
    last = None
    for place, kind in enumerate(kinds):
        if kind in _RIGHT_TO_LEFT or (kind == "NSM" and last is not None):
            if last is not None:
                turned[last:place] = [True] * (place - last)
            turned[place], last = True, place
        elif kind in _LEFT_TO_RIGHT:
            last = None
    marked = zip(turned, text, strict=True)
    return [(way, "".join(char for _, char in part)) for way, part in groupby(marked, key=lambda one: one[0])]


def settled(text: str) -> str:
    """The same text with the mark after each stretch from right to left that something follows; else as it was."""
    parts = directions(text)
    marked = (part + _LEFT_TO_RIGHT_MARK if right_to_left else part for right_to_left, part in parts[:-1])
    return "".join(marked) + (parts[-1][1] if parts else "")
