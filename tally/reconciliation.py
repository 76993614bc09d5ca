"""The figures of the evening are held against one another (afstemning af tallene) before the record can be signed."""

from collections.abc import Iterator

from tally.record import Candidate, Reconciliation, Turnout


def reconcile(turnout: Turnout, candidates: tuple[Candidate, ...], votes_per_voter: int) -> tuple[Reconciliation, ...]:
    """Draw up the accounts that every election must settle (stemmeseddelregnskab), without explanations.

    `slips`: every slip printed was issued, exchanged, void or left over; left out while the boxes are not counted.
    `admissions`: every voter admitted to vote with a slip got one. `ballots`: every ballot was cast with a slip that was
    issued and not returned; fewer is a voter who left, more is never lawful. `paper` is as `slips` and `paper_ballots` as
    `ballots`, where there were ballots of paper. `votes`: every valid ballot, of the urn or on paper, bears from one vote to
    `votes_per_voter`; expected is the nearest lawful sum.
    """
    valid = turnout.ballots + turnout.paper_ballots - turnout.blank - turnout.invalid
    votes = sum(candidate.votes or 0 for candidate in candidates)
    lawful = min(max(votes, valid), valid * votes_per_voter)
    return (
        *_reconcile_slips(turnout),
        Reconciliation("admissions", turnout.admissions - turnout.on_paper, turnout.slips_issued),
        Reconciliation("ballots", turnout.slips_usable, turnout.ballots, at_most=True),
        *_reconcile_paper(turnout),
        Reconciliation("votes", lawful, votes),
    )


def _reconcile_slips(turnout: Turnout) -> tuple[Reconciliation, ...]:
    if turnout.slips_left_over is None:
        return ()
    gone = turnout.slips_issued + turnout.slips_exchanged + turnout.slips_void
    return (Reconciliation("slips", turnout.slips_printed, gone + turnout.slips_left_over),)


def _reconcile_paper(turnout: Turnout) -> Iterator[Reconciliation]:
    paper = turnout.paper
    if paper is None:
        return
    if paper.left_over is not None:
        gone = paper.issued + paper.exchanged + paper.void
        yield Reconciliation("paper", paper.printed, gone + paper.left_over)
    yield Reconciliation("paper_ballots", paper.issued - paper.returned, turnout.paper_ballots, at_most=True)
