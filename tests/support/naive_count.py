"""The giving of seats once more, by somebody who is told an order without ties and follows the rule's words."""

from __future__ import annotations

from tally.allocation import Lot, allocate


def naive_seats(rules, queue):
    """Who sits where when the order leaves no ties: a reserved seat for each first of a group, then open seats."""
    sits = {}
    free = rules.seats.total
    for reserve in rules.seats.reserved:
        room = reserve.seats
        for person in queue:
            if room and person.group == reserve.group:
                sits[person.id] = reserve.group
                room -= 1
        free -= reserve.seats - room if rules.seats.unfilled == "open" else reserve.seats
    for person in queue:
        if free and person.id not in sits:
            sits[person.id] = "open"
            free -= 1
    return sits


def naive_outcome(rules, order):
    """What the rule's words give when the order leaves no ties: who sits where, and who follows whom."""
    queue = [person for person in order if person.votes >= rules.substitutes.minimum_votes]
    sits = naive_seats(rules, queue)
    waiting = [person for person in queue if person.id not in sits]
    follow = {}
    if rules.substitutes.model == "ranked":
        for kind in set(sits.values()):
            follow[kind] = tuple(person.id for person in waiting if kind in {"open", person.group})
    else:
        for _ in range(rules.substitutes.per_member):
            for member in [person.id for person in queue if person.id in sits]:
                if waiting:
                    follow.setdefault(member, []).append(waiting.pop(0).id)
    return frozenset(sits.items()), frozenset((whose, tuple(line)) for whose, line in follow.items())


def outcome(rules, answer):
    """The same two parts, read out of an answer."""
    sits = frozenset((member.id, member.seat) for member in answer.elected)
    follow = {}
    if rules.substitutes.model == "ranked":
        for kind in {seat for _, seat in sits}:
            follow[kind] = tuple(row.id for row in answer.substitutes if kind in {"open", row.group})
    else:
        for row in answer.substitutes:
            follow.setdefault(row.member, []).append(row.id)
    return sits, frozenset((whose, tuple(line)) for whose, line in follow.items())


def draw_all_lots(rules, counts, order):
    """Answer every demanded lot in the given order; yield each answer with the lots it rests on."""
    lots = ()
    while True:
        answer = allocate(rules, counts, lots)
        yield answer, lots
        if answer.status != "lots_required":
            return
        drawn = tuple(
            Lot(demand.among, tuple(person.id for person in order if person.id in demand.among))
            for demand in answer.lots_required
        )
        lots += drawn
