"""What the form counts while she types is what the house counts when she sends: two programs, one count."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candidates.texts import RefusedText, TextFault, count_characters, read_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRONTEND = Path(__file__).parents[2] / "frontend"

TRICKY = (
    "",
    " ",
    " \n \r\n ",
    "æøåÆØÅ",
    "e\u0301e\u0301",
    "A\u030a\u00c5",
    "a\u0323\u0302\u0301",
    "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇩🇰",
    "❤\ufe0f",
    "مُعَلِّمَةٌ في كوغه",
    "\u200fدنمارک\u200e می\u200cخواهم",
    "हिन्दी में ज़िन्दगी",
    "ไทยที่",
    "ትግርኛ",
    "한글 \u1112\u1161\u11ab",
    "line\r\nline\rline\n",
    "\u00a0\u3000\u2003x\u00a0",
    "\t x \t",
    "\ufeffx\u00ad",
    "\u2028\u2029",
    "ﬁ Ⅳ ½ ǆ",
    "Żółć ğüşiöç ъїєґ ășțîâ",
    "z" + "\u0351" * 4,
    "x" * 999 + "\u0301" + "ø",
    "\U0001f9d1\U0001f3ff\u200d\U0001f680\U000e0067",
    "\u0627\u0653\u0654",
    " " * 3000 + "x" + "\n" * 3000,
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[str]], list[tuple[int, int]]]:
    """The TypeScript count: texts in; characters of the text as it is, and of the statement it would become, out."""
    program = tmp_path_factory.mktemp("measure") / "measure.mjs"
    bundler = ["node_modules/.bin/esbuild", "tests/measure.ts", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run([*bundler, "--log-level=warning", f"--outfile={program}"], cwd=FRONTEND, check=True)

    def measure(texts: Sequence[str]) -> list[tuple[int, int]]:
        lines = "".join(f"{json.dumps(text)}\n" for text in texts)
        done = subprocess.run(["node", program], input=lines, capture_output=True, text=True, check=True)
        return [tuple(json.loads(line)) for line in done.stdout.splitlines()]

    return measure


def test_both_count_tricky_texts_alike(measured):
    """Marks, joined signs, right-to-left and every kind of line break count the same here and in the browser."""
    assert [characters for characters, _statement in measured(TRICKY)] == [count_characters(text) for text in TRICKY]


def test_both_count_a_statement_as_it_will_be_kept(measured):
    """What the form says is used is the length of the statement that the house keeps, or the length it refuses."""
    for text, (_characters, statement) in zip(TRICKY, measured(TRICKY), strict=True):
        read = read_statement(text, 10_000)
        if not isinstance(read, RefusedText):
            assert statement == count_characters(read), ascii(text)


def test_both_agree_at_the_limit(measured):
    """A text that the form says fits to the last character is taken, and one character more is refused with that count."""
    fits = "e\u0301" * 500 + "👍" * 498 + "\r\n" + "مَ"
    ((_, most), (_, more)) = measured([fits, fits + "."])
    assert (most, more) == (1000, 1001)
    assert isinstance(read_statement(fits, 1000), str)
    assert read_statement(fits + ".", 1000) == RefusedText(TextFault.TOO_LONG, 1001, 1000)
