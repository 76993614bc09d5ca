"""A form that asks for a slip is sent its public half and a proof that it lies there; the private code has no field."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wtforms import StringField

if TYPE_CHECKING:
    from wtforms import Form

_PUBLIC_HALF = re.compile(r"[0-9a-f]{64}")
_LONGEST_PROOF = 400


class SlipFields:
    """Fields to add to a form; `templates/slips/_slip.html` shows them and `bundle/slipcheck.js` fills them in."""

    credential = StringField()
    proof = StringField()


def shown_slip(form: Form) -> tuple[str, object] | None:
    """The public half and the proof, as `votingapp.store.slips.take_back` asks for them; None for a form without a slip."""
    credential, proof = form["credential"].data or "", form["proof"].data or ""
    if not _PUBLIC_HALF.fullmatch(credential) or len(proof) > _LONGEST_PROOF:
        return None
    try:
        return credential, json.loads(proof)
    except (ValueError, RecursionError):
        return None
