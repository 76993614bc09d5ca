"""The result as a table: what stands in each cell, and nothing that a spreadsheet would run or that tells of a few voters."""

from __future__ import annotations

import csv
import io

import pytest
from outcomes import election, outcome

from votingapp.documents.open_data import COLUMNS, result_table

VOTES = {"=2+3 Øzlem": 9, 'Bo "B;o" Åberg': 7, "Carla Dam": 2}


def rows(of, found) -> list[dict[str, str]]:
    raw = result_table(of, found)
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert all(tuple(row) == COLUMNS for row in read)
    return read


def test_each_candidate_has_a_line_and_so_have_blank_and_invalid_votes():
    """All figures must be in the table, and a name that is a formula must be text."""
    of = election()
    found = rows(of, outcome(of, VOTES, blank=3, invalid=1))
    assert [(row["slags"], row["nummer"], row["stemmer"], row["udfald"], row["nummer_i_orden"]) for row in found] == [
        ("kandidat", "1", "9", "valgt", "1"),
        ("kandidat", "2", "7", "valgt", "2"),
        ("kandidat", "3", "2", "suppleant", "1"),
        ("blank", "", "3", "", ""),
        ("ugyldig", "", "1", "", ""),
    ]
    assert {(row["kommune"], row["kommunekode"], row["valgdag"]) for row in found} == {("Køge", "0259", "2021-11-23")}
    assert [row["navn"] for row in found[:2]] == ["'=2+3 Øzlem", 'Bo "B;o" Åberg']


@pytest.mark.parametrize(("paper", "apart"), [((3, 1, 1), ("9", "3")), ((2, 1, 1), ("", ""))])
def test_votes_on_paper_stand_apart_from_five_ballots_on(paper, apart):
    """With four, the columns must be empty: by what is left over they would tell how those four voted."""
    of = election()
    found = rows(of, outcome(of, VOTES, blank=2, paper=paper))
    assert (found[0]["stemmer_tablet"], found[0]["stemmer_papir"]) == apart
    assert found[0]["stemmer"] == str(9 + paper[0])
    assert bool(found[3]["stemmer_tablet"]) == bool(apart[0])


def test_no_seat_is_given_while_a_lot_is_to_be_drawn_or_where_nothing_stands():
    """No seat must be told before it is given."""
    of = election(seats=1)
    assert {row["udfald"] for row in rows(of, outcome(of, {"Aa": 4, "Bb": 4}))} == {""}
    annulled = election(annulment=object())
    assert {row["udfald"] for row in rows(annulled, outcome(annulled, VOTES))} == {""}
