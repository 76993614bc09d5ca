"""The poll is frozen, opened and closed once each, and nothing that was frozen can change afterwards."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

import pytest
from ballot_lots import draw_lot, ordered_by_lot
from board import AFTER_NOMINATIONS, CANDIDATES
from ceremonies import named
from sqlalchemy import delete, insert, select, update

from ballots.poll import Obstacle, ObstacleCode, PollState
from ballots.protocol.election import parse_election
from tally.verification import SoundSoFar, verify_archive
from votingapp.desks.poll import seal as seals
from votingapp.desks.poll import service
from votingapp.store import audit, ballot_paper, nominations, register, urns
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.nominations import nomination
from votingapp.store.tables.urn import ballot, public_credential


def codes(outcome) -> list[ObstacleCode]:
    assert isinstance(outcome, service.Obstructed), outcome
    return [obstacle.code for obstacle in outcome.obstacles]


def change(store, *statements) -> None:
    """Change the database behind the desks' backs."""

    def act(work):
        for statement in statements:
            work.connection.execute(statement)
        work.keep_unrecorded()

    store.write(act)


def archive(store, election) -> bytes:
    stream = io.BytesIO()
    with store.reading() as connection:
        urns.write_archive(connection, election, stream)
    return stream.getvalue()


def test_an_empty_election_names_everything_that_is_missing(store, board):
    """A board that freezes too early is told all that stands in its way at once."""
    assert codes(board(store).freeze()) == [
        ObstacleCode.NOMINATIONS_OPEN,
        ObstacleCode.NO_CANDIDATES,
        ObstacleCode.KEY_MISSING,
        ObstacleCode.NO_SLIPS,
    ]


def test_the_deadline_itself_still_holds_the_freeze_back(store, board, clock):
    """A nomination may come at the very second of the deadline, so the ballot is not fixed before it has passed."""
    seated = board(store)
    seated.prepare()
    clock.move_to(seated.election.rules.nomination.closes)
    assert codes(seated.freeze()) == [ObstacleCode.NOMINATIONS_OPEN]
    clock.advance(milliseconds=999)
    assert codes(seated.freeze()) == [ObstacleCode.NOMINATIONS_OPEN]
    clock.advance(milliseconds=1)
    assert isinstance(seated.freeze(), service.Frozen)


def test_a_frozen_election_asks_for_its_candidates_in_order(any_store, board):
    """The question names the candidates in the order of the Danish alphabet, and the key is the board's."""
    seated = board(any_store)
    seated.prepare("Åse Øst", "Aage Bo", "Bo Ålborg", "Zoë Ærlig")
    outcome = seated.freeze()
    assert isinstance(outcome, service.Frozen)
    question = seated.question()
    assert question.answers == ("Bo Ålborg", "Zoë Ærlig", "Aage Bo", "Åse Øst")
    assert question.public_key == seated.ceremony().trustees().combined_public_key
    assert (question.blank, question.minimum, question.maximum) == (True, 1, 1)
    assert seated.now().state is PollState.FROZEN
    assert seated.now().frozen_at == AFTER_NOMINATIONS


def test_the_seal_stands_in_the_log(store, board):
    """The hashes that are read aloud can be found again by whoever reads the log."""
    seated = board(store)
    seated.prepare()
    outcome = seated.freeze()
    with store.reading() as connection:
        assert seals.logged_seal(connection, seated.election.id) == outcome.seal
        (entry,) = [one for one in audit.entries(connection, seated.election.id) if one.act == "poll_frozen"]
    assert json.loads(entry.details)["candidates"] == list(CANDIDATES)
    assert outcome.seal.election == seated.question().fingerprint


def test_two_candidates_of_nearly_one_name_need_lines(store, board):
    """A ballot on which two people cannot be told apart is not frozen; with lines it is, and it shows them."""
    seated = board(store)
    seated.prepare("Mohammad Ali", "Mohamad Ali")
    assert codes(seated.freeze()) == [ObstacleCode.SIMILAR_NAMES]
    names = select(nomination.c.id, nomination.c.name).where(nomination.c.election_id == seated.election.id)
    with store.reading() as connection:
        rows = connection.execute(names).all()
    for row, line in zip(rows, ("lærer", "bager"), strict=True):
        change(store, update(nomination).where(nomination.c.id == row.id).values(distinguishing_line=line))
    assert isinstance(seated.freeze(), service.Frozen)
    assert {answer.split(" (")[1] for answer in seated.question().answers} == {"lærer)", "bager)"}


def test_an_undecided_nomination_holds_the_freeze_back(store, board):
    """Nobody is left off the ballot because nobody looked at her nomination."""
    seated = board(store)
    seated.prepare()
    change(store, update(nomination).where(nomination.c.name == CANDIDATES[0]).values(state="submitted"))
    assert codes(seated.freeze()) == [ObstacleCode.UNDECIDED_NOMINATIONS]


