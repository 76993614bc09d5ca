"""Only an electronic identity of the state is certain by itself."""

import pytest

from candidates.identity import Identity


@pytest.mark.parametrize(("identity", "certain"), [("mitid", True), ("email", False), ("paper", False)])
def test_mitid_alone_is_certain(identity, certain):
    """A letter box and a form on paper are looked at by somebody first."""
    assert Identity(identity).is_certain is certain
