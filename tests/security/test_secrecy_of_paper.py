"""After the close nothing tells who voted on paper: the votes of a few are the difference of two public figures (promise 1)."""

from __future__ import annotations

import html
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import pytest
from ceremonies import close_together
from joined import make_desk
from onlookers import addresses
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import and_, select

from ballots.admission import Admitted, NoSlipsLeft
from ballots.poll import PollState
from ballots.protocol.possession import prove_possession
from ballots.slips import Movement
from votingapp.desks.checkin import doubting, keying, undoing
from votingapp.desks.checkin import service as checkin
from votingapp.desks.poll.service import Closed
from votingapp.desks.secretariat.insight import export
from votingapp.desks.secretariat.insight import service as insight
from votingapp.store import accounts, admissions, elections, ledger, turnout
from votingapp.store.admissions import Channel
from votingapp.store.doubts import DoubtKind
from votingapp.store.insight import Subject
from votingapp.store.ledger import Entry, Paper
from votingapp.store.looks import What
from votingapp.store.staff import Role
from votingapp.store.tables import metadata
from votingapp.store.tables.admissions import admission, admission_count, admission_undone
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.register import register_person

WAYS = (
    "by the desk",
    "by a supervisor",
    "from the printed roll",
    "after an undoing",
    "after giving it back",
    "after the slips ran out",
)
SLIPS = len(WAYS) + 1
"""One for each way and one that is given back: whoever comes after the last of them has a ballot of paper."""
URN_SIDE = {"urn", "public_credential", "ballot"}
COLUMNS = {"cpr_hash", "name", "name_key", "birth_date"}


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who was let in in one of the ways: what names her in the house, and how she votes."""

    id: str
    cpr: str
    marks: tuple[str, ...]
    number: int
    channel: Channel


@dataclass(frozen=True, slots=True)
class Evening:
    """Of each way two were let in, one with a slip and one with a paper ballot; the poll is still open."""

    poll: Poll
    pairs: dict[str, tuple[Voter, Voter]]

    @property
    def voters(self) -> list[Voter]:
        return [voter for pair in self.pairs.values() for voter in pair]


@pytest.fixture
def election(any_store, found_election):
    return found_election(any_store)


@pytest.fixture
def official(any_store, election, add_staff):
    return add_staff(any_store, election, "bente", Role.BOARD, Role.DESK)


@pytest.fixture
def second(any_store, election, add_staff):
    return add_staff(any_store, election, "åse", Role.BOARD, Role.DESK)


@pytest.fixture
def hold():
    """Let them in at one desk, at one instant: `hold(store, election, official, second)`."""

    def evening(store, election, official, second) -> Evening:
        numbers = [f"{day:02d}0180{1000 + day}" for day in range(1, 2 * len(WAYS) + 1)]
        keep_register(store, election, *(person(f"Øjvind Nr {n:02d}", cpr) for n, cpr in enumerate(numbers)))
        poll = prepare_poll(store, election, slips=SLIPS)
        desk = checkin.Desk("Bord 1", official)
        pairs = {}
        for place, way in enumerate(WAYS):
            pair = []
            for channel, cpr in zip(Channel, numbers[2 * place : 2 * place + 2], strict=True):
                voter = _voter(store, poll, cpr, channel)
                _let_in(store, poll, desk, second, way, voter)
                pair.append(voter)
            pairs[way] = tuple(pair)
        return Evening(poll, pairs)

    return evening


@pytest.fixture
def evening(any_store, hold, election, official, second) -> Evening:
    return hold(any_store, election, official, second)


def _voter(store, poll: Poll, cpr: str, channel: Channel) -> Voter:
    key = store.vault.hash_cpr(poll.election.id, cpr)
    with store.reading() as connection:
        row = connection.execute(select(register_person).where(register_person.c.cpr_hash == key)).one()
    marks = (row.id, *(str(getattr(row, column)) for column in sorted(COLUMNS)))
    return Voter(row.id, cpr, marks, row.roll_number, channel)


def _let_in(store, poll: Poll, desk: checkin.Desk, second, way: str, voter: Voter) -> None:
    wish = checkin.Wish(voter.id, declared=True, channel=voter.channel)
    match way:
        case "by the desk":
            assert isinstance(checkin.answer(store, desk, poll.election, wish).outcome, Admitted)
        case "by a supervisor":
            raised = doubting.raise_doubt(store, desk, poll.election, doubting.Case(DoubtKind.OTHER, voter.id, "Set"))
            verdict = doubting.Verdict("Set", doubting.Papers(resident=True), declared=True, channel=voter.channel)
            assert isinstance(doubting.admit(store, second, poll.election, raised.doubt_id, verdict), Admitted)
        case "from the printed roll":
            sheet = keying.Sheet((voter.number,), voter.channel, 0)
            kept = keying.key_in(store, desk, poll.election, sheet, lambda _left, _sheet: "", second)
            assert isinstance(kept, keying.Keyed)
            assert len(kept.admitted) == 1
        case "after an undoing":
            _undo(store, poll, desk, second, wish, undoing.NotDrawn())
        case "after giving it back":
            _undo(store, poll, desk, second, wish, undoing.PaperReturned() if _is_paper(voter) else _give_back(poll))
        case "after the slips ran out":
            if _is_paper(voter):
                too_late = checkin.Wish(voter.id, declared=True)
                assert checkin.answer(store, desk, poll.election, too_late).outcome == NoSlipsLeft()
                sheet = keying.Sheet((voter.number,), Channel.SLIP, 0)
                kept = keying.key_in(store, desk, poll.election, sheet, lambda _left: "", second)
                assert [type(line) for line in kept.left] == [keying.MayNotVote]
            assert isinstance(checkin.answer(store, desk, poll.election, wish).outcome, Admitted)


def _is_paper(voter: Voter) -> bool:
    return voter.channel is Channel.PAPER


def _give_back(poll: Poll) -> undoing.Returned:
    proof = prove_possession(poll.election.urn_uuid, poll.slips[0], secrets.token_bytes)
    return undoing.Returned(poll.public(poll.slips[0]), proof.to_json())


def _undo(store, poll: Poll, desk: checkin.Desk, second, wish: checkin.Wish, slip: undoing.Slip) -> None:
    """She is let in, the admission is taken back, and she is let in again."""
    checkin.answer(store, desk, poll.election, wish)
    with store.reading() as connection:
        number = admissions.of_persons(connection, poll.election.id, [wish.person_id])[wish.person_id].number
    undone = undoing.undo(store, desk, poll.election, number, slip, undoing.Reason("Forkert", second))
    assert isinstance(undone, undoing.Undone)
    assert isinstance(checkin.answer(store, desk, poll.election, wish).outcome, Admitted)


def close(store, evening: Evening, *members) -> None:
    assert isinstance(close_together(store, evening.poll.election, members), Closed)


def same_words(text: str, voter: Voter) -> str:
    """A text in which whatever names one voter, or numbers a row, is put out of sight."""
    for mark in sorted(voter.marks, key=len, reverse=True):
        text = text.replace(mark, "HER")
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{10,64}\b", "ID", text)
    return re.sub(r"\d+", "N", text)


def told_of(store, voter: Voter, tables: set[str] | None = None) -> list[tuple[str, str]]:
    """Every row that names a voter, the log's entries included, in words that do not tell one voter from another."""
    with store.reading() as connection:
        rows = [
            (name, str(dict(row._mapping)))
            for name, table in metadata.tables.items()
            if name not in URN_SIDE and (tables is None or name in tables)
            for row in connection.execute(select(table))
        ]
    return sorted((name, same_words(text, voter)) for name, text in rows if any(mark in text for mark in voter.marks))


