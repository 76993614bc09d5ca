"""Outcomes of a count without a database, for what is made of them."""

from __future__ import annotations

from types import SimpleNamespace

from tally.allocation import CandidateCount, Counts, allocate
from tally.paper import InvalidReason, PaperFigures, add_paper
from tally.rules import parse_rule_set
from votingapp.resources import rulesets_dir
from votingapp.store.counts import Outcome

KOEGE = (rulesets_dir() / "koege-2021.toml").read_text(encoding="utf-8")


def election(*, rehearsal: bool = False, annulment: object = None, seats: int = 2, votes: int = 1):
    """What a document asks of an election."""
    text = KOEGE.replace("total = 5", f"total = {seats}").replace("votes_per_voter = 1", f"votes_per_voter = {votes}")
    rules = parse_rule_set(text)
    return SimpleNamespace(name=rules.election.name, rules=rules, rehearsal=rehearsal, annulment=annulment)


def outcome(
    of, votes: dict[str, int], *, blank: int = 0, invalid: int = 0, paper: tuple[int, ...] | None = None
) -> Outcome:
    """The outcome of so many votes in the urn for each name, and of those on paper, none of which is blank or invalid."""
    people = tuple(
        CandidateCount(f"c{place}", name, None, number) for place, (name, number) in enumerate(votes.items(), 1)
    )
    urn = Counts(people, blank, invalid)
    figures = None
    if paper is not None:
        figures = PaperFigures(paper, sum(paper), 0, tuple((reason, 0) for reason in InvalidReason))
    counted = urn if figures is None else add_paper(urn, figures)
    return Outcome(counted, urn, figures, (), allocate(of.rules.counting, counted, ()))
