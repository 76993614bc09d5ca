"""Nominations put into the file directly, for the tests of whoever decides on them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update
from standing import DECLARATION, NUMBERS, TOO_YOUNG

from candidates import nomination as life
from candidates.cpr import Cpr, parse_cpr
from candidates.identity import Identity
from votingapp.store import filing, nominations
from votingapp.store.filing import Contact, Submission
from votingapp.store.tables.elections import election as election_table

LIST = "/koege-2021/secretariat/nominations"
RESIDENTS = (
    f"{NUMBERS[0]};Åse Østergård;0259;nej",
    f"{NUMBERS[1]};Bo Borte;0101;nej",
    f"{NUMBERS[2]};Cilla Hemmelig;0259;ja",
    f"{TOO_YOUNG};Dan Ung;0259;nej",
)


def submission(name: str = "Åse Østergård-Łuczak", number: str | None = NUMBERS[0], **changes) -> Submission:
    """What a candidate sends in; `number` None is a person without a CPR number."""
    cpr = parse_cpr(number) if number else None
    assert cpr is None or isinstance(cpr, Cpr)
    made = Submission(name, cpr, Contact("x@eksempel.dk"), "Hej", DECLARATION, identity=Identity.MITID)
    return replace(made, **changes)


def file(store, election, name: str = "Åse Østergård-Łuczak", number: str | None = NUMBERS[0], **changes):
    """Receive a nomination at the store's clock, and give it as it lies in the file."""

    def receive(work):
        step = life.submit(election.rules.nomination, work.now)
        kept = filing.receive(work, election.id, submission(name, number, **changes), step)
        work.record(election.id, "candidate", "nomination_received", nomination=kept.nomination_id)
        return nominations.find(work.connection, election.id, kept.nomination_id)

    return store.write(receive)


def mend(store, election, filed, **changes):
    """Let the candidate send in her nomination anew: a change before the deadline, mending after a defect notice."""

    def change(work):
        rules = election.rules.nomination
        current = nominations.find(work.connection, election.id, filed.id).nomination
        take = life.cure if current.state is life.NominationState.RETURNED else life.change
        step = take(current, rules, work.now, ballot_fixed=False)
        if isinstance(step, life.NominationObstacle):
            return step
        filing.change(work, election.id, filed.id, submission(**({"name": filed.name} | changes)), step)
        work.record(election.id, "candidate", "nomination_changed", nomination=filed.id)
        return step

    return store.write(change)


def again(store, election, filed):
    """The nomination as it lies in the file now."""
    with store.reading() as connection:
        return nominations.find(connection, election.id, filed.id)


def freeze(store, election):
    """Fix the ballot."""

    def fix(work):
        work.connection.execute(
            update(election_table).where(election_table.c.id == election.id).values(frozen_at=work.now)
        )
        work.record(election.id, "test", "frozen")

    store.write(fix)
