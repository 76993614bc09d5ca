"""What comes after the count of the election that is lived through for its pictures: complaints, council, members, deletion.

Each function is a stage, taken by the services that serve a real election.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from tally.complaints import NEEDS_TWO, Outcome, Step, StepKind, Subject
from tally.council import Answer, SeatKind
from tally.vacancy import Cause
from tally.vacancy import Step as SeatStep
from votingapp.demo import recording
from votingapp.demo.outcomes import expect
from votingapp.desks.complaints import service as complaints
from votingapp.desks.council import composing, item, ruling
from votingapp.desks.council.standing import Council, council_of
from votingapp.desks.deletion import service as deleting
from votingapp.desks.members import asking, leaving, stepping
from votingapp.store import vacancies
from votingapp.store.complaints import Particulars
from votingapp.store.rulings import Meeting

if TYPE_CHECKING:
    from after_election import Lived

    from votingapp.store.drawn_records import Version

MEETING: Final = Meeting(date(2025, 12, 16), "Køge Byråd", "2025-000299", "Byrådet udpegede de foreslåede medlemmer.")
OTHERS: Final = (
    composing.Other(None, "Lokale foreninger", SeatKind.APPOINTED, "Fatma Fadel"),
    composing.Other(None, "Lokale foreninger", SeatKind.APPOINTED, ""),
    composing.Other(None, "Byrådet", SeatKind.BYRAAD, "Bente Brandt"),
)
COMPLAINTS: Final = (
    (
        datetime(2025, 11, 20, 10, 15, tzinfo=UTC),
        Subject.POLLING,
        Particulars(
            "Mona Holst", "Mona.Holst@example.invalid", "Jeg ventede i 40 minutter, fordi der kun var ét bord."
        ),
    ),
    (
        datetime(2025, 11, 24, 13, 40, tzinfo=UTC),
        Subject.COUNT,
        Particulars("", "", "Jeg tror ikke på, at to kan have fået lige mange stemmer."),
    ),
    (
        datetime(2025, 11, 27, 8, 5, tzinfo=UTC),
        Subject.OTHER,
        Particulars(
            "Per Friis", "Tlf. 00 00 00 00", "Kantinen var svær at finde.", "Var bortrejst i ugen efter valget."
        ),
    ),
)
"""Three in writing: one in time, one in time without a name, and one that came too late."""


def draw_up(lived: Lived) -> Version:
    """The record is drawn up, and the first holder signs it."""
    version = recording.draw_up(lived.store, lived.now(), lived.holders)
    recording.sign(lived.store, lived.now(), version, lived.holders[0])
    return version


def sign(lived: Lived, version: Version) -> None:
    """The others sign it, too."""
    for signer in version.signers:
        holder = next(one for one in lived.holders if one.official.id == signer.staff_id)
        if holder is not lived.holders[0]:
            recording.sign(lived.store, lived.now(), version, holder)


def complain(lived: Lived) -> tuple[str, ...]:
    """Three complain; the first is told that her complaint has come, and it is put on the agenda."""
    ids = tuple(str(uuid.uuid4()) for _one in COMPLAINTS)
    for one, (at, subject, particulars) in zip(ids, COMPLAINTS, strict=True):
        written = complaints.Written(one, at, subject, particulars)
        expect(complaints.receive(lived.store, lived.secretary, lived.now(), written), complaints.Received)
    _step(lived, ids[0], Step(StepKind.ACKNOWLEDGED, date(2025, 11, 21)), "Sendt med e-mail.")
    words = "Valgbestyrelsen: Bord 2 var lukket fra kl. 14.05 til 14.50, fordi en bærbar computer skulle genstartes."
    _step(lived, ids[0], Step(StepKind.PUT_FORWARD, date(2025, 12, 2)), words)
    return ids


def decide(lived: Lived, ids: tuple[str, ...]) -> None:
    """All come on the agenda, and the byråd rejects them."""
    for one in ids[1:]:
        _step(lived, one, Step(StepKind.PUT_FORWARD, date(2025, 12, 2)), "Valgbestyrelsen har ingen bemærkninger.")
    for one in ids:
        step = Step(StepKind.DECIDED, MEETING.met_on, Outcome.REJECTED)
        _step(lived, one, step, "Byrådet gav ikke klagen medhold.", MEETING.body)


def _step(lived: Lived, complaint: str, step: Step, words: str, body: str = "") -> None:
    said = complaints.Said(body, words)
    signed_by = lived.office_pair if step.kind in NEEDS_TWO else lived.office_pair[:1]
    expect(complaints.take_step(lived.store, signed_by, lived.now(), complaint, step, said), complaints.Taken)


def compose(lived: Lived) -> None:
    """The council is put together, and its item drafted and made."""
    store, secretary = lived.store, lived.secretary
    expect(composing.compose(store, secretary, lived.now(), OTHERS), composing.Composed)
    with store.reading() as connection:
        drafted = item.drafted(connection, lived.now(), expect(council_of(connection, lived.now()), Council))
    expect(item.save(store, secretary, lived.now(), drafted), item.Saved)
    expect(item.make(store, secretary, lived.now()), item.Made)


def rule(lived: Lived) -> None:
    """The byråd appoints everybody who is proposed."""
    with lived.store.reading() as connection:
        council = expect(council_of(connection, lived.now()), Council)
    answers = {line.place.number: Answer.APPROVED for line in council.asked}
    seen = ruling.fingerprint(council)
    expect(ruling.enter(lived.store, lived.office_pair, lived.now(), seen, MEETING, answers), ruling.Entered)


def leave(lived: Lived) -> str:
    """A member resigns, and the first on the list is proposed and asked."""
    why = leaving.Leaving(Cause.RESIGNED, date(2026, 2, 28), "Brev af 20. februar")
    vacancy = expect(leaving.leave(lived.store, lived.now(), 2, why, lived.office_pair), leaving.Left).vacancy_id
    seat_step(lived, vacancy, SeatStep.PROPOSED, date(2026, 3, 3))
    expect(asking.ask(lived.store, lived.secretary, lived.now(), vacancy), asking.AskedNow)
    return vacancy


def enter(lived: Lived, vacancy: str) -> None:
    """She is approved and says yes."""
    seat_step(lived, vacancy, SeatStep.APPROVED, date(2026, 3, 10))
    seat_step(lived, vacancy, SeatStep.ACCEPTED, date(2026, 3, 12))


def seat_step(lived: Lived, vacancy: str, step: SeatStep, day: date) -> None:
    """One step of the case of a seat."""
    with lived.store.reading() as connection:
        kept = expect(vacancies.find(connection, lived.election.id, vacancy), vacancies.Vacancy)
    wished = stepping.Wished(step, day, "", len(kept.steps))
    expect(stepping.take_step(lived.store, lived.now(), vacancy, wished, lived.office_pair), stepping.Taken)


def delete(lived: Lived) -> None:
    """Two delete what nobody needs any more."""
    expect(deleting.delete(lived.store, lived.office_pair, lived.now()), deleting.Gone)
