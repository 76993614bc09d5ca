"""From the closed urn to the substitute two years later, on both databases: nothing of it waits for anything else of the house."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO

from over import bring_to_its_end
from recorded import newest

from tally.deadlines import ends_at
from tally.tenure import holder
from tally.vacancy import Cause, Progress, Step
from tally.verification import Accepted, verify_archive
from votingapp.desks.council import telling
from votingapp.desks.deletion import service as deletion
from votingapp.desks.members import leaving, stepping
from votingapp.desks.members.leaving import Leaving, Left
from votingapp.desks.members.stepping import Taken, Wished
from votingapp.office import create_office
from votingapp.store import audit, tenures, urns, vacancies
from votingapp.store.certified import certified

NAMES = ("Bo Østergård", "Carla Dam", "Dorte Eg", "Emil Friis", "Fie Gram", "Gry Holm", "Aase Æbelø")
"""c1 to c7, in the order of the Danish alphabet."""

VOTES = (4, 3, 3, 3, 2, 1, 0)
"""Five sit by them; Gry is the first to follow, and Aase the second."""


def take(board, case: str, step: Step, day: date, words: str = "") -> None:
    """Both officials enter a step of a free seat on its day."""
    store = board.store
    store.clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    with store.reading() as connection:
        seen = len(vacancies.find(connection, board.election.id, case).steps)
    two = board.secretary, board.chair
    assert isinstance(stepping.take_step(store, board.now(), case, Wished(step, day, words, seen), two), Taken)


def sits(board, number: int, day: date) -> str | None:
    with board.store.reading() as connection:
        found = holder(tenures.sittings(connection, board.election.id), number, day)
    return None if found is None else found.name


def archive(board) -> bytes:
    stream = BytesIO()
    with board.store.reading() as connection:
        urns.write_archive(connection, board.now(), stream)
    return stream.getvalue()


def test_from_the_closed_urn_to_the_substitute_two_years_later(any_store, settings, found_election):
    """Signed, certified, appointed, told, deleted; two years later the first substitute enters, and all still verifies."""
    choices = tuple((number,) for number, votes in enumerate(VOTES, 1) for _ in range(votes))
    over = bring_to_its_end(any_store, found_election(any_store), candidates=NAMES, choices=choices)
    board, two = over.board, (over.board.secretary, over.board.chair)
    with any_store.reading() as connection:
        last_day = ends_at(board.now().complaints_end)
        assert certified(connection, board.now(), last_day)
    sent = telling.send(any_store, board.secretary, board.now())
    assert isinstance(sent, telling.Sent), sent
    before = archive(board), newest(board)
    assert deletion.delete(any_store, two, board.now()) == deletion.Gone(clean=True)

    left = date(2023, 11, 6)
    any_store.clock.move_to(datetime(2023, 11, 6, 12, tzinfo=UTC))
    found = leaving.leave(any_store, board.now(), 2, Leaving(Cause.MOVED_AWAY, left, "Brev af 6. november"), two)
    assert isinstance(found, Left)
    take(board, found.vacancy_id, Step.PROPOSED, date(2023, 11, 7))
    take(board, found.vacancy_id, Step.ACCEPTED, date(2023, 11, 10), "Ringede selv")
    take(board, found.vacancy_id, Step.POSTPONED, date(2023, 11, 14), "Ikke beslutningsdygtigt")
    take(board, found.vacancy_id, Step.APPROVED, date(2023, 11, 28))
    with any_store.reading() as connection:
        assert vacancies.find(connection, board.election.id, found.vacancy_id).course.progress is Progress.FILLED
        assert audit.first_broken_link(connection, board.election.id) is None
    assert [sits(board, 2, day) for day in (date(2022, 1, 1), left, date(2023, 11, 7), date(2023, 11, 28))] == [
        "Carla Dam",
        "Carla Dam",
        None,
        "Gry Holm",
    ]

    client = create_office(settings, any_store).test_client()
    members = client.get("/koege-2021/members").text
    assert "Gry Holm" in members
    assert "Brev af 6. november" not in members
    report = json.loads(client.get("/koege-2021/nist.json").data)
    won = [one.get("PostElectionStatus") for one in report["Election"][0]["Candidate"]]
    assert (report["Status"], won) == ("certified", ["winner"] * 5 + ["defeated"] * 2)
    assert (archive(board), newest(board)) == before
    assert isinstance(verify_archive(BytesIO(before[0])), Accepted)
