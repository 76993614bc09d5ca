"""What the invented voters choose: drawn from the seed alone, before any key or slip exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

BLANK_SHARE = 0.05


def choose(random: Random, voters: int, candidates: int, votes_per_voter: int) -> tuple[tuple[int, ...], ...]:
    """One choice per voter: `candidates + 1` numbers 0 or 1, the first for blank, then one per ballot number.

    Some candidates are better liked than others, as in life: each has the weight 1 / (1 + its place in a shuffled order).
    """
    liked = [1 / (1 + place) for place in range(candidates)]
    random.shuffle(liked)
    return tuple(_one(random, liked, votes_per_voter) for _ in range(voters))


def summed(choices: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """The plain result: for each position the number of voters who chose it."""
    return tuple(sum(column) for column in zip(*choices, strict=True))


def _one(random: Random, liked: list[float], votes_per_voter: int) -> tuple[int, ...]:
    if random.random() < BLANK_SHARE:
        return (1, *(0 for _ in liked))
    wanted = random.randint(1, min(votes_per_voter, len(liked)))
    chosen: set[int] = set()
    while len(chosen) < wanted:
        chosen.add(random.choices(range(len(liked)), liked)[0])
    return (0, *(int(number in chosen) for number in range(len(liked))))
