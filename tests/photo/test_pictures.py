"""Whatever a phone gave becomes one plain upright picture, or is refused with a reason."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO

import pytest
from photographs import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    alike,
    corners,
    heic,
    notes,
    png,
    png_bomb,
    quarters,
    read,
    written,
)
from PIL import Image, ImageCms, PngImagePlugin

from votingapp.documents.pictures.kinds import Kind, recognise, webp_size
from votingapp.documents.pictures.normalising import (
    LARGEST_FILE,
    LONGEST_SIDE,
    MOST_PIXELS,
    MOST_PIXELS_WEBP,
    SHORTEST_SIDE,
    Picture,
    PictureRefusal,
    normalise,
)

UPRIGHT = (RED, GREEN, BLUE, WHITE)

# Exif 2.32, tag 274: how the picture must be turned so that row 0 and column 0 lie where the tag says.
STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera held in each of the eight ways stores an upright scene."""


def kept(raw: bytes) -> Image.Image:
    """The picture the house makes of a file, which must be one."""
    outcome = normalise(raw)
    assert isinstance(outcome, Picture), outcome
    picture = read(outcome.source)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (outcome.width, outcome.height))
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_all_eight_ways_to_hold_a_phone_come_out_upright(kind: str, orientation: int) -> None:
    """Whichever way the camera was held, red is in the upper left corner and the picture lies as it was seen."""
    turn = STORED_AS[orientation]
    stored = quarters() if turn is None else quarters().transpose(turn)
    options = {} if kind == "PNG" else {"quality": 95}
    picture = kept(written(stored, kind, exif=notes(orientation), **options))
    assert picture.size == (800, 600)
    assert alike(corners(picture), UPRIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_heic_is_turned_once(orientation: int) -> None:
    """An iPhone's picture says twice which way it is to be turned; it is turned once."""
    stored = quarters() if STORED_AS[orientation] is None else quarters().transpose(STORED_AS[orientation])
    file = pillow_heif_with(stored, orientation)
    picture = kept(file)
    assert picture.size == (800, 600)
    assert alike(corners(picture), UPRIGHT)


def pillow_heif_with(picture: Image.Image, orientation: int) -> bytes:
    return heic(picture, exif=notes(orientation).tobytes())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    """Position, camera, comments, XMP, profiles, thumbnails and resolution are gone, and no word of them is in the bytes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta><rdf:li>HEMMELIGT STED</rdf:li></x:xmpmeta>"
    options: dict = {"exif": notes().tobytes(), "icc_profile": profile, "xmp": xmp}
    match kind:
        case "JPEG":
            raw = written(quarters(), kind, comment="HEMMELIGT STED", dpi=(300, 300), **options)
        case "PNG":
            text = PngImagePlugin.PngInfo()
            text.add_text("Comment", "HEMMELIGT STED")
            text.add_itxt("XML:com.adobe.xmp", xmp.decode())
            raw = written(
                quarters(), kind, pnginfo=text, dpi=(300, 300), **{k: options[k] for k in ("exif", "icc_profile")}
            )
        case "WEBP":
            raw = written(quarters(), kind, **options)
        case _:
            raw = heic(quarters(), exif=options["exif"], xmp=xmp)
    assert b"HEMMELIGT" in raw or b"Telefonfabrikken" in raw
    picture = kept(raw)
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert picture.info["jfif_density"] == (1, 1)
    source = normalise(raw).source
    for word in (b"HEMMELIGT", b"Telefonfabrikken", b"Exif", b"xmpmeta", b"ICC_PROFILE", b"GPS"):
        assert word not in source


def test_a_thumbnail_stays_behind() -> None:
    """The small picture that a camera hides in its notes, and that may show more than the large one, is not kept."""
    small = written(Image.new("RGB", (160, 120), BLUE))
    exif = notes()
    exif.get_ifd(0x0132)
    hidden = exif.tobytes() + small
    raw = written(quarters(), exif=hidden)
    assert raw.count(b"\xff\xd8\xff") == 2
    assert normalise(raw).source.count(b"\xff\xd8\xff") == 1


def test_what_is_transparent_is_shown_on_white() -> None:
    """A transparent PNG does not become black, nor does one of a palette or of greys."""
    see_through = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    see_through.paste((*RED, 255), (0, 0, 200, 400))
    expected = (RED, WHITE, RED, WHITE)
    assert alike(corners(kept(written(see_through, "PNG"))), expected)
    assert alike(corners(kept(written(see_through, "WEBP", lossless=True))), expected)
    assert alike(corners(kept(heic(see_through))), expected, off=40)
    grey = Image.new("LA", (400, 400), (0, 0))
    grey.paste((90, 255), (0, 0, 200, 400))
    assert alike(corners(kept(written(grey, "PNG"))), ((90,) * 3, WHITE) * 2)
    palette = Image.new("P", (400, 400), 0)
    palette.putpalette([0, 0, 0, *RED])
    palette.paste(1, (0, 0, 200, 400))
    assert alike(corners(kept(written(palette, "PNG", transparency=0))), expected)


def test_half_transparent_is_half_white() -> None:
    """What is half transparent is mixed with white, also where the picture is made smaller."""
    picture = kept(written(Image.new("RGBA", (3200, 2400), (0, 0, 0, 128)), "PNG"))
    assert picture.size == (1600, 1200)
    assert alike((picture.getpixel((800, 600)),), ((127,) * 3,))


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    """A PNG of 16 bits is scaled to 8: a middle grey stays a middle grey."""
    grey = Image.new("I;16", (400, 400), 0x8000)
    assert alike((kept(written(grey, "PNG")).getpixel((200, 200)),), ((128,) * 3,))


def test_sixteen_bits_of_colour_keep_their_colours() -> None:
    """A PNG of 16 bits a channel comes out in the same colours."""
    line = b"\0" + struct.pack(">HHH", 0xDC00, 0x1E00, 0x1E00) * 400
    header = struct.pack(">IIBBBBB", 400, 400, 16, 2, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n"
    for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(line * 400)), (b"IEND", b"")):
        raw += struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    assert alike((kept(raw).getpixel((9, 9)),), (RED,))


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK"])
def test_other_kinds_of_colour_become_common_ones(mode: str) -> None:
    """Greys, two colours, a palette and the printers' CMYK are all kept as RGB."""
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    picture = kept(written(quarters().convert(mode), kind))
    if mode == "CMYK":
        assert alike(corners(picture), UPRIGHT, off=30)
    assert alike(corners(picture)[3:], (WHITE,))


def test_colours_of_another_profile_are_converted() -> None:
    """A picture that says its colours mean something else is shown with the colours it meant; a broken profile is ignored."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert alike(corners(kept(written(quarters(), icc_profile=lab))), UPRIGHT), "a profile that does not fit is ignored"
    assert alike(corners(kept(written(quarters(), icc_profile=b"no profile at all" * 30))), UPRIGHT)
    swapped = swap_red_and_green(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    picture = kept(written(Image.new("RGB", (400, 400), (255, 0, 0)), icc_profile=swapped))
    assert alike((picture.getpixel((9, 9)),), ((0, 255, 0),))


def swap_red_and_green(profile: bytes) -> bytes:
    """The same profile with the tags of red and green exchanged: rXYZ and gXYZ, ICC.1:2022 section 9.2."""
    return profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_note_on_orientation_spoils_no_picture() -> None:
    """A camera whose notes are garbled still took a good picture."""
    assert kept(written(quarters(), exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03")).size == (800, 600)


def test_the_first_frame_of_a_moving_picture_is_taken() -> None:
    """Of an animated WebP, an animated PNG and a HEIC of several pictures one still is kept, the first or main one."""
    frames = [Image.new("RGB", (400, 400), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("WEBP", "PNG"):
        raw = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, lossless=True)
        assert Image.open(BytesIO(raw)).n_frames == 3
        assert alike((kept(raw).getpixel((200, 200)),), (RED,))
    several = heic(*frames)
    assert alike((kept(several).getpixel((200, 200)),), (RED,), off=25)
    main = heic(*frames, primary_index=2)
    assert alike((kept(main).getpixel((200, 200)),), (BLUE,), off=25)


def test_two_pictures_in_one_file_give_the_first() -> None:
    """A phone's JPEG with a second picture behind the first (MPO) is read as the first."""
    raw = written(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (800, 600), BLUE)])
    assert alike(corners(kept(raw)), UPRIGHT)


