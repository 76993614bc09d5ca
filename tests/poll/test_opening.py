"""Two members of the board open the poll together, on a report of the empty urn that still is true."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from ceremonies import REASON, meet, named, open_together
from joined import join_device
from photographs import put_photo
from sqlalchemy import update

from ballots.pictures import pictures_hash
from ballots.poll import PRESENT_FOR, Obstacle, ObstacleCode, PollState
from ballots.protocol.hashing import digest_hex
from ballots.slips import Movement
from votingapp.desks.poll import service
from votingapp.desks.poll.attending import AlreadyThere, Attended, NotNow, attend
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made, Moving
from votingapp.desks.poll.zero_report import make_zero_report, print_again
from votingapp.documents.zero_report import read_zero
from votingapp.resources import figure_path
from votingapp.store import audit, ballot_paper, incidents, ledger, photos, reports
from votingapp.store.attendance import Ceremony, present
from votingapp.store.devices import Kind
from votingapp.store.incidents import Written
from votingapp.store.ledger import Entry, Paper
from votingapp.store.photos import Size
from votingapp.store.recordings import Pack, Recordings, record_made
from votingapp.store.reports import ZERO_REPORT
from votingapp.store.tables.nominations import nomination
from votingapp.version import Software


def codes(outcome) -> list[ObstacleCode]:
    assert isinstance(outcome, Obstructed), outcome
    return [obstacle.code for obstacle in outcome.obstacles]


def last_entry(store, seated, act: str) -> dict:
    with store.reading() as connection:
        entry = audit.last(connection, seated.election.id, act)
    assert entry is not None
    return json.loads(entry.details)


def report(store, seated, printer=lambda _frame, _zero: b"zero report"):
    return make_zero_report(store, seated.chair, seated.election, "Åse Ærø", printer)


def open_now(store, seated):
    return service.open_poll(store, seated.chair, seated.election, REASON)


def test_one_member_alone_opens_nothing(any_store, frozen):
    """However often she confirms, the same person is one; neither report nor opening goes through."""
    seated = frozen(any_store)
    assert attend(any_store, seated.chair, seated.election, Ceremony.OPEN) == Attended()
    assert attend(any_store, seated.chair, seated.election, Ceremony.OPEN) == AlreadyThere()
    alone = Obstacle(ObstacleCode.TOO_FEW_PRESENT, 1)
    assert report(any_store, seated) == Obstructed((alone,))
    assert open_now(any_store, seated) == Obstructed((alone, Obstacle(ObstacleCode.REPORT_MISSING)))
    assert seated.now().state is PollState.FROZEN


def test_two_without_a_report_open_nothing(store, frozen):
    """Nobody opens an urn that has not been reported empty."""
    seated = frozen(store)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert codes(open_now(store, seated)) == [ObstacleCode.REPORT_MISSING]


def test_who_is_there_is_kept_by_name_and_time(any_store, frozen, clock):
    """The members stand in the order in which they came, each with her own time, and each is an entry in the log."""
    seated = frozen(any_store)
    for member in seated.members[:2]:
        attend(any_store, member, seated.election, Ceremony.OPEN)
        clock.advance(minutes=2)
    with any_store.reading() as connection:
        here = present(connection, seated.election.id, "open")
        entries = [one for one in audit.entries(connection, seated.election.id) if one.act == "attended"]
    assert [one.name for one in here] == ["Anne", "Birk"]
    assert here[1].at - here[0].at == timedelta(minutes=2)
    assert [(one.actor, json.loads(one.details)) for one in entries] == [
        ("anne", {"ceremony": "open"}),
        ("birk", {"ceremony": "open"}),
    ]


def test_nobody_attends_an_opening_before_the_freeze_or_after_it(store, board):
    """There is nothing to be present at before everything is fixed, and nothing any more once the poll is open."""
    seated = board(store)
    seated.prepare()
    assert attend(store, seated.chair, seated.election, Ceremony.OPEN) == NotNow()
    seated.freeze()
    assert attend(store, seated.chair, seated.election, Ceremony.CLOSE) == NotNow()
    seated.open()
    assert attend(store, seated.members[2], seated.election, Ceremony.OPEN) == NotNow()


def test_who_confirmed_yesterday_confirms_again(any_store, frozen, clock):
    """A confirmation says that somebody is there for some hours, not for ever; nor does one from the future count."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert isinstance(report(any_store, seated), Made)
    began = clock.now
    clock.move_to(began + PRESENT_FOR)
    assert attend(any_store, seated.chair, seated.election, Ceremony.OPEN) == AlreadyThere()
    clock.advance(seconds=1)
    assert codes(open_now(any_store, seated)) == [ObstacleCode.TOO_FEW_PRESENT]
    clock.move_to(began - PRESENT_FOR - timedelta(seconds=1))
    assert codes(open_now(any_store, seated)) == [ObstacleCode.TOO_FEW_PRESENT]
    clock.move_to(began + 2 * PRESENT_FOR)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert open_now(any_store, seated) == service.Opened()


