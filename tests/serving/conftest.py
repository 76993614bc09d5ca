"""A house with an up-to-date database, served as the command serves it."""

import pytest
from served_house import ServedHouse


@pytest.fixture
def house(settings, store):
    """A house that is not started yet; whatever is left of it at the end is ended."""
    store.engine.dispose()
    served = ServedHouse(settings.home)
    yield served
    if served.process is not None and served.process.poll() is None:
        served.stop()
