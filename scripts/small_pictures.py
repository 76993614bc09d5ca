"""A screenshot as a small file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

COLOURS = 64
"""Enough for text, edges and their shades; a picture is a quarter as large as with all colours."""


def write_small(shot: bytes, path: Path) -> None:
    """Write a screenshot (PNG) with fewer colours."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def index_of(pictures: Path, title: str) -> str:
    """A table in Markdown of a folder of pictures, a row for each screen, a column for each language."""
    languages = ("da", "ar")
    names = sorted(one.stem.removeprefix("da-") for one in pictures.glob("da-*.png"))
    rows = (
        "| " + " | ".join(f"![{name}](screens/{pictures.name}/{one}-{name}.png)" for one in languages) + " |"
        for name in names
    )
    return "\n".join((f"## {title}", "", "| dansk | العربية |", "|---|---|", *rows, ""))
