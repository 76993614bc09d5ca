"""`votingapp recordings`: what the booth can be heard to say, spoken on this machine once the election is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ballots.protocol.election import parse_election
from votingapp.cli.options import rehearsal_option
from votingapp.recordings import shelf
from votingapp.recordings.engine import EngineError
from votingapp.recordings.human import UnfitRecordingError, Voices
from votingapp.recordings.making import CEILING, TooLargeError, make
from votingapp.recordings.phrases import NAMES, Extent, phrases_of, phrases_of_names
from votingapp.recordings.sentences import read_sentences
from votingapp.settings import load_settings
from votingapp.store import ballot_paper, elections, migrate
from votingapp.store import recordings as kept
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from votingapp.recordings.making import Made
    from votingapp.recordings.phrases import Phrase
    from votingapp.settings import Settings
    from votingapp.store.elections import Election
    from votingapp.store.recordings import Recordings
    from votingapp.store.unit_of_work import Store, Work

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Frozen:
    """An election whose ballot is fixed: its exact text, and what it has to say."""

    election: Election
    text: bytes
    phrases: Mapping[str, Sequence[Phrase]]


@click.group()
def recordings() -> None:
    """Sound in the booth: make it on this machine, so that no tablet needs a voice of its own."""


@recordings.command(name="make")
@click.argument("slug")
@click.option(
    "--voices",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of recordings by people, LANGUAGE/KEY.mp3; they go before the engine's.",
)
@rehearsal_option
def make_(slug: str, voices: Path | None) -> None:
    """Speak all that the booth of the election SLUG says, and who stands; between the freeze and the opening.

    After the opening the same recordings may be made again, where the files were lost, and no others.
    """
    settings = load_settings()
    store = _open(settings)
    frozen = _frozen(store, slug)
    click.echo(f"speaking {', '.join(frozen.phrases)}: a minute or two ...")
    made = _speak(frozen, Voices(voices))
    if not store.write(lambda work: _enter(work, frozen.election, made.recordings)):
        raise click.ClickException(
            "the poll has been opened, and these would be other recordings than it was opened with"
        )
    shelf.lay(shelf.folder_of(settings.home, frozen.text), made.packs)
    _tell(made.recordings)


@recordings.command()
@click.argument("slug")
@click.argument("language")
@rehearsal_option
def script(slug: str, language: str) -> None:
    """Print what a person has to read aloud in LANGUAGE (or "names"): the name of each file, and what is said in it."""
    phrases = _frozen(_open(load_settings()), slug).phrases
    if language not in phrases:
        raise click.BadParameter(f"none of {', '.join(phrases)}", param_hint="LANGUAGE")
    for one in phrases[language]:
        click.echo(f"{language}/{one.key}.mp3\t{one.spoken}")


def _open(settings: Settings) -> Store:
    store = open_store(settings)
    if not migrate.is_current(store.engine):
        raise click.ClickException("the database is not up to date; run: votingapp db upgrade")
    return store


def _frozen(store: Store, slug: str) -> _Frozen:
    with store.reading() as connection:
        election = elections.by_slug(connection, slug)
        if election is None:
            raise click.BadParameter(f"no election is called {slug}", param_hint="SLUG")
        text = elections.urn_of(connection, election.urn_uuid).election_json
        if text is None:
            raise click.ClickException("the election is not frozen: who stands may still change")
        lines = ballot_paper.lines(connection, election.id)
        extent = Extent(parse_election(text.encode()).maximum, len(lines))
        names = phrases_of_names(election.name, election.rules.election.municipality, lines)
        phrases = {one.code: phrases_of(one, extent) for one in read_sentences()} | {NAMES: names}
        return _Frozen(election, text.encode(), phrases)


def _speak(frozen: _Frozen, voices: Voices) -> Made:
    try:
        made = make(frozen.phrases, voices)
    except TooLargeError as error:
        raise click.ClickException(
            f"the recordings would take {error.args[0] / _MEGABYTE:.1f} MB; tablets are given at most {CEILING // _MEGABYTE}"
        ) from error
    except (EngineError, UnfitRecordingError) as error:
        raise click.ClickException(str(error)) from error
    if not made.packs:
        raise click.ClickException("there is no voice on this machine; see docs/manual/sound.md")
    return made


def _enter(work: Work, election: Election, recordings: Recordings) -> bool:
    """Name the recordings in the log unless it names them already; False where the poll was opened with others.

    Speaking takes a minute or two, in which the board may have opened: so the poll is asked here, and not before.
    """
    if recordings == kept.made(work.connection, election.id):
        return True
    if elections.by_id(work.connection, election.id).opened_at is not None:
        return False
    kept.record_made(work, election.id, recordings)
    return True


def _tell(made: Recordings) -> None:
    for pack in made.packs:
        click.echo(f"{pack.language:8} {pack.clips:5} recordings {pack.size / _MEGABYTE:6.2f} MB  {pack.sha256}")
    for silent in made.silent:
        click.echo(f"{silent.language:8} SILENT: nobody speaks {silent.missing} of {silent.phrases} phrases")
    voice = made.engine or "people"
    click.echo(
        f"spoken by {voice}; {made.size / _MEGABYTE:.1f} MB of at most {CEILING // _MEGABYTE}; SHA-256 of all: {made.sha256}"
    )
