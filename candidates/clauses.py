"""Rules and counts arrive as tables of keys; each is read clause by clause, and nothing unknown is let through."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_Value = TypeVar("_Value")


class BadInput(ValueError):  # noqa: N818 - the word the command line uses for its exit code 2
    """A document that cannot be used: `field` names the place, `message` says what must stand there."""

    def __init__(self, field: str, message: str) -> None:
        # A key that nobody knows may hold anything, and the error must still be one readable line.
        field = field if field.isprintable() else ascii(field)[1:-1]
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class RuleError(BadInput):
    """A rule set (valgregulativ) that cannot be used; `field` reads like `[seats] total`."""


def utc_instant(local: datetime) -> datetime:
    """Turn a naive Copenhagen time into UTC.

    ValueError for an hour that summer time skips or repeats: a deadline must be one instant to everybody.
    """
    first, second = (local.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first != second:
        raise ValueError("the clock skips or repeats this hour when summer time begins or ends")
    return first


@dataclass(frozen=True, slots=True)
class Clause:
    """One table of a rule set or of counts, read key by key.

    `heading` is how errors name the table (`[seats]`, `candidates[2]`), `table` its keys and values,
    `refusal` the exception that every reader below raises when a key is missing or its value unfit.
    """

    heading: str
    table: Mapping[str, object]
    refusal: type[BadInput] = RuleError

    def refuse(self, key: str, message: str) -> BadInput:
        """Return (for the caller to raise) the error that names `key` of this clause."""
        return self.refusal(f"{self.heading} {key}".strip(), message)

    def allow_only(self, *keys: str) -> None:
        """Refuse every key that is not among `keys`: a misspelt rule must not pass for a missing one."""
        for key in self.table:
            if key not in keys:
                raise self.refuse(str(key), "is not a known key")

    def text(self, key: str) -> str:
        """Return non-empty text on one line, in composed form (NFC), so that equal words compare equal."""
        return unicodedata.normalize("NFC", self.exact_text(key))

    def exact_text(self, key: str) -> str:
        """Return non-empty text on one line, character for character as given."""
        value = self._typed(key, str, "text in quotes")
        if not value.strip():
            raise self.refuse(key, "must not be empty")
        if value != value.strip() or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
            raise self.refuse(key, "must be one line without spaces around it or control characters")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return text as `text` does, or None where the value is null."""
        return None if self._present(key) is None else self.text(key)

    def choice(self, key: str, options: tuple[str, ...]) -> str:
        """Return one of `options`, spelt exactly."""
        value = self._typed(key, str, "text in quotes")
        if value not in options:
            raise self.refuse(key, "must be " + " or ".join(f'"{option}"' for option in options))
        return value

    def whole(self, key: str, *, least: int, most: int | None = None) -> int:
        """Return a whole number in `least`..`most` (both included, None = no upper bound); true is not 1."""
        value = self._present(key)
        if type(value) is not int:
            raise self.refuse(key, "must be a whole number")
        if value < least:
            raise self.refuse(key, f"must be at least {least}")
        if most is not None and value > most:
            raise self.refuse(key, f"must be at most {most}")
        return value

    def whole_or_none(self, key: str, *, least: int) -> int | None:
        """Return a whole number as `whole` does, or None where the value is null."""
        return None if self._present(key) is None else self.whole(key, least=least)

    def truth(self, key: str) -> bool:
        """Return true or false."""
        return self._typed(key, bool, "true or false")

    def day(self, key: str) -> date:
        """Return a date written without a time."""
        value = self._present(key)
        if type(value) is not date:
            raise self.refuse(key, "must be a date such as 2021-11-23")
        return value

    def clock(self, key: str) -> time:
        """Return a time of day in Copenhagen, naive."""
        return self._typed(key, time, "a time of day such as 17:00:00")

    def instant(self, key: str) -> datetime:
        """Return the UTC instant of a Copenhagen date and time written without an offset."""
        value = self._typed(key, datetime, "a local date and time such as 2021-11-16T12:00:00")
        if value.tzinfo is not None:
            raise self.refuse(key, "must be Copenhagen time, written without an offset")
        try:
            return utc_instant(value)
        except (ValueError, OverflowError) as error:
            raise self.refuse(key, str(error)) from error

    def clauses(self, key: str, heading: str, *, first: int = 1) -> tuple[Clause, ...]:
        """Return the tables of a list, each named `heading` with {} replaced by its number, counted from `first`."""
        rows = self._typed(key, list, "a list of tables")
        return tuple(self._clause(key, heading.format(number), row) for number, row in enumerate(rows, first))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each as `exact_text` accepts it."""
        rows: Sequence[object] = self._typed(key, list, "a list of texts")
        entries = Clause(self.heading, {f"{key}[{number}]": row for number, row in enumerate(rows)}, self.refusal)
        return tuple(entries.exact_text(entry) for entry in entries.table)

    def has(self, key: str) -> bool:
        """Whether the key is written at all; the caller states its default."""
        return key in self.table

    def _clause(self, key: str, heading: str, row: object) -> Clause:
        if not isinstance(row, Mapping):
            raise self.refuse(key, "must be a list of tables")
        return Clause(heading, row, self.refusal)

    def _typed(self, key: str, kind: type[_Value], wanted: str) -> _Value:
        value = self._present(key)
        if not isinstance(value, kind):
            raise self.refuse(key, f"must be {wanted}")
        return value

    def _present(self, key: str) -> object:
        if key not in self.table:
            raise self.refuse(key, "is missing")
        return self.table[key]
