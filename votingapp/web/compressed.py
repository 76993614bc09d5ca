"""Programs and style sheets travel compressed: the file that is on the disk, and hashed in the zero report, made smaller here.

Nothing but static files is compressed. They hold no secret, so their length tells nobody anything. gzip is what every
browser takes, over plain HTTP too; Brotli is offered by none there, and would need a second file beside the hashed one.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, make_response, request
from werkzeug.security import safe_join

if TYPE_CHECKING:
    from flask import Flask

_SMALLER = frozenset({".js", ".css", ".svg", ".wasm"})
"""Fonts and pictures are compressed in themselves."""

_OK = 200


def send_compressed(app: Flask) -> None:
    """Let an app's static files be sent compressed to whoever takes them so."""
    send_plain = app.view_functions["static"]

    def static(filename: str) -> Response:
        plain = make_response(send_plain(filename=filename))
        if Path(filename).suffix not in _SMALLER:
            return plain
        plain.vary.add("Accept-Encoding")
        path = safe_join(app.static_folder or "", filename)
        if plain.status_code != _OK or path is None or not request.accept_encodings["gzip"]:
            return plain
        return _compressed(plain, Path(path))

    app.view_functions["static"] = static


def _compressed(plain: Response, path: Path) -> Response:
    """The same answer with a smaller body and a tag of its own; 304 where the browser has it."""
    status = path.stat()
    answer = Response(_small(path, status.st_mtime_ns, status.st_size), headers=plain.headers)
    plain.close()
    del answer.headers["Accept-Ranges"], answer.headers["Content-Disposition"]
    answer.content_encoding = "gzip"
    tag, _ = plain.get_etag()
    answer.set_etag(f"{tag}-gzip")
    answer.make_conditional(request)
    return answer


@lru_cache(maxsize=64)
def _small(path: Path, _changed: int, _size: int) -> bytes:
    """A file's compressed bytes, kept for as long as the file stays the same."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
