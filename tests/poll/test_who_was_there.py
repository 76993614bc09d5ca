"""Two of the board take each step together, and the record names those who took it, at the time when they said so."""

from __future__ import annotations

import pytest
from ceremonies import REASON, meet, settle

from ballots.poll import ObstacleCode
from tally.record import Present
from votingapp.desks.poll import service
from votingapp.desks.poll.doors import DoorsShut, shut_doors
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made
from votingapp.desks.poll.urn_report import make_urn_report
from votingapp.desks.poll.zero_report import make_zero_report
from votingapp.documents.record import render_record
from votingapp.store import record_draft, staff
from votingapp.store.attendance import Ceremony
from votingapp.store.staff import Role


def seal(seated):
    return make_urn_report(seated.store, seated.chair, seated.election, printer=lambda _frame, _sealed: b"urn report")


def record_of(seated):
    with seated.store.reading() as connection:
        return record_draft.draft(connection, seated.now())


def test_the_record_names_who_was_there_at_each_step(any_store, frozen, clock):
    """Who came to seal the day after did not close, and who confirms again has not been there later than she was."""
    seated = frozen(any_store)
    anne, birk, cilla = seated.members
    opened_at = clock.now
    assert seated.open() == service.Opened()
    clock.advance(hours=4)
    closed_at = clock.now
    meet(any_store, seated.election, Ceremony.CLOSE, (birk, cilla))
    assert isinstance(shut_doors(any_store, birk, seated.election, 0, REASON), DoorsShut)
    assert isinstance(service.close_poll(any_store, birk, seated.election), service.Closed)
    clock.advance(hours=13)
    settle(any_store, seated.election, seated.members)
    meet(any_store, seated.election, Ceremony.CLOSE, (anne, birk))
    assert isinstance(seal(seated), Made)
    seated.count()
    record = record_of(seated)
    assert record.station.opened_by == (Present("Anne", opened_at), Present("Birk", opened_at))
    assert record.station.closed_by == (Present("Birk", closed_at), Present("Cilla", closed_at))
    assert record.station.sealed_by == (Present("Anne", clock.now), Present("Birk", clock.now))
    assert [one.name for one in record.board] == ["Anne", "Birk", "Cilla"]
    assert render_record(record).startswith(b"%PDF-")


def test_who_only_confirmed_and_did_nothing_signs_nothing(any_store, frozen, clock):
    """A member who confirms after the urn is sealed has opened, closed and sealed nothing; one who left the board has."""
    seated = frozen(any_store)
    assert seated.open() == service.Opened()
    assert isinstance(seated.close(), service.Closed)
    assert isinstance(seated.seal(), Made)
    clock.advance(minutes=1)
    meet(any_store, seated.election, Ceremony.CLOSE, seated.members[2:])
    seated.count()
    before = record_of(seated)
    withdraw(seated, seated.members[1])
    assert record_of(seated) == before
    assert [one.name for one in before.board] == ["Anne", "Birk"]
    assert [one.name for one in before.station.sealed_by] == ["Anne", "Birk"]


def withdraw(seated, member) -> None:
    seated.store.write(lambda work: staff.withdraw(work, "test", seated.election.id, member.id, Role.BOARD))


def open_it(seated):
    report = make_zero_report(seated.store, seated.chair, seated.election, printer=lambda _frame, _zero: b"zero report")
    return report if isinstance(report, Obstructed) else service.open_poll(seated.store, seated.chair, seated.election)


def shut_it(seated):
    return shut_doors(seated.store, seated.chair, seated.election, 0, REASON)


def close_it(seated):
    return service.close_poll(seated.store, seated.chair, seated.election)


STEPS = {"open": open_it, "shut the doors": shut_it, "close": close_it, "seal": seal}


@pytest.mark.parametrize("step", STEPS)
def test_who_was_withdrawn_from_the_board_is_not_there(any_store, frozen, step):
    """Anne and Birk confirm, Birk's role is taken back, and Anne alone can take no step, however far the poll has come."""
    seated = frozen(any_store)
    pair = seated.members[:2]
    if step == "open":
        meet(any_store, seated.election, Ceremony.OPEN, pair)
    else:
        assert seated.open() == service.Opened()
        meet(any_store, seated.election, Ceremony.CLOSE, pair)
    if step in {"close", "seal"}:
        assert isinstance(shut_it(seated), DoorsShut)
    if step == "seal":
        assert isinstance(close_it(seated), service.Closed)
        settle(any_store, seated.election, pair)
    withdraw(seated, pair[1])
    alone = STEPS[step](seated)
    assert isinstance(alone, Obstructed)
    assert [one.code for one in alone.obstacles] == [ObstacleCode.TOO_FEW_PRESENT]
