"""A difference is explained in words by two officials, and stands in the record with their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import accounts, elections, explanations, settled
from votingapp.store.ledger import Paper
from votingapp.store.log_words import Words
from votingapp.store.settled import ResultKnown

if TYPE_CHECKING:
    from ballots.slips import Difference
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation is kept, once."""


@dataclass(frozen=True, slots=True)
class ExplainedBefore:
    """Others have explained it meanwhile, in other words, which stand; nothing was kept."""


@dataclass(frozen=True, slots=True)
class OtherFigures:
    """The difference is not there any more, or has other figures now; nothing was kept."""


def explain(
    store: Store,
    election: Election,
    difference: Difference,
    text: str,
    signed_by: tuple[Staff, Staff],
    paper: Paper = Paper.SLIP,
) -> Explained | ExplainedBefore | OtherFigures | ResultKnown:
    """Keep what two officials say about a difference that stands, before they know what the result is."""

    def act(work: Work) -> Explained | ExplainedBefore | OtherFigures | ResultKnown:
        connection = work.connection
        kept = explanations.of_difference(connection, election.id, paper, difference)
        if kept is not None:
            return Explained() if kept == text else ExplainedBefore()
        current = elections.by_id(connection, election.id)
        if settled.result_is_known(connection, current):
            return ResultKnown()
        if difference not in accounts.differences(connection, current, paper):
            return OtherFigures()
        explanations.add(work, election.id, paper, difference, text, signed_by)
        official, second = signed_by
        work.record(
            election.id,
            official.login,
            "difference_explained",
            paper=paper.value,
            code=difference.code.value,
            desk=difference.desk,
            expected=difference.expected,
            found=difference.found,
            text=Words(text),
            second=second.login,
        )
        return Explained()

    return store.write(act)
