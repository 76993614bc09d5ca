"""Eyes for the papers: a camera that reads codes, a reader of text, and slips made from a seed."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from votingapp.documents.slips import SlipHeading

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


@pytest.fixture
def make_credentials() -> Callable[[int], list[str]]:
    """As many credentials as asked for, the same every time."""

    def make(count: int) -> list[str]:
        chance = random.Random(count)
        drawn = ("".join(chance.choice(BASE58) for _ in range(22)) for _ in range(count))
        return [f"{c[:5]}-{c[5:11]}-{c[11:16]}-{c[16:]}" for c in drawn]

    return make


@pytest.fixture
def heading() -> SlipHeading:
    return SlipHeading("Valg til Integrationsrådet", "Køge Kommune", date(2021, 11, 23), rehearsal=False)


@pytest.fixture
def read_codes() -> Callable[[bytes], list[list[zxingcpp.Barcode]]]:
    """Every code on every page, as a camera at 150 dots per inch sees them."""

    def read(pdf: bytes) -> list[list[zxingcpp.Barcode]]:
        with opened(pdf) as document:
            return [zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil()) for page in document]

    return read


@pytest.fixture
def page_texts() -> Callable[[bytes], list[str]]:
    """The text of every page, with line ends made spaces and break marks taken out."""

    def texts(pdf: bytes) -> list[str]:
        with opened(pdf) as document:
            raw = [page.get_textpage().get_text_bounded() for page in document]
        return [" ".join(text.replace("\u200b", "").replace("\u00ad", "").split()) for text in raw]

    return texts
