"""Sound is made on the laptop by a real engine: all that the booth says is spoken or said to be silent, and equal each time."""

from __future__ import annotations

import json
import re
import sys

import pytest

from votingapp.recordings import shelf
from votingapp.recordings.engine import Engine, EngineError, NoEngineError
from votingapp.recordings.human import UnfitRecordingError, Voices
from votingapp.recordings.making import CEILING, TooLargeError, make
from votingapp.recordings.pack import Clip, read_pack, write_pack
from votingapp.recordings.phrases import NAMES, Extent, Phrase, phrases_of, phrases_of_names, tidy
from votingapp.recordings.sentences import Language, read_sentences
from votingapp.store.ballot_paper import Line

TWO = (Phrase("a.one", "Stem blankt", "Stem blankt"), Phrase("a.two", "1 af 3 valgt", "1 af 3 valgt"))
NAMED = (Phrase("name.1", "Åse Ørum Kjær", "Åse Ørum Kjær"),)
MP3 = b"\xff\xf3" + bytes(100)
EXTENT = Extent(most=3, candidates=15)


def nobody() -> Engine:
    """An engine that is not installed."""
    return Engine((sys.executable, "-c", "import sys; sys.exit('no voice')"))


def test_the_engine_speaks_the_same_again_and_says_whom_it_cannot_speak_to():
    """Two sentences and a name are spoken as MP3, byte for byte the same again; Somali is silent, for the engine says so itself."""
    phrases = {"da": TWO, "so": TWO, NAMES: NAMED}
    made = make(phrases, Voices(None))
    assert make(phrases, Voices(None)) == made
    assert [(one.language, one.clips) for one in made.recordings.packs] == [("da", 2), (NAMES, 1)]
    assert [(one.language, one.missing, one.phrases) for one in made.recordings.silent] == [("so", 2, 2)]
    assert made.recordings.engine.startswith("eSpeak NG 1.")
    first, second = read_pack(made.packs[0])
    assert (first.key, first.text) == ("a.one", "Stem blankt")
    for clip in (first, second):
        assert clip.mp3[0] == 0xFF
        assert 1_000 < len(clip.mp3) < 20_000, "about 2 kB a second"
    assert first.mp3 != second.mp3


def test_the_engine_is_a_stranger_in_the_house(tmp_path, monkeypatch):
    """It is told no password, takes no program from the folder where the house was called, and may complain as much as it likes."""
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('from the stick')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://house:secret@localhost/house")
    with Engine() as engine:
        assert engine.name.startswith("eSpeak NG")
    chatter = "import json,os,sys; sys.stderr.write('x' * 300_000); sys.stdout.write(json.dumps("
    chatter += "{'engine': 'chatter', 'voices': dict(os.environ)}) + chr(10)); sys.stdout.flush(); sys.exit('gone')"
    with Engine((sys.executable, "-c", chatter)) as engine:
        assert "PATH" in engine.voices
        assert "DATABASE_URL" not in engine.voices
        with pytest.raises(EngineError, match="gone"):
            engine.say("da", "Hej")


def test_the_engine_speaks_every_other_language_of_the_booth():
    """Which languages are spoken is asked of the engine: all that the booth offers, in voices of their own."""
    with Engine() as engine:
        spoken = {one.code: engine.voice_of(one.code) for one in read_sentences()}
        assert None not in {voice for code, voice in spoken.items() if code != "so"}
        assert len(set(spoken.values())) == len(spoken)
        assert engine.voice_of("sr-Latn") == engine.voice_of("sr")
        assert engine.voice_of("so") is None


def test_people_go_before_the_engine(tmp_path):
    """What people have recorded is played as it is; a language that they have spoken whole needs no engine."""
    for name in ("so/a.one", "so/a.two", "da/a.one"):
        path = tmp_path / f"{name}.mp3"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(MP3)
    made = make({"so": TWO, "da": TWO}, Voices(tmp_path), nobody)
    assert [one.language for one in made.recordings.packs] == ["so"]
    assert [(one.language, one.missing) for one in made.recordings.silent] == [("da", 1)]
    assert made.recordings.engine == ""
    assert {clip.mp3 for clip in read_pack(made.packs[0])} == {MP3}


def test_what_is_no_recording_is_refused(tmp_path):
    """A file that is no MP3, or far too large, is named; a key never leads out of the folder."""
    (tmp_path / "da").mkdir()
    (tmp_path / "secret.mp3").write_bytes(MP3)
    voices = Voices(tmp_path)
    assert voices.recording("da", "../secret") is None
    for wrong in (b"<html>", b"ID3" + bytes(400_000)):
        (tmp_path / "da" / "a.one.mp3").write_bytes(wrong)
        with pytest.raises(UnfitRecordingError, match=r"a\.one"):
            voices.recording("da", "a.one")


