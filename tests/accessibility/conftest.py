"""An election at several times of its life, each served once for all sweeps of a worker."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

import pytest
from sweeping import STAGES, Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def stage_at(tmp_path_factory, migrated_sqlite, koege_rules) -> Iterator[Callable[[str], Stage]]:
    """The office with an election at a time of its life: `stage_at("count")`."""
    with ExitStack() as open_ones:

        @cache
        def enter(name: str) -> Stage:
            return open_ones.enter_context(make_stage(tmp_path_factory, migrated_sqlite, koege_rules, STAGES[name]))

        yield enter


@pytest.fixture
def stage(request, stage_at) -> Stage:
    """The office with an election at the time of its life that a test names."""
    return stage_at(request.param)
