"""The count as the house keeps it: the encrypted sum, who decrypted it, the result, the lots, and what follows from them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from ballots.protocol.election import parse_election
from tally.allocation import (
    Allocation,
    CandidateCount,
    Counts,
    allocate,
    allocation_document,
    counts_document,
    lots_document,
)
from tally.encrypted_tally import EncryptedTally, parse_encrypted_tally
from tally.paper import FEWEST_SHOWN, add_paper
from votingapp.store import ballot_paper, lots, paper_counts, paper_records
from votingapp.store.elections import urn_of
from votingapp.store.tables.count import count, partial_decryption, replaced_decryption
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Table

    from ballots.protocol.election import Election as Question
    from tally.paper import PaperFigures
    from votingapp.store.elections import Election
    from votingapp.store.lots import Announcement, KeptLot


@dataclass(frozen=True, slots=True)
class Count:
    """The encrypted tally and, once it is opened, the result; bytes as they stand in the archive."""

    encrypted_tally: bytes
    sized_tally: bytes
    result: bytes | None
    result_at: datetime | None
    archive_sha256: str | None
    last_event: str | None

    def tally(self, question: Question) -> EncryptedTally:
        """The sums, ready to be decrypted."""
        return parse_encrypted_tally(question, self.encrypted_tally, self.sized_tally)


@dataclass(frozen=True, slots=True)
class Decryption:
    """What a board member decrypted; `owner` is her number among the trustees, from 1."""

    owner: int
    name: str
    body: bytes
    at: datetime
    set_aside_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts, the lots held so far, and who is elected by them.

    `counts` are the urn's and the paper ballots' together, `urn` those of the urn alone; `paper` is None where nobody
    voted on paper. `announced` are the lots that wait for their dice, though none may be asked for any more.
    """

    counts: Counts
    urn: Counts
    paper: PaperFigures | None
    lots: tuple[KeptLot, ...]
    allocation: Allocation
    announced: tuple[Announcement, ...] = ()

    @property
    def shows_paper(self) -> bool:
        """Whether the paper column is shown apart: with fewer than five paper ballots it would tell who voted how."""
        return self.paper is not None and self.paper.ballots >= FEWEST_SHOWN

    @property
    def counts_json(self) -> str:
        """COUNTS, as `votingapp allocate` reads it."""
        return _pretty(counts_document(self.counts))

    @property
    def paper_json(self) -> str:
        """COUNTS of the paper ballots alone in `counts`; where they are not shown apart that is null, and `reason` says why.

        `reason` is `none` where nobody voted on paper, `fewer_than_five` where that few did, and else null.
        """
        if self.paper is None or not self.shows_paper:
            reason = "none" if self.paper is None or not self.paper.ballots else "fewer_than_five"
            return _pretty({"ballots": None, "counts": None, "reason": reason})
        none = replace(
            self.urn, candidates=tuple(replace(one, votes=0) for one in self.urn.candidates), blank=0, invalid=0
        )
        counts = counts_document(add_paper(none, self.paper))
        return _pretty({"ballots": self.paper.ballots, "counts": counts, "reason": None})

    @property
    def lots_json(self) -> str:
        """LOTS, as `votingapp allocate` reads it."""
        return _pretty(lots_document([kept.drawn for kept in self.lots]))

    @property
    def answer(self) -> dict[str, Any]:
        """What `votingapp allocate` answers."""
        return allocation_document(self.allocation)


def question_of(connection: Connection, election: Election) -> Question | None:
    """The frozen question with its key, or None before the freeze."""
    raw = urn_of(connection, election.urn_uuid).election_json
    return None if raw is None else parse_election(raw.encode())


def count_of(connection: Connection, election_id: str) -> Count | None:
    """The count of an election, or None before the ballots are added up."""
    row = connection.execute(select(count).where(count.c.election_id == election_id)).first()
    if row is None:
        return None
    return Count(
        encrypted_tally=row.encrypted_tally.encode(),
        sized_tally=row.sized_tally.encode(),
        result=None if row.result is None else row.result.encode(),
        result_at=row.result_at,
        archive_sha256=row.archive_sha256,
        last_event=row.last_event,
    )


def keep_tally(connection: Connection, election_id: str, tally: EncryptedTally) -> None:
    """Keep the encrypted sum."""
    connection.execute(
        insert(count).values(
            election_id=election_id,
            encrypted_tally=tally.to_bytes().decode(),
            sized_tally=tally.sized_record().decode(),
        )
    )


def keep_result(
    connection: Connection, election_id: str, now: datetime, result: bytes, archive_sha256: str, last_event: str
) -> None:
    """Keep the result, and the hashes of the verified archive that it ends."""
    connection.execute(
        update(count)
        .where(count.c.election_id == election_id)
        .values(result=result.decode(), result_at=now, archive_sha256=archive_sha256, last_event=last_event)
    )


