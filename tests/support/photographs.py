"""Pictures as phones make them, and as those make them who want to do harm."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from io import BytesIO

import pillow_heif
from PIL import Image
from sqlalchemy import update

from candidates.nomination import Decision, Nomination, NominationState
from votingapp.documents.pictures.cropping import cut
from votingapp.documents.pictures.normalising import normalise
from votingapp.store import filing, nominations, photos
from votingapp.store.filing import Contact, Submission
from votingapp.store.photos import Crop, Taken
from votingapp.store.tables.nominations import nomination

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)
"""The corners of `quarters`: upper left, upper right, lower left, lower right."""

NAMED = "Åse Østergård-Łuczak"

GPS_IFD = 0x8825
ORIENTATION = 0x0112


def put_photo(work, election, name: str, turned: int = 0) -> str:
    """Put a photograph, turned by so many degrees, on a candidate's nomination, past the desks, and give its id."""
    source = normalise(written(quarters().rotate(turned, expand=True))).source
    made = photos.add(work, election.id, None, Taken(source, cut(source, Crop())))
    work.connection.execute(update(nomination).where(nomination.c.name == name).values(photo_id=made))
    return made


def quarters(width: int = 800, height: int = 600) -> Image.Image:
    """A picture whose four quarters have colours of their own, so that it shows which way it is turned."""
    picture = Image.new("RGB", (width, height), WHITE)
    middle, half = width // 2, height // 2
    picture.paste(RED, (0, 0, middle, half))
    picture.paste(GREEN, (middle, 0, width, half))
    picture.paste(BLUE, (0, half, middle, height))
    return picture


def corners(picture: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """The colours well inside the four quarters: upper left, upper right, lower left, lower right."""
    plain = picture.convert("RGB")
    across, down = (plain.width // 4, plain.width * 3 // 4), (plain.height // 4, plain.height * 3 // 4)
    return tuple(plain.getpixel((x, y)) for y in down for x in across)


def alike(one, other, off: int = 14) -> bool:
    """Whether colours are the same to the eye: JPEG changes them a little."""
    return all(
        abs(a - b) <= off for mine, yours in zip(one, other, strict=True) for a, b in zip(mine, yours, strict=True)
    )


def written(picture: Image.Image, kind: str = "JPEG", **options) -> bytes:
    """The bytes of a picture in a format."""
    stream = BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def heic(picture: Image.Image, *more: Image.Image, **options) -> bytes:
    """A picture as an iPhone keeps it, with others in the same file."""
    stream = BytesIO()
    file = pillow_heif.from_pillow(picture)
    for other in more:
        file.add_from_pillow(other)
    file.save(stream, quality=80, **options)
    return stream.getvalue()


def read(source: bytes) -> Image.Image:
    """What the house kept."""
    picture = Image.open(BytesIO(source))
    picture.load()
    return picture


def notes(orientation: int = 1) -> Image.Exif:
    """What a phone writes about a photograph: how it was held, where, with what."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Telefonfabrikken"
    exif[0x9286] = "en bemærkning"
    exif[GPS_IFD] = {1: "N", 2: (55.0, 27.0, 30.0), 3: "E", 4: (12.0, 11.0, 0.0)}
    return exif


def png(width: int, height: int, *before: tuple[bytes, bytes]) -> bytes:
    """A PNG of one colour, packed as small as it goes, with chunks (kind, content) before its pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    line = b"\0" * (1 + 3 * width)
    pixels = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    chunks = ((b"IHDR", header), *before, (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG that says it has 900 million pixels, in a few kilobytes: only its header is true."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def send_in(store, election, applicant_id: str | None, photo_id: str | None, state: str = "submitted"):
    """A nomination in the file that names a photograph, in any state; past the desks, whose rules are tested elsewhere."""
    at = store.clock()
    decision = None if state == "submitted" else Decision("", at, "prøvet")
    submission = Submission(
        NAMED, None, Contact(), "Hej", None, photo_id=photo_id, applicant_id=applicant_id, birth_date=date(1980, 1, 1)
    )

    def act(work):
        received = filing.receive(work, election.id, submission, Nomination(NominationState.SUBMITTED, at))
        nominations.keep(
            work.connection, election.id, received.nomination_id, Nomination(NominationState(state), at, decision)
        )
        work.keep_unrecorded()
        return nominations.find(work.connection, election.id, received.nomination_id)

    return store.write(act)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
