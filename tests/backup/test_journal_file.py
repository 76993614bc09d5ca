"""The journal's records come back in order, a torn end is no damage, and damage is never a torn end."""

from __future__ import annotations

import pytest

from votingapp.store.backup import journal_file
from votingapp.store.backup.journal_file import DamagedJournal, Record, Torn
from votingapp.store.backup.sealing import key_of, new_seed
from votingapp.store.hearing import Statement

STATEMENTS = (
    Statement("INSERT INTO t VALUES (?, ?, ?, ?)", ("æøå \u202e", 1, None, b"\x00\xff"), many=False),
    Statement("INSERT INTO t VALUES (?)", [(1.5,), (memoryview(b"x"),)], many=True),
)
READ = (
    Statement("INSERT INTO t VALUES (?, ?, ?, ?)", ["æøå \u202e", 1, None, b"\x00\xff"], many=False),
    Statement("INSERT INTO t VALUES (?)", [[1.5], [b"x"]], many=True),
)


@pytest.fixture
def sheet():
    """An emergency key."""
    return key_of(new_seed())


@pytest.fixture
def journal(tmp_path, sheet):
    """A journal of four records, and where each begins: `(path, places)`."""
    path = tmp_path / "j.journal"
    places = [journal_file.start(path)]
    for serial in range(1, 5):
        record = journal_file.seal_record(sheet.house, 7, serial, STATEMENTS)
        journal_file.append(path, places[-1], record)
        places.append(places[-1] + len(record))
    return path, places


def _read(path, sheet):
    return list(journal_file.records(path, sheet, 7))


def test_records_come_back_as_they_were_written(journal, sheet):
    """Numbers, statements and every kind of parameter are read as they were."""
    assert _read(journal[0], sheet) == [Record(serial, READ) for serial in (1, 2, 3, 4)]


def test_records_of_different_acts_look_alike(sheet):
    """A small act and one of a ballot's size take the same room, so that the file's growth tells neither."""
    small = journal_file.seal_record(sheet.house, 1, 1, (Statement("x", (), many=False),))
    large = journal_file.seal_record(sheet.house, 1, 2, (Statement("x", ("b" * 12_000,), many=False),))
    assert len(small) == len(large)


def test_an_act_that_is_too_large_is_not_journaled(sheet):
    """A whole register extract is left to the copy."""
    rows = [("x" * 1000,)] * (journal_file.LARGEST_RECORD // 1000 + 1)
    assert journal_file.seal_record(sheet.house, 1, 1, (Statement("x", rows, many=True),)) is None


def test_wherever_the_cord_is_pulled_the_records_before_are_there(journal, sheet):
    """Cut at any byte, the file gives every whole record and then says that it is torn, or nothing at an edge."""
    path, places = journal
    whole = path.read_bytes()
    for end in [*range(places[2] - 40, places[2] + 40), places[3] - 1, places[3] + 4, places[4] - 1]:
        path.write_bytes(whole[:end])
        found = _read(path, sheet)
        complete = sum(place <= end for place in places[1:])
        assert [one.serial for one in found if isinstance(one, Record)] == list(range(1, complete + 1))
        assert isinstance(found[-1], Torn) is (end not in places)


def test_zeros_where_a_record_was_to_come_are_a_torn_end(journal, sheet):
    """A file system that had made room and not yet written leaves zeros."""
    path, places = journal
    path.write_bytes(path.read_bytes()[: places[3]] + bytes(5000))
    assert [type(one) for one in _read(path, sheet)] == [Record, Record, Record, Torn]


@pytest.mark.parametrize("offset", [0, 1, 3, 4, 7, 8, 40, 5000])
def test_damage_in_the_middle_is_told(journal, sheet, offset):
    """A flipped bit in any part of a record that others follow is damage, its length included."""
    path, places = journal
    raw = bytearray(path.read_bytes())
    raw[places[1] + offset] ^= 0x40
    path.write_bytes(raw)
    with pytest.raises(DamagedJournal):
        _read(path, sheet)


def test_what_is_no_journal_is_told(tmp_path, sheet):
    """A file that begins otherwise is damage."""
    path = tmp_path / "x"
    path.write_bytes(b"something else")
    with pytest.raises(DamagedJournal):
        _read(path, sheet)


def test_a_record_that_was_never_kept_is_overwritten(journal, sheet):
    """The next record takes the place of one whose commit failed, whichever is longer."""
    path, places = journal
    again = journal_file.seal_record(sheet.house, 7, 4, STATEMENTS[:1])
    journal_file.append(path, places[3], again)
    assert _read(path, sheet)[-1] == Record(4, READ[:1])


def test_a_journal_is_never_made_by_a_record(tmp_path, sheet):
    """Where no journal lies, or one that has lost its end, nothing is written: the stick was pulled out, or is another."""
    record = journal_file.seal_record(sheet.house, 7, 1, STATEMENTS)
    with pytest.raises(FileNotFoundError):
        journal_file.append(tmp_path / "none", 0, record)
    assert not (tmp_path / "none").exists()
    path = tmp_path / "short"
    size = journal_file.start(path)
    with pytest.raises(FileNotFoundError):
        journal_file.append(path, size + 1, record)
