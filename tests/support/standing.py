"""Candidates who stand and the extract in which they are found, for the tests of the desks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from candidates.cpr import Cpr, parse_cpr
from candidates.identity import Identity
from votingapp.desks.nomination import service as nomination_desk
from votingapp.desks.nomination.outcomes import Received
from votingapp.desks.secretariat.extract import service as extract_desk
from votingapp.store import applicants, nominations
from votingapp.store.filing import Contact, Submission

DURING = datetime(2021, 11, 10, 9, 0, tzinfo=UTC)
"""An instant at which one can stand in Køge 2021."""

NUMBERS = ("1012620001", "1012620002", "1012620003", "1107744882")
"""CPR numbers of four grown-ups; the first three fail the old check digit, as valid numbers may."""

TOO_YOUNG = "2411034008"
"""Born on 24 November 2003: eighteen on the day after the election."""

DECLARATION = "anden-etnisk-baggrund-1"


def form(**changes: str | None) -> dict[str, str]:
    """The nomination form of somebody known by e-mail, filled in well and sent; None leaves a field out."""
    filled = {
        "act": "send",
        "name": "Åse Østergård-Łuczak",
        "cpr": NUMBERS[0],
        "phone": "+45 12 34 56 78",
        "address": "Åvej 1\n4600 Køge",
        "statement": "Flere møder om aftenen.\nFærre formularer.",
        "own_language": "",
        "other_language": "",
        "own_statement": "",
        "declared": "y",
        "consented": "y",
    } | changes
    return {name: value for name, value in filled.items() if value is not None}


def stand(store, election, name: str = "Åse Østergård-Łuczak", number: str = NUMBERS[0], **changes):
    """Send a nomination in at the store's clock, of somebody known by MitID unless told otherwise, as it lies in the file.

    `identity=Identity.EMAIL` lets her be known by an e-mail of her own; `contact` and the parts of a submission can be given.
    Each call is another applicant's: who stands a second time with one number has come by another way, an e-mail.
    """
    cpr = parse_cpr(number)
    assert isinstance(cpr, Cpr)
    by_mitid = changes.pop("identity", Identity.MITID) is Identity.MITID
    applicant = _identify(store, election, applicants.ByMitid(cpr, name) if by_mitid else None)
    fields = {"statement": "Hej", "declaration": DECLARATION, "contact": Contact("x@eksempel.dk")} | changes
    submission = Submission(name, cpr, **fields)
    received = nomination_desk.send(store, election, applicant, submission, f"address of {name} {number}")
    assert isinstance(received, Received), received
    with store.reading() as connection:
        return nominations.by_receipt(connection, election.id, received.receipt)


def _identify(store, election, known: applicants.ByMitid | None):
    if known is not None:
        applicant = store.write(lambda work: applicants.find_or_add(work, election.id, known))
        with store.reading() as connection:
            if nominations.of_applicant(connection, election.id, applicant.id) is None:
                return applicant
    by_email = applicants.ByEmail(f"{uuid.uuid4().hex}@eksempel.dk")
    return store.write(lambda work: applicants.find_or_add(work, election.id, by_email))


def extract(*rows: str) -> bytes:
    """An extract in UTF-8."""
    return "\n".join(("personnummer;navn;kommunekode;beskyttet", *rows)).encode()


def import_extract(store, official, election, *rows: str):
    """Put an extract in force."""
    extract_desk.hand_in(store, official, election, extract(*rows))
    waiting = extract_desk.preview(store, official, election)
    return extract_desk.take_over(store, official, election, waiting.fingerprint)


def kept_bytes(settings) -> bytes:
    """Everything the installation has on disk: the database, its journals and whatever else lies in the folder."""
    return b"".join(path.read_bytes() for path in sorted(settings.home.rglob("*")) if path.is_file())
