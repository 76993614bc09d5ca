"""Papers are set once and handed to everybody who asks: the same words and faces are the same file."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOM = 48 * 1024 * 1024
"""Bytes of finished papers that one worker keeps."""


class Press:
    """Keeps finished papers in memory by the fingerprint of what is in them, the longest unused thrown out first.

    One paper is set at a time, however many strangers ask: each of the few that an election can have is set once in
    each worker, and again only when a candidate has come or gone. Nothing of it is written to disk.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._shelf = Lock()
        self._setting = Lock()

    def paper(self, fingerprint: str, make: Callable[[], bytes]) -> bytes:
        """The paper with this fingerprint, made if it is not there; whatever `make` raises is raised and not kept."""
        found = self._take(fingerprint)
        if found is not None:
            return found
        with self._setting:
            found = self._take(fingerprint)  # it may have been made while this one waited
            if found is None:
                found = make()
                self._put(fingerprint, found)
        return found

    def _take(self, fingerprint: str) -> bytes | None:
        with self._shelf:
            found = self._kept.get(fingerprint)
            if found is not None:
                self._kept.move_to_end(fingerprint)
            return found

    def _put(self, fingerprint: str, paper: bytes) -> None:
        if len(paper) > self._room:
            return
        with self._shelf:
            self._kept[fingerprint] = paper
            while sum(map(len, self._kept.values())) > self._room:
                self._kept.popitem(last=False)
