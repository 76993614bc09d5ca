"""What anybody can see and check without a browser and without us, before the close and after the count."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tarfile
from typing import TYPE_CHECKING

import pikepdf
from journey_house import House, fetch, votingapp
from journey_secretariat import SLUG
from original_tool import follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PAGES = ("", "candidates", "rules", "rules.toml", "result", "stand", "election.bel")
AFTER_THE_COUNT = ("counts.json", "paper.json", "lots.json", "result.json", "record.pdf", "record.json", "record.docx")
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"')


def everything_public(house: House) -> dict[str, tuple[int, bytes]]:
    """Every public answer of both servers, without the tokens that differ from one reading to the next."""
    urls = [f"{house.office}/", *(f"{house.office}/{SLUG}/{page}" for page in (*PAGES, *AFTER_THE_COUNT))]
    urls += [f"{house.booth}/{SLUG}/", f"{house.booth}/{SLUG}/election.json"]
    return {url: (status, TOKEN.sub(b"", body)) for url in urls for status, body in [fetch(url)]}


def is_silent_before_close(house: House) -> None:
    """What is only known after the count is not there, and the archive holds no ballot."""
    assert {fetch(f"{house.office}/{SLUG}/{name}")[0] for name in AFTER_THE_COUNT} == {404}
    status, archive = fetch(f"{house.office}/{SLUG}/election.bel")
    assert status == 200
    assert ballots_in(archive) == set()


def is_what_was_cast(files: Mapping[str, Path], votes: Mapping[str, int], blank: int, codes: Sequence[str]) -> None:
    """The archive verifies, by our program and by Belenios' own, holds every receipt, and gives the counts of what was cast; the seats follow from them."""
    checked = votingapp("verify", files["election.bel"], "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    verdict = json.loads(checked.stdout)
    counts = json.loads(files["counts.json"].read_bytes())
    assert {one["name"]: one["votes"] for one in counts["candidates"]} == votes
    assert (verdict["ballots"], counts["blank"], counts["invalid"]) == (len(codes), blank, 0)
    assert verdict["result"] == [blank, *(one["votes"] for one in counts["candidates"])]
    original = follow(files["election.bel"].read_bytes(), files["election.bel"].parent / "original")
    assert (original.ballots, original.refused, original.passed) == (len(codes), (), True)
    assert list(original.counts) == verdict["result"]
    assert {base64.b64decode(f"{code}=").hex() for code in codes} == ballots_in(files["election.bel"].read_bytes())

    allocated = votingapp("allocate", files["rules.toml"], files["counts.json"], "--lots", files["lots.json"])
    assert allocated.returncode == 0, allocated.stderr
    assert json.loads(allocated.stdout) == json.loads(files["result.json"].read_bytes())


def is_a_record(path: Path, election: str) -> None:
    """The record is a PDF for the archive and for screen readers, and names the election."""
    with pikepdf.open(path) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfuaid:part"]) == ("3", "1")
        assert metadata["dc:title"] == f"Valgprotokol: {election}"
        assert str(document.Root.Lang) == "da-DK"


def keeps_none_of(house: House, secrets: Sequence[str]) -> None:
    """None of these stands in any file that the house has written, its log included."""
    kept = house.kept() | {"log": house.log.read_bytes()}
    assert [name for name, body in kept.items() if any(secret.encode() in body for secret in secrets)] == []


def ballots_in(archive: bytes) -> set[str]:
    """The SHA-256 of every ballot in an archive, read with Python's own tar reader."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        bodies = [file.read() for member in tar if (file := tar.extractfile(member))]
    return {hashlib.sha256(body).hexdigest() for body in bodies if body.startswith(b'{"election_uuid":')}
