"""`votingapp recordings`: after the freeze, named in the log, never others once the poll is open."""

from __future__ import annotations

import json

import pytest
from polling import FROZEN, OPENED, prepare_poll
from sqlalchemy import update

from votingapp.recordings import shelf
from votingapp.recordings.making import Made
from votingapp.recordings.pack import read_pack
from votingapp.recordings.sentences import Language
from votingapp.settings import load_settings
from votingapp.store import audit, migrate
from votingapp.store.recordings import RECORDINGS_MADE, Pack, Recordings, made
from votingapp.store.tables.elections import election as election_table
from votingapp.web.app import open_store

SAID = {"a.title": "Sæt dit kryds", "a.of": "{chosen} af {most} valgt"}


def booth(*codes: str) -> tuple[Language, ...]:
    """A booth that says two sentences, in Danish whatever the language."""
    return tuple(Language(code, code, "da", SAID) for code in codes)


@pytest.fixture
def house(tmp_path, monkeypatch, found_election):
    """A house with one frozen election that can be said in a moment: two sentences, and no words of receipts."""
    monkeypatch.setenv("VOTINGAPP_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr("votingapp.recordings.phrases.WORDS", ())
    monkeypatch.setattr("votingapp.recordings.phrases._LEAST_NUMBER", 3)
    monkeypatch.setattr("votingapp.cli.recordings.read_sentences", lambda: booth("da", "so"))
    settings = load_settings()
    store = open_store(settings)
    migrate.upgrade(store.engine)
    yield settings, store, found_election(store)
    store.engine.dispose()


def open_poll(store, election) -> None:
    """As if the board had opened it."""

    def act(work) -> None:
        where = election_table.c.id == election.id
        work.connection.execute(update(election_table).where(where).values(frozen_at=FROZEN, opened_at=OPENED))
        work.record(election.id, "test", "poll_opened")

    store.write(act)


def entries(store, election) -> list[dict]:
    with store.reading() as connection:
        found = audit.entries(connection, election.id)
        return [json.loads(one.details) for one in found if one.act == RECORDINGS_MADE]


def test_recordings_are_made_after_the_freeze_and_the_same_again(house, say, monkeypatch):
    """The command says what is heard and what is silent; what is lost is made again, byte for byte, and others not once the poll is open."""
    settings, store, election = house
    early = say("recordings", "make", election.slug)
    assert (early.returncode, "not frozen" in early.stderr) == (2, True)
    poll = prepare_poll(store, election, state="not_open")
    done = say("recordings", "make", election.slug)
    assert (done.returncode, done.stderr) == (0, "")
    assert "so       SILENT: nobody speaks" in done.stdout
    assert "spoken by eSpeak NG 1." in done.stdout
    with store.reading() as connection:
        recordings = made(connection, election.id)
    assert recordings.sha256 in done.stdout
    assert [one.language for one in recordings.packs] == ["da", "names"]
    (entry,) = entries(store, election)
    assert entry["sha256"] == recordings.sha256
    folder = shelf.folder_of(settings.home, poll.question.raw)
    packs = {path.name: path.read_bytes() for path in folder.iterdir()}
    texts = {clip.key: clip.text for pack in packs.values() for clip in read_pack(pack)}
    assert texts["a.of.chosen-0.most-1"] == "0 af 1 valgt"
    assert texts["name.2"] == "Åse Østergård"
    open_poll(store, election)
    for path in folder.iterdir():
        path.unlink()
    assert say("recordings", "make", election.slug).returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == packs
    assert len(entries(store, election)) == 1
    monkeypatch.setattr("votingapp.cli.recordings.read_sentences", lambda: booth("da", "en"))
    other = say("recordings", "make", election.slug)
    assert (other.returncode, "other recordings" in other.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == packs


def test_a_poll_that_opens_while_it_is_spoken_keeps_what_it_was_opened_with(house, say, monkeypatch):
    """What was begun before the opening and is done after it is named nowhere and laid nowhere: the board signed another report."""
    settings, store, election = house
    poll = prepare_poll(store, election, state="not_open")
    spoken = Made(Recordings("a voice", (Pack("da", "a" * 64, 4, 1),), ()), (b"pack",))

    def speak(*_) -> Made:
        open_poll(store, election)
        return spoken

    monkeypatch.setattr("votingapp.cli.recordings.make", speak)
    late = say("recordings", "make", election.slug)
    assert (late.returncode, "other recordings" in late.stderr) == (2, True)
    assert entries(store, election) == []
    assert not shelf.folder_of(settings.home, poll.question.raw).exists()


def test_a_person_is_told_what_to_read_aloud(house, say):
    """The script names a file for each phrase; what lies there under these names is played, and makes a language heard."""
    settings, store, election = house
    prepare_poll(store, election, state="not_open")
    script = say("recordings", "script", election.slug, "so")
    lines = dict(line.split("\t") for line in script.stdout.splitlines())
    assert lines["so/a.title.mp3"] == "Sæt dit kryds"
    for name in lines:
        path = settings.home / "voices" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xf3" + bytes(100))
    done = say("recordings", "make", election.slug, "--voices", settings.home / "voices")
    assert (done.returncode, "SILENT" in done.stdout) == (0, False)
    (settings.home / "voices" / "so" / "a.title.mp3").write_bytes(b"RIFF")
    assert "is no MP3" in say("recordings", "make", election.slug, "--voices", settings.home / "voices").stderr
    assert say("recordings", "script", election.slug, "xx").returncode == 2
    assert say("recordings", "make", "nowhere").returncode == 2
