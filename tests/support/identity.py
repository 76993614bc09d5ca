"""People who have said who they are, for the tests of the pages behind that door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candidates.cpr import Cpr, parse_cpr
from votingapp.store import applicants
from votingapp.store.applicants import ByEmail, ByMitid
from votingapp.web.applicants import COOKIE_KEY, open_applicant_session

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store


def add_applicant(
    store: Store,
    election: Election,
    *,
    email: str = "anna@eksempel.dk",
    cpr: str | None = None,
    name: str | None = None,
    protected: bool = False,
) -> Applicant:
    """An applicant of an election: known by MitID where a CPR number is given, else by her e-mail."""
    known: ByEmail | ByMitid = ByEmail(email)
    if cpr is not None:
        read = parse_cpr(cpr)
        assert isinstance(read, Cpr)
        known = ByMitid(read, name, protected)
    return store.write(lambda work: applicants.find_or_add(work, election.id, known))


def sign_in_applicant(client: FlaskClient, store: Store, election: Election, **known) -> Applicant:
    """Let a test client be known at an election: `sign_in_applicant(client, store, election, cpr="1012620001")`."""
    applicant = add_applicant(store, election, **known)
    with client.session_transaction() as cookie:
        cookie[COOKIE_KEY] = open_applicant_session(store, applicant)
    return applicant
