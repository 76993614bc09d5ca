"""The doors are shut behind the line, the poll is closed, and the urn is sealed before anybody adds it up."""

from __future__ import annotations

import io
import json
import re
import secrets
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from board import seat_board
from ceremonies import REASON, close_together, meet, named, settle
from sqlalchemy import delete, select, update

from ballots.admission import Admitted, DoorsClosed
from ballots.poll import Obstacle, ObstacleCode, PollState
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.hashing import digest_hex
from ballots.slips import Movement
from ballots.urn import seal_urn
from tally.verification import SoundSoFar, verify_archive
from votingapp.desks.booth import service as booth
from votingapp.desks.count import tallying
from votingapp.desks.poll import service
from votingapp.desks.poll.doors import (
    DoorsShut,
    FewerThanAdmitted,
    NotShut,
    QueueCorrected,
    correct_queue,
    shut_doors,
)
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report, print_again
from votingapp.desks.slips.explaining import explain
from votingapp.store import accounts, admissions, audit, challenges, ledger, reports, urns
from votingapp.store.attendance import Ceremony
from votingapp.store.ledger import BOARD, Entry, Paper
from votingapp.store.reports import URN_REPORT
from votingapp.store.sealing import gather as gather_figures
from votingapp.store.sealing import read_sealed
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import ballot, challenged_ballot

VERIFICATION = Path(__file__).parent.parent.parent / "docs" / "verification.md"


def codes(outcome) -> list[ObstacleCode]:
    assert isinstance(outcome, Obstructed | tallying.NotSettled), outcome
    return [obstacle.code for obstacle in outcome.obstacles]


def gather(store, seated) -> None:
    meet(store, seated.election, Ceremony.CLOSE, seated.members[:2])


def shut(store, seated, queue: int = 0):
    gather(store, seated)
    return shut_doors(store, seated.chair, seated.election, queue, REASON)


def last_entry(store, seated, act: str) -> dict:
    with store.reading() as connection:
        entry = audit.last(connection, seated.election.id, act)
    assert entry is not None
    return json.loads(entry.details)


def count_box(store, seated, desk: str, number: int) -> None:
    def count(work) -> None:
        ledger.write(work, seated.election.id, Paper.SLIP, Entry(Movement.COUNTED, desk, number, seated.chair.id))
        work.record(seated.election.id, "test", "box_counted")

    store.write(count)


def test_two_shut_the_doors_once_and_for_a_reason_before_the_hour(any_store, evening, clock):
    """One alone cannot, nobody can twice, and before the hour it takes a reason that stands in the log."""
    seated, _ids = evening(any_store)
    assert codes(shut_doors(any_store, seated.chair, seated.election, 0, REASON)) == [ObstacleCode.TOO_FEW_PRESENT]
    gather(any_store, seated)
    assert codes(shut_doors(any_store, seated.chair, seated.election, 3)) == [ObstacleCode.BEFORE_TIME]
    assert shut_doors(any_store, seated.chair, seated.election, 3, REASON) == DoorsShut(3)
    assert codes(shut_doors(any_store, seated.chair, seated.election, 9, REASON)) == [ObstacleCode.DOORS_CLOSED]
    assert last_entry(any_store, seated, "doors_closed") == {
        "queue": 3,
        "present": named(clock, "anne", "birk"),
        "before_time": REASON,
    }
    assert seated.now().doors.queue == 3


def test_at_the_hour_of_the_rules_no_reason_is_needed(store, evening, clock):
    """The doors are shut when the rules say so; whatever is written as a reason then is not kept as one."""
    seated, _ids = evening(store)
    clock.move_to(seated.election.rules.election.closes_at)
    gather(store, seated)
    assert shut_doors(store, seated.chair, seated.election, 0) == DoorsShut(0)
    assert last_entry(store, seated, "doors_closed")["before_time"] == ""


def test_those_in_line_are_admitted_and_nobody_beyond_them(any_store, evening, admit):
    """Who was admitted before does not count; two stood in line; the third who comes is told that the doors are shut."""
    seated, ids = evening(any_store)
    assert isinstance(admit(any_store, seated, ids[0]), Admitted)
    shut(any_store, seated, queue=2)
    assert isinstance(admit(any_store, seated, ids[1]), Admitted)
    assert isinstance(admit(any_store, seated, ids[2], "Bord 2"), Admitted)
    assert admit(any_store, seated, ids[3]) == DoorsClosed()
    with any_store.reading() as connection:
        assert admissions.count(connection, seated.election.id) == 3
    assert last_entry(any_store, seated, "admission_refused")["reason"] == "DoorsClosed"


