"""What the house knows of its readiness, gathered for the rule that says which steps are done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.slips import Movement
from candidates.nomination import is_within
from votingapp.desks.secretariat.setup.steps import SetupFacts
from votingapp.paper_roll import state as paper_roll
from votingapp.recordings import shelf
from votingapp.settings import is_safe_address
from votingapp.store import (
    audit,
    confirmations,
    devices,
    keys,
    ledger,
    nominations,
    recordings,
    register,
    staff,
    trials,
)
from votingapp.store.backup import state as backup
from votingapp.store.devices import Kind
from votingapp.store.elections import urn_of
from votingapp.store.ledger import Paper
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.settings import Settings
    from votingapp.store.devices import Device
    from votingapp.store.elections import Election
    from votingapp.store.recordings import Recordings
    from votingapp.store.unit_of_work import Store

POLL_CARDS_PRINTED = "poll_cards_printed"
"""The act in the log by which poll cards left the printer."""


def gather(store: Store, settings: Settings, election: Election, concerns: int) -> SetupFacts:
    """Gather everything; `concerns` is how much the house's watch finds wrong with the machine."""
    now = store.clock()
    with store.reading() as connection:
        live = tuple(one for one in devices.every(connection, election.id) if one.is_live)
        desks = tuple(one for one in live if one.kind is Kind.DESK)
        ceremony = keys.ceremony_of(connection, election.id)
        urn, made = urn_of(connection, election.urn_uuid), recordings.made(connection, election.id)
        return SetupFacts(
            place=bool(election.rules.election.place),
            board=len(staff.appointed(connection, election.id, Role.BOARD)),
            desk_staff=len(staff.appointed(connection, election.id, Role.DESK)),
            persons=register.count(connection, election.id),
            closed_roll=election.rules.admission.roll == "closed",
            candidates_settled=election.frozen_at is not None or _are_settled(connection, election, now),
            key_ready=ceremony is not None and trials.missing(connection, election.id, ceremony) == 0,
            slips_printed=urn.slips_printed,
            frozen=election.frozen_at is not None,
            confirmed=election.frozen_at is not None
            and confirmations.standing(connection, election) == confirmations.Standing(0, ()),
            poll_cards_printed=audit.last(connection, election.id, POLL_CARDS_PRINTED) is not None,
            secure=settings.https or is_safe_address(settings.office_url),
            backup_in_step=backup.status(settings).state is backup.State.IN_STEP,
            roll_written=paper_roll.status(settings, election.id).state is paper_roll.State.WRITTEN,
            recordings=made,
            recordings_lost=_lost(settings, urn.election_json, made),
            desks=len(desks),
            booths=len(live) - len(desks),
            silent=sum(one.is_silent(now) for one in live),
            unsupplied=_unsupplied(connection, election.id, desks),
            paper_ballots=ledger.total(connection, election.id, Paper.BALLOT, Movement.PRINTED),
            concerns=concerns,
        )


def _are_settled(connection: Connection, election: Election, now: datetime) -> bool:
    """Nominations are over, somebody stands, and nobody waits for a decision."""
    over = not is_within(now, election.rules.nomination.closes)
    return (
        over
        and bool(nominations.accepted(connection, election.id))
        and not nominations.count_undecided(connection, election.id)
    )


def _lost(settings: Settings, election_json: str | None, made: Recordings | None) -> int:
    """How many packs the log names that do not lie on this machine: the house may have gone on from a stick."""
    if made is None or election_json is None:
        return 0
    folder = shelf.folder_of(settings.home, election_json.encode())
    return sum(shelf.find(folder, one.sha256) is None for one in made.packs)


def _unsupplied(connection: Connection, election_id: str, desks: Sequence[Device]) -> tuple[str, ...]:
    supplied = {box.desk for box in ledger.boxes(connection, election_id, Paper.SLIP) if box.received > 0}
    return tuple(one.name for one in desks if one.name not in supplied)
