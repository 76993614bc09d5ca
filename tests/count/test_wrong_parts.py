"""A part that is wrong although its proof holds: nobody is blamed by guess, and the count goes on."""

from __future__ import annotations

import hashlib
import io
import json

from wrong_parts import wrong_part

from tally.verification import Accepted, verify_archive
from votingapp.desks.count import decrypting, tallying, wrong_parts
from votingapp.desks.count.open_count import open_count
from votingapp.store import audit, counts, urns


def summed(seated, *cast):
    """Three members of a board whose urn is added up."""
    seated.prepare()
    seated.vote(*cast)
    tallying.compute_tally(seated.store, seated.chair, seated.election)
    return seated.members


def test_it_is_named_by_a_third_part(any_store, board):
    """Two parts open nothing and nobody is blamed; the third finds whose is wrong, and the two others open the sum."""
    seated = board(any_store)
    anne, birk, cilla = summed(seated, (2,), (1,), (2,), (), (2,))
    wrong = wrong_part(seated, anne, place=2)
    assert seated.decrypt(anne, wrong) == decrypting.Decrypted(missing=1)
    assert seated.decrypt(birk) == decrypting.Decrypted(missing=0)
    stuck = wrong_parts.Unopened(("Anne", "Birk"), ("Cilla",))
    assert decrypting.compute_result(any_store, anne, seated.election) == stuck
    with any_store.reading() as connection:
        assert wrong_parts.unopened(connection, seated.election) == stuck
        assert counts.set_aside(connection, seated.election.id) == ()
    assert seated.decrypt(cilla) == decrypting.Decrypted(missing=0)
    assert isinstance(decrypting.compute_result(any_store, birk, seated.election), decrypting.Counted)

    archive = io.BytesIO()
    with any_store.reading() as connection:
        urns.write_archive(connection, seated.now(), archive)
        (aside,) = counts.set_aside(connection, seated.election.id)
        assert wrong_parts.unopened(connection, seated.election) is None
        log = [one for one in audit.entries(connection, seated.election.id) if one.act == "decryptions_set_aside"]
        given = [one.name for one in counts.decryptions(connection, seated.election.id)]
    found = verify_archive(io.BytesIO(archive.getvalue()))
    assert isinstance(found, Accepted)
    assert (found.decryptions, found.result) == (2, (1, 1, 3, 0))
    assert (aside.name, aside.body) == ("Anne", wrong)
    assert [json.loads(one.details) for one in log] == [{"parts": {"1": hashlib.sha256(wrong).hexdigest()}}]
    assert given == ["Birk", "Cilla"]


def test_a_part_may_be_made_anew_while_nothing_is_opened(store, board):
    """On another device, where the parts open nothing or hers was set aside; and what comes in meanwhile is not overlooked."""
    seated = board(store)
    anne, birk, cilla = summed(seated, (1,))
    seated.decrypt(anne, wrong := wrong_part(seated, anne))
    assert seated.decrypt(anne) == decrypting.AlreadyDecrypted()
    seated.decrypt(birk)
    assert seated.decrypt(birk) == decrypting.Decrypted(missing=0)
    assert isinstance(decrypting.compute_result(store, anne, seated.election), wrong_parts.Unopened)
    seated.decrypt(cilla)
    with store.reading() as connection:
        before = open_count(connection, seated.election)
    found = wrong_parts.WrongParts(before.open().wrong)
    assert found.owners == (1,)
    assert set_aside(seated, before, found) is None
    assert set_aside(seated, before, found) == wrong_parts.Overtaken()
    assert seated.decrypt(birk) == decrypting.AlreadyDecrypted()
    assert seated.decrypt(anne) == decrypting.Decrypted(missing=0)
    assert seated.decrypt(anne) == decrypting.AlreadyDecrypted()
    with store.reading() as connection:
        assert counts.set_aside(connection, seated.election.id) == ()
        assert len(counts.decryptions(connection, seated.election.id)) == 3
        replaced = [(one.name, one.set_aside_at is not None) for one in counts.replaced(connection, seated.election.id)]
        assert counts.replaced(connection, seated.election.id)[0].body == wrong
    assert replaced == [("Anne", True), ("Birk", False)]
    assert isinstance(decrypting.compute_result(store, cilla, seated.election), decrypting.Counted)
    assert set_aside(seated, before, found) == wrong_parts.Overtaken()


def set_aside(seated, seen, found):
    return seated.store.write(lambda work: wrong_parts.set_aside(work, seated.chair, seated.election, seen, found))


def test_one_holder_alone_does_not_keep_the_result_from_standing(any_store, board, monkeypatch):
    """A wrong part that comes in while the result is verified is set aside with it, and comes into no archive."""
    seated = board(any_store)
    anne, birk, cilla = summed(seated, (1,), (2,))
    seated.decrypt(birk)
    seated.decrypt(cilla)
    wrong = wrong_part(seated, anne)
    hand_in_meanwhile(monkeypatch, seated, anne, wrong)
    counted = decrypting.compute_result(any_store, birk, seated.election)
    assert isinstance(counted, decrypting.Counted)
    archive = io.BytesIO()
    with any_store.reading() as connection:
        urns.write_archive(connection, seated.now(), archive)
        (aside,) = counts.set_aside(connection, seated.election.id)
        entry = audit.last(connection, seated.election.id, "result_found")
    assert (aside.name, aside.body) == ("Anne", wrong)
    assert json.loads(entry.details)["set_aside"] == {"1": hashlib.sha256(wrong).hexdigest()}
    assert hashlib.sha256(archive.getvalue()).hexdigest() == counted.archive_sha256
    assert isinstance(verify_archive(io.BytesIO(archive.getvalue())), Accepted)


def test_a_right_part_that_comes_in_meanwhile_belongs_to_the_archive(store, board, monkeypatch):
    """Nobody's is set aside for being late: the result is looked for once more, with hers."""
    seated = board(store)
    anne, birk, cilla = summed(seated, (1,), (2,))
    seated.decrypt(birk)
    seated.decrypt(cilla)
    with monkeypatch.context() as patched:
        hand_in_meanwhile(patched, seated, anne, seated.decryption(anne))
        assert decrypting.compute_result(store, birk, seated.election) == wrong_parts.Overtaken()
    assert isinstance(decrypting.compute_result(store, birk, seated.election), decrypting.Counted)
    with store.reading() as connection:
        assert counts.set_aside(connection, seated.election.id) == ()
        assert "set_aside" not in audit.last(connection, seated.election.id, "result_found").details


def hand_in_meanwhile(monkeypatch, seated, member, part):
    verify = decrypting._verify

    def meanwhile(*seen):
        seated.decrypt(member, part)
        return verify(*seen)

    monkeypatch.setattr(decrypting, "_verify", meanwhile)
