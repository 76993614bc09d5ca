"""Poll cards (valgkort) are made for everybody at once, or again for one who has lost hers; where they go is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext

from ballots.address_file import AddressFile, read_addresses
from votingapp.documents.poll_cards import MOST_IN_ONE, Addressed, CardHeading, Spoken, render_poll_cards
from votingapp.store import elections, looks, register, roll
from votingapp.store.looks import What
from votingapp.web.languages import LANGUAGES, direction_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ballots.address_file import BadAddress
    from ballots.decoding import Undecodable
    from candidates.cpr import Cpr
    from votingapp.store.elections import Election
    from votingapp.store.roll import Line
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Order:
    """Which cards are asked for: from one number on the roll to another (both included), the `protected` or the others.

    `addresses` is a file as it was handed in (ballots/address_file.py), None for cards without.
    """

    first: int
    last: int
    protected: bool
    addresses: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """One PDF under its file name, which tells numbers on the roll alone."""

    name: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardsPrinted:
    """The cards, and how many have an address; `strangers` are the addresses of nobody on the roll."""

    papers: tuple[Paper, ...]
    cards: int
    addressed: int
    strangers: int


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """No such person is on the roll, or no extract has been taken over."""


@dataclass(frozen=True, slots=True)
class NoPollAhead:
    """The poll is closed, or no vote is held: nobody is to be invited."""


@dataclass(frozen=True, slots=True)
class AddressesUnread:
    """The address file is no text; nothing was printed."""

    reason: Undecodable


@dataclass(frozen=True, slots=True)
class BadAddresses:
    """Some rows of the address file cannot be used; nothing was printed."""

    rows: tuple[BadAddress, ...]


Refused = NobodyThere | NoPollAhead | AddressesUnread | BadAddresses


def print_cards(store: Store, official: Staff, election: Election, order: Order) -> CardsPrinted | Refused:
    """Print the cards that are asked for, by number; the addresses live as long as this call and are written nowhere."""
    addresses = _read(store, election, order.addresses)
    if not isinstance(addresses, dict):
        return addresses
    with store.reading() as connection:
        if _is_over(elections.by_id(connection, election.id)):
            return NoPollAhead()
        lines = roll.lines(connection, election)
    wanted = [one for one in lines if one.protected is order.protected and order.first <= one.number <= order.last]
    if not wanted:
        return NobodyThere()
    on_roll = {one.person_hash for one in lines}
    printed = CardsPrinted(
        papers=_typeset(store, election, wanted, addresses, protected=order.protected),
        cards=len(wanted),
        addressed=sum(one.person_hash in addresses for one in wanted),
        strangers=sum(known not in on_roll for known in addresses),
    )
    counts = {"cards": printed.cards, "addressed": printed.addressed, "protected": order.protected}
    numbers = {"first": wanted[0].number, "last": wanted[-1].number}

    def record(work: Work) -> CardsPrinted:
        work.record(election.id, official.login, "poll_cards_printed", **counts, **numbers)
        return printed

    return store.write(record)


def search_cpr(store: Store, official: Staff, election: Election, cpr: Cpr) -> tuple[Line, ...]:
    """Whoever on the roll has this number, to print her card again; the look is noted also where nobody has it."""

    def look(work: Work) -> tuple[Line, ...]:
        asked = work.vault.hash_cpr(election.id, cpr.number)
        looks.note(work, election.id, official.id, What.POLL_CARD, subject_hash=asked)
        found = register.find_by_cpr(work.connection, work.vault, election.id, cpr)
        line = None if found is None else roll.line_of(work.connection, election, found.id)
        return () if line is None else (line,)

    return store.write(look)


def search_name(store: Store, official: Staff, election: Election, name: str, birth_date: date) -> tuple[Line, ...]:
    """Everybody on the roll who was born that day and whose name answers, to print a card again; each look is noted."""

    def look(work: Work) -> tuple[Line, ...]:
        found = register.find_by_name(work.connection, election.id, name, birth_date)
        looks.note_each(work, election.id, official.id, What.POLL_CARD, [one.cpr_hash for one in found])
        lines = (roll.line_of(work.connection, election, one.id) for one in found)
        return tuple(line for line in lines if line is not None)

    return store.write(look)


def print_again(
    store: Store, official: Staff, election: Election, person_id: str
) -> CardsPrinted | NobodyThere | NoPollAhead:
    """Print the card of one person again, without an address: it is handed over; it is the same card as before."""
    with store.reading() as connection:
        if _is_over(elections.by_id(connection, election.id)):
            return NoPollAhead()
        line = roll.line_of(connection, election, person_id)
    if line is None:
        return NobodyThere()
    printed = CardsPrinted(_typeset(store, election, [line], {}, protected=line.protected), 1, 0, 0)

    def record(work: Work) -> CardsPrinted:
        work.record(election.id, official.login, "poll_card_printed", person=person_id)
        return printed

    return store.write(record)


def _is_over(election: Election) -> bool:
    return election.closed_at is not None or election.is_called_off


def _read(
    store: Store, election: Election, raw: bytes | None
) -> dict[str, tuple[str, ...]] | AddressesUnread | BadAddresses:
    """The lines of each address by the keyed hash of whose it is."""
    if raw is None:
        return {}
    read = read_addresses(raw)
    if not isinstance(read, AddressFile):
        return AddressesUnread(read)
    if read.bad_rows:
        return BadAddresses(read.bad_rows)
    return {store.vault.hash_cpr(election.id, number): lines for number, lines in read.addresses.items()}


def _typeset(
    store: Store,
    election: Election,
    lines: Sequence[Line],
    addresses: Mapping[str, tuple[str, ...]],
    *,
    protected: bool,
) -> tuple[Paper, ...]:
    heading = _heading(election)
    kind = "valgkort-beskyttede" if protected else "valgkort"
    papers = []
    for start in range(0, len(lines), MOST_IN_ONE):
        some = lines[start : start + MOST_IN_ONE]
        cards = [
            Addressed(
                store.vault.poll_card(election.id, one.number, one.person_hash),
                one.name,
                addresses.get(one.person_hash, ()),
            )
            for one in some
        ]
        numbers = f"{some[0].number:05d}-{some[-1].number:05d}"
        papers.append(Paper(f"{election.slug}-{kind}-{numbers}.pdf", render_poll_cards(cards, heading)))
    return tuple(papers)


def _heading(election: Election) -> CardHeading:
    rules = election.rules
    return CardHeading(
        election=election.name,
        municipality=rules.election.municipality,
        day=rules.election.election_day,
        opens=rules.election.opens,
        closes=rules.election.closes,
        place=rules.election.place,
        declares=rules.admission.roll == "open" and bool(rules.eligibility.declaration),
        rehearsal=election.rehearsal,
        lines=tuple(_spoken(code) for code in LANGUAGES),
    )


def _spoken(language: str) -> Spoken:
    with force_locale(language):
        words = gettext("Du kan stemme på dit eget sprog. Tag dette kort med, og vis det ved bordet.")
    return Spoken(language, direction_of(language), words)
