"""A closed poll whose urn gave certain votes and whose booths printed: what an audit begins with, without sealing a ballot."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board import seat_board
from polling import prepare_poll
from sqlalchemy import insert

from tally.audit.readings import Marks
from tally.audit.sampling import positions
from tally.paper_record import RecordFigures
from votingapp.desks.audit import preparing, reading
from votingapp.desks.paper import recording
from votingapp.store import apart, ballot_paper, paper_records, sample_audits
from votingapp.store.tables.count import count
from votingapp.store.tables.urn import ballot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from board import Board

    from votingapp.store.elections import Election

RULES = '\n[audit]\npaper_record = true\ndeposit = "before_cast"\ncounted = "{}"\n{}'
DIGITS = "3641 5211 1654 3232 1654 1236"
WITNESSES = ("Vera Vidne", "Viggo Vidne")


@dataclass
class AuditedPoll:
    """The board of a closed poll with one seat, and the papers as they lie in the box, shuffled."""

    board: Board
    box: list[Marks]

    @property
    def store(self):
        return self.board.store

    @property
    def election(self) -> Election:
        return self.board.now()

    @property
    def pair(self):
        return self.board.members[:2]

    def explain_number(self) -> None:
        """Two explain that there are not as many papers as ballots, as they must before the urn is added up."""
        with self.store.reading() as connection:
            (account,) = paper_records.accounts(connection, self.election, None)
        figures = (account.expected, account.counted)
        found = recording.explain(self.store, self.election, account.account, figures, "Printeren svigtede.", self.pair)
        assert found == recording.Explained()

    def lay(self, *batches: int):
        return preparing.lay(self.store, self.pair, self.election, batches or (len(self.box),))

    def open_urn(self, *votes: int) -> None:
        """Let the urn give these votes to the candidates in ballot order, and blank ones last."""
        *named, blank = votes

        def keep(work):
            told = {"encrypted_tally": "{}", "sized_tally": "{}", "result": json.dumps({"result": [[blank, *named]]})}
            work.connection.execute(insert(count).values(election_id=self.election.id, result_at=work.now, **told))
            work.record(self.election.id, "test", "opened")

        self.store.write(keep)

    def announce(self, doubted: int = 0, most_draws: int | None = None):
        return preparing.announce(self.store, self.pair, self.election, doubted, most_draws or len(self.box))

    def roll(self, digits: str = DIGITS, again: str = DIGITS, witnesses: Sequence[str] = WITNESSES):
        return preparing.roll(self.store, self.pair, self.election, (digits, again), witnesses)

    def drawn(self, draw: int, digits: str = DIGITS) -> Marks:
        """What the paper of a draw says."""
        papers = len(self.box)
        return self.box[positions("".join(digits.split()), draw, papers)[-1] - 1]

    def read(self, member, draw: int, marks: Marks | None = None):
        return reading.read(self.store, member, self.election, draw, marks or self.drawn(draw))

    def read_all(self) -> reading.Read:
        """Two read what is named, portion by portion, until the sample ends."""
        while True:
            with self.store.reading() as connection:
                audit = sample_audits.audit_of(connection, self.election.id)
                waiting = reading.next_papers(connection, self.pair[0], self.election, audit)
            for one in waiting:
                for member in self.pair:
                    found = self.read(member, one.draw)
                if found in {reading.Read.CONFIRMED, reading.Read.UNCONFIRMED}:
                    return found


def close_poll(
    store, found_election, rules_text: str, *, counted: str = "sample", ballots: int, papers: Sequence[int], seated=None
) -> AuditedPoll:
    """A closed poll with so many ballots, whose papers name candidates by number (0 is blank), counted by two.

    One seat and three candidates; `seated` makes the board of an election, with passwords where pages are opened.
    """
    risk = "risk_limit = 100\n" if counted == "sample" else ""
    text = rules_text.replace("total = 5", "total = 1") + RULES.format(counted, risk)
    election = found_election(store, rules_text=text)
    board = (seated or seat_board)(store, election)
    prepare_poll(store, election, slips=ballots, issued=ballots, state="closed")
    with store.reading() as connection:
        ids = [line.id for line in ballot_paper.lines(connection, election.id)]
    box = [Marks(frozenset({ids[number - 1]}) if number else frozenset()) for number in papers]
    random.Random(24).shuffle(box)
    _fill(store, election, ballots)
    by_candidate = counted == "by_candidate"
    _count(store, board, RecordFigures(
        len(papers), 0, 0,
        list(papers).count(0) if by_candidate else None,
        tuple(list(papers).count(number) for number in (1, 2, 3)) if by_candidate else None,
    ))  # fmt: skip
    return AuditedPoll(board, box)


def _fill(store, election, ballots: int) -> None:
    rows = [
        {"hash": f"{number:064}", "urn_uuid": election.urn_uuid, "credential": f"{number:064}", "body": b"{}"}
        for number in range(ballots)
    ]

    def put(work):
        work.connection.execute(insert(ballot), rows)
        work.keep_unrecorded()

    store.write(put)


def _count(store, board, figures: RecordFigures) -> None:
    for member in board.members[:2]:
        found = recording.enter(store, member, board.now(), figures)
    assert found == apart.Agreed(figures), found
