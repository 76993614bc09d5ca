"""How the poll desk hands out a paper: as a file with a name, which no browser and no proxy keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response

if TYPE_CHECKING:
    from flask import Response


def as_pdf(pdf: bytes, name: str) -> Response:
    """Answer a PDF to be saved or printed."""
    answer = make_response(pdf)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
