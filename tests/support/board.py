"""An election board for the tests: its members make a key, freeze, open, close and decrypt as people would, step by step."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ceremonies import close_together, open_together, seal_together
from sqlalchemy import insert, update

from ballots.protocol.ballot import check_ballot, seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.threshold.certificate import make_certificate
from ballots.protocol.threshold.dealing import deal_polynomial, redistribute
from ballots.protocol.threshold.identity import generate_seed
from ballots.protocol.threshold.share import make_share, open_decryption_key
from ballots.protocol.threshold.trial import TrialSum, make_part
from candidates.cpr import parse_cpr
from candidates.nomination import Nomination, NominationState
from tally.decryption import partially_decrypt
from votingapp.desks.ceremony import confirming, trying
from votingapp.desks.ceremony import service as ceremony
from votingapp.desks.count import decrypting, tallying
from votingapp.desks.poll import service as poll
from votingapp.desks.poll.reporting import Made
from votingapp.store import counts, elections, filing, keys, nominations, urns
from votingapp.store.keys import Step
from votingapp.store.staff import Role, Staff, appoint
from votingapp.store.tables.staff import staff as staff_table
from votingapp.store.tables.urn import ballot as ballot_table
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

AFTER_NOMINATIONS = datetime(2021, 11, 20, 9, tzinfo=UTC)
CANDIDATES = ("Bo Østergård", "Çelik Ağa", "Aase Æbelø")
SUBMIT = {
    Step.CERTIFICATE: ceremony.submit_certificate,
    Step.DEALING: ceremony.submit_dealing,
    Step.SHARE: ceremony.submit_share,
}


@dataclass
class Board:
    """The people of the board, their seeds, and the slips they would have printed."""

    store: Store
    election: Election
    secretary: Staff
    members: tuple[Staff, ...]
    seeds: dict[str, str] = field(default_factory=dict)
    slips: tuple[str, ...] = ()

    @property
    def chair(self) -> Staff:
        return self.members[0]

    def now(self) -> Election:
        """The election as it stands."""
        with self.store.reading() as connection:
            return elections.by_id(connection, self.election.id)

    def ceremony(self) -> keys.Ceremony:
        with self.store.reading() as connection:
            found = keys.ceremony_of(connection, self.election.id)
        assert found is not None
        return found

    def start(self, threshold: int = 2):
        ids = [one.id for one in self.members]
        return ceremony.start_ceremony(self.store, self.secretary, self.election, ids, threshold)

    def seed(self, member: Staff) -> str:
        return self.seeds.setdefault(member.id, generate_seed(secrets.token_bytes))

    def message(self, member: Staff, step: Step) -> bytes:
        """What a member's device would send at a step."""
        held = self.ceremony()
        position = held.member(member.id).position
        certificates = held.messages(Step.CERTIFICATE) or ()
        match step:
            case Step.CERTIFICATE:
                return make_certificate(self.seed(member), held.context, position, secrets.token_bytes)
            case Step.DEALING:
                return deal_polynomial(self.seed(member), certificates, secrets.token_bytes)
            case Step.SHARE:
                delivery = redistribute(certificates, held.messages(Step.DEALING))[position - 1]
                return make_share(self.seed(member), certificates, delivery, secrets.token_bytes)

    def send(self, member: Staff, step: Step, raw: bytes | None = None):
        """Send a member's message, or what somebody else made of it."""
        return SUBMIT[step](self.store, member, self.election, raw or self.message(member, step))

    def send_all(self, step: Step) -> None:
        for member in self.members:
            assert isinstance(self.send(member, step), ceremony.Taken)

    def make_key(self, threshold: int = 2) -> None:
        """The whole ceremony, and as many try their sheets as it takes to open the sum."""
        assert self.start(threshold) == ceremony.Started()
        self.finish_key()
        for member in self.members[:threshold]:
            assert isinstance(self.try_sheet(member), ceremony.Taken)

    def finish_key(self) -> None:
        """All that the members' devices send until the key stands."""
        for step in Step:
            self.send_all(step)

    def trial_part(self, member: Staff) -> bytes:
        """What a member's device sends when she opens her part of the trial sum."""
        held = self.ceremony()
        secret = open_decryption_key(self.seed(member), held.member(member.id).share.encode())
        trial = TrialSum(self.election.urn_uuid, held.trustees().combined_public_key)
        return make_part(trial, secret, secrets.token_bytes)

    def try_sheet(self, member: Staff, raw: bytes | None = None):
        """Open a member's part of the trial sum."""
        return trying.submit_trial_part(self.store, member, self.election, raw or self.trial_part(member))

    def nominate(self, *names: str, line: str = "") -> None:
        """Accepted candidates, in an order that is not the alphabet's."""

        def receive(work):
            for place, name in enumerate(reversed(names)):
                cpr = parse_cpr(f"10126200{place + 10}")
                sent = filing.Submission(name, cpr, filing.Contact("a@example.invalid"), "", None)
                standing = Nomination(NominationState.ACCEPTED, datetime(2021, 11, 10, 9, tzinfo=UTC))
                filed = filing.receive(work, self.election.id, sent, standing)
                if line:
                    nominations.set_line(work.connection, self.election.id, filed.nomination_id, line)
            work.record(self.election.id, "test", "nominated")

        self.store.write(receive)

    def keep_slips(self, number: int) -> None:
        """Put public credentials on the list as if their slips were printed, and keep the slips for the voters."""
        self.slips = tuple(generate_credential(self.election.urn_uuid, secrets.token_bytes) for _ in range(number))
        public = [derive_public(self.election.urn_uuid, private) for private in self.slips]

        def keep(work):
            urns.add_slips(work.connection, self.election.urn_uuid, public)
            work.record(self.election.id, "test", "slips_kept")

        self.store.write(keep)

    def prepare(self, *names: str, slips: int = 6) -> None:
        """Everything that must be there before the freeze."""
        self.nominate(*(names or CANDIDATES))
        self.make_key()
        self.keep_slips(slips)
        self.store.clock.move_to(AFTER_NOMINATIONS)

    def freeze(self):
        """The chair freezes, and each member's device finds the set-up that everybody sees."""
        frozen = poll.freeze(self.store, self.chair, self.election)
        if isinstance(frozen, poll.Frozen):
            for member in self.members:
                assert isinstance(self.confirm(member, frozen.seal.setup), confirming.Confirmed)
        return frozen

    def confirm(self, member: Staff, setup: str):
        """Say for a member that her device found this hash."""
        return confirming.confirm_setup(self.store, member, self.election, setup)

    def open(self):
        """Two of the members open the poll together."""
        return open_together(self.store, self.election, self.members[:2])

    def close(self):
        """The same two close it, with nobody in line."""
        return close_together(self.store, self.election, self.members[:2])

    def seal(self):
        """They settle the account and seal the urn by its report, so that it may be counted."""
        return seal_together(self.store, self.election, self.members[:2])

    def issue_slips(self, number: int) -> None:
        self.set_urn(slips_issued=number)

    def set_urn(self, **values: object) -> None:
        """Change the urn's row behind the desks' backs."""

        def change(work):
            work.connection.execute(
                update(urn_table).where(urn_table.c.uuid == self.election.urn_uuid).values(**values)
            )
            work.record(self.election.id, "test", "urn_changed")

        self.store.write(change)

    def stop(self, member: Staff, found: str = ""):
        """Say for a member that something does not fit."""
        return confirming.stop_setup(self.store, member, self.election, found)

    def question(self):
        with self.store.reading() as connection:
            return counts.question_of(connection, self.election)

    def cast(self, slip: str, *chosen: int) -> bytes:
        """Seal a ballot for candidates by ballot number, blank without any, and put it into the urn."""
        question = self.question()
        marks = [int(not chosen), *(int(number in chosen) for number in range(1, len(question.answers) + 1))]
        raw = seal_ballot(question, slip, marks, secrets.token_bytes)
        self.put(raw, check_ballot(question, raw).credential, check_ballot(question, raw).hash_hex)
        return raw

    def put(self, raw: bytes, credential: str, name: str) -> None:
        """Put bytes into the urn as they are."""

        def insert_it(work):
            row = {"hash": name, "urn_uuid": self.election.urn_uuid, "credential": credential, "body": raw}
            work.connection.execute(insert(ballot_table).values(row))
            work.keep_unrecorded()

        self.store.write(insert_it)

    def vote(self, *choices: tuple[int, ...], meanwhile: Callable[[], None] | None = None) -> None:
        """Freeze, and hold the poll."""
        assert isinstance(self.freeze(), poll.Frozen)
        self.hold_poll(*choices, meanwhile=meanwhile)

    def hold_poll(self, *choices: tuple[int, ...], meanwhile: Callable[[], None] | None = None) -> None:
        """Open, cast one ballot for each choice, let `meanwhile` happen, close, and seal the urn."""
        assert isinstance(self.open(), poll.Opened)
        self.issue_slips(len(choices))
        for slip, choice in zip(self.slips, choices, strict=False):
            self.cast(slip, *choice)
        if meanwhile is not None:
            meanwhile()
        closed = self.close()
        assert isinstance(closed, poll.Closed)
        assert closed.ballots == len(choices)
        assert isinstance(self.seal(), Made)

    def decryption(self, member: Staff) -> bytes:
        """What a member's device would make of her seed and the sum."""
        own = self.ceremony().member(member.id)
        secret = open_decryption_key(self.seed(member), own.share.encode())
        question = self.question()
        with self.store.reading() as connection:
            tally = counts.count_of(connection, self.election.id).tally(question)
        return partially_decrypt(question, tally, secret, secrets.token_bytes)

    def decrypt(self, member: Staff, raw: bytes | None = None):
        return decrypting.submit_decryption(self.store, member, self.election, raw or self.decryption(member))

    def count(self) -> None:
        """Add up, decrypt with the first two members, and find the result."""
        assert isinstance(tallying.compute_tally(self.store, self.chair, self.election), tallying.Tallied)
        for member in self.members[:2]:
            assert isinstance(self.decrypt(member), decrypting.Decrypted)
        outcome = decrypting.compute_result(self.store, self.chair, self.election)
        assert isinstance(outcome, decrypting.Counted), outcome


def seat_board(store: Store, election: Election, add_staff=None) -> Board:
    """A secretary and three members; with `add_staff` they can sign in, which costs a password's hash for each."""
    add = add_staff or _add_without_password
    secretary = add(store, election, "sekretær", Role.SECRETARIAT)
    members = tuple(add(store, election, login, Role.BOARD) for login in ("anne", "birk", "cilla"))
    return Board(store, election, secretary, members)


def _add_without_password(store: Store, election: Election, login: str, role: Role) -> Staff:
    official = Staff(str(uuid.uuid4()), login, login.title(), must_change_password=False, may_found=False)
    row = asdict(official) | {"password_hash": "none", "added_at": store.clock()}

    def add(work):
        work.connection.execute(insert(staff_table).values(row))
        appoint(work, "test", election.id, official.id, role)

    store.write(add)
    return official
