"""An election at several times of its life, each served once for all sweeps of a worker."""

import pytest
from sweeping import STAGES, Stage, make_stage


@pytest.fixture(scope="module")
def stage(request, tmp_path_factory, migrated_sqlite, koege_rules) -> Stage:
    """The office with an election at the time of its life that a test names."""
    with make_stage(tmp_path_factory, migrated_sqlite, koege_rules, STAGES[request.param]) as opened:
        yield opened
