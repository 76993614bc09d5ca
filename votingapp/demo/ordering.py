"""The order of the ballot at a rehearsal: where its rules ask for a lot, it is announced, drawn with dice and confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from votingapp.demo.outcomes import expect
from votingapp.desks.secretariat.lot import service as lot

if TYPE_CHECKING:
    from random import Random

    from votingapp.demo.schedule import RehearsalClock
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

_METHOD: Final = "Ti kast med en terning i kantinen (prøve)"
_WITNESSES: Final = ("Tove Aagaard", "Jørgen Bæk")
_THROWS: Final = 10


def draw_order(
    store: Store, clock: RehearsalClock, officials: tuple[Staff, Staff], election: Election, random: Random
) -> None:
    """Announce the lot, let its hour come, enter what the dice showed and have the second official confirm it."""
    if election.rules.ballot.order == "alphabetical":
        return
    first, second = officials
    draw_at = clock() + timedelta(hours=1)
    expect(lot.announce(store, first, election, _METHOD, draw_at), lot.Taken)
    clock.move_to(draw_at)
    seed = " ".join(str(random.randint(1, 6)) for _ in range(_THROWS))
    expect(lot.enter(store, first, election, seed, _WITNESSES), lot.Taken)
    expect(lot.confirm(store, second, election, seed), lot.Taken)
