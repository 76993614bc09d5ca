"""A hand that reaches for the stick, so that whoever waits for it can stop waiting: a broken stick can hang for minutes."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from votingapp.sticks import fault_of
from votingapp.store.backup.mark import Why

if TYPE_CHECKING:
    from collections.abc import Callable

    Task = tuple[Callable[[], object], SimpleQueue[Why | None]]


class Hand:
    """Does one thing after the other in a thread of its own; what hangs is left to that thread, and the next gets another.

    A write that the system cannot end cannot be called off. The thread stays, for starting one for each write takes longer
    than the write.
    """

    def __init__(self) -> None:
        self._tasks: SimpleQueue[Task | None] | None = None

    def within(self, seconds: float, act: Callable[[], object]) -> Why | None:
        """Do something with the stick, but wait no longer than this; why it was not done, or None when it was."""
        if self._tasks is None:
            self._tasks = SimpleQueue()
            threading.Thread(target=_work, args=(self._tasks,), daemon=True).start()
        outcome: SimpleQueue[Why | None] = SimpleQueue()
        self._tasks.put((act, outcome))
        try:
            return outcome.get(timeout=seconds)
        except Empty:
            self._tasks.put(None)
            self._tasks = None
            return Why.SLOW


def _work(tasks: SimpleQueue[Task | None]) -> None:
    while (task := tasks.get()) is not None:
        act, outcome = task
        try:
            act()
        except OSError as error:
            outcome.put(why_of(error))
        else:
            outcome.put(None)


def why_of(error: OSError) -> Why:
    """What an error of the file system says about the stick."""
    return Why(fault_of(error).value)
