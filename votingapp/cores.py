"""Work on many ballots at once: every core takes its share, and a small urn is worked through where one stands."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from ballots.protocol.ballot import judge_ballot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tally.verification import CheckMany

P = ParamSpec("P")
T = TypeVar("T")

WORTH_SHARING: Final = 100
"""Ballots from which starting more processes pays."""


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it, and hand over what came of it."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def workers(ballots: int) -> Executor:
    """Who works on about so many ballots: every core, or this process alone.

    The processes are spawned, not forked: whoever asks may be a server with threads and open database connections.
    """
    cores = os.cpu_count() or 1
    if ballots < WORTH_SHARING or cores == 1:
        return Here()
    return ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"))


@contextmanager
def checkers(ballots: int) -> Iterator[CheckMany]:
    """A way to judge about so many ballots; its processes end with the block."""
    with workers(ballots) as crew:
        yield lambda election, batch: crew.map(partial(judge_ballot, election), batch, chunksize=8)
