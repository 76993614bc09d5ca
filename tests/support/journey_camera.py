"""The paper comes out of the printer: slips are read from the PDF, and one of them is held up to a camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SCREEN = (1280, 720)
COLUMNS, ROWS = 2, 4
SCALE = 3
FRAMES = 5


@dataclass(frozen=True)
class PaperSlip:
    """A slip as cut from the sheet: its picture, and what a reader of codes sees on it."""

    credential: str
    picture: Image.Image


def cut_slips(pdf: bytes) -> list[PaperSlip]:
    """Cut the sheets into slips, reading each with a reader that is not the tablet's."""
    slips = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            sheet = page.render(scale=SCALE).to_pil().convert("RGB")
            slips += [_cut(sheet, code) for code in zxingcpp.read_barcodes(sheet)]
    return slips


def _cut(sheet: Image.Image, code: zxingcpp.Barcode) -> PaperSlip:
    width, height = sheet.width / COLUMNS, sheet.height / ROWS
    left = int(code.position.top_left.x / width) * width
    top = int(code.position.top_left.y / height) * height
    return PaperSlip(code.text, sheet.crop((round(left), round(top), round(left + width), round(top + height))))


def film(slip: PaperSlip, path: Path) -> None:
    """Write what a camera sees when the slip is held in front of it, as uncompressed YUV4MPEG2 (4:2:0)."""
    picture = Image.new("RGB", SCREEN, "white")
    held = slip.picture.copy()
    held.thumbnail((SCREEN[0] - 80, SCREEN[1] - 80))
    picture.paste(held, ((SCREEN[0] - held.width) // 2, (SCREEN[1] - held.height) // 2))
    light, blue, red = picture.convert("YCbCr").split()
    half = (SCREEN[0] // 2, SCREEN[1] // 2)
    frame = b"FRAME\n" + light.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes()
    header = f"YUV4MPEG2 W{SCREEN[0]} H{SCREEN[1]} F10:1 Ip A1:1 C420jpeg\n"
    path.write_bytes(header.encode() + frame * FRAMES)
