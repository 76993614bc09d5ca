"""A roll of six, two of whom may not vote, and eyes for what is printed of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from polling import person

from votingapp.store import elections, register

if TYPE_CHECKING:
    from collections.abc import Iterator

AASE, BENT, CARLA = (
    person("Åse Østergård", "0101801234"),
    person("Bent Ærø", "0202802222"),
    person("Carla", "0303803333"),
)
HIDDEN = person("Dorte Skjult", "0404804444", protected=True)
YOUNG = person("Egon Ung", "2411034321")
ELSEWHERE = person("Finn Andetsteds", "0505801111", municipality_code="0265")
EVERYBODY = (AASE, BENT, CARLA, HIDDEN, YOUNG, ELSEWHERE)


def now_of(store, election):
    """The election as it is now."""
    with store.reading() as connection:
        return elections.by_id(connection, election.id)


def holder(store, election, wanted):
    """The row of a person of the extract."""
    with store.reading() as connection:
        return register.find_by_cpr(connection, store.vault, election.id, wanted.cpr)


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def texts(pdf: bytes) -> list[str]:
    """The text of every page."""
    with opened(pdf) as document:
        raw = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.replace("\u200b", "").replace("\u2068", "").replace("\u2069", "").split()) for text in raw]


def codes(pdf: bytes) -> list[str]:
    """What a camera at 150 dots per inch reads off every page, the cards' order put right."""
    with opened(pdf) as document:
        pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    upright = {"try_rotate": False, "try_invert": False, "try_downscale": False}
    pages = [
        [
            code.text
            for code in sorted(zxingcpp.read_barcodes(picture, **upright), key=lambda one: one.position.top_left.y)
        ]
        for picture in pictures
    ]
    return [page[0] for page in pages] + [page[1] for page in pages if len(page) > 1]
