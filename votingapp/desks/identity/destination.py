"""Where a person goes on once it is known who she is: to a page of the election she came for, and nowhere else."""

from __future__ import annotations

import re

# No dot, no percent sign, no second slash: nothing that a browser would read as another path or another house.
_PATH = re.compile(r"/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)+")


def destination(slug: str, wanted: str | None) -> str:
    """The wanted path if it is one of this election, else the form on which one stands."""
    own = f"/{slug}/stand/form"
    if wanted and wanted.startswith(f"/{slug}/") and _PATH.fullmatch(wanted):
        return wanted
    return own


def detour(slug: str, wanted: str | None) -> str | None:
    """What to carry along in an address: None where she goes on to the form anyway."""
    path = destination(slug, wanted)
    return None if path == destination(slug, None) else path
