"""In a rehearsal every door has to open: an outcome other than the expected one stops it and is named."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


class RehearsalError(Exception):
    """A door of the house did not open as it should in a rehearsal; the message says which."""


def expect(outcome: object, wanted: type[T]) -> T:
    """The outcome of a service, which in a rehearsal has to be this one."""
    if not isinstance(outcome, wanted):
        raise RehearsalError(f"expected {wanted.__name__}, got {outcome}")
    return outcome
