"""The result as files for a spreadsheet and for whoever reports elections: there once it is counted, and never before."""

from __future__ import annotations

import json

import pytest
from board import seat_board
from recorded import draw_up, sign_by_all

from tally.deadlines import ends_at
from votingapp.store import complaints
from votingapp.web.languages import LANGUAGES

FILES = ("result.csv", "nist.json", "counts.json", "result.json")


@pytest.fixture
def counted(store, found_election):
    """Three candidates, of whom the first has most votes, and nobody a tie."""
    board = seat_board(store, found_election(store))
    board.prepare()
    board.vote((1,), (1,), (1,), (2,), (2,), (3,))
    return board


def test_files_are_there_once_it_is_counted_and_become_final_with_the_record(client, counted, monkeypatch):
    """No figure may leave before the sum is opened; the report is certified once all signed and nobody may complain."""
    slug = counted.election.slug
    assert {client.get(f"/{slug}/{name}").status_code for name in (*FILES, "audit.json")} == {404}
    counted.count()
    assert {client.get(f"/{slug}/{name}").status_code for name in FILES} == {200}
    assert client.get(f"/{slug}/audit.json").status_code == 404, "no papers, no audit"
    table = client.get(f"/{slug}/result.csv")
    assert table.mimetype == "text/csv"
    assert f"{slug}-result.csv" in table.headers["Content-Disposition"]
    assert [line.split(";")[8] for line in table.data.decode("utf-8-sig").splitlines()[1:]] == ["3", "2", "1", "0", "0"]
    report = json.loads(client.get(f"/{slug}/nist.json").data)
    assert report["Status"] == "unofficial-complete"
    offices = {one["Language"]: one["Content"] for one in report["Office"][0]["Name"]["Text"]}
    assert offices["da"] == "Medlem af rådet"
    assert set(offices) == set(LANGUAGES)
    with monkeypatch.context() as decided:
        decided.setattr(complaints, "set_aside", lambda _connection, _election_id: ("c1",))
        people = json.loads(client.get(f"/{slug}/nist.json").data)["Election"][0]["Candidate"]
        rows = [line.split(";") for line in client.get(f"/{slug}/result.csv").data.decode("utf-8-sig").splitlines()]
        assert "gælder ikke" in client.get(f"/{slug}/result").text
    assert [one.get("PostElectionStatus") for one in people] == [None, "projected-winner", "projected-winner"]
    assert [row[11] for row in rows[1:4]] == ["", "valgt", "valgt"], "the record names her, and the decision does not"
    draw_up(counted)
    sign_by_all(counted)
    assert "endeligt" not in client.get(f"/{slug}/result").text
    counted.store.clock.move_to(ends_at(counted.now().complaints_end))
    assert json.loads(client.get(f"/{slug}/nist.json").data)["Status"] == "certified"
    assert "Resultatet er endeligt" in client.get(f"/{slug}/result").text
