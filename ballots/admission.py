"""At the desk it is decided whether a person may draw a slip: once, and for a reason that can be said aloud."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ballots.poll import PollState
from ballots.rules import AdmissionRules
from candidates.eligibility import turns
from candidates.rules import ElectionRules, EligibilityRules


@dataclass(frozen=True, slots=True)
class VoterFacts:
    """What is known about a person at the desk: from the register extract, or from papers a supervisor has seen.

    `municipality_code` has four digits, also for a person without fixed address; `on_roll` tells whether a
    closed roll (valgliste) names the person.
    """

    birth_date: date
    municipality_code: str
    on_roll: bool = True


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What the desk knows of the poll at that moment.

    `places_left` is how many of those who stood in line when the doors were shut have not been admitted yet, None
    while the doors are open.
    """

    poll: PollState
    slips_left: int
    places_left: int | None = None


@dataclass(frozen=True, slots=True)
class Admissible:
    """The person may be admitted; nothing has happened yet."""


@dataclass(frozen=True, slots=True)
class NeedsDeclaration:
    """The person may be admitted once she has agreed to this declaration (candidates/declarations.py)."""

    declaration: str


@dataclass(frozen=True, slots=True)
class NotOnRoll:
    """Not found: on a closed roll that is final, on an open one a supervisor may enter what papers show."""


@dataclass(frozen=True, slots=True)
class TooYoung:
    """The person reaches the minimum age only after election day."""

    birth_date: date
    old_enough_on: date


@dataclass(frozen=True, slots=True)
class NotResident:
    """The register has the person in another municipality."""

    municipality_code: str


@dataclass(frozen=True, slots=True)
class PollNotOpen:
    """The poll has not been opened."""


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The poll has been closed."""


@dataclass(frozen=True, slots=True)
class DoorsClosed:
    """The doors are shut, and as many as stood in line then have been admitted."""


@dataclass(frozen=True, slots=True)
class NoSlipsLeft:
    """Every printed slip has been handed out: the board must act before anyone else is admitted."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The person was admitted, at this instant (UTC) and desk."""

    at: datetime
    desk: str


@dataclass(frozen=True, slots=True)
class AlreadyAdmitted:
    """The person was here before, at this instant (UTC) and desk; no second slip."""

    at: datetime
    desk: str


Refusal = NotOnRoll | TooYoung | NotResident | PollNotOpen | PollClosed | DoorsClosed | NoSlipsLeft | AlreadyAdmitted
AdmissionAnswer = Admissible | NeedsDeclaration | Refusal


class VotingRules(Protocol):
    """The sections that say who may vote; a whole rule set has them."""

    @property
    def election(self) -> ElectionRules:
        """Section [election]."""

    @property
    def eligibility(self) -> EligibilityRules:
        """Section [eligibility]."""

    @property
    def admission(self) -> AdmissionRules:
        """Section [admission]."""


def may_admit(
    voter: VoterFacts | None, rules: VotingRules, desk: DeskFacts, *, declared: bool, earlier: Admitted | None = None
) -> AdmissionAnswer:
    """Decide whether a person may draw a slip; `voter` is None when she is not found.

    The first answer that applies, in this order: the poll, an admission `earlier`, the roll, the age on election
    day, the residence, the doors, the slips, and last the declaration, so that nobody declares anything in vain.
    `declared` counts for an open roll only; on a closed one those entitled are named already.
    """
    return (
        _refuse_by_poll(desk.poll)
        or (AlreadyAdmitted(earlier.at, earlier.desk) if earlier else None)
        or refuse_person(voter, rules)
        or (DoorsClosed() if desk.places_left is not None and desk.places_left <= 0 else None)
        or (NoSlipsLeft() if desk.slips_left <= 0 else None)
        or _ask_declaration(rules, declared=declared)
        or Admissible()
    )


def refuse_person(voter: VoterFacts | None, rules: VotingRules) -> NotOnRoll | TooYoung | NotResident | None:
    """Say why a person may not vote in this election at all, None if she may."""
    if voter is None or (rules.admission.roll == "closed" and not voter.on_roll):
        return NotOnRoll()
    old_enough_on = turns(voter.birth_date, rules.eligibility.minimum_age)
    if old_enough_on > rules.election.election_day:
        return TooYoung(voter.birth_date, old_enough_on)
    if rules.eligibility.residence and voter.municipality_code != rules.election.municipality_code:
        return NotResident(voter.municipality_code)
    return None


def _refuse_by_poll(poll: PollState) -> PollNotOpen | PollClosed | None:
    match poll:
        case PollState.PREPARING | PollState.FROZEN:
            return PollNotOpen()
        case PollState.CLOSED:
            return PollClosed()
        case PollState.OPEN:
            return None


def _ask_declaration(rules: VotingRules, *, declared: bool) -> NeedsDeclaration | None:
    asked = rules.admission.roll == "open" and rules.eligibility.declaration
    return NeedsDeclaration(rules.eligibility.declaration) if asked and not declared else None
