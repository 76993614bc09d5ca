"""The count at a rehearsal: the sum is taken, two members open it, lots are drawn where votes leave people tied."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ballots.protocol.threshold.share import open_decryption_key
from tally.decryption import partially_decrypt
from votingapp.demo.outcomes import expect
from votingapp.desks.count import decrypting, lots, tallying
from votingapp.store import counts, keys
from votingapp.store.counts import Outcome
from votingapp.store.keys import Ceremony

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from votingapp.demo.keys import KeyHolder
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

PLACE = "Rådhusets kantine (prøve)"
WITNESSES = ("Birgit Lund", "Hassan Yılmaz")


def count(store: Store, election: Election, holders: Sequence[KeyHolder]) -> None:
    """Take the sum of all ballots and decrypt it by these members, as many as the threshold asks for."""
    expect(tallying.compute_tally(store, holders[0].official, election), tallying.Tallied)
    open_sum(store, election, holders)


def open_sum(store: Store, election: Election, holders: Sequence[KeyHolder]) -> None:
    """These members open the sum that was taken, and the result is found."""
    for holder in holders:
        expect(
            decrypting.submit_decryption(store, holder.official, election, decrypt(store, election, holder)),
            decrypting.Decrypted,
        )
    expect(decrypting.compute_result(store, holders[0].official, election), decrypting.Counted)


def draw_lots(store: Store, election: Election, holders: tuple[KeyHolder, KeyHolder], random: Random) -> None:
    """Draw every lot that the outcome asks for, one after the other."""
    first, second = (holder.official for holder in holders)
    while required := outcome_of(store, election).allocation.lots_required:
        order = list(required[0].among)
        random.shuffle(order)
        expect(lots.enter_lot(store, (first, second), election, order, PLACE, WITNESSES), lots.LotEntered)


def outcome_of(store: Store, election: Election) -> Outcome:
    """Counts, lots and seats as they stand."""
    with store.reading() as connection:
        return expect(counts.outcome(connection, election), Outcome)


def decrypt(store: Store, election: Election, holder: KeyHolder) -> bytes:
    """What the device of a holder makes of her seed and the sum."""
    with store.reading() as connection:
        ceremony = expect(keys.ceremony_of(connection, election.id), Ceremony)
        question = counts.question_of(connection, election)
        kept = expect(counts.count_of(connection, election.id), counts.Count)
    member = ceremony.member(holder.official.id)
    share = expect(member.share if member else None, str)
    secret = open_decryption_key(holder.seed, share.encode())
    if question is None:
        raise LookupError("a closed election has a question")
    return partially_decrypt(question, kept.tally(question), secret, secrets.token_bytes)
