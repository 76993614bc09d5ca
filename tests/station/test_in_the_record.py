"""What went wrong in the evening stands in the record (valgprotokol), line by line as it was written."""

from __future__ import annotations

import pytest
from recorded import draw_up, newest

from votingapp.desks.station import service
from votingapp.documents.record import render_record
from votingapp.store import incidents, record_draft
from votingapp.store.incidents import BOARD, Written
from votingapp.store.settled import RecordStands


@pytest.fixture
def closed(store, board):
    """A board that has closed an evening on which two things went wrong, and the battery ran low."""
    held = board(store)
    held.prepare()
    service.write_incident(store, held.chair, held.election, Written("Bord 1", "Læser skiftet på bord 1 & 2 <ny>."))
    service.write_incident(store, held.chair, held.election, Written(BOARD, "Det var kun bord 1.", corrects=1))
    store.write(lambda work: incidents.notice(work, held.election.id, "battery_low", "alarm", "Batteriet er på 9 %."))
    held.vote((1,), (2,), (1,))
    return held


@pytest.fixture
def counted(closed):
    """The same, counted."""
    closed.count()
    return closed


def test_every_line_is_a_remark_of_the_record(store, counted):
    """With its number and time, by desk, board or machine, and a correction names the line that it puts right."""
    with store.reading() as connection:
        record = record_draft.draft(connection, counted.now())
        kept = incidents.lines(connection, counted.election.id)
    assert [remark.text for remark in record.remarks] == [
        "Linje 1. Bord 1: Læser skiftet på bord 1 & 2 <ny>.",
        "Linje 2, retter linje 1. Valgbestyrelsen: Det var kun bord 1.",
        "Linje 3. Maskinen: Batteriet er på 9 %.",
    ]
    assert [remark.at for remark in record.remarks] == [line.at for line in kept]
    assert render_record(record).startswith(b"%PDF")


def write(held, desk: str, text: str = "Plomben er brudt."):
    return service.write_incident(held.store, held.chair, held.election, Written(desk, text))


def test_after_the_close_only_the_board_writes(closed):
    """Nobody at a desk writes beside those who count; what the board writes stands in the record."""
    assert write(closed, "Bord 1") == service.BoardOnly()
    assert write(closed, BOARD) == 4
    closed.count()
    with closed.store.reading() as connection:
        record = record_draft.draft(connection, closed.now())
    assert record.remarks[-1].text == "Linje 4. Valgbestyrelsen: Plomben er brudt."


def test_nobody_writes_into_a_record_that_stands(counted, clock):
    """What was published and signed is the same to the byte two days later, whatever desk and board would add."""
    assert write(counted, BOARD, "Formanden kom til skade.") == 4, "until the board draws it up it is not whole"
    signed = draw_up(counted)
    assert b"Formanden kom til skade." in signed.content
    clock.advance(days=2)
    assert write(counted, "Bord 1") == RecordStands()
    assert write(counted, BOARD) == RecordStands()
    assert newest(counted) == signed


def test_a_record_that_waits_for_a_lot_is_open_to_the_board(store, board, koege_rules, clock):
    """What goes wrong while a lot is drawn belongs in it, and moves the date as of which it is drawn up."""
    held = board(store, slug="lige-mange", rules_text=koege_rules.replace("total = 5", "total = 2"))
    held.prepare()
    held.vote((1,), (1,), (2,), (3,))
    held.count()
    clock.advance(days=1)
    assert write(held, "Bord 1") == service.BoardOnly()
    assert write(held, BOARD, "Skålen faldt på gulvet. Der blev trukket om.") == 1
    with store.reading() as connection:
        record = record_draft.draft(connection, held.now())
    assert record.drawn_up == clock.now.date()
    assert record.remarks[-1].text.endswith("Der blev trukket om.")
