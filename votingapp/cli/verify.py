"""`votingapp verify`: whether an archive is a complete and true election."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tally.verification import Accepted, Rejected, SoundSoFar, Unreadable, verify_archive
from votingapp.cores import checkers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tally.verification import Progress, Verdict

ACCEPTED, REJECTED, UNREADABLE, NO_RESULT_YET = 0, 1, 2, 4

_BYTES_OF_A_BALLOT = 12_000
_WORTH_SHOWING = 2 * 1024 * 1024
"""Bytes of archive from which a progress bar is of use."""


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--challenges",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="The list of opened ballots (challenges.json), of which none may be in the archive.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(archive: Path, challenges: Path | None, *, as_json: bool) -> None:
    """Check ARCHIVE.bel from its first byte to the result.

    Exit 0 accepted, 1 rejected, 2 unreadable, 4 sound so far but without a result yet.
    """
    size = archive.stat().st_size
    with archive.open("rb") as stream, _progress(size) as progress, checkers(size // _BYTES_OF_A_BALLOT) as check_many:
        listed = None if challenges is None else challenges.read_bytes()
        verdict = verify_archive(stream, progress, check_many, listed)
    found, status = _describe(verdict)
    click.echo(_shown(json.dumps(found, ensure_ascii=False)) if as_json else _in_words(found))
    click.get_current_context().exit(status)


@contextmanager
def _progress(size: int) -> Iterator[Progress | None]:
    """Show a bar on a terminal; keep quiet in a pipe."""
    if not sys.stderr.isatty() or size < _WORTH_SHOWING:
        yield None
        return
    with click.progressbar(length=size, label="checking", file=sys.stderr) as bar:
        yield lambda position, _ballots: bar.update(position - bar.pos)


def _describe(verdict: Verdict) -> tuple[dict[str, object], int]:
    match verdict:
        case Accepted() | SoundSoFar():
            found: dict[str, object] = {
                "verdict": "accepted" if isinstance(verdict, Accepted) else "sound_so_far",
                "election": verdict.election.name,
                "uuid": verdict.election.uuid,
                "fingerprint": verdict.election.fingerprint,
                "setup_hash": verdict.setup_hash,
                "credentials": verdict.credentials,
                "ballots": verdict.ballots,
                "last_event": verdict.last_event,
                "urn_sha256": verdict.urn_sha256,
            }
            if verdict.opened is not None:
                found |= {"opened": verdict.opened, "opened_sha256": verdict.opened_sha256}
            if isinstance(verdict, SoundSoFar):
                return found | {"stage": verdict.stage.value}, NO_RESULT_YET
            return found | {"decryptions": verdict.decryptions, "result": list(verdict.result)}, ACCEPTED
        case Rejected(reason, message, place):
            return {"verdict": "rejected", "reason": reason, "message": message, "place": place}, REJECTED
        case Unreadable(reason, message):
            return {"verdict": "unreadable", "reason": reason, "message": message}, UNREADABLE


def _in_words(found: dict[str, object]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {_shown(str(value))}" for name, value in found.items())


def _shown(text: str) -> str:
    """The text with what does not show written out: an election's name could move the cursor and write another verdict."""
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)