def decryptions(connection: Connection, election_id: str) -> tuple[Decryption, ...]:
    """What was decrypted so far, in the order of the trustees, without what was set aside."""
    return tuple(one for one in _decryptions(connection, election_id) if one.set_aside_at is None)


def set_aside(connection: Connection, election_id: str) -> tuple[Decryption, ...]:
    """What was decrypted wrongly, though its proof holds."""
    return tuple(one for one in _decryptions(connection, election_id) if one.set_aside_at is not None)


def replaced(connection: Connection, election_id: str) -> tuple[Decryption, ...]:
    """Parts in whose place their holders handed in others, in the order of the trustees, the first one first."""
    return _decryptions(connection, election_id, replaced_decryption)


def _decryptions(connection: Connection, election_id: str, table: Table = partial_decryption) -> tuple[Decryption, ...]:
    rows = connection.execute(
        select(table, staff.c.name)
        .join(staff, staff.c.id == table.c.staff_id)
        .where(table.c.election_id == election_id)
        .order_by(*table.primary_key)
    )
    return tuple(Decryption(row.owner, row.name, row.body.encode(), row.decrypted_at, row.set_aside_at) for row in rows)


def set_decryptions_aside(connection: Connection, election_id: str, now: datetime, owners: Sequence[int]) -> None:
    """Let the decryptions of these trustees count no more."""
    theirs = partial_decryption.c.owner.in_(owners)
    connection.execute(
        update(partial_decryption)
        .where(partial_decryption.c.election_id == election_id, theirs)
        .values(set_aside_at=now)
    )


def keep_decryption(
    connection: Connection, election_id: str, now: datetime, owner: int, staff_id: str, body: bytes
) -> None:
    """Keep a checked decryption, in the place of an earlier one of the same trustee, which stays as evidence."""
    own = (partial_decryption.c.election_id == election_id, partial_decryption.c.owner == owner)
    _keep_replaced(connection, *own)
    connection.execute(delete(partial_decryption).where(*own))
    connection.execute(
        insert(partial_decryption).values(
            election_id=election_id, owner=owner, staff_id=staff_id, body=body.decode(), decrypted_at=now
        )
    )


def _keep_replaced(connection: Connection, *own: ColumnElement[bool]) -> None:
    row = connection.execute(select(partial_decryption).where(*own)).first()
    if row is None:
        return
    before = (replaced_decryption.c.election_id == row.election_id, replaced_decryption.c.owner == row.owner)
    number = connection.scalar(select(func.count()).select_from(replaced_decryption).where(*before))
    kept = dict(row._mapping) | {"number": (number or 0) + 1}  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    connection.execute(insert(replaced_decryption).values(kept))


def urn_counts(connection: Connection, election: Election) -> Counts | None:
    """What came out of the urn alone; None before it is opened."""
    kept, question = count_of(connection, election.id), question_of(connection, election)
    if kept is None or kept.result is None or question is None:
        return None
    return _counts(ballot_paper.lines(connection, election.id), kept.result, blank=question.blank)


def outcome(connection: Connection, election: Election) -> Outcome | None:
    """Who is elected by the result and the lots drawn so far; None before the urn is opened and the paper counted.

    Papers of the booths that say something else than the urn are explained before anything is published of it.
    """
    found = unexplained_outcome(connection, election)
    return None if found is None or paper_records.is_awaited(connection, election, found.urn) else found


def unexplained_outcome(connection: Connection, election: Election) -> Outcome | None:
    """The same, though papers of the booths wait for an explanation: for those alone who are to give it."""
    urn = urn_counts(connection, election)
    if urn is None or paper_counts.is_awaited(connection, election.id):
        return None
    paper = paper_counts.BALLOTS.result_of(connection, election.id)
    counts = urn if paper is None else add_paper(urn, paper)
    held = lots.lots_of(connection, election.id, election.urn_uuid)
    allocation = allocate(election.rules.counting, counts, [one.drawn for one in held])
    numbers = {one.number for one in held}
    announced = tuple(one for one in lots.announcements(connection, election.id) if one.number not in numbers)
    return Outcome(counts, urn, paper, held, allocation, announced)


def _counts(paper: tuple[ballot_paper.Line, ...], result: bytes, *, blank: bool) -> Counts:
    """Read the verified result: blank votes first where they are allowed, then the candidates in ballot order."""
    (numbers,) = json.loads(result)["result"]
    votes = numbers[blank:]
    candidates = tuple(
        CandidateCount(line.id, line.label, line.group, received) for line, received in zip(paper, votes, strict=True)
    )
    return Counts(candidates, blank=numbers[0] if blank else 0, invalid=0)


def _pretty(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
