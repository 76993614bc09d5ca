"""The page at which devices learn to trust the house can be used on the narrowest screen, in light and dark."""

from __future__ import annotations

import pytest
from in_a_thread import serving
from sweeping import NARROW, Sweep

from votingapp.settings import load_settings
from votingapp.trust import create_trust

pytestmark = pytest.mark.browser


@pytest.fixture
def address(settings, authority):
    """The page of a rehearsal, which has the most on it, behind a real socket."""
    environ = {"VOTINGAPP_HOME": str(settings.home), "VOTINGAPP_REHEARSAL": "1"}
    with serving(create_trust(load_settings(environ))) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barrier(browser, address, scheme):
    """At 320 pixels nothing sticks out and axe finds nothing, with all steps folded out."""
    context = browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.querySelectorAll('details').forEach(one => one.open = true))"
    )
    sweep = Sweep(page, "da", "ltr")
    for path in ("/", "/nowhere"):
        sweep.look(address + path)
    context.close()
    assert sweep.faults == []
