"""What the slips say of those who are to sign in for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.desks.secretariat.staffing.people import NEEDED
from votingapp.documents.first_sign_in import SignInSheet, SignInSlip
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.desks.secretariat.staffing.hiring import Newcomer
    from votingapp.store.elections import Election

_CALLED = {
    Role.BOARD: "Valgbestyrelse",
    Role.DESK: "Fremmøde",
    Role.SECRETARIAT: "Sekretariat",
    Role.OBSERVER: "Observatør",
}
"""As the pages call the roles, in Danish everywhere: papers of the house are."""


def sheet_of(election: Election, people: Iterable[Newcomer], address: str) -> SignInSheet:
    """The sheet for these people, in their order; `address` is the office's."""
    return SignInSheet(
        election=election.name,
        municipality=f"{election.rules.election.municipality} Kommune",
        rehearsal=election.rehearsal,
        address=address,
        slips=tuple(
            SignInSlip(
                name=one.official.name,
                roles=tuple(_CALLED[role] for role in NEEDED if role in one.roles),
                login=one.official.login,
                code=one.code or "",
            )
            for one in people
        ),
    )
