"""A polling station before the doors open: its register, its ballot, its desks and booths, and the voters with their slips."""

from __future__ import annotations

import random
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from ballots.admission import Admitted
from ballots.protocol import election as protocol
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.possession import prove_possession
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from candidates.cpr import Cpr, parse_cpr
from candidates.nomination import Nomination, NominationState
from votingapp.desks.checkin import service as checkin
from votingapp.store import devices, filing, nominations, poll_cards, register, staff, urns
from votingapp.store.devices import Kind
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from ballots.protocol.election import Election as Question
    from ballots.register import Person
    from benchmarks.register import House
    from votingapp.store.unit_of_work import Work

DESKS, BOOTHS = 32, 32
CANDIDATES = 15
VOTERS_EACH, BALLOTS_EACH = 18, 7
SLIPS_LEFT = 500
PASSWORD = "en lang og god sætning"  # noqa: S105 - of officials that live as long as a measurement


def furnish(house: House) -> dict[str, Any]:
    """Bring the election of a house to its open poll, with everybody in place; what each device and voter holds."""
    question = _open_the_poll(house)
    desks = [_desk(house, number) for number in range(DESKS)]
    booths = [_device(house, Kind.BOOTH, f"Stemmeboks {number + 1}") for number in range(BOOTHS)]
    chance = random.Random(23112021)
    voters = chance.sample(house.persons, DESKS * VOTERS_EACH + BOOTHS * BALLOTS_EACH)
    earlier, coming = voters[: BOOTHS * BALLOTS_EACH], voters[BOOTHS * BALLOTS_EACH :]
    slips = [generate_credential(question.uuid, secrets.token_bytes) for _ in range(len(voters) + SLIPS_LEFT)]
    _print_slips(house, question, slips)
    for voter in earlier:  # they hold the slips that are cast now
        (found,) = checkin.find_cpr(house.store, house.desk, house.election, voter.cpr)
        official, person_id = house.desk.official, found.person.id
        if not isinstance(
            checkin.admit(house.store, official, house.election, person_id, "Bord 0", declared=True), Admitted
        ):
            raise TypeError("a voter who may vote was not admitted")
    ballots = [_ballot(question, slip, number) for number, slip in enumerate(slips[: len(earlier)])]
    return {
        "slug": house.election.slug,
        "desks": [
            desk | {"voters": [_voter(house, one) for one in coming[place::DESKS]]} for place, desk in enumerate(desks)
        ],
        "booths": [{"token": booth, "ballots": ballots[place::BOOTHS]} for place, booth in enumerate(booths)],
    }


def _open_the_poll(house: House) -> Question:
    """Fix a ballot of fifteen and open the poll, past the ceremonies; slips are printed later."""
    _secret, key = generate_trustee_key(secrets.token_bytes, "Bo Bestyrer")
    trustees = build_trustees((SingleTrustee(key),))
    names = tuple(f"Kandidat {place:02d}" for place in range(CANDIDATES))
    question = protocol.build_election(
        house.election.urn_uuid,
        house.election.name,
        "",
        protocol.Question("Hvem?", names, house.election.rules.ballot.blank, 1, 1),
        trustees.combined_public_key,
    )

    def act(work: Work) -> None:
        receipts = [_nominate(work, house, name, f"01026200{place:02d}") for place, name in enumerate(names)]
        nominations.set_ballot_numbers(work.connection, house.election.id, receipts)
        texts = {"election_json": question.raw.decode(), "trustees_json": trustees.raw.decode()}
        work.connection.execute(update(urn_table).values(state="open", **texts))
        work.connection.execute(update(election_table).values(frozen_at=work.now, opened_at=work.now))
        work.record(house.election.id, "bench", "poll_opened")

    house.store.write(act)
    return question


def _nominate(work: Work, house: House, name: str, cpr: str) -> str:
    read = parse_cpr(cpr)
    if not isinstance(read, Cpr):
        raise TypeError("a candidate's number is none")
    sent_in = filing.Submission(name, read, filing.Contact("a@example.invalid"), "", None)
    return filing.receive(work, house.election.id, sent_in, Nomination(NominationState.ACCEPTED, work.now)).receipt


def _print_slips(house: House, question: Question, slips: list[str]) -> None:
    def act(work: Work) -> None:
        urns.add_slips(work.connection, question.uuid, [derive_public(question.uuid, slip) for slip in slips])
        work.record(house.election.id, "bench", "slips_printed")

    house.store.write(act)


def _desk(house: House, number: int) -> dict[str, Any]:
    """A desk that has joined, and the official who will sign in there."""
    login = f"bord{number + 1}"

    def act(work: Work) -> staff.Staff:
        return staff.add(work, "bench", login, login, PASSWORD, may_found=False, must_change=False)

    official = house.store.write(act)
    if not isinstance(official, staff.Staff):
        raise TypeError("the official is there already")
    house.store.write(lambda work: staff.appoint(work, "bench", house.election.id, official.id, staff.Role.DESK))
    return {"token": _device(house, Kind.DESK, f"Bord {number + 1}"), "login": login, "password": PASSWORD}


def _device(house: House, kind: Kind, name: str) -> str:
    """The token of a device that has joined."""

    def act(work: Work) -> str:
        invited = devices.invite(work, house.election.id, kind, name, house.desk.official.id)
        joined = None if isinstance(invited, devices.NameTaken) else devices.join(work, invited[1], kind)
        if joined is None:
            raise LookupError("the device cannot join")
        work.record(house.election.id, "bench", "device_joined", device=name)
        return joined[1]

    return house.store.write(act)


def _voter(house: House, person: Person) -> dict[str, str]:
    """A voter as the desk meets her: every third with her poll card, her number, or her name and birth date."""
    with house.store.reading() as connection:
        found = register.find_by_cpr(connection, house.store.vault, house.election.id, person.cpr)
    if found is None:
        raise LookupError("somebody of the extract was not found")
    said = f"{person.birth_date:%d%m%y}"
    card = {"query": poll_cards.issue(house.store.vault, house.election.id, found).text, "birth_date": ""}
    number = {"query": person.cpr.number, "birth_date": ""}
    name = {"query": person.name, "birth_date": f"{person.birth_date:%d-%m-%Y}"}
    return {"id": found.id, "said": said} | (card, number, name)[found.roll_number % 3]


def _ballot(question: Question, slip: str, number: int) -> dict[str, Any]:
    """What a tablet sends for one voter: the question about her slip, and her sealed ballot."""
    marks = [0] * question.positions
    marks[number % question.positions] = 1
    proof = prove_possession(question.uuid, slip, secrets.token_bytes).to_json()
    return {
        "question": {"credential": derive_public(question.uuid, slip), "proof": proof},
        "sealed": seal_ballot(question, slip, marks, secrets.token_bytes).decode(),
    }
