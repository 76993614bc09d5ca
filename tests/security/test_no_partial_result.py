"""Before the close nobody learns anything of what lies in the urn, not even how much: at no address, in no role, at no device."""

from __future__ import annotations

import io
import secrets
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ceremonies import close_together, seal_together
from counted_stage import withdraw_waiting
from onlookers import Onlooker, addresses, ask_all, onlookers, says, tablets, without_tokens, words
from polling import keep_register, person
from sqlalchemy import insert, select, update
from sweeping import make_stage

from ballots.protocol.ballot import check_ballot, seal_ballot
from votingapp.booth import create_booth
from votingapp.certificates import found_authority, issue
from votingapp.desks.poll.service import Frozen, Opened
from votingapp.settings import load_settings
from votingapp.store import admissions, counts, elections
from votingapp.store.devices import Kind
from votingapp.store.tables.register import register_person
from votingapp.store.tables.urn import ballot, urn
from votingapp.trust import create_trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from board import Board
    from flask import Flask

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

PRINTED, ISSUED, CAST = 400, 320, 137
"""None of these numbers, nor what follows from them, stands anywhere else in the house."""
LATER = 9
"""So many more are cast while everybody looks on."""
STABLE = 0.8
"""Of the answers so many must be the same twice, or a comparison says nothing."""


@dataclass
class Evening:
    """An open poll, its two apps, and what is in the urn."""

    store: Store
    election: Election
    board: Board
    office: Flask
    booth: Flask
    places: dict[str, str]
    raw: list[bytes]

    def cast(self, number: int) -> None:
        """Put ballots into the urn, as many as asked for."""
        question, slips = self.board.question(), self.board.slips[len(self.raw) : len(self.raw) + number]
        sealed = [
            seal_ballot(question, slip, [0, 1, *[0] * (question.positions - 2)], secrets.token_bytes) for slip in slips
        ]
        checked = [check_ballot(question, raw) for raw in sealed]
        rows = [
            {"hash": one.hash_hex, "urn_uuid": self.election.urn_uuid, "credential": one.credential, "body": raw}
            for one, raw in zip(checked, sealed, strict=True)
        ]

        def put(work) -> None:
            work.connection.execute(insert(ballot), rows)
            work.keep_unrecorded()

        self.store.write(put)
        self.raw += sealed

    @property
    def secret(self) -> tuple[int, int, int]:
        """How many voted, how many slips in voters' hands were not cast, how many slips are not in the urn."""
        cast = len(self.raw)
        return cast, ISSUED - cast, PRINTED - cast

    @property
    def needles(self) -> list[bytes]:
        """What would betray single ballots: their hashes, their receipts and a piece of what they seal."""
        question = self.board.question()
        checked = [check_ballot(question, raw) for raw in self.raw]
        return [
            *(one.hash_hex.encode() for one in checked),
            *(one.tracker.encode() for one in checked),
            *(raw[raw.index(b'"alpha":"') + 9 :][:40] for raw in self.raw),
        ]


def admit_many(store: Store, election: Election, official_id: str) -> None:
    """As many residents as slips are issued have been admitted at two desks."""
    keep_register(store, election, *(person(f"Vælger {n}", f"{n % 28 + 1:02d}0180{1000 + n}") for n in range(ISSUED)))

    def admit(work) -> None:
        ids = work.connection.scalars(select(register_person.c.id)).all()
        for place, person_id in enumerate(ids[:ISSUED]):
            desk = f"Bord {place % 2 + 1}"
            admissions.add(work, election.id, person_id, desk=desk, official_id=official_id, declaration=None)
        work.connection.execute(update(urn).where(urn.c.uuid == election.urn_uuid).values(slips_issued=ISSUED))
        work.record(election.id, "test", "many_admitted")

    store.write(admit)


@contextmanager
def hold_evening(tmp_path_factory, migrated_sqlite, koege_rules) -> Iterator[Evening]:
    """Many have been admitted and fewer have voted; the poll is still open."""
    seated = []

    def bring(board: Board) -> None:
        board.prepare("Øzlem Ærø", "Åse Østergård", "Yıldız Çelik", slips=PRINTED)
        board.store.write(lambda work: withdraw_waiting(work, board))
        assert isinstance(board.freeze(), Frozen)
        assert isinstance(board.open(), Opened)
        admit_many(board.store, board.election, board.chair.id)
        seated.append(board)

    with make_stage(tmp_path_factory, migrated_sqlite, koege_rules, bring) as stage:
        (board,) = seated
        home = Path(str(board.store.engine.url.database)).parent
        booth = create_booth(load_settings({"VOTINGAPP_HOME": str(home)}), board.store)
        held = Evening(board.store, board.election, board, stage.app, booth, stage.places, [])
        held.cast(CAST)
        yield held


@pytest.fixture(scope="module")
def evening(tmp_path_factory, migrated_sqlite, koege_rules):
    """An evening that goes on."""
    with hold_evening(tmp_path_factory, migrated_sqlite, koege_rules) as held:
        yield held


@pytest.fixture
def last_evening(tmp_path_factory, migrated_sqlite, koege_rules):
    """One that a test may close."""
    with hold_evening(tmp_path_factory, migrated_sqlite, koege_rules) as held:
        yield held


