"""An election while one can stand, and somebody who has said who she is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from identity import sign_in_applicant
from standing import DURING

from votingapp.store import nominations
from votingapp.web.applicants import COOKIE_KEY, open_applicant_session

if TYPE_CHECKING:
    from auditing import AuditingClient

    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Store

FORM = "/koege-2021/stand/form"
MINE = "/koege-2021/stand/mine"


@dataclass
class Her:
    """An applicant at her telephone."""

    store: Store
    election: Election
    applicant: Applicant
    client: AuditingClient

    def come_back(self) -> None:
        """Say again who she is, as on another day."""
        token = open_applicant_session(self.store, self.applicant)
        with self.client.session_transaction() as cookie:
            cookie[COOKIE_KEY] = token

    def send(self, filled: dict[str, str], **kwargs):
        """Press a button of the form."""
        return self.client.submit(FORM, filled, **kwargs)

    def page(self, path: str = MINE) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    @property
    def filed(self) -> Filed | None:
        """Her nomination as it lies in the file."""
        with self.store.reading() as connection:
            return nominations.of_applicant(connection, self.election.id, self.applicant.id)


@pytest.fixture
def election(store, found_election):
    """Køge 2021."""
    return found_election(store)


@pytest.fixture
def comes(store, election, office, clock):
    """Somebody says who she is: `comes(cpr=...)` by MitID, `comes(email=...)` by a link; the clock stands amid the nominations."""
    clock.move_to(DURING)

    def come(at: Election | None = None, **known: object) -> Her:
        where = at or election
        client = office.test_client()
        return Her(store, where, sign_in_applicant(client, store, where, **known), client)

    return come


@pytest.fixture
def her(comes) -> Her:
    """Somebody known by her e-mail."""
    return comes(email="aase@eksempel.dk")


@pytest.fixture
def filed(store, election):
    """Every nomination of the election: `filed()`."""

    def every() -> tuple[Filed, ...]:
        with store.reading() as connection:
            return nominations.every(connection, election.id)

    return every
