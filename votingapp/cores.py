"""Checking many ballots at once: every core takes its share, and a small urn is checked where one stands."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from ballots.protocol.ballot import judge_ballot
from tally.verification import check_serially

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tally.verification import CheckMany

WORTH_SHARING: Final = 100
"""Ballots from which starting more processes pays."""


@contextmanager
def checkers(ballots: int) -> Iterator[CheckMany]:
    """A way to judge about so many ballots; its processes end with the block.

    They are spawned, not forked: whoever asks may be a server with threads and open database connections.
    """
    cores = os.cpu_count() or 1
    if ballots < WORTH_SHARING or cores == 1:
        yield check_serially
        return
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        yield lambda election, batch: pool.map(partial(judge_ballot, election), batch, chunksize=8)
