"""Nothing is final while a complaint is open, may be appealed or is to be carried out, nor where the election does not stand."""

from __future__ import annotations

from datetime import date, timedelta

from recorded import ask, draw_up, sign_by_all

from tally.complaints import Obstacle, Outcome, Remedy, Step, StepKind, Subject
from tally.deadlines import ends_at
from votingapp.desks.complaints import service
from votingapp.desks.complaints.service import Said, Written
from votingapp.desks.record import drawing_up
from votingapp.desks.secretariat.calling_off import service as calling_off
from votingapp.store.certified import certified
from votingapp.store.complaints import Particulars

COMPLAINT = "00000000-0000-4000-8000-000000000001"
WORDS = Said("Byrådet", "Se referatet.")


def take(seated, kind, day, **decided):
    two = (seated.secretary, seated.chair)
    return service.take_step(seated.store, two, seated.election, COMPLAINT, Step(kind, day, **decided), WORDS)


def is_certified(seated):
    with seated.store.reading() as connection:
        return certified(connection, seated.now(), seated.store.clock())


def test_what_is_certified_waits_for_every_complaint(store, board, clock, koege_rules):
    """Open, put forward, decided, to be carried out by a new version that all sign, and to be appealed: final only after each."""
    seated = board(store, rules_text=koege_rules.replace("days = 7", "days = 7\nappeal_days = 14"))
    seated.prepare()
    seated.vote((1,), (2,), ())
    seated.count()
    draw_up(seated)
    sign_by_all(seated)
    last_day = seated.now().complaints_end
    clock.move_to(ends_at(last_day))
    assert is_certified(seated)
    came = ends_at(last_day) - timedelta(hours=1)
    written = Written(COMPLAINT, came, Subject.COUNT, Particulars("", "", "Et navn er stavet forkert."))
    assert service.receive(store, seated.secretary, seated.election, written) == service.Received(1)
    assert not is_certified(seated)
    clock.move_to(ends_at(last_day + timedelta(days=14)))
    meeting = last_day + timedelta(days=14)
    assert take(seated, StepKind.PUT_FORWARD, meeting) == service.Taken()
    decided = {"outcome": Outcome.CORRECTED, "remedy": Remedy.RECORD}
    assert take(seated, StepKind.DECIDED, meeting, **decided) == service.Taken()
    assert take(seated, StepKind.CARRIED_OUT, meeting) == service.Hindered((Obstacle.NO_NEW_VERSION,))
    clock.advance(minutes=1)
    assert ask(seated, 2, "Klage nr. 1 fik medhold: et navn er rettet.") == drawing_up.DrawnUp(2)
    assert take(seated, StepKind.CARRIED_OUT, meeting) == service.Taken()
    clock.move_to(ends_at(meeting + timedelta(days=14)))
    assert not is_certified(seated), "the new version is not signed"
    sign_by_all(seated)
    assert is_certified(seated)
    clock.move_to(ends_at(meeting + timedelta(days=14)) - timedelta(microseconds=1))
    assert not is_certified(seated), "the ministry may still be asked"
    clock.move_to(ends_at(meeting + timedelta(days=40)))
    said = calling_off.Said("Ministeriet", date(2021, 12, 30), "Valget gælder ikke.")
    annulled = calling_off.annul(store, (seated.secretary, seated.chair), seated.election, said)
    assert annulled == calling_off.Annulled(closed=False)
    clock.advance(days=40)
    assert not is_certified(seated)
