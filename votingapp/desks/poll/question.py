"""The frozen question: who is asked for, in ballot order, under the key that the board made together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.protocol.election import Election as FrozenElection
from ballots.protocol.election import Question, build_election

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ballots.protocol.group import Point
    from votingapp.store.elections import Election

_LEAST_MARKS = 1


def build_question(election: Election, answers: Sequence[str], public_key: Point) -> FrozenElection:
    """Fix the election as every ballot will name it (PROTOCOL.md section 5); `answers` are pairwise different.

    A voter may mark fewer candidates than the rules allow, and never more than there are.
    """
    rules = election.rules
    most = min(rules.ballot.votes_per_voter, len(answers))
    place = f"{rules.election.municipality}, {rules.election.election_day.isoformat()}"
    return build_election(
        uuid=election.urn_uuid,
        name=f"PRØVEVALG: {election.name}" if election.rehearsal else election.name,
        description=f"{place}. Øvelse, ingen stemmer tæller." if election.rehearsal else place,
        question=Question(_wording(most), tuple(answers), rules.ballot.blank, _LEAST_MARKS, most),
        public_key=public_key,
        administrator=rules.election.municipality,
    )


def _wording(most: int) -> str:
    return "Hvem stemmer du på? Vælg én." if most == 1 else f"Hvem stemmer du på? Vælg højst {most}."
