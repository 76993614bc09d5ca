"""The record tells what happened at the desks: refusals, cases in doubt and help, in counts and words."""

from __future__ import annotations

from dataclasses import replace

from polling import keep_register, person
from pypdfium2 import PdfDocument
from recorded import draw_up, newest
from sqlalchemy import insert, select

from tally.record import Desks
from votingapp.desks.checkin import doubting
from votingapp.documents.record import render_record
from votingapp.store import assistance, record_draft
from votingapp.store.assistance import Assistance
from votingapp.store.settled import RecordStands
from votingapp.store.tables.register import register_person
from votingapp.store.tables.station import doubt


def test_what_happened_at_the_desks_stands_in_the_record(any_store, board):
    """A refusal, a decided case and help are counted once each, from the log and the tables of a real evening."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,), (), meanwhile=lambda: _an_evening(seated))
    seated.count()
    with any_store.reading() as connection:
        record = record_draft.draft(connection, seated.now())
    assert record.desks == Desks(
        refused=(("TooYoung", 1),), decided=(("not_found/admitted", 1),), assisted=(("two_officials", 2),)
    )
    text = _text(render_record(record))
    assert "Ikke gammel nok på valgdagen" in text
    assert "Blev ikke fundet: lukket ind" in text
    assert "To tilforordnede hjalp" in text
    assert "Ved bordene" not in _text(render_record(replace(record, desks=Desks())))


def test_a_case_left_open_stays_open_in_a_record_that_stands(any_store, board):
    """The record counts what was decided; whoever decides the day after changes nothing that was signed."""
    seated = board(any_store)
    seated.prepare()
    case = {"id": "left-open", "desk": "Bord 1", "kind": "other", "note": "Pas set."}

    def raise_it(work) -> None:
        row = case | {"election_id": seated.election.id, "raised_at": work.now, "raised_by": seated.chair.id}
        work.connection.execute(insert(doubt).values(row))
        work.record(seated.election.id, "test", "doubt_raised")

    seated.vote((1,), (2,), (), meanwhile=lambda: any_store.write(raise_it))
    seated.count()
    with any_store.reading() as connection:
        told = record_draft.draft(connection, seated.now()).desks
    signed = draw_up(seated)
    refused = doubting.refuse(any_store, seated.chair, seated.election, case["id"], "For sent.")
    assert refused == RecordStands()
    with any_store.reading() as connection:
        assert record_draft.draft(connection, seated.now()).desks == told
    assert newest(seated) == signed


def _an_evening(board) -> None:
    keep_register(board.store, board.election, person("Ung Åkesson", "2411034321"))
    board.store.write(lambda work: _refuse(work, board))
    board.store.write(lambda work: _decide(work, board))
    for _ in range(2):
        board.store.write(lambda work: _help(work, board))


def _refuse(work, board) -> None:
    here = register_person.c.election_id == board.election.id
    who = work.connection.execute(select(register_person.c.id).where(here)).scalar_one()
    details = {"person": who, "desk": "Bord 1", "reason": "TooYoung"}
    work.record(board.election.id, "bente", "admission_refused", **details)


def _decide(work, board) -> None:
    case = {"id": "d", "election_id": board.election.id, "raised_at": work.now, "raised_by": board.chair.id}
    case |= {"desk": "Bord 1", "kind": "not_found", "note": "Pas set.", "decided_at": work.now}
    case |= {"decided_by": board.chair.id, "admit": True, "reason": "Papirerne passer."}
    work.connection.execute(insert(doubt).values(case))
    work.record(board.election.id, "test", "decided")


def _help(work, board) -> None:
    assistance.count_up(work, board.election.id, Assistance.TWO_OFFICIALS)
    work.record(board.election.id, "test", "helped")


def _text(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pdf)).replace("\r\n", " ")
