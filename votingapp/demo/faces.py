"""Invented candidates have invented faces: a few plain shapes, drawn from a seed, that are nobody's likeness."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw

_SIDE: Final = 720
"""Pixels of the finished picture: what a candidate's page shows."""

_FINE: Final = 2
"""It is drawn twice as large and made smaller, so that edges are smooth."""

_WALLS = ("#dfe8ee", "#efe6da", "#e1ecdf", "#eadfea", "#dbe7e6", "#f0e9d2", "#e3e1ee", "#e6e6e6")
_SKINS = ("#f6d9c4", "#efc6a5", "#e3b088", "#d29b72", "#c08860", "#a9714a", "#8f5b3b", "#74462d", "#5c3827", "#4d3023")
_HAIRS = ("#17130f", "#2b1d14", "#47301f", "#6d4a2c", "#8a4b2a", "#c9a262", "#8d8d8d", "#d9d6d0")
_CLOTHES = ("#31506b", "#7a3b46", "#3f6650", "#5b4a74", "#8a6a34", "#36474f", "#95553a", "#2f6f78")
_DARK: Final = "#241c18"
_CUTS = ("none", "short", "short", "round", "round", "long", "long", "bun")
_CENTRE, _EYES_Y, _MOUTH_Y = 0.5, 0.45, 0.62

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Look:
    """What chance decides about a face; lengths are shares of the picture's side."""

    wall: str
    skin: str
    hair: str
    clothes: str
    cut: str
    width: float
    smile: float
    brows: float
    glasses: bool

    @property
    def head(self) -> Box:
        """The oval of the head: left, upper, right, lower."""
        return _CENTRE - self.width, 0.2, _CENTRE + self.width, 0.74


def portrait(seed: str) -> bytes:
    """A square JPEG of a face; the same seed gives the same face."""
    random = Random(seed)  # noqa: S311 - a drawing, no secret
    large = Image.new("RGB", (_SIDE * _FINE, _SIDE * _FINE))
    _draw(_Pen(large), _look(random))
    written = BytesIO()
    large.reduce(_FINE).save(written, "JPEG", quality=90)
    return written.getvalue()


def _look(random: Random) -> _Look:
    return _Look(
        wall=random.choice(_WALLS),
        skin=random.choice(_SKINS),
        hair=random.choice(_HAIRS),
        clothes=random.choice(_CLOTHES),
        cut=random.choice(_CUTS),
        width=random.uniform(0.185, 0.225),
        smile=random.uniform(0.015, 0.045),
        brows=random.uniform(0.055, 0.075),
        glasses=random.random() < 0.3,  # noqa: PLR2004 - about as many as in any street
    )


class _Pen:
    """Draws on a picture in shares of its side, so that no shape knows its size in pixels."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)
        self._side = image.width

    def oval(self, box: Box, fill: str) -> None:
        self._draw.ellipse(self._pixels(box), fill=fill)

    def block(self, box: Box, fill: str, radius: float = 0) -> None:
        self._draw.rounded_rectangle(self._pixels(box), radius * self._side, fill=fill)

    def cap(self, box: Box, start: int, end: int, fill: str) -> None:
        self._draw.chord(self._pixels(box), start, end, fill=fill)

    def bow(self, box: Box, start: int, end: int, fill: str, width: float) -> None:
        self._draw.arc(self._pixels(box), start, end, fill=fill, width=round(width * self._side))

    def line(self, box: Box, fill: str, width: float) -> None:
        self._draw.line(self._pixels(box), fill=fill, width=round(width * self._side))

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        left, upper, right, lower = (round(part * self._side) for part in box)
        return left, upper, right, lower


def _draw(pen: _Pen, look: _Look) -> None:
    pen.block((0, 0, 1, 1), look.wall)
    _hair_behind(pen, look)
    pen.oval((0.14, 0.82, 0.86, 1.5), look.clothes)
    pen.block((0.43, 0.64, 0.57, 0.88), _shaded(look.skin), 0.06)
    left, upper, right, lower = look.head
    for side in (left, right):
        pen.oval((side - 0.03, 0.42, side + 0.03, 0.53), _shaded(look.skin))
    pen.oval((left, upper, right, lower), look.skin)
    _hair_before(pen, look)
    _features(pen, look)


def _hair_behind(pen: _Pen, look: _Look) -> None:
    left, upper, right, _lower = look.head
    match look.cut:
        case "round":
            pen.oval((left - 0.08, upper - 0.09, right + 0.08, 0.6), look.hair)
        case "long":
            pen.block((left - 0.05, upper - 0.04, right + 0.05, 0.86), look.hair, 0.2)
        case "bun":
            pen.oval((_CENTRE - 0.09, upper - 0.12, _CENTRE + 0.09, upper + 0.06), look.hair)


def _hair_before(pen: _Pen, look: _Look) -> None:
    if look.cut != "none":
        left, upper, right, lower = look.head
        pen.cap((left - 0.012, upper - 0.025, right + 0.012, lower), 205, 335, look.hair)


def _features(pen: _Pen, look: _Look) -> None:
    apart = look.width * 0.45
    for x in (_CENTRE - apart, _CENTRE + apart):
        pen.oval((x - 0.035, _EYES_Y - 0.02, x + 0.035, _EYES_Y + 0.02), "#fbfaf7")
        pen.oval((x - 0.018, _EYES_Y - 0.018, x + 0.018, _EYES_Y + 0.018), _DARK)
        over = _EYES_Y - look.brows
        pen.bow((x - 0.05, over, x + 0.05, over + 0.06), 205, 335, _DARK, 0.011)
        if look.glasses:
            pen.bow((x - 0.065, _EYES_Y - 0.05, x + 0.065, _EYES_Y + 0.05), 0, 360, _DARK, 0.009)
    if look.glasses:
        pen.line((_CENTRE - apart + 0.065, _EYES_Y, _CENTRE + apart - 0.065, _EYES_Y), _DARK, 0.009)
    pen.bow((_CENTRE - 0.03, 0.49, _CENTRE + 0.03, 0.55), 20, 160, _shaded(look.skin), 0.012)
    pen.bow((_CENTRE - 0.065, _MOUTH_Y - look.smile, _CENTRE + 0.065, _MOUTH_Y + look.smile), 10, 170, "#7d3f3c", 0.013)


def _shaded(colour: str) -> str:
    """The same colour in the shade."""
    parts = (int(colour[place : place + 2], 16) * 6 // 7 for place in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)
