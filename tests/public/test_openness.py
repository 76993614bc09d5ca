"""Counted as recorded: everything an election is checked by stands on one page, as it stands in the archive."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile

import pytest
from board import seat_board

from ballots.protocol.trustees import parse_trustees
from ballots.urn import seal_urn
from votingapp.store.keys import key_fingerprint

PAGE = "/koege-2021/openness"


@pytest.fixture
def board(store, found_election, add_staff):
    """A board whose poll has been prepared."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    return seated


def read_archive(client) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """The payloads of the public archive's events by kind, and its texts by their hash."""
    with tarfile.open(fileobj=io.BytesIO(client.get("/koege-2021/election.bel").data)) as archive:
        texts = {member.name.partition(".")[0]: archive.extractfile(member).read() for member in archive}
        events = [json.load(archive.extractfile(one)) for one in archive if one.name.endswith(".event.json")]
    kinds: dict[str, list[str]] = {}
    for event in events:
        kinds.setdefault(event["type"], []).append(event.get("payload") or "")
    return kinds, texts


def test_key_holders_and_slips_are_shown_as_the_archive_has_them(client, board):
    """From the freeze on each fingerprint is the one that a reader of the archive finds, and each holder is named with hers."""
    assert "Resten vises her" in client.get(PAGE).text
    assert "Reglerne er vedtaget den 22. juni 2021." in client.get(PAGE).text
    board.freeze()
    page, (kinds, texts) = client.get(PAGE).text, read_archive(client)
    (setup,) = kinds["Setup"]
    named = json.loads(texts[setup])
    trustees = parse_trustees(texts[named["trustees"]])
    for one in (setup, board.election.rules.sha256, key_fingerprint(trustees.combined_public_key)):
        assert one in page
    for member, key in zip(board.members, trustees.keys, strict=True):
        assert re.search(
            rf"<bdi>{re.escape(member.name)}</bdi></th><td><code[^>]*>{key_fingerprint(key.public_key)}<", page
        )
    assert f"<dd>{len(board.slips)}</dd>" in page
    assert "vises intet om urnen" in page


def test_urn_and_decryptions_are_shown_after_the_close(client, board):
    """The list of ballots, the urn's hash and each part of the decryption are those of the archive; the way to the result is open."""
    board.vote((1,), (2,), ())
    board.count()
    page, (kinds, texts) = client.get(PAGE).text, read_archive(client)
    assert seal_urn(kinds["Ballot"]) in page
    listed = re.search(r'<pre class="long"[^>]*>(.*?)</pre>', page, re.DOTALL)[1].split()
    assert listed == [line.split()[0] for line in client.get("/koege-2021/receipts.txt").text.splitlines()]
    assert len(listed) == 3
    for owned in kinds["PartialDecryption"]:
        assert json.loads(texts[owned])["payload"] in page
        assert hashlib.sha256(texts[json.loads(texts[owned])["payload"]]).hexdigest() in page
    assert 'href="/koege-2021/result"' in page
    assert "votingapp verify koege-2021-election.bel" in page
    for way in ("verify", "check", "receipt"):
        assert f'href="/koege-2021/{way}"' in page
        assert client.get(f"/koege-2021/{way}").status_code == 200


def test_the_voters_page_answers_in_a_minutes_reading(client, board):
    """The seven questions of 2013 and what the program cannot prevent, in no more words than an old reader reads in a minute."""
    page = client.get("/koege-2021/trust").text
    text = re.sub(r"<[^>]+>", " ", page[page.index("<h1>") : page.index("<footer>")])
    assert page.count("<h2>") == 8
    assert 180 < len(text.split()) <= 230


def test_each_step_of_the_proof_has_a_picture_and_words(client, found_election, store):
    """Whoever reckons the election again is told by pictures, and a sentence below each, what is checked, to the signed report."""
    found_election(store)
    steps = re.search(r'<ol class="step-pictures">(.*?)</ol>', client.get("/koege-2021/verify").text, re.DOTALL)[1]
    told = re.findall(
        r'<li><svg class="step-picture"[^>]* aria-hidden="true"[^>]*>.*?</svg><p>(.+?)</p></li>', steps, re.DOTALL
    )
    assert len(told) == steps.count("<li>") == 6
    assert "valgbestyrelsen skrev under" in told[-1]