def test_the_report_stands_in_the_log_and_can_be_printed_again(any_store, frozen):
    """The log has the SHA-256 of the paper and every word of it, so that the same paper can be set once more."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    with any_store.reading() as connection:
        head = audit.last(connection, seated.election.id)
    made = make_zero_report(any_store, seated.chair, seated.election, "Åse Ærø")
    assert isinstance(made, Made)
    assert made.sha256 == digest_hex(made.pdf) == last_entry(any_store, seated, ZERO_REPORT)["sha256"]
    with any_store.reading() as connection:
        kept = reports.kept(connection, seated.election.id, ZERO_REPORT)
        assert print_again(connection, seated.now()) == made.pdf
    assert kept.serial == head.serial + 1
    assert (kept.frame.log.serial, kept.frame.log.hash) == (head.serial, head.hash)
    assert [one.name for one in kept.frame.present] == ["Anne", "Birk"]
    assert kept.frame.others == "Åse Ærø"
    zero = read_zero(kept.body)
    assert (zero.ballots, zero.admissions, zero.slips_issued, zero.slips_printed) == (0, 0, 0, 6)
    assert zero.fixed.setup == last_entry(any_store, seated, "poll_frozen")["seal"]["setup"]


def test_the_report_names_the_recordings_and_is_made_again_when_others_are_made(any_store, frozen):
    """What the booth can be heard to say has its hash in the report; a change of it makes the report stale."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    for content in ("ab", "cd"):
        made = Recordings("eSpeak NG 1.52.0", (Pack("da", content * 32, 9, 1),), ())
        any_store.write(lambda work, made=made: record_made(work, seated.election.id, made))
        assert codes(open_now(any_store, seated)) == [
            ObstacleCode.REPORT_MISSING if content == "ab" else ObstacleCode.REPORT_STALE
        ]
        assert isinstance(report(any_store, seated), Made)
        with any_store.reading() as connection:
            assert read_zero(reports.kept(connection, seated.election.id, ZERO_REPORT).body).recordings == made.sha256
    assert open_now(any_store, seated) == service.Opened()


def test_the_report_names_the_pictures_as_they_were_frozen(any_store, board):
    """Which photograph stands beside which number has one hash in the report; another row afterwards does not change it."""
    seated = board(any_store)
    seated.prepare()
    name = "Çelik Ağa"

    def put(work) -> str:
        work.record(seated.election.id, "test", "photographed")
        return put_photo(work, seated.election, name)

    photo_id = any_store.write(put)
    seated.freeze()
    with any_store.reading() as connection:
        (place,) = (line.number - 1 for line in ballot_paper.lines(connection, seated.election.id) if line.name == name)
        jpeg = photos.pixels(connection, any_store.vault, seated.election.id, photo_id, Size.BALLOT)
    hashes = [None, None, None]
    hashes[place] = digest_hex(jpeg)
    assert last_entry(any_store, seated, "poll_frozen")["pictures"] == hashes
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert isinstance(report(any_store, seated), Made)
    any_store.write(put)
    bound = pictures_hash(digest_hex(figure_path().read_bytes()), hashes)
    with any_store.reading() as connection:
        assert read_zero(reports.kept(connection, seated.election.id, ZERO_REPORT).body).pictures == bound
    assert open_now(any_store, seated) == service.Opened()


def test_without_a_report_there_is_nothing_to_print(store, frozen):
    """Before the first report none is invented."""
    seated = frozen(store)
    with store.reading() as connection:
        assert print_again(connection, seated.now()) is None


def test_the_opening_is_recorded_with_all_that_it_rests_on(store, frozen, clock):
    """The log says who was there, on which report, and that it was the hour of the rules."""
    seated = frozen(store)
    clock.move_to(seated.election.rules.election.opens_at)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    made = report(store, seated)
    assert service.open_poll(store, seated.chair, seated.election) == service.Opened()
    assert last_entry(store, seated, "poll_opened") == {
        "ballots": 0,
        "present": named(clock, "anne", "birk"),
        "zero_report": made.sha256,
        "before_time": "",
    }


def test_before_its_hour_the_poll_opens_only_for_a_reason(any_store, frozen, clock):
    """One second too early it stays shut, unless the board says in writing why; the reason stands in the log."""
    seated = frozen(any_store)
    clock.move_to(seated.election.rules.election.opens_at - timedelta(seconds=1))
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    report(any_store, seated)
    assert codes(service.open_poll(any_store, seated.chair, seated.election)) == [ObstacleCode.BEFORE_TIME]
    assert service.open_poll(any_store, seated.chair, seated.election, "Uret går bagud.") == service.Opened()
    assert last_entry(any_store, seated, "poll_opened")["before_time"] == "Uret går bagud."


CHANGES = {
    "a ballot in the urn": lambda seated: seated.cast(seated.slips[0], 1),
    "a slip handed out": lambda seated: seated.issue_slips(1),
    "slips carried to a desk": lambda seated: move_slips(seated.store, seated, 2),
    "a candidate renamed": lambda seated: rename(seated.store),
}


def move_slips(store, seated, number: int) -> None:
    def move(work) -> None:
        ledger.write(work, seated.election.id, Paper.SLIP, Entry(Movement.TO_DESK, "Bord 1", number, seated.chair.id))
        work.record(seated.election.id, "test", "slips_moved")

    store.write(move)


