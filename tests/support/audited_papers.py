"""Small elections whose papers are audited: rules in a line, counts in a line, and every other count that there could be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts, allocate
from tally.audit.assertions import ClaimKind, find_claims
from tally.audit.readings import Marks, follow
from tally.audit.sampling import positions
from tally.audit.statistic import Evidence, Score, measure
from tally.dice import THROWS
from tally.rules import CountingRules, ReservedSeats, SeatRules, SubstituteRules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from tally.audit.assertions import Claim
    from tally.audit.readings import Progress
    from tally.audit.statistic import Measure


def rules(total: int, *reserved: tuple[str, int], unfilled: str = "vacant", minimum: int = 0) -> CountingRules:
    """Rules with so many seats, those reserved by group, and a ranked list."""
    return CountingRules(
        BallotRules(votes_per_voter=1, blank=True, order="alphabetical"),
        SeatRules(total, unfilled, tuple(ReservedSeats(*one) for one in reserved)),
        SubstituteRules("ranked", 0, minimum),
    )


def counts(votes: Sequence[int], groups: Sequence[str | None] = ()) -> Counts:
    """Candidates c1, c2 and so on with these votes, in these groups."""
    groups = groups or [None] * len(votes)
    rows = [
        CandidateCount(f"c{number}", f"Kandidat {number}", group, received)
        for number, (received, group) in enumerate(zip(votes, groups, strict=True), 1)
    ]
    return Counts(tuple(rows), blank=0, invalid=0)


def every_count(found: Counts, most: int) -> Iterator[Counts]:
    """The same candidates with all votes from 0 to a most."""
    for votes in product(range(most + 1), repeat=len(found.candidates)):
        rows = zip(found.candidates, votes, strict=True)
        yield replace(found, candidates=tuple(replace(row, votes=received) for row, received in rows))


def holds(claim: Claim, received: Mapping[str, int], least: int) -> bool:
    """Whether a claim is true of these votes by id."""
    match claim.kind:
        case ClaimKind.MORE:
            return received[claim.candidate] > received[claim.other]
        case ClaimKind.LEAST:
            return received[claim.candidate] >= least
        case ClaimKind.BELOW:
            return received[claim.candidate] < least


def box_of(papers: int) -> Iterator[Score]:
    """Every box of so many papers, by how many speak for a claim, say nothing or speak against it."""
    for ones in range(papers + 1):
        for halves in range(papers - ones + 1):
            yield Score(ones, halves, papers - ones - halves)


def chance_to_confirm(found: Measure, box: Score, *, draws: int, risk_limit: int) -> Fraction:
    """The chance, exact, that so many draws from a box ever confirm a claim: all sequences, with equal counts taken together."""
    papers = box.ones + box.halves + box.zeros
    going = {Score(): 1}  # of the sequences that have not confirmed yet, how many have led to these counts
    confirmed = Fraction(0)
    for draw in range(1, draws + 1):
        after: Counter[Score] = Counter()
        for now, ways in going.items():
            after[replace(now, ones=now.ones + 1)] += ways * box.ones
            after[replace(now, halves=now.halves + 1)] += ways * box.halves
            after[replace(now, zeros=now.zeros + 1)] += ways * box.zeros
        over = {now for now in after if found.confirms(now, risk_limit)}
        confirmed += Fraction(sum(after[now] for now in over), papers**draw)
        going = {now: ways for now, ways in after.items() if now not in over}
    return confirmed


def sample(  # noqa: PLR0913 - one story of one audit
    chance: Random,
    *,
    reported: Sequence[int],
    true: Sequence[int],
    risk_limit: int,
    paper: Sequence[int] = (),
    blank: int = 0,
    reported_blank: int | None = None,
    missing: int = 0,
    surplus: int = 0,
    lost: int = 0,
    doubted: int = 0,
    rules: CountingRules = rules(1),  # noqa: B008 - frozen
    groups: Sequence[str | None] = (),
) -> Progress:
    """Audit a box by dice: votes as reported and as they truly are, one to a ballot, and what is wrong with the papers.

    `missing` papers are of the last candidate, `surplus` ones of the first, `lost` ones cannot be read and are of the first.
    """
    paper = paper or [0] * len(reported)
    urn = {f"c{number}": votes for number, votes in enumerate(reported, 1)}
    whole = counts([one + other for one, other in zip(reported, paper, strict=True)], groups)
    claims = find_claims(rules, whole, allocate(rules, whole))
    box = [Marks(frozenset({f"c{number}"})) for number, votes in enumerate(true, 1) for _ in range(votes)]
    box = [Marks(lost=True)] * lost + box[lost : len(box) - missing]
    box += [Marks(frozenset({"c1"}))] * surplus + [Marks()] * blank
    ballots = sum(reported) + (blank if reported_blank is None else reported_blank)
    known = Evidence(
        papers=len(box),
        ballots=ballots,
        doubted=abs(len(box) - ballots) + doubted,
        urn=urn,
        paper=dict(zip(urn, paper, strict=True)),
        least_votes=rules.substitutes.minimum_votes,
    )
    digits = "".join(chance.choice("123456") for _ in range(THROWS))
    read = [box[place - 1] for place in positions(digits, len(box), len(box))]
    return follow(claims, [measure(one, known) for one in claims], read, risk_limit)
