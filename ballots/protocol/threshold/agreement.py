"""What the trustees agree on before any of them sends a message: which election, which rules, who they are, and how many open.

Their certificates bind group, size, threshold and index (PROTOCOL.md section 13) and no election, so a browser could be led
through the ceremony of another one. The mark of the agreement is shown on the public page; a device finds it by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.hashing import digest_hex

if TYPE_CHECKING:
    from collections.abc import Sequence


def agreement_mark(uuid: str, rules_sha256: str, threshold: int, holders: Sequence[str]) -> str:
    """Give the SHA-256 (hex) of the agreement; `holders` are the names of all trustees in the order of their positions."""
    return digest_hex(
        canonical.write(
            {
                "uuid": uuid,
                "rules_sha256": rules_sha256,
                "size": len(holders),
                "threshold": threshold,
                "holders": list(holders),
            }
        )
    )
