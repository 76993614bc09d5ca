"""Whatever the house hands out as a file has a name and a kind, and is kept by no browser and no proxy."""

from __future__ import annotations

from pathlib import Path

import pytest

import votingapp
from votingapp.web.files import as_file, as_pdf


@pytest.mark.parametrize(("shown", "how"), [(False, "attachment"), (True, "inline")])
def test_a_paper_is_saved_or_shown_under_its_name(shown, how):
    """A PDF is saved unless it is meant to be looked at, and is named for who finds it later."""
    answer = as_pdf(b"%PDF", "nulrapport-koege-2021.pdf", shown=shown)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'{how}; filename="nulrapport-koege-2021.pdf"'


def test_a_file_in_pieces_is_sent_whole():
    """A large file comes piece by piece and is closed when it has been sent."""
    closed = []
    answer = as_file(iter([b"a", b"b"]), "application/octet-stream", "x.bel")
    answer.call_on_close(lambda: closed.append(True))
    assert answer.get_data() == b"ab"
    answer.close()
    assert closed == [True]


def test_no_desk_builds_such_an_answer_by_itself():
    """There is one place that says how a file is handed out."""
    desks = Path(votingapp.__file__).parent / "desks"
    assert [
        path.name for path in desks.rglob("*.py") if "Content-Disposition" in path.read_text(encoding="utf-8")
    ] == []
