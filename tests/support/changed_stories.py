"""Archives with one change in one record, and what the Python verifier says of them, for whoever else judges them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

from json_changes import changes
from small_elections import SmallElection, small_election

from ballots.archive import EventType, write_owned, write_setup
from tally.verification import Accepted, SoundSoFar, verify_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from small_elections import Story


def python_verdict(archive: bytes) -> str:
    """What the Python verifier says, in the words of the other."""
    match verify_archive(BytesIO(archive)):
        case Accepted():
            return "accepted"
        case SoundSoFar():
            return "sound"
    return "refused"


def whole_story(*, threshold: bool) -> tuple[SmallElection, Story]:
    """An election with two votes and a blank one, decrypted by two trustees."""
    small = small_election(threshold=threshold)
    ballots = (small.seal(0, (0, 1, 0)), small.seal(1, (0, 0, 1)), small.seal(2, (1, 0, 0)))
    return small, small.story(ballots, owners=(1, 3) if threshold else (1, 2))


def changed_stories(threshold: bool) -> Iterator[tuple[str, Story]]:
    """Archives with one change in one record, their links made good again, so that only the record can tell."""
    small, story = whole_story(threshold=threshold)
    setup = story[0][1]
    for place, name in enumerate(("election", "trustees", "credentials")):
        for what, text in changed_texts(setup[place]):
            data = (*setup[:place], text, *setup[place + 1 : 3])
            yield f"{name} {what}", ((EventType.SETUP, (*data, write_setup(*data))),)
    for what, text in changed_texts(setup[3]):
        yield f"setup {what}", ((EventType.SETUP, (*setup[:3], text)),)
    for what, text in changed_texts(story[1][1][0]):
        yield f"ballot {what}", (story[0], (EventType.BALLOT, (text,)))
        yield f"ballot signed again {what}", (story[0], (EventType.BALLOT, (signed_again(small, text),)))
    end = 4
    for place, name in enumerate(("tally", "sized")):
        record = story[end + 1][1]
        for what, text in changed_texts(record[place]):
            data = (*record[:place], text, *record[place + 1 :])
            yield f"{name} {what}", (*story[: end + 1], (EventType.ENCRYPTED_TALLY, data))
    for what, text in changed_texts(story[6][1][0]):
        chapter = (EventType.PARTIAL_DECRYPTION, (text, write_owned(text, 1)))
        yield f"decryption {what}", (*story[:6], chapter, *story[7:])
    for what, text in changed_texts(story[6][1][1]):
        yield f"owned {what}", (*story[:6], (EventType.PARTIAL_DECRYPTION, (story[6][1][0], text)), *story[7:])
    for what, text in changed_texts(story[-1][1][0]):
        yield f"result {what}", (*story[:-1], (EventType.RESULT, (text,)))


def changed_texts(record: bytes) -> Iterator[tuple[str, bytes]]:
    """Every change of one place of a record."""
    for what, changed in changes(json.loads(record)):
        yield what, json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()


def signed_again(small: SmallElection, ballot: bytes) -> bytes:
    """The changed ballot with its own voter's signature, where it still can be signed."""
    changed = json.loads(ballot)
    return small.sign(changed, 0) if isinstance(changed, dict) else ballot