def test_the_content_decides_and_nothing_else() -> None:
    """A kind is told by the first bytes; text, markup, archives, PDF, GIF, TIFF, AVIF and SVG are no photographs."""
    assert [
        recognise(raw) for raw in (written(quarters()), written(quarters(), "PNG"), written(quarters(), "WEBP"))
    ] == [
        Kind.JPEG,
        Kind.PNG,
        Kind.WEBP,
    ]
    assert recognise(heic(quarters())) is Kind.HEIF
    for raw in (
        b"",
        b"\xff\xd8",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04" + b"\0" * 400,
        b"%PDF-1.7\n",
        written(quarters(), "GIF"),
        written(quarters(), "TIFF"),
        written(quarters(), "BMP"),
        b"\0\0\0\x20ftypavif" + b"\0" * 400,
        b"RIFF\0\0\0\0WAVE" + b"\0" * 400,
    ):
        assert normalise(raw) is PictureRefusal.NOT_A_PICTURE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_is_hidden_in_or_behind_a_picture_does_not_survive(kind: str) -> None:
    """A page, a script or an archive behind or inside a picture is not in the bytes that are kept."""
    script = b"<html><script>alert(document.cookie)</script>PK\x03\x04"
    raw = heic(quarters()) if kind == "HEIF" else written(quarters(), kind)
    outcome = normalise(raw + script)
    if isinstance(outcome, Picture):
        assert b"script" not in outcome.source
        assert b"PK\x03\x04" not in outcome.source
    else:
        assert outcome is PictureRefusal.BROKEN
    inside = written(quarters(), comment=script) if kind == "JPEG" else png(400, 400, (b"tEXt", b"Title\0" + script))
    assert script in inside
    assert b"script" not in normalise(inside).source


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_a_picture_cut_short_is_refused(kind: str, share: float) -> None:
    """A file of which the end is missing is broken, however much is missing: no half grey face is kept."""
    noise = Image.merge("RGB", [Image.effect_noise((640, 640), 60)] * 3)
    raw = heic(noise) if kind == "HEIF" else written(noise, kind)
    assert normalise(raw[: int(len(raw) * share)]) in {PictureRefusal.BROKEN, PictureRefusal.NOT_A_PICTURE}