def test_a_slip_missing_from_the_list_holds_the_freeze_back(store, board):
    """Printed slips and public credentials must be equally many."""
    seated = board(store)
    seated.prepare(slips=4)
    seated.set_urn(slips_printed=5)
    outcome = seated.freeze()
    assert outcome == service.Obstructed((Obstacle(ObstacleCode.CREDENTIALS_DIFFER_FROM_SLIPS, 1),))


def test_a_second_freeze_changes_nothing(any_store, board):
    """What was frozen stays byte for byte, whoever presses again."""
    seated = board(any_store)
    seated.prepare()
    seated.freeze()
    before = archive(any_store, seated.now())
    assert codes(seated.freeze()) == [ObstacleCode.NOT_PREPARING]
    assert archive(any_store, seated.now()) == before


def test_a_ballot_ordered_by_lot_needs_the_confirmed_seed(store, board, koege_rules):
    """The order comes from the seed that two officials confirmed, which the freeze puts into the log, and from nothing else."""
    seated = board(store, slug="ved-lod", rules_text=ordered_by_lot(koege_rules))
    seated.prepare()
    assert codes(seated.freeze()) == [ObstacleCode.LOT_NOT_DRAWN]
    draw_lot(store, seated.election, seated.secretary, seated.chair, "7 4 1")
    assert isinstance(seated.freeze(), service.Frozen)
    with store.reading() as connection:
        (entry,) = [one for one in audit.entries(connection, seated.election.id) if one.act == "poll_frozen"]
        filed = nominations.accepted(connection, seated.election.id)
    assert json.loads(entry.details)["lot_seed"] == "7 4 1"
    by_sum = sorted(filed, key=lambda one: hashlib.sha256(f"7 4 1|{one.public_id}".encode()).hexdigest())
    assert seated.question().answers == tuple(one.name for one in by_sum)


def test_no_more_marks_than_candidates(store, board, koege_rules):
    """With five votes for each voter and three candidates a ballot bears at most three."""
    rules = koege_rules.replace("votes_per_voter = 1", "votes_per_voter = 5")
    seated = board(store, slug="fem-kryds", rules_text=rules)
    seated.prepare()
    seated.freeze()
    assert seated.question().maximum == 3


def test_before_the_freeze_there_is_no_archive(store, board):
    """Nothing is published of an election that is still being prepared."""
    assert archive(store, board(store).election) == b""


def test_the_archive_holds_the_setup_only_until_the_close(store, board):
    """While people vote the public file must not even tell how many have voted."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    frozen = archive(store, seated.now())
    seated.open()
    seated.issue_slips(2)
    seated.cast(seated.slips[0], 1)
    assert archive(store, seated.now()) == frozen
    verdict = verify_archive(io.BytesIO(frozen))
    assert isinstance(verdict, SoundSoFar)
    assert (verdict.ballots, verdict.credentials) == (0, 6)


def test_a_frozen_poll_opens_once(any_store, board):
    """Opening is a step of its own, taken once, and not before the freeze."""
    seated = board(any_store)
    seated.prepare()
    assert ObstacleCode.NOT_FROZEN in codes(seated.open())
    seated.freeze()
    assert seated.open() == service.Opened()
    assert codes(seated.open()) == [ObstacleCode.NOT_FROZEN]
    with any_store.reading() as connection:
        assert urn_of(connection, seated.election.urn_uuid).state == "open"


def test_leftovers_keep_the_urn_shut(store, board):
    """A ballot, a check-in or an issued slip from before the opening is named with its number."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.cast(seated.slips[0], 1)
    admit_somebody(store, seated)
    seated.issue_slips(1)
    outcome = seated.open()
    assert outcome == service.Obstructed(
        (
            Obstacle(ObstacleCode.BALLOTS_IN_URN, 1),
            Obstacle(ObstacleCode.ADMISSIONS_LEFT, 1),
            Obstacle(ObstacleCode.SLIPS_ALREADY_ISSUED, 1),
        )
    )
    change(store, delete(ballot), delete(admission))
    seated.set_urn(slips_issued=0)
    assert seated.open() == service.Opened()


def admit_somebody(store, seated) -> None:
    """One resident stands as met at the election of a board."""
    person = {"id": f"p-{seated.election.id}"[:36], "election_id": seated.election.id}
    resident = person | {
        "cpr_hash": f"{'0' * 28}{seated.election.id}"[:64],
        "name": "Åse Ærø",
        "name_key": "åse ærø",
        "birth_date": AFTER_NOMINATIONS.date().replace(year=1980),
        "municipality_code": "0259",
        "protected": False,
    }
    met = {"election_id": seated.election.id, "person_id": person["id"], "admitted_at": AFTER_NOMINATIONS}
    desk = {
        "desk": "Bord 1",
        "admitted_by": seated.chair.id,
        "number": 1,
        "channel": "slip",
        "from_printed_roll": False,
    }
    change(
        store,
        insert(register.register_person).values(resident),
        insert(admission).values(met | desk),
    )


