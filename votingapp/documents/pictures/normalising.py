"""Any phone's picture becomes one plain JPEG: upright, in common colours, and with nothing in it but what is to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from votingapp.documents.pictures.kinds import Kind, recognise, webp_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.ImageFile import ImageFile

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes: a phone's photograph of 50 million pixels takes less."""

MOST_PIXELS = 52_000_000
"""Pixels: the sharpest setting of most phones, 8192 x 6144, fits."""

MOST_PIXELS_WEBP = 26_000_000
"""Pixels: this decoder keeps the picture four times over. No camera writes WebP; programs do, and theirs are smaller."""

LONGEST_SIDE = 1600
"""Pixels of the picture that is kept: twice what a page shows, so that she may choose a smaller part of it."""

SHORTEST_SIDE = 300
"""Pixels: with less than this on the short side of the picture that is kept, a face on the page would be a blur."""

_QUALITY = 88
_LARGEST_PROFILE = 4 * 1024 * 1024
_ORIENTATION = 0x0112

_OPENERS: Mapping[Kind, type[ImageFile]] = {
    Kind.JPEG: JpegImageFile,
    Kind.PNG: PngImageFile,
    Kind.WEBP: WebPImageFile,
    Kind.HEIF: HeifImageFile,
}

_UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by the orientation its camera noted (Exif 2.32, tag 274); 1 is upright already."""


class PictureRefusal(StrEnum):
    """Why a file is not taken as a photograph."""

    NOT_A_PICTURE = "not_a_picture"
    """It is none of JPEG, PNG, WebP and HEIC, whatever it is called."""
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    """Too few pixels, or so narrow that too few are left once the long side fits."""
    BROKEN = "broken"
    """It cannot be read to the end, or not with the time and memory that a photograph needs."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as the house keeps it: a plain JPEG, and its size in pixels."""

    source: bytes = field(repr=False)
    width: int
    height: int


def normalise(raw: bytes) -> Picture | PictureRefusal:
    """Make a plain picture of a file, or say why not; never raises, whatever the file holds.

    The picture is drawn anew from its pixels. Position, time, camera, thumbnails, texts and whatever was hidden before,
    between or behind the picture therefore stay behind. Of several frames the first is taken, or the one the file
    names as its main one.

    Size is judged by what the file declares, before any pixel is decoded, and a JPEG is decoded at an eighth to
    a half of its size where that is enough. What the decoders may nevertheless take of a machine is bounded
    in `darkroom`, through which strangers' files come.
    """
    if len(raw) > LARGEST_FILE:
        return PictureRefusal.TOO_MANY_BYTES
    kind = recognise(raw)
    if kind is None:
        return PictureRefusal.NOT_A_PICTURE
    try:
        return _develop(kind, raw)
    except Exception:  # noqa: BLE001 - four decoders, each with errors of its own: a broken file is no defect of the house
        return PictureRefusal.BROKEN


def encode(image: Image.Image, quality: int = _QUALITY) -> bytes:
    """The pixels of an RGB image as a JPEG and nothing else; the same pixels give the same bytes."""
    plain = Image.new("RGB", image.size)
    plain.paste(image)  # an image made anew carries no comment, profile or resolution along
    written = BytesIO()
    plain.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def _develop(kind: Kind, raw: bytes) -> Picture | PictureRefusal:
    if kind is Kind.WEBP and _area(webp_size(raw)) > MOST_PIXELS_WEBP:
        return PictureRefusal.TOO_MANY_PIXELS
    with _OPENERS[kind](BytesIO(raw)) as image:
        if _area(image.size) > MOST_PIXELS:
            return PictureRefusal.TOO_MANY_PIXELS
        wanted = _fitting(image.size)
        if min(wanted) < SHORTEST_SIDE:
            return PictureRefusal.TOO_SMALL
        if kind is Kind.JPEG:
            image.draft(None, wanted)
        image.load()
        # A HEIF decoder turns the picture itself: what its Exif part says is a copy of that.
        orientation = 1 if kind is Kind.HEIF else _orientation(image)
        profile = image.info.get("icc_profile")
        small = _scale(image, _fitting(image.size))
    turned = small.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else small
    return _keep(_in_common_colours(turned, profile))


def _keep(image: Image.Image) -> Picture:
    return Picture(encode(image), image.width, image.height)


def _area(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the picture that is kept; nothing is made larger."""
    longest = max(size)
    if longest <= LONGEST_SIDE:
        return size
    width, height = (max(1, (side * LONGEST_SIDE + longest // 2) // longest) for side in size)
    return width, height


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a camera's notes may be garbled in many ways; the picture is good all the same
        return 1
    return found if isinstance(found, int) else 1


def _scale(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A copy of this size in a mode of 8 bits: L, RGB or CMYK, with what was transparent shown on white."""
    plain = _in_eight_bits(image)
    # With a gap of two the many pixels are averaged first: no second copy of the large picture is needed.
    return _on_white(plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0))


def _in_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey; a plain conversion would cut off all but the darkest
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode == "1" and "transparency" not in image.info:
        return image.convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"LA", "RGBA"}:
        return image
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def _in_common_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB: by the profile it came with where that can be used, else taken as it is."""
    if profile and len(profile) <= _LARGEST_PROFILE:
        try:
            described = ImageCms.ImageCmsProfile(BytesIO(profile))
            common = ImageCms.profileToProfile(image, described, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            common = None
        if common is not None:
            return common
    return image.convert("RGB")