@pytest.fixture(scope="module")
def people(evening) -> list[Onlooker]:
    return onlookers(evening.office, evening.store, evening.election, (Kind.DESK, Kind.BOOTH))


@pytest.fixture(scope="module")
def at_tablets(evening) -> list[Onlooker]:
    return tablets(evening.booth, evening.store, evening.election)


def betrayed(answer, secret: tuple[int, ...], needles: list[bytes]) -> list[str]:
    """What an answer tells of the urn."""
    text, data = words(answer), answer.get_data()
    told = [f"the number {number}" for number in secret if says(text, number)]
    return told + ["a ballot" for needle in needles if needle in data][:1]


def test_no_answer_tells_anything_of_the_urn(evening, people, at_tablets):
    """Every address of office and booth, asked by everybody at every kind of device: no number, no hash, no sealed byte."""
    secret, needles = evening.secret, evening.needles
    asked, leaks = 0, []
    for crowd, app in ((people, evening.office), (at_tablets, evening.booth)):
        for who, path, answer in ask_all(crowd, addresses(app, evening.places)):
            asked += answer.status_code == 200
            leaks += [(who, path, told) for told in betrayed(answer, secret, needles)]
    assert leaks == []
    assert asked > 500


def test_no_answer_changes_when_a_ballot_is_cast(evening, people, at_tablets):
    """What is the same twice is the same a third time, with more ballots in the urn: there is nothing to count by."""
    insider = [one for one in people if one.name == "everything at desk"]
    crowds = ((insider, evening.office), (at_tablets, evening.booth))

    def look() -> dict[tuple[str, str], tuple[int, bytes]]:
        return {
            (who, path): without_tokens(answer)
            for crowd, app in crowds
            for who, path, answer in ask_all(crowd, addresses(app, evening.places))
        }

    first, second = look(), look()
    stable = [door for door, answer in first.items() if second[door] == answer]
    assert len(stable) > STABLE * len(first), sorted(set(first) - set(stable))
    evening.cast(LATER)
    third = look()
    assert [door for door in stable if third[door] != first[door]] == []


def test_the_archive_holds_no_ballot_before_the_close(evening, people):
    """The public file is there, and it is the set-up alone, whoever asks."""
    for who, path, answer in ask_all(people, ["/koege-2021/election.bel"]):
        assert answer.status_code == 200, (who, path)
        with tarfile.open(fileobj=io.BytesIO(answer.get_data())) as archive:
            events = [member.name for member in archive if member.name.endswith(".event.json")]
        assert len(events) == 1, who


@pytest.mark.parametrize("step", ["tally", "decryption", "result", "lots", "lots/announce", "lots/dice"])
def test_the_count_takes_no_step_before_the_close(evening, people, step):
    """Nobody adds up, opens or draws anything: each is refused, and nothing is kept."""
    for one in people:
        token = (
            one.client.get("/password").text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        )
        path, headers = f"/koege-2021/count/{step}", {"X-CSRFToken": token}
        as_json = {"json": {}} if step == "decryption" else {"data": {"csrf_token": token}}
        answer = one.client.post(path, headers=headers, **as_json)
        assert answer.status_code in {302, 400, 403, 409, 422}, (one.name, step)
        if answer.status_code == 302:
            assert "/sign-in" in answer.location, one.name
    with evening.store.reading() as connection:
        assert counts.count_of(connection, evening.election.id) is None


def test_the_door_for_trust_knows_no_election(tmp_path):
    """The one app that is served in clear has no store from which it could tell anything."""
    folder = tmp_path / "tls"
    folder.mkdir(mode=0o700)
    made = found_authority(folder, (), "laptop", datetime.now(UTC))
    issue(folder, made, ("laptop.local",), datetime.now(UTC))
    app = create_trust(load_settings({"VOTINGAPP_HOME": str(tmp_path)}))
    assert "store" not in app.extensions
    assert all("slug" not in route.arguments for route in app.url_map.iter_rules())


def test_after_the_close_the_same_search_finds_it(last_evening):
    """The search is not blind: as soon as the poll is closed it finds the number and the ballots."""
    evening = last_evening
    people = onlookers(evening.office, evening.store, evening.election, (Kind.DESK,))
    members, now = evening.board.members[:2], len(evening.raw)
    assert close_together(evening.store, evening.election, members).ballots == now
    seal_together(evening.store, evening.election, members)
    with evening.store.reading() as connection:
        assert elections.by_id(connection, evening.election.id).closed_at is not None
    (insider,) = [one for one in people if one.name == "everything at desk"]
    assert says(words(insider.client.get("/koege-2021/poll")), now)
    assert says(words(insider.client.get("/koege-2021/poll/urn-report.pdf")), now)
    archive = insider.client.get("/koege-2021/election.bel").get_data()
    assert all(needle in archive for needle in evening.needles[: len(evening.raw)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Stemmer i urnen: 137", True),
        ("137 stemmer.", True),
        ('{"ballots":137}', True),
        ("i alt 137.", True),
        ("(137)", True),
        ("kl. 20.137", False),
        ("1137 vælgere", False),
        ("137ab", False),
        ("2021-137", False),
        ("137.5", False),
    ],
)
def test_the_search_knows_a_number_when_it_sees_one(text, found):
    """A figure in a sentence, a table or JSON is found; digits inside a hash, a time or another number are not."""
    assert says(text, 137) is found
