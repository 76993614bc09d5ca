"""The emergency sheet (nødark): the one paper that opens the backup, kept by the chair in a closed envelope."""

from datetime import date

from votingapp.documents.dates import danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset


def render_emergency_sheet(code: str, key_name: str, made_on: date) -> bytes:
    """Print the code in signs and as a QR code; return the PDF.

    `key_name` is what the files on the stick carry in their names, so that sheet and stick can be seen to belong together.
    """
    data = {"groups": code.split("-"), "key": key_name, "made": danish_date(made_on)}
    return typeset("emergency_sheet", data, dated=made_on, files={"code.svg": qr_svg(code)})
