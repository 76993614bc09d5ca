"""The observer in the hall sees what the threat model's table allows, from when it allows it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from board import seat_board

from ballots.protocol.public_credentials import write_public_credentials
from votingapp.store import challenges, reports, urns
from votingapp.store.urns import count

HALL, LIVE = "/koege-2021/hall", "/koege-2021/hall.json"
THREATS = Path(__file__).parents[2] / "docs" / "threat-model.md"
TIMES = ("always", "frozen", "open", "closed", "sealed")


def allowed() -> dict[str, str]:
    """What the table allows: the name of each thing and from when it is shown."""
    text = THREATS.read_text(encoding="utf-8").partition("## What the hall sees")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (\w+) \| [^|]+ \|$", text, re.MULTILINE)
    return dict(rows)


def shown(client) -> list[str]:
    """The names of what stands on the page."""
    return re.findall(r'data-shown="(\w+)"', client.get(HALL).text)


@pytest.fixture
def board(store, found_election, add_staff):
    """A board whose poll has been prepared."""
    seated = seat_board(store, found_election(store), add_staff)
    seated.prepare()
    return seated


def test_the_table_is_read():
    """The table has rows, each with a time that the election comes to."""
    assert len(allowed()) > 10
    assert set(allowed().values()) == set(TIMES)


def test_the_page_shows_what_the_table_allows_and_nothing_else(client, board):
    """At each time of the election there stand the things that are allowed by then, each once."""
    steps = {
        "always": lambda: None,
        "frozen": board.freeze,
        "open": board.open,
        "closed": board.close,
        "sealed": board.seal,
    }
    for place, (time, step) in enumerate(steps.items()):
        step()
        may = [name for name, since in allowed().items() if TIMES.index(since) <= place]
        assert sorted(shown(client)) == sorted(may), time
        assert client.get(LIVE).get_json()["regions"]["hall"].strip() in client.get(HALL).text, time


def test_nothing_on_it_moves_while_people_come_and_vote(client, store, board):
    """Admitted, handed a slip, voted, challenged, noted as an incident: page and answer stay the same to the byte until the close."""
    board.freeze()
    board.open()
    before = [client.get(path).data for path in (HALL, LIVE)]
    board.issue_slips(4)
    for slip in board.slips[:3]:
        board.cast(slip, 1)

    def happen(work) -> None:
        challenges.keep(work.connection, board.election.urn_uuid, "c" * 64)
        work.record(board.election.id, "test", "something_happened")

    store.write(happen)
    with store.reading() as connection:
        assert count(connection, board.election.urn_uuid) == 3
    assert _without_token([client.get(path).data for path in (HALL, LIVE)]) == _without_token(before)
    board.close()
    after = client.get(HALL).text
    assert "c" * 64 in after
    assert client.get(LIVE).data != before[1]


def _without_token(pages: list[bytes]) -> list[bytes]:
    return [re.sub(rb'name="csrf_token"[^>]*', b"", page) for page in pages]


def test_what_it_shows_is_what_the_board_signed(client, store, board):
    """The fingerprints are those of the report of the empty urn, and of the archive that everybody can fetch."""
    board.freeze()
    board.open()
    with store.reading() as connection:
        made = reports.kept(connection, board.election.id, reports.ZERO_REPORT)
    page = client.get(HALL).text
    for said in (*made.body["fixed"].values(), made.sha256, made.frame.log.hash, made.frame.software.code_sha256):
        assert said in page
    assert str(len(board.slips)) in page


def test_it_renews_itself_and_can_be_kept_still(client, board):
    """Who reads slowly stops it, and the page that renews itself asks in the language that it is read in."""
    moving, still = client.get(f"{HALL}?lang=ar").text, client.get(f"{HALL}?still=1").text
    assert f'data-renews="{LIVE}?lang=ar"' in moving
    assert "data-renews" not in still
    assert "station.js" not in still
    assert '<html lang="ar"' in moving


def test_a_hall_full_of_phones_costs_the_house_little(client, board, monkeypatch):
    """The list of slips is judged point by point once, however often page, answer and archive are asked for, and by one at a time."""
    judged = []

    def judge(slips) -> bytes:
        judged.append(urns._ONE_AT_A_TIME.locked())
        return write_public_credentials(slips)

    monkeypatch.setattr(urns, "write_public_credentials", judge)
    board.freeze()
    urns._public_list.cache_clear()
    judged.clear()  # the freeze and the holders who confirm it have read the list, too
    for path in (HALL, LIVE, LIVE, "/koege-2021/openness", "/koege-2021/election.bel"):
        assert client.get(path).status_code == 200
    assert judged == [True]
