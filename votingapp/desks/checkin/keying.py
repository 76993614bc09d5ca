"""When the house is back after an hour on paper, whoever was ticked on the printed roll is keyed in, and nobody twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.admission import Admissible, AdmissionAnswer, DeskFacts, NoSlipsLeft, VoterFacts, may_admit
from ballots.poll import PollState
from votingapp.desks.checkin.service import declaration_asked
from votingapp.store import admissions, desk_facts, incidents, looks, register
from votingapp.store.admissions import Channel
from votingapp.store.incidents import Written
from votingapp.store.looks import What

if TYPE_CHECKING:
    from votingapp.desks.checkin.service import Desk
    from votingapp.store.admissions import Attended
    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

MOST = 60
"""Numbers at once: two pages of the printed roll, so that whoever reads aloud and whoever types can look them over."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is ticked on a printed roll: numbers on the roll, how these persons voted, and the roll's last receipt.

    `last_receipt` (kvitteringsnummer) is the number of the newest admission that the print shows; 0 for a roll printed
    before the first.
    """

    numbers: tuple[int, ...]
    channel: Channel
    last_receipt: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A person who can be keyed in."""

    person: Resident


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person who is admitted already: `on_print` tells whether the printed roll showed it when she was ticked."""

    person: Resident
    earlier: Attended
    on_print: bool


@dataclass(frozen=True, slots=True)
class MayNotVote:
    """A person whom the register does not let vote, and who was ticked all the same."""

    person: Resident
    answer: AdmissionAnswer


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number that is nobody's."""

    number: int


Left = Conflict | MayNotVote | Unknown
Line = Ready | Left


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet line by line, before anything is kept."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Keyed:
    """What was kept: whom the sheet admitted, and what it left for the board to look into."""

    admitted: tuple[Resident, ...]
    left: tuple[Left, ...]
    incident: int | None = None


@dataclass(frozen=True, slots=True)
class PollNotRunning:
    """Admissions belong to an open poll: what was ticked is keyed in before it is closed."""


@dataclass(frozen=True, slots=True)
class LaterThanHouse:
    """The print names a receipt that this house has not given: it is of another election, or of a copy that is ahead."""

    newest: int


IncidentTeller = Callable[[int], str]
"""Says in the log of incidents how many lines a sheet left over: it is published, so that it tells of no person and no hour."""


def look_over(store: Store, desk: Desk, election: Election, sheet: Sheet) -> Looked | PollNotRunning | LaterThanHouse:
    """Read a sheet against the roll, for two pairs of eyes, and keep nothing but the looks."""

    def look(work: Work) -> Looked | PollNotRunning | LaterThanHouse:
        lines = _read(work, election, sheet)
        if isinstance(lines, tuple):
            seen = [line.person.cpr_hash for line in lines if not isinstance(line, Unknown)]
            looks.note_each(work, election.id, desk.official.id, What.CHECKIN_PRINTED, seen)
            return Looked(lines)
        return lines

    return store.write(look)


def key_in(
    store: Store, desk: Desk, election: Election, sheet: Sheet, tell: IncidentTeller, second: Staff | None = None
) -> Keyed | PollNotRunning | LaterThanHouse:
    """Admit everybody on a sheet who is not admitted yet, in one transaction; `tell` says how many lines are left over.

    That becomes one line in the log of incidents; who they are stands in the log of decisions alone. `second` is the
    colleague who read the sheet along and signs: what is keyed in passes the shut doors, so that one alone could admit
    who never came.
    """
    return store.write(lambda work: _key_in(work, desk, election, sheet, tell, second))


def _key_in(
    work: Work, desk: Desk, election: Election, sheet: Sheet, tell: IncidentTeller, second: Staff | None
) -> Keyed | PollNotRunning | LaterThanHouse:
    lines = _read(work, election, sheet)
    if not isinstance(lines, tuple):
        return lines
    admitted = tuple(line.person for line in lines if isinstance(line, Ready))
    left: tuple[Left, ...] = tuple(line for line in lines if not isinstance(line, Ready))
    for person in admitted:
        _admit(work, desk, election, person, sheet.channel)
    number = None
    if left:
        written = incidents.write(work, election.id, desk.official.id, Written(desk.name, tell(len(left))))
        number = written if isinstance(written, int) else None
    work.record(
        election.id,
        desk.official.login,
        "printed_roll_keyed_in",
        desk=desk.name,
        last_receipt=sheet.last_receipt,
        persons=[person.id for person in admitted],
        left=[_particulars(line) for line in left],
        incident=number,
        second=None if second is None else second.login,
    )
    return Keyed(admitted, left, number)


def _particulars(left: Left) -> dict[str, object]:
    """What the board needs to look into a line that was not kept, as the log has it: numbers and ids, and no name.

    Whom no slip was left for is keyed in with a paper ballot after all: the log does not say who that is (ADR 19).
    """
    match left:
        case Conflict(person, earlier, on_print):
            before = {"receipt": earlier.number, "desk": earlier.desk, "on_print": on_print}
            return {"number": person.roll_number, "person": person.id, "why": "AlreadyAdmitted", **before}
        case MayNotVote(answer=NoSlipsLeft()):
            return {"why": "NotKeyedIn"}
        case MayNotVote(person, answer):
            return {"number": person.roll_number, "person": person.id, "why": type(answer).__name__}
        case Unknown(number):
            return {"number": number, "why": "Unknown"}


def _admit(work: Work, desk: Desk, election: Election, person: Resident, channel: Channel) -> None:
    admissions.add(
        work,
        election.id,
        person.id,
        desk=desk.name,
        official_id=desk.official.id,
        declaration=declaration_asked(election),
        channel=channel,
        from_printed_roll=True,
    )
    if channel is Channel.SLIP:
        admissions.issue_slip(work.connection, election.urn_uuid)


def _read(work: Work, election: Election, sheet: Sheet) -> tuple[Line, ...] | PollNotRunning | LaterThanHouse:
    facts = desk_facts.read(work.connection, election)
    if facts.poll is not PollState.OPEN:
        return PollNotRunning()
    newest = admissions.last_number(work.connection, election.id)
    if sheet.last_receipt > newest:
        return LaterThanHouse(newest)
    persons = register.by_roll_numbers(work.connection, election.id, sheet.numbers)
    earlier = admissions.of_persons(work.connection, election.id, [person.id for person in persons.values()])
    return tuple(_lines(election, facts.slips_left, sheet, persons, earlier))


def _lines(
    election: Election, slips_left: int, sheet: Sheet, persons: dict[int, Resident], earlier: dict[str, Attended]
) -> list[Line]:
    lines: list[Line] = []
    for number in dict.fromkeys(sheet.numbers):
        person = persons.get(number)
        line = Unknown(number) if person is None else _line(election, slips_left, sheet, person, earlier)
        if isinstance(line, Ready) and sheet.channel is Channel.SLIP:
            slips_left -= 1
        lines.append(line)
    return lines


def _line(
    election: Election, slips_left: int, sheet: Sheet, person: Resident, earlier: dict[str, Attended]
) -> Ready | Conflict | MayNotVote:
    before = earlier.get(person.id)
    if before is not None:
        return Conflict(person, before, on_print=before.number <= sheet.last_receipt)
    # She was ticked while the doors were open, and has declared on paper what is asked.
    facts = DeskFacts(PollState.OPEN, slips_left if sheet.channel is Channel.SLIP else 1)
    voter = VoterFacts(person.birth_date, person.municipality_code)
    answer = may_admit(voter, election.rules, facts, declared=True)
    return Ready(person) if isinstance(answer, Admissible) else MayNotVote(person, answer)
