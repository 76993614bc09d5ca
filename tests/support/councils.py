"""Elections that came to something, for the tests of what the byråd does with it: without a vote, which costs no key, or with one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from board import AFTER_NOMINATIONS

from tally.council import Answer, Early, SeatKind
from votingapp.desks.council import composing, ruling
from votingapp.desks.council.composing import Other
from votingapp.desks.council.standing import Council, council_of
from votingapp.desks.secretariat.uncontested import service as uncontested
from votingapp.store.rulings import Meeting

if TYPE_CHECKING:
    from board import Board

AFTER_COMPLAINTS = datetime(2021, 12, 15, 9, tzinfo=UTC)
"""The time for complaints is over in Køge 2021, and the byråd has met on the evening before."""

NAMES = ("Bo Østergård", "Çelik Ağa", "Aase Æbelø")
"""Who stands, in the order of the Danish alphabet."""

MEETING = Meeting(date(2021, 12, 14), "Køge Byråd", "2021-000299", "Byrådet udpegede de foreslåede.")

OTHERS = (
    Other(None, "Foreninger", SeatKind.APPOINTED, "Fatma Fadel"),
    Other(None, "Foreninger", SeatKind.APPOINTED, ""),
    Other(None, "Byrådet", SeatKind.BYRAAD, "Bente Byråd"),
)


def hold_no_vote(seated: Board, *names: str) -> None:
    """Let everybody who stands be elected without a vote, in the order of the alphabet, and the time for complaints pass."""
    seated.nominate(*names)
    seated.store.clock.move_to(AFTER_NOMINATIONS)
    store, secretary, election = seated.store, seated.secretary, seated.now()
    found = uncontested.examine(store, secretary, election)
    sentences = {one.filed.id: "Set i kommunens egne papirer." for one in found.judged}
    decided = uncontested.decide(store, secretary, election, found.fingerprint, "Byrådet", "Få kandidater", sentences)
    assert decided == uncontested.Decided(), decided
    store.clock.move_to(AFTER_COMPLAINTS)


def council(seated: Board) -> Council:
    """The council as it stands."""
    with seated.store.reading() as connection:
        found = council_of(connection, seated.now())
    assert isinstance(found, Council), found
    return found


def compose(seated: Board, *others: Other):
    return composing.compose(seated.store, seated.secretary, seated.now(), others)


def rule(
    seated: Board,
    answers: dict[int, Answer],
    meeting: Meeting = MEETING,
    *,
    seen: str | None = None,
    accepted=tuple(Early),
):
    """Enter the byråd's answers by seat number, as the secretary with the chair."""
    shown = ruling.fingerprint(council(seated)) if seen is None else seen
    return ruling.enter(seated.store, (seated.secretary, seated.chair), seated.now(), shown, meeting, answers, accepted)
