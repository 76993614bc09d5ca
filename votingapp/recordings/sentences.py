"""What the booth says in each of its languages, as the build has laid it beside the programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.resources import bundle_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Sentence = str | dict[str, str]
"""A sentence with its placeholders, or its forms by plural category, and under "plural" the placeholder that counts."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the booth: `code` is BCP 47, `name` its own name for itself, `sentences` are by key.

    `plural` is the code of the language by whose rules it counts.
    """

    code: str
    name: str
    plural: str
    sentences: Mapping[str, Sentence]


def read_sentences(folder: Path | None = None) -> tuple[Language, ...]:
    """The languages that the booth offers, in its order. Raises FileNotFoundError before the build."""
    read = json.loads(((folder or bundle_dir()) / "sentences.json").read_text(encoding="utf-8"))
    return tuple(
        Language(one["code"], one["name"], one.get("plural", one["code"]), read["sentences"][one["code"]])
        for one in read["languages"]
    )