def test_a_picture_with_scrambled_bytes_never_raises() -> None:
    """Whatever bytes are changed, the answer is a picture or a refusal."""
    import random  # noqa: PLC0415 - seeded, for this test alone

    chance = random.Random(1)
    for raw in (written(quarters()), written(quarters(), "PNG"), written(quarters(), "WEBP"), heic(quarters())):
        for _ in range(25):
            changed = bytearray(raw)
            for _ in range(chance.randint(1, 12)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            assert isinstance(normalise(bytes(changed)), Picture | PictureRefusal)


def test_ten_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    """The limit on bytes is exact."""
    raw = written(quarters())
    assert isinstance(normalise(raw + b"\0" * (LARGEST_FILE - len(raw))), Picture)
    assert normalise(raw + b"\0" * (LARGEST_FILE - len(raw) + 1)) is PictureRefusal.TOO_MANY_BYTES


def test_pixels_are_counted_before_they_are_decoded() -> None:
    """A few kilobytes that declare hundreds of millions of pixels are refused, each kind by its header alone."""
    bomb = png_bomb()
    assert len(bomb) < 5_000
    assert normalise(bomb) is PictureRefusal.TOO_MANY_PIXELS
    small = written(quarters())
    start = small.index(b"\xff\xc0") + 5
    declared = struct.pack(">HH", 30_000, 30_000)
    assert normalise(small[:start] + declared + small[start + 4 :]) is PictureRefusal.TOO_MANY_PIXELS


def test_a_webp_is_refused_before_its_decoder_takes_memory() -> None:
    """The size of a WebP is read from each of its three headers, and the canvas of a bomb is never made."""
    for options in ({"quality": 80}, {"lossless": True}, {"quality": 80, "exif": notes()}):
        assert webp_size(written(quarters(), "WEBP", **options)) == (800, 600)
    large = bytearray(written(quarters(), "WEBP", exif=notes()))
    large[24:30] = (16_382).to_bytes(3, "little") * 2
    assert normalise(bytes(large)) is PictureRefusal.TOO_MANY_PIXELS
    assert MOST_PIXELS_WEBP < MOST_PIXELS


def test_a_heic_that_declares_too_much_is_refused() -> None:
    """The size a HEIC declares is judged, not the size it turns out to have."""
    raw = heic(quarters())
    place = raw.index(b"ispe") + 8
    changed = raw[:place] + struct.pack(">II", 20_000, 20_000) + raw[place + 8 :]
    assert normalise(changed) in {PictureRefusal.TOO_MANY_PIXELS, PictureRefusal.BROKEN}


@pytest.mark.parametrize(
    ("chunk", "content"),
    [
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 60_000_000, 9)),
        (b"iCCP", b"profile\0\0" + zlib.compress(b"\0" * 60_000_000, 9)),
        (b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(b"\0" * 60_000_000, 9)),
    ],
)
def test_a_text_that_unpacks_to_much_is_not_unpacked(chunk: bytes, content: bytes) -> None:
    """A PNG whose text or profile unpacks to sixty megabytes is refused, or read without that part."""
    assert len(content) < 100_000
    outcome = normalise(png(400, 400, (chunk, content)))
    assert outcome is PictureRefusal.BROKEN or isinstance(outcome, Picture)


