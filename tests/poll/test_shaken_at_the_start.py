"""Nobody counts an annulled urn: what kept it from being shaken is made good when the house is started again."""

from __future__ import annotations

import pytest

from votingapp.cli import serve
from votingapp.store import rewriting, urns

TOLD = "Something still reads in the database"


@pytest.fixture
def held(sqlite_store, board, monkeypatch):
    """An urn of some ballots, closed while somebody was reading in the database."""
    monkeypatch.setattr(rewriting, "_CHECKPOINT_ATTEMPTS", 2)
    seated = board(sqlite_store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    for name in ("b", "c", "a"):
        seated.put(name.encode() * 40, credential=name, name=name * 64)
    with sqlite_store.reading() as connection:
        urns.count(connection, seated.election.urn_uuid)
        seated.close()
    return seated.election.urn_uuid


def _unshaken(store) -> tuple[str, ...]:
    with store.reading() as connection:
        return urns.unshaken(connection)


def test_a_start_shakes_what_was_left(sqlite_store, held, settings, capsys):
    """The log that knows the order is empty afterwards, but for the note that says so, and a second start has nothing to do."""
    assert _unshaken(sqlite_store) == (held,)
    log = settings.home / "election.db-wal"
    assert b"b" * 40 in log.read_bytes()
    sqlite_store.engine.dispose()
    serve._shake_what_was_left(settings)
    assert not log.exists() or b"b" * 40 not in log.read_bytes()
    assert _unshaken(sqlite_store) == ()
    assert capsys.readouterr().err == ""


def test_a_start_goes_on_and_says_so_while_somebody_still_reads(sqlite_store, held, settings, capsys):
    """The house opens all the same, and the next start tries again."""
    with sqlite_store.reading() as connection:
        urns.count(connection, held)
        serve._shake_what_was_left(settings)
    assert TOLD in capsys.readouterr().err
    assert _unshaken(sqlite_store) == (held,)


def test_an_urn_that_was_shaken_at_the_close_is_left_alone(any_store, board):
    """What was done is noted, on both databases."""
    seated = board(any_store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    assert _unshaken(any_store) == ()
    assert seated.close().shaken
    assert _unshaken(any_store) == ()
