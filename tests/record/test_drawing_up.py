"""The record is drawn up once, when it lacks nothing, and from then on nothing in the house changes a byte of it."""

from __future__ import annotations

import hashlib
import json

import pytest
from recorded import ask, draw_up, newest, sign_by_all, state_all
from sqlalchemy import delete, update

from tally.record import missing
from votingapp.desks.record import drawing_up, stating
from votingapp.desks.station import service as station
from votingapp.documents.record import render_record
from votingapp.store import audit, drawn_records, record_statements
from votingapp.store.incidents import BOARD, Written
from votingapp.store.record_statements import Code
from votingapp.store.settled import RecordStands
from votingapp.store.tables.records import record_statement
from votingapp.store.tables.staff import staff as staff_table


def counted_in(store, board):
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,), (2,), ())
    seated.count()
    return seated


def write(seated, text: str):
    return station.write_incident(seated.store, seated.chair, seated.election, Written(BOARD, text))


def lacking(seated):
    refused = ask(seated)
    assert isinstance(refused, drawing_up.Incomplete), refused
    return refused.gaps


def versions(seated):
    with seated.store.reading() as connection:
        return drawn_records.versions(connection, seated.election)


def test_a_record_waits_until_two_state_that_all_is_told(counted):
    """Either statement alone is not enough, and an incident written after it takes the first one back."""
    assert lacking(counted) == ("incidents", "assistance")
    pair = counted.members[:2]
    assert stating.state(counted.store, pair, counted.election, Code.INCIDENTS) == stating.Stated()
    assert stating.state(counted.store, pair, counted.election, Code.INCIDENTS) == stating.SaidBefore()
    assert lacking(counted) == ("assistance",)
    assert write(counted, "En stol væltede.") == 1
    assert lacking(counted) == ("incidents", "assistance")
    state_all(counted)
    assert ask(counted) == drawing_up.DrawnUp(1)
    assert newest(counted).content.count("En stol væltede.".encode()) == 1
    with pytest.raises(ValueError, match="two"):
        stating.state(counted.store, (counted.chair, counted.chair), counted.election, Code.INCIDENTS)


def test_what_was_drawn_up_is_the_same_whatever_happens_to_the_house(counted, monkeypatch):
    """Nobody writes into it, a member may marry, its sources may go and the typesetter change: hashes and bytes stay."""
    drawn = draw_up(counted)
    assert hashlib.sha256(drawn.content).hexdigest() == drawn.content_sha256
    assert hashlib.sha256(drawn.pdf).hexdigest() == drawn.pdf_sha256
    assert hashlib.sha256(drawn.docx).hexdigest() == drawn.docx_sha256
    content = json.loads(drawn.content)
    assert (content["version"], content["missing"]) == (1, [])
    assert content["board"] == [{"name": "Anne", "office": "formand"}, {"name": "Birk", "office": "medlem"}]
    assert [one.key is not None for one in drawn.signers] == [True, True]
    assert write(counted, "For sent.") == RecordStands()
    assert stating.state(counted.store, counted.members[:2], counted.election, Code.INCIDENTS) == RecordStands()

    def change(work) -> None:
        work.connection.execute(update(staff_table).where(staff_table.c.login == "anne").values(name="Anne Bech"))
        work.connection.execute(delete(record_statement))
        work.record(counted.election.id, "test", "changed")

    counted.store.write(change)
    monkeypatch.setattr(drawing_up, "render_record", lambda _record: b"%PDF- of a later typesetter")
    assert newest(counted) == drawn
    entry = entry_of(counted, "record_drawn_up")
    assert (entry["content"], entry["pdf"], entry["docx"]) == (
        drawn.content_sha256,
        drawn.pdf_sha256,
        drawn.docx_sha256,
    )


def entry_of(seated, act: str) -> dict[str, object]:
    with seated.store.reading() as connection:
        return json.loads(audit.last(connection, seated.election.id, act).details)


