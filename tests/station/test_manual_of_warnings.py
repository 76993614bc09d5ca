"""Whoever reads a warning on the screen finds the same words in the manual, and beside them what to do."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from votingapp.resources import manual_dir
from votingapp.store.backup.mark import Why
from votingapp.watch.judging import Code, Concern, Level
from votingapp.web.machine_words import tell

SINCE = datetime(2021, 11, 23, 18, tzinfo=UTC)


def _first_cells(chapter: str) -> list[str]:
    rows = re.findall(r"^\| ([^|]+) \|", (manual_dir() / chapter).read_text(encoding="utf-8"), re.MULTILINE)
    return [row.strip() for row in rows]


def _stands_in(said: str, cells: list[str]) -> bool:
    """Whether a cell is how a sentence begins; "…" stands for what differs from time to time."""
    return any(re.match(".+".join(map(re.escape, cell.split("…"))), said) for cell in cells)


@pytest.fixture
def say(office):
    """What the page says of a concern, in Danish: the sentence, and what to do."""

    def told(code: Code, why: Why | None = None, since: datetime | None = SINCE):
        with office.test_request_context(), force_locale("da"):
            return tell(Concern(code, Level.ALARM, 12, ("Bord 1",), since, why))

    return told


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("since", [SINCE, None], ids=["since", "never"])
def test_every_warning_stands_in_the_chapter_of_the_evening(say, code, since):
    """No warning comes that the manual does not explain."""
    assert _stands_in(say(code, since=since).what, _first_cells("evening.md"))


@pytest.mark.parametrize(
    "code", [code for code in Code if code.value.startswith("backup") and "disk" not in code.value]
)
def test_the_chapter_of_the_emergency_heads_with_the_pages_words(say, code):
    """Whoever looks a sentence about the backup up there finds it, and beside it what the command calls it."""
    assert _stands_in(say(code).what, _first_cells("emergency.md"))


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_told_as_the_page_tells_it(say, why):
    """The same advice in page and manual, and the command's word in the row of that advice."""
    advice = say(Code.BACKUP_BEHIND, why).do
    (row,) = [
        line for line in (manual_dir() / "emergency.md").read_text(encoding="utf-8").splitlines() if f"`{why}`" in line
    ]
    assert row.startswith(f"| {advice} |")
