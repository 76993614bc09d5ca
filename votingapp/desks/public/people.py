"""Who stands, as everybody may see it: nothing of what a candidate told the secretariat alone comes this far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from candidates.ballot_order import danish_key, lot_digest
from candidates.nomination import NominationState
from votingapp.store import nominations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Store

FEW = 20
"""So many candidates are found by looking; for more there are places to jump to."""

_RUN = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate on the public pages: what voters see and no more.

    `number` is her place on the ballot, None before it is fixed. `withdrawn` tells that she stepped back afterwards.
    """

    public_id: str
    name: str
    line: str
    group: str | None
    number: int | None
    statement: str
    own_language: str | None
    own_statement: str
    photo_id: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """One candidate and her neighbours in the order of the list."""

    candidate: Standing
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a long list that one can jump to: a letter, or the numbers from one to another."""

    label: str
    anchor: str
    candidates: tuple[Standing, ...]


def standing(store: Store, election: Election) -> tuple[Standing, ...]:
    """Everybody who stands: by number once the ballot is fixed, before that by the alphabet.

    Who is on a fixed ballot stays on it, also when she has stepped back since.
    """
    with store.reading() as connection:
        if election.frozen_at is None:
            return tuple(_shown(filed) for filed in nominations.accepted(connection, election.id))
        every = nominations.every(connection, election.id)
    on_ballot = [one for one in (_shown(filed) for filed in every) if one.number is not None]
    return tuple(sorted(on_ballot, key=lambda one: one.number or 0))


def find(store: Store, election: Election, public_id: str) -> Placed | None:
    """The candidate with this public name, or None when nobody stands under it."""
    everybody = standing(store, election)
    for place, one in enumerate(everybody):
        if one.public_id == public_id:
            before = everybody[place - 1] if place else None
            after = everybody[place + 1] if place + 1 < len(everybody) else None
            return Placed(one, before, after)
    return None


def drawn_order(candidates: Iterable[Standing], seed: str) -> tuple[tuple[Standing, str], ...]:
    """Each candidate with what the lot makes of her (hexadecimal SHA-256), in the order that follows from it."""
    return tuple(sorted(((one, lot_digest(seed, one.public_id)) for one in candidates), key=lambda pair: pair[1]))


def stretches(candidates: Sequence[Standing], *, by_letter: bool) -> tuple[Stretch, ...]:
    """Part a list that is too long to look through: by first letter where the alphabet orders it, else by tens.

    A short list is not parted: the answer is empty.
    """
    if len(candidates) <= FEW:
        return ()
    return _by_letter(candidates) if by_letter else _by_tens(candidates)


def _by_letter(candidates: Iterable[Standing]) -> tuple[Stretch, ...]:
    # Grouped by the very key that orders them, so that no letter can come up twice: Aa with Å, Ä with Æ.
    groups = groupby(candidates, key=lambda one: danish_key(one.name)[0][:1])
    return tuple(
        Stretch(_letter_at(place, members[0].name), f"stretch-{number}", members)
        for number, (place, members) in enumerate(((place, tuple(found)) for place, found in groups), 1)
    )


def _letter_at(place: tuple[int, ...], name: str) -> str:
    known = (letter for letter in "0123456789abcdefghijklmnopqrstuvwxyzæøå" if danish_key(letter)[0][:1] == place)
    return next(known, name[0]).upper()


def _by_tens(candidates: Sequence[Standing]) -> tuple[Stretch, ...]:
    parts = [tuple(candidates[start : start + _RUN]) for start in range(0, len(candidates), _RUN)]
    return tuple(
        Stretch(_span(place * _RUN + 1, len(part)), f"stretch-{place + 1}", part) for place, part in enumerate(parts)
    )


def _span(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first}–{first + count - 1}"


def _shown(filed: Filed) -> Standing:
    return Standing(
        public_id=filed.public_id,
        name=filed.name,
        line=filed.line,
        group=filed.group,
        number=filed.ballot_number,
        statement=filed.statement,
        own_language=filed.own_language,
        own_statement=filed.own_statement,
        photo_id=filed.photo_id,
        withdrawn=filed.state is NominationState.WITHDRAWN,
    )
