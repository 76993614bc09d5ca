"""What the report of the empty urn would say now: it says nothing else when the poll is opened, or it is made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.poll import Report
from ballots.slips import Movement
from votingapp.desks.poll.seal import logged_seal, seal_details
from votingapp.documents.zero_report import Box, Fixed, Zero
from votingapp.store import admissions, keys, ledger, reports, urns
from votingapp.store.ballot_pictures import frozen_pictures
from votingapp.store.elections import urn_of
from votingapp.store.ledger import BOARD, Paper
from votingapp.store.recordings import made
from votingapp.store.reports import ZERO_REPORT

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.reports import Frame


def gather(connection: Connection, election: Election) -> Zero:
    """Read urn, check-in, boxes and seal."""
    urn = urn_of(connection, election.urn_uuid)
    papers = ledger.total(connection, election.id, Paper.BALLOT, Movement.PRINTED)
    recordings = made(connection, election.id)
    return Zero(
        ballots=urns.count(connection, election.urn_uuid),
        admissions=admissions.count(connection, election.id),
        slips_issued=urn.slips_issued,
        slips_printed=urn.slips_printed,
        papers_printed=papers,
        boxes=_boxes(connection, election.id, urn.slips_printed, papers),
        fixed=_fixed(connection, election),
        recordings="" if recordings is None else recordings.sha256,
        pictures=frozen_pictures(connection, election.id).sha256,
    )


def report_standing(connection: Connection, election: Election) -> Report:
    """How the latest report of the empty urn stands to what it reports, and to the day and hours that it names.

    Where the poll was postponed (udsat) since, a new one is made and signed: the paper in the voters' hands says today's date.
    """
    made = reports.kept(connection, election.id, ZERO_REPORT)
    if made is None:
        return Report.MISSING
    return (
        reports.standing(made, gather(connection, election)) if _names_the_day(made.frame, election) else Report.STALE
    )


def _names_the_day(frame: Frame, election: Election) -> bool:
    rules = election.rules.election
    hours = (f"{rules.opens:%H.%M}", f"{rules.closes:%H.%M}")
    return (frame.day, frame.opens, frame.closes) == (rules.election_day, *hours)


def _boxes(connection: Connection, election_id: str, slips: int, papers: int) -> tuple[Box, ...]:
    printed = {Paper.SLIP: slips, Paper.BALLOT: papers}
    held = {
        paper: {
            box.desk: box.expected
            for box in (
                ledger.board_box(connection, election_id, paper, number),
                *ledger.boxes(connection, election_id, paper),
            )
        }
        for paper, number in printed.items()
    }
    desks = sorted((set(held[Paper.SLIP]) | set(held[Paper.BALLOT])) - {BOARD})
    return tuple(Box(desk, held[Paper.SLIP].get(desk, 0), held[Paper.BALLOT].get(desk, 0)) for desk in (*desks, BOARD))


def _fixed(connection: Connection, election: Election) -> Fixed:
    seal, ceremony = logged_seal(connection, election.id), keys.ceremony_of(connection, election.id)
    trustees = None if ceremony is None else ceremony.trustees()
    key = "" if trustees is None else keys.key_fingerprint(trustees.combined_public_key)
    none = dict.fromkeys(("setup", "election", "rules", "credentials"), "")
    return Fixed(**(none if seal is None else seal_details(seal)), key=key)