def test_a_picture_is_kept_small_and_never_enlarged() -> None:
    """The long side is 1600 pixels at most; what is smaller stays as it is."""
    assert kept(written(quarters(4000, 3000))).size == (LONGEST_SIDE, 1200)
    assert kept(written(quarters(3000, 4000))).size == (1200, LONGEST_SIDE)
    assert kept(written(quarters(1601, 1601))).size == (LONGEST_SIDE, LONGEST_SIDE)
    assert kept(written(quarters(1600, 900))).size == (1600, 900)
    assert kept(written(quarters(300, 300))).size == (300, 300)


def test_a_picture_too_small_or_too_narrow_is_refused() -> None:
    """Fewer than 300 pixels on the short side are too few, also where they are few only once the long side fits."""
    assert normalise(written(quarters(SHORTEST_SIDE - 1, 900))) is PictureRefusal.TOO_SMALL
    assert normalise(written(quarters(900, SHORTEST_SIDE - 1))) is PictureRefusal.TOO_SMALL
    assert normalise(written(quarters(1, 1), "PNG")) is PictureRefusal.TOO_SMALL
    assert normalise(written(quarters(9000, 1000))) is PictureRefusal.TOO_SMALL
    assert isinstance(normalise(written(quarters(SHORTEST_SIDE, 900))), Picture)


def test_random_bytes_behind_each_beginning_are_refused() -> None:
    """A file that only begins like a picture is broken, whatever follows."""
    for start in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\1\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic"):
        assert normalise(start + os.urandom(4000)) in {PictureRefusal.BROKEN, PictureRefusal.TOO_MANY_PIXELS}


def test_the_same_file_gives_the_same_picture() -> None:
    """Making a picture plain is deterministic, and doing it again changes neither size nor way up."""
    raw = written(quarters(4000, 3000), exif=notes(6))
    once = normalise(raw)
    assert once == normalise(raw)
    again = normalise(once.source)
    assert (again.width, again.height) == (once.width, once.height) == (1200, 1600)
