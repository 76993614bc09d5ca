"""The booth's sentences: every one in every language, in each form that its numbers need, or nothing is built."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FRONTEND = Path(__file__).parents[2] / "frontend"
MESSAGES = FRONTEND / "booth/messages"


def gather(folder: Path) -> tuple[int, str]:
    """What the check of a folder of catalogues ends with, and says."""
    run = subprocess.run(
        ["node", "messages.mjs", str(folder)], cwd=FRONTEND, capture_output=True, text=True, check=False
    )
    return run.returncode, run.stderr


def test_every_sentence_stands_in_every_language() -> None:
    """The catalogues as they are."""
    assert gather(MESSAGES) == (0, "")


def test_each_language_has_a_text_of_its_own() -> None:
    """Nobody reads a neighbour's language under the name of her own: no two languages have one text of help."""
    helps = [path.read_text(encoding="utf-8") for path in (MESSAGES / "help").glob("*.json")]
    assert len(set(helps)) == len(helps)
    assert len(helps) == len(json.loads((MESSAGES / "languages.json").read_text(encoding="utf-8")))


def test_a_catalogue_that_lacks_anything_is_refused(tmp_path: Path) -> None:
    """A sentence, a file, a plural form or a placeholder too few, or one too many, stops the build and is named."""
    folder = tmp_path / "messages"
    shutil.copytree(MESSAGES, folder, ignore=shutil.ignore_patterns("generated.ts"))

    def change(name: str, alter: Callable[[dict[str, Any]], object]) -> None:
        path = folder / name
        texts = json.loads(path.read_text(encoding="utf-8"))
        alter(texts)
        path.write_text(json.dumps(texts), encoding="utf-8")

    change("slip/en.json", lambda texts: texts.pop("title"))
    change("slip/en.json", lambda texts: texts.update(scan="Scan {slip}", asking=" ", invented="Nobody says this"))
    change("review/en.json", lambda texts: texts["unused"].pop("one"))
    change("review/en.json", lambda texts: texts["unused"].update(few="A few {left}", other="Some choices left"))
    change("ballot/en.json", lambda texts: texts.update(rule="One candidate"))
    (folder / "alarm/en.json").unlink()
    (folder / "alarm/xx.json").write_text("{}", encoding="utf-8")
    status, said = gather(folder)
    assert status == 1
    assert not (folder / "generated.ts").exists()
    faults = said.splitlines()
    for fault in (
        "alarm/xx.json: no language of languages.json",
        "en slip.title: missing",
        "en slip.scan: placeholders slip for ",
        "en slip.asking: says nothing",
        "en slip.invented: no such sentence in Danish",
        'en review.unused: lacks the form "one"',
        'en review.unused: has no form "few"',
        "en review.unused: other: placeholders ",
        "en ballot.rule: a plural in Danish, one sentence here",
        "en alarm.title: missing",
    ):
        assert fault in faults


def test_a_draft_is_not_offered(tmp_path: Path) -> None:
    """A language that is still being translated may lack sentences, stands in no bundle, and what it has is checked."""
    folder = tmp_path / "messages"
    shutil.copytree(MESSAGES, folder, ignore=shutil.ignore_patterns("generated.ts"))
    languages = json.loads((folder / "languages.json").read_text(encoding="utf-8"))
    languages.append({"code": "fo", "name": "Føroyskt", "direction": "ltr", "draft": True})
    (folder / "languages.json").write_text(json.dumps(languages), encoding="utf-8")
    (folder / "alarm/fo.json").write_text('{"title": "Steðga"}', encoding="utf-8")
    assert gather(folder) == (0, "")
    written = (folder / "generated.ts").read_text(encoding="utf-8")
    assert "Steðga" not in written
    assert "Føroyskt" not in written
    (folder / "alarm/fo.json").write_text('{"title": "{what} "}', encoding="utf-8")
    assert gather(folder)[1].splitlines() == [
        "fo alarm.title: needless space",
        "fo alarm.title: placeholders what for ",
    ]
