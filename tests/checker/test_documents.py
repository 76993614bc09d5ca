"""Whoever trusts none of our programs is told how to use another one."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from vector_elections import vector_election

from ballots.archive import read_records
from ballots.protocol.ballot import check_ballot
from tally.verification import SoundSoFar, verify_archive

VERIFICATION = Path(__file__).parents[2] / "docs" / "verification.md"


def test_the_archive_is_laid_out_for_the_original_tool(tmp_path: Path) -> None:
    """The program in the document cuts off the set-up, which is an archive by itself, and lays every ballot beside it, byte for byte."""
    election = vector_election("single-max1")
    (script,) = re.findall(
        r"```python\n(import json, pathlib.*?)```", VERIFICATION.read_text(encoding="utf-8"), re.DOTALL
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(election.archive_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "20 ballots\n"
    begun = verify_archive(BytesIO((tmp_path / "setup" / "election.bel").read_bytes()))
    assert isinstance(begun, SoundSoFar)
    assert begun.ballots == 0
    ballots = [(tmp_path / "ballots" / f"{number}.json").read_bytes() for number in range(1, 21)]
    records = read_records(BytesIO(election.archive_path.read_bytes()))
    assert [raw.removesuffix(b"\n") for raw in ballots] == [
        record.data[0] for record in records if record.event.type == "Ballot"
    ]
    check_ballot(begun.election, ballots[0].removesuffix(b"\n"))