def test_a_real_election_is_not_opened_over_a_rehearsal(any_store, board, add_staff, found_election):
    """Ballots and check-ins of any rehearsal in the same house keep a real election shut, and no other rehearsal."""
    rehearsal = board(any_store, slug="øvelse", rehearsal=True)
    rehearsal.prepare()
    rehearsal.freeze()
    rehearsal.open()
    rehearsal.issue_slips(2)
    rehearsal.cast(rehearsal.slips[0], 1)
    admit_somebody(any_store, rehearsal)
    real = replace(rehearsal, election=found_election(any_store, slug="valget"), seeds={}, slips=())
    from votingapp.store import staff  # noqa: PLC0415 - appointed a second time, here only

    for member in real.members:
        any_store.write(lambda work, m=member: staff.appoint(work, "t", real.election.id, m.id, staff.Role.BOARD))
    real.prepare()
    real.freeze()
    assert real.open() == service.Obstructed((Obstacle(ObstacleCode.REHEARSAL_LEFTOVERS, 2),))


def spoilt(seated) -> dict[str, object]:
    """Ways in which somebody with the database in hand could change what was frozen."""
    here = nomination.c.election_id == seated.election.id
    slip = public_credential.c.urn_uuid == seated.election.urn_uuid
    return {
        "a candidate renamed": update(nomination).where(here, nomination.c.ballot_number == 1).values(name="En anden"),
        "a candidate taken off": update(nomination)
        .where(here, nomination.c.ballot_number == 3)
        .values(ballot_number=None),
        "a slip taken off": delete(public_credential).where(
            slip,
            public_credential.c.credential
            == select(public_credential.c.credential).where(slip).limit(1).scalar_subquery(),
        ),
    }


@pytest.mark.parametrize("change_made", ["a candidate renamed", "a candidate taken off", "a slip taken off"])
def test_what_was_changed_after_the_freeze_keeps_the_urn_shut(store, board, change_made):
    """Rules, candidates, slips and key must still have the hash that stands in the log."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    change(store, spoilt(seated)[change_made])
    assert codes(seated.open()) == [ObstacleCode.SEAL_BROKEN]


def test_another_question_in_the_urn_keeps_it_shut(store, board):
    """A question with another candidate, under the same key, is not the one that was sealed."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    forged = seated.question().raw.decode().replace(CANDIDATES[1], "Bo Vestergård")
    assert parse_election(forged.encode()).answers != seated.question().answers
    seated.set_urn(election_json=forged)
    assert codes(seated.open()) == [ObstacleCode.SEAL_BROKEN]


def test_other_rules_keep_the_urn_shut(store, board, koege_rules):
    """A rule changed after the freeze is seen, even where the question does not show it."""
    from votingapp.store.tables.elections import election  # noqa: PLC0415 - changed here only

    seated = board(store)
    seated.prepare()
    seated.freeze()
    other = koege_rules.replace("total = 5", "total = 4")
    change(store, update(election).values(rules_text=other))
    assert codes(seated.open()) == [ObstacleCode.SEAL_BROKEN]


def test_a_poll_is_closed_once_and_for_good(any_store, board):
    """A second close is answered, changes no time, and a closed poll is not opened again."""
    seated = board(any_store)
    seated.prepare()
    assert codes(seated.close())[0] is ObstacleCode.NOT_OPEN
    seated.vote((1,), (2,))
    before = seated.now()
    any_store.clock.advance(hours=1)
    assert codes(seated.close())[0] is ObstacleCode.NOT_OPEN
    assert codes(service.close_poll(any_store, seated.chair, seated.election)) == [ObstacleCode.NOT_OPEN]
    assert codes(seated.open())[0] is ObstacleCode.NOT_FROZEN
    assert seated.now() == before


def test_nothing_of_the_vote_is_in_the_log_before_the_close(store, board, clock):
    """Opening tells that the urn was empty; only the close tells how many ballots there are."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.open()
    seated.issue_slips(2)
    seated.cast(seated.slips[0], 1)
    with store.reading() as connection:
        assert not [one for one in audit.entries(connection, seated.election.id) if '"ballots":1' in one.details]
    seated.close()
    with store.reading() as connection:
        last = list(audit.entries(connection, seated.election.id))[-1]
        sealed = urns.seal(connection, seated.election.urn_uuid)
    told = {"ballots": 1, "slips_issued": 2, "urn_sha256": sealed, "present": named(clock, "anne", "birk")}
    assert (last.act, json.loads(last.details)) == ("poll_closed", told)


def test_the_frozen_paper_keeps_who_withdrew_afterwards(store, board):
    """A ballot that people have seen is not renumbered because somebody regrets."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    change(store, update(nomination).where(nomination.c.ballot_number == 2).values(state="withdrawn"))
    with store.reading() as connection:
        assert [line.name for line in ballot_paper.lines(connection, seated.election.id)] == list(CANDIDATES)
    assert seated.open() == service.Opened()
