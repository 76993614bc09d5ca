"""Nominations at a rehearsal: the register extract comes in, candidates stand with a face each, and the secretariat decides."""

from __future__ import annotations

import csv
import io
from itertools import count
from typing import TYPE_CHECKING

from ballots.register import COLUMNS
from candidates.cpr import Cpr, parse_cpr
from candidates.similar_names import undistinguished
from votingapp.demo.faces import portrait
from votingapp.demo.outcomes import RehearsalError, expect
from votingapp.demo.people import statement
from votingapp.desks.nomination import service as nomination
from votingapp.desks.nomination.outcomes import Received
from votingapp.desks.secretariat.decisions import service as decisions
from votingapp.desks.secretariat.extract import service as extract
from votingapp.documents.pictures.cropping import cut
from votingapp.documents.pictures.normalising import Picture, normalise
from votingapp.store import applicants, nominations, photos
from votingapp.store.applicants import ByMitid
from votingapp.store.audit import CANDIDATE
from votingapp.store.filing import Contact, Submission
from votingapp.store.photos import Crop, Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from votingapp.demo.people import Person
    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


def import_register(store: Store, secretary: Staff, election: Election, people: Iterable[Person]) -> None:
    """Hand in an extract in which everybody is a resident, look at the preview, take it over."""
    expect(extract.hand_in(store, secretary, election, _csv(election, people)), extract.DraftKept)
    preview = expect(extract.preview(store, secretary, election), extract.Preview)
    expect(extract.take_over(store, secretary, election, preview.fingerprint), extract.TakenOver)


def nominate(store: Store, election: Election, people: Iterable[Person], random: Random) -> Iterator[None]:
    """Each of the people shows who she is, hands in a photograph and stands as a candidate; yields after each.

    They give no e-mail: a rehearsal writes to nobody.
    """
    for number, person in enumerate(people):
        submission = Submission(
            name=person.name,
            cpr=None,
            contact=Contact(),
            statement=statement(random, person),
            declaration=election.rules.eligibility.declaration,
        )
        applicant = identify(store, election, person)
        hand_in_photo(store, election, applicant, person)
        expect(nomination.send(store, election, applicant, submission, f"rehearsal-{number}"), Received)
        yield


def identify(store: Store, election: Election, person: Person) -> Applicant:
    """Let one of the people make herself known as by MitID."""
    known = ByMitid(expect(parse_cpr(person.cpr), Cpr), person.name)
    return store.write(lambda work: applicants.find_or_add(work, election.id, known))


def hand_in_photo(store: Store, election: Election, applicant: Applicant, person: Person) -> None:
    """Keep the photograph of one of the people, made plain and cut as every photograph is.

    We drew it ourselves, so it is developed in this process: a process of its own is for strangers' files.
    """
    picture = expect(normalise(portrait(person.cpr)), Picture)
    taken = Taken(picture.source, cut(picture.source, Crop()))

    def keep(work: Work) -> None:
        photo_id = photos.add(work, election.id, applicant.id, taken)
        work.record(election.id, CANDIDATE, "photo_added", photo=photo_id)

    store.write(keep)


def decide(store: Store, secretary: Staff, election: Election) -> None:
    """Accept every nomination, and give a line of her own to each whose name is too like another's."""
    for filed in _every(store, election):
        expect(decisions.accept(store, secretary, election, filed.id, ""), decisions.Decided)
    for number in count(1):
        filed_of = {filed.receipt: filed for filed in _every(store, election)}
        pairs = undistinguished(tuple(filed.entry for filed in filed_of.values()))
        if not pairs:
            return
        if number > len(filed_of):
            raise RehearsalError("names stay alike whatever line is set")
        second = filed_of[pairs[0].second]
        expect(
            decisions.set_line(store, secretary, election, second.id, f"Kandidat fra område {number}"),
            decisions.Decided,
        )


def _every(store: Store, election: Election) -> tuple[Filed, ...]:
    with store.reading() as connection:
        return tuple(nominations.every(connection, election.id))


def _csv(election: Election, people: Iterable[Person]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for person in people:
        writer.writerow((person.cpr, person.name, election.rules.election.municipality_code, "nej"))
    return text.getvalue().encode("utf-8-sig")