def test_a_clock_that_is_set_back_lets_nobody_more_in(store, evening, admit, clock):
    """Who stood in line is told by number and not by time."""
    seated, ids = evening(store)
    shut(store, seated, queue=1)
    clock.advance(hours=-3)
    assert isinstance(admit(store, seated, ids[0]), Admitted)
    assert admit(store, seated, ids[1]) == DoorsClosed()


def test_the_last_place_in_line_goes_to_one(any_store, evening, admit, both_at_once):
    """Two desks at the same moment: one admits, the other is told that the doors are shut."""
    seated, ids = evening(any_store)
    shut(any_store, seated, queue=1)
    answers = both_at_once(
        lambda: admit(any_store, seated, ids[0], "Bord 1"), lambda: admit(any_store, seated, ids[1], "Bord 2")
    )
    assert sorted(type(one).__name__ for one in answers) == ["Admitted", "DoorsClosed"]


def test_who_was_admitted_on_paper_takes_nobodys_place(store, evening, admit):
    """Whoever is keyed in from the printed roll came before the doors were shut."""
    seated, ids = evening(store)
    shut(store, seated, queue=1)

    def key_in(work) -> None:
        admissions.add(
            work,
            seated.election.id,
            ids[7],
            desk="Bord 1",
            official_id=seated.chair.id,
            declaration=None,
            from_printed_roll=True,
        )
        work.record(seated.election.id, "test", "keyed_in")

    store.write(key_in)
    assert isinstance(admit(store, seated, ids[0]), Admitted)
    assert admit(store, seated, ids[1]) == DoorsClosed()


def test_a_wrong_number_in_line_is_put_right_until_the_close(any_store, evening, admit):
    """Upwards, or down to those who are in already; with a reason in the log; and never after the close."""
    seated, ids = evening(any_store)
    assert correct_queue(any_store, seated.members[:2], seated.election, 1, "Talt forkert.") == NotShut()
    shut(any_store, seated, queue=1)
    admit(any_store, seated, ids[0])
    assert admit(any_store, seated, ids[1]) == DoorsClosed()
    assert correct_queue(any_store, seated.members[:2], seated.election, 2, "Én stod bag døren.") == QueueCorrected(2)
    said = {"was": 1, "queue": 2, "reason": "Én stod bag døren.", "second": "birk"}
    assert last_entry(any_store, seated, "queue_corrected") == said
    assert isinstance(admit(any_store, seated, ids[1]), Admitted)
    assert correct_queue(any_store, seated.members[:2], seated.election, 1, "Fortrudt.") == FewerThanAdmitted(2)
    assert isinstance(service.close_poll(any_store, seated.chair, seated.election), service.Closed)
    assert correct_queue(any_store, seated.members[:2], seated.election, 3, "For sent.") == NotShut()


def test_whoever_holds_a_slip_votes_until_the_close(store, evening, admit):
    """Shut doors keep nobody from the booth; the close does."""
    seated, ids = evening(store)
    admit(store, seated, ids[0])
    admit(store, seated, ids[1])
    shut(store, seated)
    first, second = (seal(seated, slip) for slip in seated.slips[:2])
    assert isinstance(booth.cast(store, seated.election, first), booth.Accepted)
    assert isinstance(service.close_poll(store, seated.chair, seated.election), service.Closed)
    assert not isinstance(booth.cast(store, seated.election, second), booth.Accepted)
    with store.reading() as connection:
        assert urns.count(connection, seated.election.urn_uuid) == 1


def seal(seated, slip: str) -> bytes:
    question = seated.question()
    return seal_ballot(question, slip, [0, 1, *[0] * (len(question.answers) - 1)], secrets.token_bytes)


def test_a_poll_with_open_doors_is_not_closed(any_store, evening):
    """The line is counted before the urn is shut, and two are there."""
    seated, _ids = evening(any_store)
    assert codes(service.close_poll(any_store, seated.chair, seated.election)) == [
        ObstacleCode.DOORS_OPEN,
        ObstacleCode.TOO_FEW_PRESENT,
    ]
    assert seated.now().state is PollState.OPEN


def test_of_two_who_press_close_at_once_one_closes(any_store, evening, both_at_once):
    """The other is told that it is closed; the log has one close."""
    seated, _ids = evening(any_store)
    shut(any_store, seated)
    answers = both_at_once(*[lambda: service.close_poll(any_store, seated.chair, seated.election)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Closed", "Obstructed"]
    with any_store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, seated.election.id)]
    assert acts.count("poll_closed") == 1


