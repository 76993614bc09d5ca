"""The record on paper: a PDF that a board can sign, a byråd can act on and an archive can keep."""

from tally.record import Record, to_json
from votingapp.documents.record_view import grouped, view
from votingapp.documents.typesetting import typeset

__all__ = ["ATTACHMENT", "grouped", "render_record"]

ATTACHMENT = "valgprotokol.json"
"""The record as data, carried inside the PDF (PDF/A-3), so that figures are never typed off paper."""


def render_record(record: Record) -> bytes:
    """Set the record (valgprotokol) as PDF/A-3a and PDF/UA-1, with its JSON form attached; return the PDF.

    An incomplete record is set too, and says on its first page what it lacks. Equal records give equal bytes.
    """
    said = view(record) | {"attachment": ATTACHMENT}
    return typeset("record", said, dated=record.drawn_up, files={ATTACHMENT: to_json(record)})
