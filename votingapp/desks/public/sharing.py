"""What a candidate's page says of itself when somebody passes it on: a title, a sentence and an address that lasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from votingapp.desks.public.people import Standing

LONGEST_DESCRIPTION = 160
"""Characters of a description that the common services show without cutting it themselves."""


@dataclass(frozen=True, slots=True)
class Card:
    """The preview of a shared page (Open Graph protocol, ogp.me); `address` and `picture` are absolute."""

    title: str
    description: str
    address: str
    picture: str | None


def describe(candidate: Standing, language: str, otherwise: str) -> str:
    """What she wrote, in the reader's language where she did, else in Danish; `otherwise` when she wrote nothing."""
    own = candidate.own_statement if candidate.own_language == language else ""
    return shorten(own or candidate.statement) or otherwise


def shorten(text: str, limit: int = LONGEST_DESCRIPTION) -> str:
    """Put a text on one line of at most `limit` characters, cut between words; a cut is shown by an ellipsis.

    Only a first word that is itself too long is cut inside, since nothing would be left otherwise.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    room = limit - 1
    whole_words = line[: room + 1].rpartition(" ")[0]
    return f"{(whole_words or line[:room]).rstrip(' ,;:–-')}…"