@pytest.fixture
def closed(evening, admit):
    """Three voted and the poll is closed: `closed(store)` answers the board."""

    def hold(store):
        seated, ids = evening(store)
        for slip, person_id in zip(seated.slips[:3], ids, strict=False):
            admit(store, seated, person_id, "Bord 1")
            seated.cast(slip, 1)
        assert isinstance(close_together(store, seated.election, seated.members[:2]), service.Closed)
        return seated

    return hold


def test_anyone_recomputes_the_hash_of_the_urn_from_the_archive(any_store, closed, tmp_path):
    """The program printed in the documentation, which shares no line with ours, finds the hash that the board signed."""
    seated = closed(any_store)
    path = tmp_path / "election.bel"
    with path.open("wb") as stream, any_store.reading() as connection:
        urns.write_archive(connection, seated.now(), stream)
    (script,) = re.findall(
        r"```python\n(import hashlib, json, sys, tarfile\n.*?)```", VERIFICATION.read_text(encoding="utf-8"), re.DOTALL
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    ).stdout.strip()
    verdict = verify_archive(io.BytesIO(path.read_bytes()))
    assert isinstance(verdict, SoundSoFar)
    signed = last_entry(any_store, seated, "poll_closed")["urn_sha256"]
    assert found == signed == seated.now().urn_sha256 == verdict.urn_sha256


def test_the_hash_of_an_urn_knows_no_order_and_every_ballot():
    """Any order gives the same hash; one ballot more, less or changed another; an empty urn has one too."""
    ballots = [digest_hex(bytes([number])) for number in range(9)]
    sealed = seal_urn(ballots)
    assert seal_urn(reversed(ballots)) == sealed
    others = [
        seal_urn(ballots[1:]),
        seal_urn([*ballots, digest_hex(b"x")]),
        seal_urn([*ballots[:-1], digest_hex(b"x")]),
    ]
    assert len({sealed, *others}) == 4
    assert seal_urn([]) == digest_hex(b"")


@pytest.mark.parametrize("rewritten", ["nothing", "cleared", "recomputed"])
def test_a_ballot_taken_out_after_the_close_stops_the_count(store, closed, rewritten):
    """Whoever owns the database may clear or recompute the hash in its column: the log has the one that was read aloud."""
    seated = closed(store)
    assert isinstance(seated.seal(), Made)

    def take_out(work) -> None:
        found = work.connection.execute(select(ballot.c.hash).limit(1)).scalar_one()
        work.connection.execute(delete(ballot).where(ballot.c.hash == found))
        values = {"cleared": None, "recomputed": urns.seal(work.connection, seated.election.urn_uuid)}
        if rewritten in values:
            work.connection.execute(update(election_table).values(urn_sha256=values[rewritten]))
        work.keep_unrecorded()

    store.write(take_out)
    assert ObstacleCode.URN_CHANGED in codes(tally(store, seated))
    assert ObstacleCode.URN_CHANGED in codes(seal_now(store, seated))


def test_an_uncounted_box_keeps_the_urn_from_its_report(store, closed):
    """What is left over is counted before anybody signs for the account."""
    seated = closed(store)
    outcome = make_urn_report(store, seated.chair, seated.election, printer=lambda _frame, _sealed: b"")
    assert ObstacleCode.BOXES_UNCOUNTED in codes(outcome)


def test_a_difference_is_explained_by_two_before_the_count(any_store, closed):
    """A slip that is missing holds report and count back until two have said in writing why."""
    seated = closed(any_store)
    settle(any_store, seated.election, seated.members)
    count_box(any_store, seated, BOARD, 4)
    assert codes(seal_now(any_store, seated)) == [ObstacleCode.DIFFERENCES_UNEXPLAINED]
    assert ObstacleCode.DIFFERENCES_UNEXPLAINED in codes(tally(any_store, seated))
    with any_store.reading() as connection:
        standing = accounts.unexplained(connection, seated.now())
    for difference in standing:
        explain(any_store, seated.election, difference, "Faldt bag skabet.", seated.members[:2])
    assert codes(tally(any_store, seated)) == [ObstacleCode.REPORT_MISSING]
    assert isinstance(seal_now(any_store, seated), Made)
    assert tally(any_store, seated) == tallying.Tallied(3)
    with any_store.reading() as connection:
        sealed = read_sealed(reports.kept(connection, seated.election.id, URN_REPORT).body)
    assert {one.text for one in sealed.differences} == {"Faldt bag skabet.", "Det er en prøve."}
    assert ("Anne", "Birk") in {one.signed_by for one in sealed.differences}


def seal_now(store, seated):
    return make_urn_report(store, seated.chair, seated.election, printer=lambda _frame, _sealed: b"urn report")


