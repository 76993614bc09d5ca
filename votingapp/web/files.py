"""How the house hands out a file: under a name, to be saved or printed; as every answer it is marked to be kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

PDF = "application/pdf"


def as_file(content: bytes | Iterable[bytes], kind: str, name: str, *, shown: bool = False) -> Response:
    """Answer a file, whole or in pieces: its media type, a name of ASCII signs; `shown` opens it in the browser."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    return answer


def as_pdf(pdf: bytes, name: str, *, shown: bool = False) -> Response:
    """Answer a PDF."""
    return as_file(pdf, PDF, name, shown=shown)