def rename(store) -> None:
    def change(work) -> None:
        work.connection.execute(update(nomination).where(nomination.c.ballot_number == 1).values(name="En anden"))
        work.keep_unrecorded()

    store.write(change)


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_after_the_report_keeps_the_urn_shut(any_store, frozen, change):
    """A report is about the house as it was; a ballot, a slip or a seal that is different now makes it worthless."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert isinstance(report(any_store, seated), Made)
    CHANGES[change](seated)
    assert codes(open_now(any_store, seated))
    assert seated.now().state is PollState.FROZEN


def test_slips_carried_after_the_report_ask_for_a_new_one(store, frozen):
    """It says how many slips lie where, so it is made again, and then the poll opens."""
    seated = frozen(store)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    report(store, seated)
    move_slips(store, seated, 2)
    assert codes(open_now(store, seated)) == [ObstacleCode.REPORT_STALE]
    report(store, seated)
    with store.reading() as connection:
        boxes = read_zero(reports.kept(connection, seated.election.id, ZERO_REPORT).body).boxes
    assert [(box.desk, box.slips) for box in boxes] == [("Bord 1", 2), ("", 4)]
    assert open_now(store, seated) == service.Opened()


def test_another_program_asks_for_a_new_report(store, frozen, monkeypatch):
    """Whoever signed for one program has not signed for the one that runs now."""
    seated = frozen(store)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    report(store, seated)
    monkeypatch.setattr(reports, "software", lambda: Software("0.0.0", "0" * 64, "0" * 64))
    assert codes(open_now(store, seated)) == [ObstacleCode.REPORT_STALE]


def test_what_has_nothing_to_do_with_the_report_leaves_it_standing(any_store, frozen):
    """A device that joins, an incident and a third member are no reason to print it again."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    assert isinstance(report(any_store, seated), Made)
    join_device(any_store, seated.election, Kind.BOOTH)
    attend(any_store, seated.members[2], seated.election, Ceremony.OPEN)

    def note(work) -> None:
        incidents.write(work, seated.election.id, seated.chair.id, Written("", "Lyset gik kort ud."))
        work.record(seated.election.id, "test", "incident_written")

    any_store.write(note)
    assert open_now(any_store, seated) == service.Opened()


def test_what_changes_while_the_report_is_set_is_in_it(store, frozen):
    """A member who confirms while the paper is being set stands on the paper, which is set again."""
    seated = frozen(store)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])
    printed = []

    def printer(frame, _zero) -> bytes:
        printed.append([one.name for one in frame.present])
        attend(store, seated.members[2], seated.election, Ceremony.OPEN)
        return b"zero report"

    assert isinstance(report(store, seated, printer), Made)
    assert printed == [["Anne", "Birk"], ["Anne", "Birk", "Cilla"]]


def test_a_house_that_does_not_come_to_rest_gets_no_report(store, frozen):
    """After some tries the board is told to wait, and nothing stands in the log."""
    seated = frozen(store)
    meet(store, seated.election, Ceremony.OPEN, seated.members[:2])

    def printer(_frame, _zero) -> bytes:
        move_slips(store, seated, 1)
        return b"zero report"

    assert report(store, seated, printer) == Moving()
    with store.reading() as connection:
        assert reports.kept(connection, seated.election.id, ZERO_REPORT) is None


def test_of_two_who_press_at_once_one_opens(any_store, frozen, both_at_once):
    """The other is told that it is open already; the log has one opening, and the chain holds."""
    seated = frozen(any_store)
    meet(any_store, seated.election, Ceremony.OPEN, seated.members[:2])
    report(any_store, seated)
    answers = both_at_once(
        *(
            lambda member=member: service.open_poll(any_store, member, seated.election, REASON)
            for member in seated.members[:2]
        )
    )
    assert answers.count(service.Opened()) == 1
    (refused,) = [one for one in answers if one != service.Opened()]
    assert codes(refused) == [ObstacleCode.NOT_FROZEN]
    with any_store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, seated.election.id)]
        assert audit.first_broken_link(connection, seated.election.id) is None
    assert acts.count("poll_opened") == 1


def test_a_member_who_confirms_twice_at_once_is_one(any_store, frozen, both_at_once):
    """A double press on a slow evening makes one row and one entry."""
    seated = frozen(any_store)
    answers = both_at_once(*[lambda: attend(any_store, seated.chair, seated.election, Ceremony.OPEN)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["AlreadyThere", "Attended"]


def test_a_rehearsal_opens_by_the_same_ceremony(store, frozen):
    """Whoever rehearses does what she will do on the day, and the report says that it is a rehearsal."""
    seated = frozen(store, rehearsal=True)
    assert open_together(store, seated.election, seated.members[:1]) == Obstructed(
        (Obstacle(ObstacleCode.TOO_FEW_PRESENT, 1),)
    )
    assert seated.open() == service.Opened()
    with store.reading() as connection:
        assert reports.kept(connection, seated.election.id, ZERO_REPORT).frame.rehearsal
