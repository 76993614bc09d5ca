"""The square on the slip must be read by any camera as exactly the text it was made from."""

import xml.etree.ElementTree as ET

import pytest

from votingapp.documents.qr import QUIET_ZONE, qr_svg

SVG = "{http://www.w3.org/2000/svg}"
CREDENTIAL = "4hsnJ-qpRGdg-JQzwf-bjfSRk"


def drawn(text, correction="Q"):
    return ET.fromstring(qr_svg(text, correction))  # noqa: S314  # our own bytes


def side(root):
    return int(root.attrib["viewBox"].split()[2])


def test_qr_is_pure_path_and_scalable():
    """The drawing must be paths alone, without text, script, size or link, so that it prints sharp at any size."""
    root = drawn(CREDENTIAL)
    assert root.tag == SVG + "svg"
    assert set(root.attrib) == {"viewBox"}
    assert {child.tag for child in root} == {SVG + "path"}


def test_quiet_zone_is_four_modules_wide():
    """No black may come nearer the edge than four modules, on any side."""
    root = drawn(CREDENTIAL)
    runs = root[1].attrib["d"].removesuffix("z").split("z")
    starts = [tuple(map(int, run[1:].split("h")[0].split())) for run in runs]
    widths = [int(run.split("h")[1].split("v")[0]) for run in runs]
    assert min(x for x, _ in starts) == min(y for _, y in starts) == QUIET_ZONE
    assert max(x + width for (x, _), width in zip(starts, widths, strict=True)) == side(root) - QUIET_ZONE
    assert max(y for _, y in starts) == side(root) - QUIET_ZONE - 1


def test_higher_correction_needs_a_larger_square():
    """Level Q must spend more modules on repair than level M for the same text."""
    assert side(drawn(CREDENTIAL, "M")) == 25 + 2 * QUIET_ZONE
    assert side(drawn(CREDENTIAL, "Q")) == 29 + 2 * QUIET_ZONE


def test_text_is_never_markup():
    """A text that looks like SVG must change the squares only, never the document."""
    assert len(drawn('"/></svg><script>')) == 2


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_impossible_texts_are_refused(text):
    """An empty text, or one longer than any QR code holds, must be refused rather than drawn wrong."""
    with pytest.raises(ValueError, match=r"."):
        qr_svg(text)
