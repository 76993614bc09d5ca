"""Everybody's right to have the tablet checked: no tablet and no slip uses up what belongs to all.

The house keeps at most `CHALLENGES_PER_SLIP` opened ballots for each slip handed out, over the whole election. One slip, held to
a tablet for an hour, would use up the share of everybody, so each has a share of its own, and a tablet a pace.

What is counted is in the memory of one process alone: a house of two processes allows up to twice as much, and a restart forgets
it all. Nothing of it gets into database, log or file. Slips are counted under a key that is drawn anew by each process, in the
order of these counted names and not in that of the challenges, and without a time; a tablet only for the minute that runs
(docs/adr/0020).
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING

from ballots.urn import CHALLENGES_PER_SLIP, UrnAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

PER_TABLET = 5
"""New challenges a minute at one tablet. A voter who scans both codes and chooses again takes a minute for one."""

_MINUTE = 60
"""Seconds."""


class Fairness:
    """What was taken of the right to challenge, in this process; safe to ask from many threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        per_tablet: int = PER_TABLET,
        per_slip: int = CHALLENGES_PER_SLIP,
    ) -> None:
        """Begin with nothing taken; `clock` gives seconds and never goes back."""
        self._clock, self._per_tablet, self._per_slip = clock, per_tablet, per_slip
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._minute = 0
        self._tablets: Counter[str] = Counter()
        self._slips: dict[bytes, int] = {}

    def take(self, tablet: str, credential: str) -> UrnAnswer | None:
        """Take one challenge for a tablet (its id) and a slip (its public credential), or say which has had its share.

        Whoever took one that is not kept as a new challenge gives it back.
        """
        slip = self._name(credential)
        with self._lock:
            self._begin_minute()
            if self._slips.get(slip, 0) >= self._per_slip:
                return UrnAnswer.SLIP_EXHAUSTED
            if self._tablets[tablet] >= self._per_tablet:
                return UrnAnswer.TOO_SOON
            self._tablets[tablet] += 1
            self._slips = dict(sorted((self._slips | {slip: self._slips.get(slip, 0) + 1}).items()))
        return None

    def give_back(self, tablet: str, credential: str) -> None:
        """Give back what was taken for a challenge that came to nothing, or that was kept before."""
        slip = self._name(credential)
        with self._lock:
            self._begin_minute()
            self._tablets[tablet] = max(self._tablets[tablet] - 1, 0)
            left = self._slips.pop(slip, 1) - 1
            if left:
                self._slips = dict(sorted((self._slips | {slip: left}).items()))

    def _begin_minute(self) -> None:
        minute = int(self._clock() // _MINUTE)
        if minute != self._minute:
            self._minute = minute
            self._tablets.clear()

    def _name(self, credential: str) -> bytes:
        return hashlib.blake2b(credential.encode(), key=self._key, digest_size=16).digest()
