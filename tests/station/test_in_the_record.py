"""What went wrong in the evening stands in the record (valgprotokol), line by line as it was written."""

from __future__ import annotations

import pytest

from votingapp.desks.station import service
from votingapp.documents.record import render_record
from votingapp.store import incidents, publication
from votingapp.store.incidents import BOARD, Written


@pytest.fixture
def counted(store, board):
    """A board that has counted an evening on which two things went wrong, and the battery ran low."""
    held = board(store)
    held.prepare()
    evening = held.store.clock.now
    service.write_incident(store, held.chair, held.election, Written("Bord 1", "Læser skiftet på bord 1 & 2 <ny>."))
    service.write_incident(store, held.chair, held.election, Written(BOARD, "Det var kun bord 1.", corrects=1))
    store.write(lambda work: incidents.notice(work, held.election.id, "battery_low", "alarm", "Batteriet er på 9 %."))
    held.vote((1,), (2,), (1,))
    held.count()
    assert evening <= held.store.clock.now
    return held


def test_every_line_is_a_remark_of_the_record(store, counted):
    """With its number and time, by desk, board or machine, and a correction names the line that it puts right."""
    with store.reading() as connection:
        record = publication.published(connection, counted.now()).record
        kept = incidents.lines(connection, counted.election.id)
    assert [remark.text for remark in record.remarks] == [
        "Linje 1. Bord 1: Læser skiftet på bord 1 & 2 <ny>.",
        "Linje 2, retter linje 1. Valgbestyrelsen: Det var kun bord 1.",
        "Linje 3. Maskinen: Batteriet er på 9 %.",
    ]
    assert [remark.at for remark in record.remarks] == [line.at for line in kept]
    assert render_record(record).startswith(b"%PDF")


def test_a_line_of_the_day_after_moves_the_date_of_the_record(store, counted, clock):
    """The record is drawn up as of the last thing that it tells of."""
    clock.advance(days=2)
    service.write_incident(store, counted.chair, counted.election, Written(BOARD, "Plomben er brudt."))
    with store.reading() as connection:
        record = publication.published(connection, counted.now()).record
    assert record.drawn_up == clock.now.date()
    assert record.remarks[-1].text == "Linje 4. Valgbestyrelsen: Plomben er brudt."
