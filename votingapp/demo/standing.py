"""A rehearsal that is open for candidates: some have come forward, and whoever tries the house may do so too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from candidates.cpr import Cpr, parse_cpr
from votingapp.demo import crew, nominating, people
from votingapp.demo.outcomes import RehearsalError, expect
from votingapp.demo.rules import rehearsal_rules
from votingapp.desks.nomination import service as nomination
from votingapp.desks.nomination.mails import Reader
from votingapp.desks.nomination.outcomes import Received
from votingapp.desks.secretariat.decisions import service as decisions
from votingapp.store import applicants, nominations
from votingapp.store.applicants import ByEmail, ByMitid
from votingapp.store.filing import Contact, Submission

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.demo.crew import Crew
    from votingapp.demo.people import Person
    from votingapp.demo.schedule import RehearsalClock
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

SLUG: Final = "stil-op"
WAITING: Final = "venter@example.invalid"
"""Whose identity nobody has checked yet. No mail reaches these addresses (RFC 2606)."""

RETURNED: Final = "mangler@example.invalid"
"""Whose nomination was sent back to be mended; whoever asks for a link to this address may do so."""

_NAME: Final = "Valg, som du selv kan stille op til"
_DAYS_TO_ELECTION: Final = 34
"""By the rules of a rehearsal nominations then opened six days ago and close in twenty."""

_RESIDENTS: Final = 18
_SEED: Final = 3
_ALIKE: Final = ("Anna Maria Kowalska", "Anna Marie Kowalska")
_DEFECT: Final = "Du har ikke sat kryds ved erklæringen. Sæt krydset, og send din opstilling igen."
_OWN_WORDS: Final = (
    ("ar", "أريد أن تكون رسائل البلدية مفهومة للجميع."),
    ("tr", "Gençler için ödev kafeleri ve boş zaman işleri istiyorum."),
    (None, ""),
    ("pl", "Chcę, żeby droga ze szkoły językowej do pracy była krótsza."),
    (None, ""),
    (None, ""),
)
"""What those who are accepted say in a language of their own."""


@dataclass(frozen=True, slots=True)
class Called:
    """An election whose nominations are open, and the residents who have not come forward yet."""

    election: Election
    free: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Candidacy:
    """How one of the people comes forward; `email` is "" for whoever has MitID."""

    person: Person
    email: str = ""
    own_language: str | None = None
    own_statement: str = ""
    declares: bool = True


def call_for_candidates(store: Store, clock: RehearsalClock, staff: Crew, now: datetime, office_url: str) -> Called:
    """Found the election, let eight people come forward, and decide on seven of them; the clock ends at `now`.

    Six are accepted, two of them called almost the same. One waits until somebody has checked who she is, and one was
    sent back with a defect notice.
    """
    random = Random(_SEED)  # noqa: S311 - a rehearsal is repeatable; nothing secret comes from it
    day = now.date() + timedelta(days=_DAYS_TO_ELECTION)
    election = crew.found(store, staff, rehearsal_rules(_NAME, day, 1), SLUG)
    residents = _with_namesakes(people.invent(random, _RESIDENTS, day))
    nominating.import_register(store, staff.secretary, election, residents)
    clock.move_to(election.rules.nomination.opens)
    site = f"{office_url}/{SLUG}/"
    accepted = [
        _Candidacy(person, own_language=language, own_statement=said)
        for person, (language, said) in zip(residents, _OWN_WORDS, strict=False)
    ]
    waiting, returned, *free = residents[len(accepted) :]
    receipts = []
    for one in (*accepted, _Candidacy(waiting, WAITING), _Candidacy(returned, RETURNED, declares=False)):
        clock.advance(seconds=6 * 60 * 60)
        receipts.append(_come_forward(store, election, one, random, site))
    clock.move_to(now - timedelta(hours=1))
    for receipt in receipts[: len(accepted)]:
        filed = _find(store, election, receipt)
        expect(decisions.accept(store, staff.secretary, election, filed.id, "", site=site), decisions.Decided)
    _send_back(store, staff.secretary, election, receipts[-1], site)
    clock.move_to(now)
    return Called(election, tuple(free))


def _with_namesakes(residents: tuple[Person, ...]) -> tuple[Person, ...]:
    """Two who will be accepted are called almost the same; the ballot must tell them apart."""
    last = len(_OWN_WORDS)
    first = last - len(_ALIKE)
    named = (replace(person, name=name) for person, name in zip(residents[first:last], _ALIKE, strict=True))
    return (*residents[:first], *named, *residents[last:])


def _come_forward(store: Store, election: Election, one: _Candidacy, random: Random, site: str) -> str:
    cpr = expect(parse_cpr(one.person.cpr), Cpr)
    known = ByEmail(one.email) if one.email else ByMitid(cpr, one.person.name)
    applicant = store.write(lambda work: applicants.find_or_add(work, election.id, known))
    nominating.hand_in_photo(store, election, applicant, one.person)
    submission = Submission(
        name=one.person.name,
        cpr=cpr,
        contact=Contact(email=one.email),
        statement=people.statement(random, one.person),
        declaration=election.rules.eligibility.declaration if one.declares else None,
        own_language=one.own_language,
        own_statement=one.own_statement,
    )
    sent = nomination.send(store, election, applicant, submission, f"rehearsal-{SLUG}", Reader(site=site))
    return expect(sent, Received).receipt


def _send_back(store: Store, secretary: Staff, election: Election, receipt: str, site: str) -> None:
    filed = _find(store, election, receipt)
    expect(decisions.send_back(store, secretary, election, filed.id, _DEFECT, site=site), decisions.Decided)


def _find(store: Store, election: Election, receipt: str) -> Filed:
    with store.reading() as connection:
        filed = nominations.by_receipt(connection, election.id, receipt)
    if filed is None:
        raise RehearsalError("a nomination of the rehearsal is not in the file")
    return filed
