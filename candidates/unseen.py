"""Some signs leave nothing on paper; a name made of them would be an empty line on the ballot."""

from typing import Final

_RANGES: Final = (
    # Default_Ignorable_Code_Point that Unicode counts as letters, marks or not at all (DerivedCoreProperties.txt, 15.1).
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # fillers of Hangul
    (0x17B4, 0x17B5),  # inherent vowels of Khmer
    (0x180B, 0x180F),  # variation selectors and vowel separator of Mongolian
    (0x200B, 0x200F),  # zero width space, the two joiners, direction marks
    (0x202A, 0x202E),  # embeddings and overrides of direction
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0x3164, 0x3164),  # filler of Hangul
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),  # filler of Hangul, half width
    (0xFFF0, 0xFFF8),  # held free
    (0x1BCA0, 0x1BCA3),  # controls of shorthand
    (0x1D173, 0x1D17A),  # controls of musical notes
    (0xE0000, 0xE0FFF),  # tags, variation selectors, held free
    # Signs with a width and no ink, which Unicode does not list there.
    (0x2800, 0x2800),  # Braille pattern without dots
    (0x16FE4, 0x16FE4),  # filler of Khitan
    (0x1D159, 0x1D159),  # note without a head
)

UNSEEN: Final = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
"""Every sign but the spaces and controls that shows nothing, in whatever font."""


def shows_nothing(text: str) -> bool:
    """Tell whether a text that is not empty would leave the paper blank: spaces and unseen signs alone."""
    return bool(text) and all(sign in UNSEEN or sign.isspace() for sign in text)
