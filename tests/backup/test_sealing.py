"""Whoever finds the stick reads nothing, and only what the house wrote is believed."""

from __future__ import annotations

import io
import os
from dataclasses import replace

import pytest

from votingapp.store.backup.chunks import OpeningReader, SealingWriter, copy
from votingapp.store.backup.sealing import HouseKey, NotOurs, key_of, new_seed

CHUNK = 64 * 1024
WRAPPED = 2 + 32 + 32 + 32 + 16
"""Bytes before the first chunk: a length, and the sealed file key with its tag."""


@pytest.fixture
def sheet():
    """An emergency key."""
    return key_of(new_seed())


@pytest.fixture
def seal_file(sheet, tmp_path):
    """Seal bytes as a file, written in pieces of some size: `seal_file(content, piece)`."""

    def seal(content: bytes, piece: int = 10_000) -> bytes:
        path = tmp_path / "sealed"
        with path.open("wb") as stream:
            writer = SealingWriter(stream, sheet.house, b"test")
            for start in range(0, len(content), piece):
                writer.write(content[start : start + piece])
            writer.finish()
        return path.read_bytes()

    return seal


def _open(sealed: bytes, sheet, purpose: bytes = b"test") -> bytes:
    opened = bytearray()
    copy(io.BufferedReader(OpeningReader(io.BytesIO(sealed), sheet, purpose)), opened.extend)
    return bytes(opened)


def test_the_house_cannot_open_what_it_sealed(sheet):
    """What lies in the house is the public half and a tagging key; the private half comes from the code alone."""
    kept = HouseKey.from_bytes(sheet.house.to_bytes())
    assert sheet.private not in kept.to_bytes()
    assert sheet.open(kept.seal(b"indhold", b"p"), b"p") == b"indhold"
    with pytest.raises(ValueError, match="no house key"):
        HouseKey.from_bytes(b"short")


def test_the_same_code_gives_the_same_key():
    """A key is made anew from its seed at any time, and from no other seed."""
    seed = new_seed()
    assert key_of(seed) == key_of(seed)
    assert key_of(seed) != key_of(new_seed())


def test_who_has_only_the_public_half_cannot_write_for_the_house(sheet):
    """A record that was sealed to the right key without the house's tagging key is not believed."""
    forger = replace(sheet.house, tagging=os.urandom(32))
    with pytest.raises(NotOurs):
        sheet.open(forger.seal(b"stuffed", b"p"), b"p")


def test_a_sealed_thing_is_good_for_one_purpose(sheet):
    """What was sealed as a record of one journal is not opened as one of another, nor with another sheet."""
    sealed = sheet.house.seal(b"x", b"epoch 1")
    for opener, purpose in ((sheet, b"epoch 2"), (key_of(new_seed()), b"epoch 1")):
        with pytest.raises(NotOurs):
            opener.open(sealed, purpose)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 300_001])
def test_a_file_of_any_length_comes_back(seal_file, sheet, size):
    """A sealed file opens to its bytes, also where it ends with a chunk."""
    content = os.urandom(size)
    assert _open(seal_file(content), sheet) == content


def test_a_file_cut_anywhere_is_not_taken_for_whole(seal_file, sheet):
    """Cut off at a chunk's edge or within one, or with a chunk taken out, doubled, moved or changed: refused."""
    sealed = seal_file(os.urandom(3 * CHUNK + 5))
    step = CHUNK + 16
    head, chunks = sealed[:WRAPPED], [sealed[start : start + step] for start in range(WRAPPED, len(sealed), step)]
    assert [len(one) for one in chunks] == [step, step, step, 21]
    wrong = [
        sealed[:end]
        for end in (0, 1, 2, 50, WRAPPED, WRAPPED + 100, WRAPPED + step, WRAPPED + 3 * step, len(sealed) - 1)
    ]
    wrong += [
        head + b"".join(order)
        for order in (
            chunks[:3],
            chunks[1:],
            [chunks[1], chunks[0], *chunks[2:]],
            [*chunks, chunks[3]],
            [*chunks[:3], b""],
        )
    ]
    wrong += [sealed + b"x", sealed[: WRAPPED + 9] + bytes([sealed[WRAPPED + 9] ^ 1]) + sealed[WRAPPED + 10 :]]
    for one in wrong:
        with pytest.raises(NotOurs):
            _open(one, sheet)
