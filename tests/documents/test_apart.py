"""A paper set in a process of its own is the same paper, and its trouble is the same trouble."""

import subprocess
from datetime import date

import pytest

from votingapp.documents import apart
from votingapp.documents.apart import typeset_apart
from votingapp.documents.typesetting import TypesettingError, typeset

DATA = {
    "kind": "roll",
    "election": "Valg til Integrationsrådet i Køge 2021",
    "municipality": "Køge",
    "rehearsal": False,
    "at": "23. november 2021 kl. 18.02.30",
    "last": 57,
    "part": 1,
    "parts": 1,
    "marked": True,
    "lines": [[1, "Åse Østergård محمد", "01-01-1980", False, None]],
}
DAY = date(2021, 11, 23)


def test_it_is_the_same_paper():
    """Byte for byte, whichever process has set it."""
    assert typeset_apart("printed_roll", DATA, dated=DAY) == typeset("printed_roll", DATA, dated=DAY)


def test_a_paper_that_cannot_be_set_is_told():
    """What the press says comes back as it does from one in the same process."""
    with pytest.raises(TypesettingError, match="printed_roll"):
        typeset_apart("printed_roll", {**DATA, "lines": None}, dated=DAY)


def test_a_press_that_dies_is_told(monkeypatch):
    """A press that is killed, for want of memory say, is trouble with a name and not half a paper."""

    def killed(*_args, **_kwargs):
        return subprocess.CompletedProcess([], -9, stdout=b"%PDF-", stderr=b"")

    monkeypatch.setattr(apart.subprocess, "run", killed)
    with pytest.raises(TypesettingError, match="broke down"):
        typeset_apart("printed_roll", DATA, dated=DAY)
