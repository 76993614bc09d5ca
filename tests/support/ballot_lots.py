"""A lot for the ballot's order, announced, drawn and confirmed, for the tests that need one."""

from __future__ import annotations

from datetime import timedelta

from votingapp.desks.secretariat.lot import service as lot_desk

METHOD = "Vindertal i Lotto lørdag den 20. november 2021"
WITNESSES = ("Birgit Lund", "Hassan Yılmaz")
SEED = "7 12 19 23 31 33 36"


def ordered_by_lot(rules_text: str) -> str:
    """The same rules, with a lot in the place of the alphabet."""
    changed = rules_text.replace('order = "alphabetical"', 'order = "lot"')
    assert changed != rules_text
    return changed


def draw_lot(store, election, first, second, seed: str = SEED) -> None:
    """Announce the lot, let the clock come to its instant, enter the seed and have a second official confirm it."""
    draw_at = max(store.clock(), election.rules.nomination.cure_until) + timedelta(hours=1)
    assert lot_desk.announce(store, first, election, METHOD, draw_at) == lot_desk.Taken()
    store.clock.move_to(draw_at)
    assert lot_desk.enter(store, first, election, seed, WITNESSES) == lot_desk.Taken()
    assert lot_desk.confirm(store, second, election, seed) == lot_desk.Taken()
