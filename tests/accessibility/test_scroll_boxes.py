"""Whatever scrolls by itself can be reached by keyboard, and says what it holds to whoever comes there without seeing it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
_BOX = re.compile(r'<(?P<tag>\w+) class="(?:[^"]* )?scroll"(?P<rest>[^>]*)>')


def boxes() -> list[tuple[str, str, str]]:
    """Every box of every template: where, its element and the rest of its tag."""
    return [
        (str(path.relative_to(TEMPLATES)), found["tag"], found["rest"])
        for path in sorted(TEMPLATES.rglob("*.html"))
        for found in _BOX.finditer(path.read_text(encoding="utf-8"))
    ]


def test_there_are_boxes_to_look_at():
    """The templates are searched where they lie."""
    assert len(boxes()) > 10


@pytest.mark.parametrize(("where", "tag", "rest"), boxes(), ids=lambda value: value.strip()[:60])
def test_each_is_a_named_region_that_takes_the_focus(where, tag, rest):
    """A nav has links to be reached by and a role of its own; a div needs both, and a name that stands on the page."""
    label = re.search(r'aria-(?P<how>label|labelledby)="(?P<name>[^"]+)"', rest)
    assert label, where
    if tag != "nav":
        assert 'role="region"' in rest
        assert 'tabindex="0"' in rest
    if label["how"] == "labelledby":
        assert (TEMPLATES / where).read_text(encoding="utf-8").count(f'id="{label["name"]}"') == 1