def tally(store, seated):
    return tallying.compute_tally(store, seated.chair, seated.election)


def test_an_account_that_changed_after_the_report_is_reported_again(store, closed):
    """A recount after the signatures makes them worthless, and the count waits for new ones."""
    seated = closed(store)
    assert isinstance(seated.seal(), Made)
    count_box(store, seated, BOARD, 4)
    assert codes(tally(store, seated))
    settle(store, seated.election, seated.members)
    assert isinstance(seal_now(store, seated), Made)
    assert tally(store, seated) == tallying.Tallied(3)


def test_the_report_of_the_urn_says_what_was_signed(any_store, closed):
    """Hash, ballots, times and account stand in the log word for word, and the paper can be set again."""
    seated = closed(any_store)
    settle(any_store, seated.election, seated.members)
    made = make_urn_report(any_store, seated.chair, seated.election, "Tove Aagaard")
    assert isinstance(made, Made)
    with any_store.reading() as connection:
        kept = reports.kept(connection, seated.election.id, URN_REPORT)
        assert print_again(connection, seated.now()) == made.pdf
    assert kept.sha256 == made.sha256 == digest_hex(made.pdf)
    sealed = read_sealed(kept.body)
    assert (sealed.ballots, sealed.admitted, sealed.urn_sha256) == (3, 3, seated.now().urn_sha256)
    assert sealed.closed_at == seated.now().closed_at
    assert [one.paper for one in sealed.sums] == [Paper.SLIP]


def test_the_report_of_the_urn_names_the_opened_ballots_by_hash(any_store, found_election, add_staff, tmp_path):
    """A ballot that is put on the list later, in another one's place, makes the signed report an old one."""
    seated = seat_board(any_store, found_election(any_store), add_staff)
    seated.prepare()
    opened = partial(open_ballot, urn_uuid=seated.election.urn_uuid, ballot_hash="ab" * 32)
    seated.vote((1,), meanwhile=lambda: any_store.write(opened))
    with any_store.reading() as connection:
        made = reports.kept(connection, seated.election.id, URN_REPORT)
        sealed = read_sealed(made.body)
        published = challenges.listing(connection, seated.now())
        (tmp_path / "challenges.json").write_text(json.dumps(published), encoding="utf-8")
        assert reports.tells(made, gather_figures(connection, seated.now()))
    program = VERIFICATION.read_text(encoding="utf-8").partition("## The hash of the opened ballots")[2]
    script = program.partition("```python\n")[2].partition("```")[0]
    command = [sys.executable, "-c", script, str(tmp_path / "challenges.json")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert (sealed.challenged, sealed.challenged_sha256) == (1, told)
    any_store.write(lambda work: exchange_opened(work, "ab" * 32, "cd" * 32))
    with any_store.reading() as connection:
        assert not reports.tells(made, gather_figures(connection, seated.now()))


def open_ballot(work, urn_uuid: str, ballot_hash: str) -> None:
    challenges.keep(work.connection, urn_uuid, ballot_hash)
    work.keep_unrecorded()


def exchange_opened(work, one: str, other: str) -> None:
    """What an administrator can do behind the house's back."""
    work.connection.execute(update(challenged_ballot).where(challenged_ballot.c.hash == one).values(hash=other))
    work.keep_unrecorded()


def test_a_report_of_before_a_figure_was_known_still_says_the_others(any_store, closed):
    """A body in the log that lacks a newer figure is read with its value of nothing, and is outdated by the old figures alone."""
    seated = closed(any_store)
    settle(any_store, seated.election, seated.members)
    assert isinstance(seal_now(any_store, seated), Made)
    with any_store.reading() as connection:
        kept, now = reports.kept(connection, seated.election.id, URN_REPORT), gather_figures(connection, seated.now())
    older = replace(kept, body={name: said for name, said in kept.body.items() if not name.startswith("challenged")})
    assert read_sealed(older.body) == now
    assert reports.tells(older, now)
    assert not reports.tells(older, replace(now, ballots=now.ballots + 1))
    assert not reports.tells(replace(kept, body=kept.body | {"unheard": 0}), now)


def test_before_the_close_nothing_is_sealed_or_counted(any_store, evening):
    """An open poll gives neither report nor sum, and nothing of its urn is read for them."""
    seated, _ids = evening(any_store)
    seated.issue_slips(1)
    seated.cast(seated.slips[0], 1)
    gather(any_store, seated)
    assert seal_now(any_store, seated) == Obstructed((Obstacle(ObstacleCode.NOT_CLOSED),))
    assert tally(any_store, seated) == tallying.NotClosed()
