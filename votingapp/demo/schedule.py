"""The calendar of a rehearsal: a clock that the rehearsal moves itself."""

from __future__ import annotations

from datetime import datetime, timedelta


class RehearsalClock:
    """A clock that shows the hour the rehearsal has come to."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """The hour of the rehearsal, UTC."""
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Go on to a later hour; time does not run backwards in a rehearsal either."""
        if instant < self._now:
            raise ValueError("a rehearsal's clock does not go back")
        self._now = instant

    def advance(self, *, seconds: int) -> None:
        """Let some time pass."""
        self._now += timedelta(seconds=seconds)
