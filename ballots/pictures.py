"""Which picture stands beside which number (foto på stemmesedlen): one hash of them all, which two sign and anybody finds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DOMAIN = "ballot pictures 1"
"""The first line of what is hashed, so that no other list of hashes can be taken for this one."""


def pictures_hash(figure: str, photos: Sequence[str | None]) -> str:
    """One hash (hex) of the pictures on a ballot; "" where nobody has one, for then no picture is shown at all.

    `photos` are the SHA-256 (hex) of the pictures by number, from 1, None for who has none; `figure` is that of the
    picture which stands for her. The form is in docs/verification.md, for it is what a tablet and an observer compute, too.
    """
    if not any(photos):
        return ""
    lines = [DOMAIN, f"figure {figure}", *(f"{number} {one or 'figure'}" for number, one in enumerate(photos, 1))]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
