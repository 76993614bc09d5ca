"""The urn is published as one file that anybody can check from its first byte to its last.

Source: PROTOCOL.md section 4. `ArchiveWriter` writes it, `read_records` reads it back.
"""

from ballots.archive.events import Event, EventType, may_follow
from ballots.archive.frame import ArchiveDamaged, ArchiveError, ArchiveUnreadable
from ballots.archive.reader import Record, read_records
from ballots.archive.records import OwnedRecord, Setup, parse_owned, parse_setup, setup_hash, write_owned, write_setup
from ballots.archive.writer import ArchiveWriter

__all__ = [
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveUnreadable",
    "ArchiveWriter",
    "Event",
    "EventType",
    "OwnedRecord",
    "Record",
    "Setup",
    "may_follow",
    "parse_owned",
    "parse_setup",
    "read_records",
    "setup_hash",
    "write_owned",
    "write_setup",
]