def test_after_the_close_no_row_tells_the_two_apart(any_store, evening, official, second):
    """By whatever way she was let in, what the tables hold of a voter with a paper ballot is what they hold of one with a slip."""
    for slip, paper in evening.pairs.values():
        assert told_of(any_store, slip) != told_of(any_store, paper), "the comparison is not blind"
    close(any_store, evening, official, second)
    for way, (slip, paper) in evening.pairs.items():
        assert told_of(any_store, slip) == told_of(any_store, paper), way
    with any_store.reading() as connection:
        for table in (admission, admission_undone):
            assert set(connection.scalars(select(table.c.channel))) == {None}


def test_the_log_never_tells_the_two_apart(any_store, evening):
    """It is kept for ever, so it does not say how a person votes while the poll is open either."""
    for way, (slip, paper) in evening.pairs.items():
        entries = told_of(any_store, paper, {"audit_entry"})
        assert entries, way
        assert entries == told_of(any_store, slip, {"audit_entry"}), way


def taken_back(store):
    """Whose undoing a line of the ledger was written with, at one instant by one official at one desk: what, and for whom."""
    undone = admission_undone.c
    same = (
        movement.c.at == undone.undone_at,
        movement.c.desk == undone.desk,
        movement.c.official_id == undone.undone_by,
    )
    with store.reading() as connection:
        rows = connection.execute(select(undone.person_id, movement.c.paper).join(movement, and_(*same)))
        return sorted((row.paper, row.person_id) for row in rows if row.person_id)


