"""The time left is said by the page and kept going by a script; a reader sees no seam between the two."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_babel import force_locale

from votingapp.desks.nomination.clock import time_left
from votingapp.web.languages import LANGUAGES

FRONTEND = Path(__file__).parents[2] / "frontend"
MINUTE, HOUR, DAY = 60, 3_600, 86_400
LEFT = (
    *(0, 1, 2, 3, 11, 21, 59, MINUTE, 2 * MINUTE + 5, 11 * MINUTE, HOUR, HOUR + 1, 2 * HOUR + 3 * MINUTE),
    *(
        22 * HOUR + 22 * MINUTE,
        DAY,
        DAY + HOUR,
        2 * DAY + 2 * HOUR,
        5 * DAY + 30,
        11 * DAY + 23 * HOUR,
        100 * DAY + 12 * HOUR,
    ),
)
DEADLINE = datetime(2021, 11, 16, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the script of the page says, by language."""
    asked = json.dumps([list(LANGUAGES), LEFT])
    source = f"""
        import {{ timeLeft }} from "./stand/clock.ts";
        const [languages, left] = {asked};
        console.log(JSON.stringify(Object.fromEntries(languages.map((one) => [one, left.map((some) => timeLeft(some, one))]))));
    """
    program = tmp_path_factory.mktemp("clock") / "clock.mjs"
    bundler = ["node_modules/.bin/esbuild", "--bundle", "--platform=node", "--format=esm", "--log-level=warning"]
    subprocess.run([*bundler, f"--outfile={program}"], cwd=FRONTEND, input=source, text=True, check=True)
    done = subprocess.run(["node", program], capture_output=True, text=True, check=True)
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_script_say_the_same(office, scripted, language):
    """One, two, few and many days, hours, minutes and seconds are joined and inflected alike by both, in every language."""
    with office.test_request_context(), force_locale(language):
        told = [time_left(DEADLINE - timedelta(seconds=left), DEADLINE) for left in LEFT]
    assert told == scripted[language]
    assert all(told)


def test_arabic_joins_with_its_own_word(scripted):
    """Two units are joined by the Arabic `and`, which is written on to the second."""
    assert " و" in scripted["ar"][LEFT.index(2 * DAY + 2 * HOUR)]