def test_a_second_version_needs_a_reason_and_both_stay(any_store, board):
    """The button pressed twice makes one version; the next says why, is signed anew, and the first can still be had."""
    counted = counted_in(any_store, board)
    first = draw_up(counted)
    assert ask(counted) == drawing_up.OtherVersion()
    assert ask(counted, version=3, reason="x") == drawing_up.OtherVersion()
    assert ask(counted, version=2, reason="  ") == drawing_up.ReasonMissing()
    sign_by_all(counted)
    alone = drawing_up.Asked(2, counted.chair.id, "Jeg fortryder.")
    for second in (None, counted.chair):
        assert drawing_up.draw_up(counted.store, counted.chair, counted.election, alone, second) == drawing_up.Alone()
    assert ask(counted, version=2, reason="Et navn var stavet forkert.") == drawing_up.DrawnUp(2)
    second = newest(counted)
    assert (second.version, second.reason) == (2, "Et navn var stavet forkert.")
    assert json.loads(second.content)["reason"] == "Et navn var stavet forkert."
    assert [one.version for one in versions(counted)] == [2, 1]
    assert entry_of(counted, "record_drawn_up")["second"] == counted.members[1].login
    with counted.store.reading() as connection:
        assert drawn_records.of_version(connection, counted.election, 1) == first
    sign_by_all(counted)


def test_nobody_but_a_signer_chairs_and_nothing_is_drawn_without_an_outcome(store, board):
    """Before the result there is no record to draw up; the chair is one of those who sign, or nobody."""
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,))
    assert stating.state(store, seated.members[:2], seated.election, Code.ASSISTANCE) == stating.Stated()
    assert ask(seated) == drawing_up.NoOutcome()
    seated.count()
    state_all(seated)
    stranger = drawing_up.Asked(1, seated.secretary.id)
    assert drawing_up.draw_up(store, seated.chair, seated.election, stranger) == drawing_up.NotOfTheBoard()
    nobody = drawing_up.Asked(1, None)
    assert drawing_up.draw_up(store, seated.chair, seated.election, nobody) == drawing_up.DrawnUp(1)
    assert {one.office for one in newest(seated).signers} == {"medlem"}


def test_nothing_is_stated_of_an_evening_that_is_not_over(store, board):
    """While people vote more may happen."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.open()
    assert stating.state(store, seated.members[:2], seated.election, Code.INCIDENTS) == stating.NotYet()
    with store.reading() as connection:
        assert record_statements.standing(connection, seated.election.id) == ()


def test_what_changes_while_it_is_set_is_not_left_out(counted, monkeypatch):
    """Setting it takes a second: an incident written meanwhile stops it, and a version drawn up by another is not drawn twice."""
    state_all(counted)

    def slowly(record):
        assert missing(record) == ()
        monkeypatch.setattr(drawing_up, "render_record", render_record)
        state_anew(counted)
        return render_record(record)

    monkeypatch.setattr(drawing_up, "render_record", slowly)
    assert ask(counted) == drawing_up.Overtaken()
    assert versions(counted) == ()

    def beside(record):
        monkeypatch.setattr(drawing_up, "render_record", render_record)
        assert ask(counted) == drawing_up.DrawnUp(1)
        return render_record(record)

    monkeypatch.setattr(drawing_up, "render_record", beside)
    assert ask(counted) == drawing_up.OtherVersion()
    assert len(versions(counted)) == 1


def state_anew(seated) -> None:
    assert write(seated, "Lyset gik.") == 1
    state_all(seated)


def test_a_kill_at_the_last_moment_leaves_no_version(counted, monkeypatch):
    """The version and its entry are one act: without the entry there is neither."""
    state_all(counted)

    class KilledError(Exception):
        pass

    def killed(*_args, **_details):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("votingapp.store.unit_of_work.Work.record", killed)
        with pytest.raises(KilledError):
            ask(counted)
    assert versions(counted) == ()
    assert ask(counted) == drawing_up.DrawnUp(1)
