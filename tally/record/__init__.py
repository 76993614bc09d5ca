"""The record (valgprotokol): all that a byråd, a court or a citizen needs to follow and check the election."""

from tally.record.form import FORMAT, RESERVATION, Record, to_json
from tally.record.gaps import missing
from tally.record.parts import (
    BoardMember,
    BoxDifference,
    Candidate,
    Desks,
    DrawnLot,
    Election,
    PaperAccount,
    PaperRecord,
    Present,
    Reconciliation,
    Remark,
    Station,
    Times,
    Trustee,
    Turnout,
    Verification,
)

__all__ = [
    "FORMAT",
    "RESERVATION",
    "BoardMember",
    "BoxDifference",
    "Candidate",
    "Desks",
    "DrawnLot",
    "Election",
    "PaperAccount",
    "PaperRecord",
    "Present",
    "Reconciliation",
    "Record",
    "Remark",
    "Station",
    "Times",
    "Trustee",
    "Turnout",
    "Verification",
    "missing",
    "to_json",
]