def test_without_a_voice_everything_is_silent_and_said_to_be():
    """With no engine and no people there is no pack, and each language is named as silent."""
    made = make({"da": TWO, NAMES: NAMED}, Voices(None), nobody)
    assert made.packs == made.recordings.packs == ()
    assert [one.language for one in made.recordings.silent] == ["da", NAMES]
    with pytest.raises(NoEngineError, match="no voice"), nobody():
        pass


def test_more_than_a_tablet_can_hold_is_refused(tmp_path, monkeypatch):
    """Over the ceiling nothing is made."""
    (tmp_path / "da").mkdir()
    for one in TWO:
        (tmp_path / "da" / f"{one.key}.mp3").write_bytes(MP3)
    monkeypatch.setattr("votingapp.recordings.making.CEILING", 150)
    with pytest.raises(TooLargeError):
        make({"da": TWO}, Voices(tmp_path), nobody)


def test_a_large_election_in_every_language_fits_the_tablets():
    """Nine votes among forty are not too much to say: the engine makes 160 bytes of a letter, measured over all languages."""
    names = phrases_of_names("Valg til integrationsråd", "Køge", [])
    said = [names, *(phrases_of(language, Extent(most=9, candidates=40)) for language in read_sentences())]
    assert 160 * sum(len(one.spoken) for phrases in said for one in phrases) < CEILING


def test_every_sentence_of_the_booth_has_a_phrase():
    """In each language each key is spoken, in each form, under a name that can be a file's, and no text twice."""
    for language in read_sentences():
        phrases = phrases_of(language, EXTENT)
        texts = [one.text for one in phrases]
        assert len(texts) == len(set(texts))
        assert all(re.fullmatch(r"[\w.-]+", one.key) and not re.search("[{}]", one.spoken) for one in phrases)
        keys = {one.key for one in phrases}
        for key, sentence in language.sentences.items():
            whole = isinstance(sentence, str) and "{" not in sentence
            said = tidy(sentence) in texts if whole else any(one.startswith(f"{key}.") for one in keys)
            assert said, (language.code, key)


def test_a_sentence_with_a_number_is_spoken_whole_for_each_number_of_this_election():
    """Numbers up to the bounds of the election, in the right plural form of the language; names apart from what is around them."""
    forms = {
        "plural": "left",
        "one": "{left} głos",
        "few": "{left} głosy",
        "many": "{left} głosów",
        "other": "{left} głosu",
    }
    found = {
        "plural": "count",
        "=0": "Nikt: {query}",
        "one": "{count} osoba: {query}",
        "other": "{count} osób: {query}",
    }
    others = {"a.gone": "Cofnij {name} z listy", "a.of": "{chosen}/{most}", "a.found": found}
    language = Language("pl", "Polski", "pl", {"a.left": forms} | others)
    texts = {one.key: one.text for one in phrases_of(language, Extent(most=5, candidates=40))}
    assert [texts[f"a.left.left-{n}"] for n in (1, 2, 5)] == ["1 głos", "2 głosy", "5 głosów"]
    assert [texts[f"a.gone.part-{n}"] for n in (0, 1)] == ["Cofnij", "z listy"]
    assert texts["a.of.chosen-0.most-5"] == "0/5"
    assert texts["number.40"] == "40"
    assert {text for key, text in texts.items() if key.startswith("a.found.")} == {"Nikt:", "osoba:", "osób:"}
    assert "a.left.left-6" not in texts


def test_names_are_danish_whatever_the_language():
    """The pack of names says who stands, her line, whose election it is, and each word of the receipts."""
    lines = (Line(1, "Åse  Ørum", "bager", None), Line(2, "Bo Bach", "", None))
    texts = {one.key: one.text for one in phrases_of_names("Valg", "Køge Kommune", lines)}
    assert (texts["name.1"], texts["line.1"], texts["name.2"]) == ("Åse Ørum", "bager", "Bo Bach")
    assert "line.2" not in texts
    assert sum(key.startswith("word.") for key in texts) == 2048
    assert texts["election.municipality"] == "Køge Kommune"


def test_a_pack_is_read_as_it_was_written_and_lies_under_its_hash(tmp_path):
    """An index and the sounds, each sound once; the shelf finds it by its hash and keeps nothing else."""
    clips = (Clip("a", "Å", b"one"), Clip("b", "b", b"two"), Clip("c", "c", b"one"))
    pack = write_pack(clips)
    assert read_pack(pack) == clips
    assert pack.count(b"one") == 1
    assert [row[0] for row in json.loads(pack[4 : 4 + int.from_bytes(pack[:4], "big")])] == ["a", "b", "c"]
    folder = shelf.folder_of(tmp_path, b"{}")
    shelf.lay(folder, [b"an older one"])
    shelf.lay(folder, [pack])
    (path,) = folder.iterdir()
    assert shelf.find(folder, path.name.removesuffix(".pack")) == path
    assert shelf.find(folder, "0" * 64) is None
    assert shelf.find(folder, "../" + path.name) is None
