"""Static files travel compressed, and are the very files that are hashed."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from votingapp.booth import create_booth

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

PROGRAM = b"const told = 'again and again and again';\n" * 200


@pytest.fixture
def client(tmp_path: Path, settings, store) -> FlaskClient:
    """A visitor of a booth whose static files are these."""
    booth = create_booth(settings, store)
    booth.static_folder = str(tmp_path)
    (tmp_path / "bundle").mkdir()
    for name in ("booth.js", "picture.png"):
        (tmp_path / "bundle" / name).write_bytes(PROGRAM)
    return booth.test_client()


def test_who_takes_gzip_gets_the_same_file_smaller(client: FlaskClient) -> None:
    """The compressed body is the file, said to be compressed, and another thing to every cache between."""
    small = client.get("/static/bundle/booth.js", headers={"Accept-Encoding": "br, gzip"}, buffered=True)
    plain = client.get("/static/bundle/booth.js", headers={"Accept-Encoding": "identity"}, buffered=True)
    assert (small.status_code, small.headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(small.data) == plain.data == PROGRAM
    assert int(small.headers["Content-Length"]) == len(small.data) < len(PROGRAM) / 10
    assert "Content-Encoding" not in plain.headers
    for answer in (small, plain):
        assert answer.vary.as_set() >= {"accept-encoding"}
        assert answer.mimetype == "text/javascript"
        assert answer.cache_control.max_age == 3600
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert small.get_etag() != plain.get_etag()


def test_what_a_browser_has_already_is_not_sent_again(client: FlaskClient) -> None:
    """By its tag the compressed file is known again; a changed file is sent anew."""
    accepting = {"Accept-Encoding": "gzip"}
    tag = client.get("/static/bundle/booth.js", headers=accepting, buffered=True).headers["ETag"]
    again = client.get("/static/bundle/booth.js", headers=accepting | {"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    changed = client.get("/static/bundle/booth.js", headers=accepting | {"If-None-Match": '"another"'}, buffered=True)
    assert changed.status_code == 200


def test_what_gains_nothing_is_sent_as_it_is(client: FlaskClient) -> None:
    """A picture, a part of a file, a file that is not there, and one beside the folder."""
    accepting = {"Accept-Encoding": "gzip"}
    assert client.get("/static/bundle/picture.png", headers=accepting, buffered=True).data == PROGRAM
    part = client.get("/static/bundle/booth.js", headers=accepting | {"Range": "bytes=0-4"}, buffered=True)
    assert (part.status_code, part.data) == (206, PROGRAM[:5])
    assert client.get("/static/bundle/none.js", headers=accepting, buffered=True).status_code == 404
    assert client.get("/static/..%2f..%2fsetup.js", headers=accepting, buffered=True).status_code == 404
    assert (
        client.head("/static/bundle/booth.js", headers=accepting, buffered=True).headers["Content-Encoding"] == "gzip"
    )
