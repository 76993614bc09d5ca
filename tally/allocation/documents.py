"""Anyone may give seats again from the published rules, counts and lots, and must find what the record says."""

from __future__ import annotations

from typing import Any

from tally.allocation.answer import allocation_document
from tally.allocation.counts import parse_counts
from tally.allocation.lots import parse_lots
from tally.allocation.method import allocate
from tally.rules import parse_counting_rules

EXIT_DONE = 0
EXIT_LOTS_REQUIRED = 3


def allocate_documents(rules_text: str, counts_text: str, lots_text: str | None = None) -> tuple[dict[str, Any], int]:
    """Return the answer as a JSON object and the exit code: 0, or 3 while lots are required.

    The texts are RULES (TOML), COUNTS and LOTS (JSON). BadInput with `field` and `message` when one cannot be used.
    """
    rules = parse_counting_rules(rules_text)
    counts = parse_counts(counts_text)
    lots = () if lots_text is None else parse_lots(lots_text)
    allocation = allocate(rules, counts, lots)
    done = allocation.status != "lots_required"
    return allocation_document(allocation), EXIT_DONE if done else EXIT_LOTS_REQUIRED