def test_no_line_of_the_ledger_tells_what_was_given_back(any_store, evening, official, second, clock):
    """The lines that the undoings wrote name instant, desk and officials: at the close one without them has their figures."""
    slip, paper = evening.pairs["after giving it back"]
    found = taken_back(any_store)
    assert ("slip", slip.id) in found
    assert ("ballot", paper.id) in found

    def hold_still(work) -> None:
        ledger.write(work, evening.poll.election.id, Paper.BALLOT, Entry(Movement.VOID, "Bord 1", 2, official.id))
        work.record(evening.poll.election.id, "test", "voided")

    clock.advance(minutes=3)
    any_store.write(hold_still)
    clock.advance(minutes=3)
    close(any_store, evening, official, second)
    assert taken_back(any_store) == []
    with any_store.reading() as connection:
        lines = {one: ledger.lines(connection, evening.poll.election.id, one) for one in Paper}
        serials = connection.execute(select(movement.c.paper, movement.c.serial)).all()
    assert [(line.number, line.note) for line in lines[Paper.SLIP]] == [(1, "")]
    assert [(line.number, line.note) for line in lines[Paper.BALLOT]] == [(2, ""), (1, "")]
    assert sorted(map(tuple, serials)) == [("ballot", 1), ("ballot", 2), ("slip", 1)]


def test_the_figures_are_the_same_before_and_after(any_store, evening, official, second):
    """What is folded are counts by desk and way: accounts, turnout and record go on with them."""

    def figures():
        with any_store.reading() as connection:
            election = elections.by_id(connection, evening.poll.election.id)
            drawn = [accounts.account_of(connection, election, paper, ballots=0) for paper in Paper]
            return (
                [(account.whole, account.boxes) for account in drawn],
                [admissions.count_by(connection, election.id, channel) for channel in Channel],
                turnout.count(connection, election.id),
                accounts.in_use(connection, election),
            )

    before = figures()
    close(any_store, evening, official, second)
    assert figures() == before
    assert before[1] == [len(WAYS), len(WAYS)]
    with any_store.reading() as connection:
        kept = connection.execute(select(admission_count.c.desk, admission_count.c.channel, admission_count.c.number))
        assert sorted(map(tuple, kept)) == [("Bord 1", "paper", len(WAYS)), ("Bord 1", "slip", len(WAYS))]


def test_nobody_is_let_in_or_taken_back_after_the_close(any_store, evening, official, second):
    """Nothing comes later that would say again how a person votes: each way in is shut."""
    late = person("Sen Sørensen", "2802802828")
    open_case = doubting.raise_doubt(
        any_store, checkin.Desk("Bord 1", official), evening.poll.election, doubting.Case(DoubtKind.OTHER, None, "Set")
    )
    close(any_store, evening, official, second)
    election, desk = evening.poll.election, checkin.Desk("Bord 1", official)
    somebody = evening.voters[0]
    wish = checkin.Wish(somebody.id, declared=True, channel=Channel.PAPER)
    assert not isinstance(checkin.answer(any_store, desk, election, wish).outcome, Admitted)
    papers = doubting.Papers(resident=True, name=late.name, birth_date=late.cpr.birth_date)
    verdict = doubting.Verdict("Set", papers, declared=True, channel=Channel.PAPER)
    assert not isinstance(doubting.admit(any_store, second, election, open_case.doubt_id, verdict), Admitted)
    sheet = keying.Sheet((somebody.number,), Channel.PAPER, 0)
    kept = keying.key_in(any_store, desk, election, sheet, lambda _left, _sheet: "", second)
    assert kept == keying.PollNotRunning()
    undone = undoing.undo(any_store, desk, election, 1, undoing.NotDrawn(), undoing.Reason("Forkert", second))
    assert undone == undoing.PollOver()
    with any_store.reading() as connection:
        assert set(connection.scalars(select(admission.c.channel))) == {None}


def storage(store) -> bytes:
    """The bytes in which the admissions lie: SQLite's database and journal, PostgreSQL's tables and indexes."""
    if store.engine.dialect.name == "sqlite":
        database = Path(store.engine.url.database)
        return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        names = connection.exec_driver_sql(
            "SELECT oid::regclass::text FROM pg_class WHERE oid IN ("
            " SELECT 'admission'::regclass UNION SELECT 'admission_undone'::regclass UNION SELECT indexrelid FROM pg_index"
            " WHERE indrelid IN ('admission'::regclass, 'admission_undone'::regclass))"
        ).scalars()
        return b"".join(
            bytes(
                connection.exec_driver_sql(f"SELECT pg_read_binary_file(pg_relation_filepath('{name}'))").scalar_one()
            )
            for name in list(names)
        )


def on_paper_in_storage(store, evening: Evening) -> set[str]:
    """The voters beside whom the files hold that they vote on paper, in rows that are dead too."""
    data, next_row = storage(store), re.escape(evening.poll.election.id.encode())
    found = set()
    for voter in evening.voters:
        row = re.escape(voter.id.encode()) + rb"((?:(?!" + next_row + rb").){0,220})"
        if any(b"paper" in rest for rest in re.findall(row, data, re.DOTALL)):
            found.add(voter.id)
    return found


def test_after_the_close_no_file_holds_the_way_beside_the_voter(any_store, evening, official, second):
    """Rows that were overwritten are gone from pages, journal and PostgreSQL's dead rows; before, the same search finds them."""
    assert on_paper_in_storage(any_store, evening) == {paper.id for _slip, paper in evening.pairs.values()}
    close(any_store, evening, official, second)
    assert on_paper_in_storage(any_store, evening) == set()
    if any_store.engine.dialect.name == "postgresql":
        assert b"paper" not in storage(any_store)


def places(page: str, voter: Voter) -> list[str]:
    """The smallest parts of a page that name a voter, without what names her."""
    parts = re.split(r"</?(?:li|ul|ol|tr|p|dd|dl|section|article|form|table)\b", html.unescape(page))
    return sorted(same_words(part, voter) for part in parts if any(mark in part for mark in voter.marks))


@pytest.fixture
def at_desk(store, hold, found_election, add_staff, client, sign_in):
    """An evening at which somebody with every role sits at a desk: the evening, her and her colleague, and her browser."""
    election = found_election(store)
    members = tuple(add_staff(store, election, login, *Role) for login in ("bente", "åse"))
    found = hold(store, election, *members)
    make_desk(client, store, found.poll.election)
    return found, members, sign_in(client, "bente")


def test_after_the_close_no_page_tells_the_two_apart(store, at_desk, office, clock, monkeypatch):
    """Every page that anybody with every role and a desk can open, and what is told to herself, is the same for both."""
    monkeypatch.setattr(undoing, "MOST", 2 * len(WAYS))
    evening, (official, second), client = at_desk
    latest = f"/{evening.poll.election.slug}/checkin/latest"
    assert "stemmer på papir" in client.get(latest).text
    close(store, evening, official, second)
    seen = 0
    names = {"slug": evening.poll.election.slug, "checkin.undo number": "77"}
    pages = {path: client.get(path) for path in addresses(office, names)}
    for path, answer in pages.items():
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for way, (slip, paper) in evening.pairs.items():
            assert places(answer.text, slip) == places(answer.text, paper), (path, way)
            seen += len(places(answer.text, paper))
    assert seen
    assert "stemmer på papir" not in pages[latest].text
    for slip, paper in evening.pairs.values():
        files = []
        for voter in (slip, paper):
            subject = Subject(store.vault.hash_cpr(evening.poll.election.id, voter.cpr))
            told = insight.tell(store, official, evening.poll.election, subject, What.INSIGHT)
            file = json.loads(export.write(told, evening.poll.election, clock(), names=True))
            assert file["fremmøde"]["stemmer_på_papir"] is None
            file["hvem_har_set_oplysningerne"].sort(key=str)
            files.append(same_words(str(file), voter))
            looked = client.submit(f"/{evening.poll.election.slug}/secretariat/insight", {"cpr": voter.cpr})
            assert "Stemmer på papir" not in looked.text
        assert files[0] == files[1]


def test_an_admission_is_not_open_to_undoing_after_the_close(store, at_desk):
    """The page of an admission that can no longer be undone says so, and nothing of how she votes."""
    evening, members, client = at_desk
    close(store, evening, *members)
    with store.reading() as connection:
        assert elections.by_id(connection, evening.poll.election.id).state is PollState.CLOSED
    answer = client.get(f"/{evening.poll.election.slug}/checkin/latest/1")
    assert answer.status_code == 409
    assert "Afstemningen er ikke åben, så intet kan fortrydes." in answer.text
