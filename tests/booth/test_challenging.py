"""The challenge at the booth's door: what is opened is never cast, what is cast is never opened."""

from __future__ import annotations

import json

import pytest
from joined import make_booth
from polling import prepare_poll
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from ballots.protocol.canonical import write
from ballots.protocol.hashing import digest_base64, digest_hex
from ballots.urn import CHALLENGES_PER_SLIP, UrnAnswer
from votingapp.desks.booth.fairness import Fairness
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.urn import ballot, challenged_ballot, public_credential, urn


@pytest.fixture
def challenge(tablet, poll):
    """Have a ballot opened instead of cast: `challenge(raw)`."""

    def send(raw: bytes, **kwargs):
        return tablet.post(
            f"/{poll.election.slug}/challenges", data=raw, **({"content_type": "application/json"} | kwargs)
        )

    return send


def kept(store):
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(select(challenged_ballot))]


def cast_hashes(store):
    with store.reading() as connection:
        return list(connection.scalars(select(ballot.c.hash)))


def change(store, statement):
    def run(work):
        work.connection.execute(statement)
        work.keep_unrecorded()

    store.write(run)


def test_of_a_challenged_ballot_its_hash_alone_is_kept(store, poll, challenge):
    """The answer is its tracker; nothing lies in the urn, and neither credential nor entry nor time is kept."""
    with store.reading() as connection:
        log = connection.execute(select(audit_entry)).all()
    raw = poll.seal(poll.slips[0], chosen=1)
    answer = challenge(raw)
    assert (answer.status_code, answer.json) == (201, {"status": "challenged", "receipt": digest_base64(raw)})
    assert kept(store) == [(digest_hex(raw), poll.election.urn_uuid)]
    assert cast_hashes(store) == []
    with store.reading() as connection:
        assert connection.execute(select(audit_entry)).all() == log


def test_the_same_challenge_again_gets_the_same_answer(store, poll, challenge):
    """A tablet that lost the line may ask again, after the close, too, and when no more challenges are taken."""
    raw = poll.seal(poll.slips[0])
    first, again = challenge(raw), challenge(raw)
    change(store, update(urn).values(state="closed"))
    late = challenge(raw)
    assert (first.status_code, again.status_code, late.status_code) == (201, 200, 200)
    assert first.json == again.json == late.json
    assert len(kept(store)) == 1


def test_a_challenged_ballot_is_never_cast(store, poll, cast, challenge):
    """The very bytes are refused by whoever sends them, before and after the close."""
    raw = poll.seal(poll.slips[0])
    challenge(raw)
    answer = cast(raw)
    assert (answer.status_code, answer.json) == (409, {"status": "challenged"})
    change(store, update(urn).values(state="closed"))
    assert cast(raw).json == {"status": "challenged"}
    assert cast_hashes(store) == []


def test_a_cast_ballot_is_never_opened(store, poll, cast, challenge):
    """The answer says that it lies in the urn, with its receipt, and nothing is kept."""
    raw = poll.seal(poll.slips[0])
    cast(raw)
    answer = challenge(raw)
    assert (answer.status_code, answer.json) == (409, {"status": "cast", "receipt": digest_base64(raw)})
    assert kept(store) == []


def test_the_same_slip_votes_after_any_number_of_challenges(store, poll, cast, challenge):
    """A challenge spends nothing: three are made, and the fourth ballot is cast."""
    for chosen in (0, 1, 1):
        assert challenge(poll.seal(poll.slips[0], chosen)).status_code == 201
    raw = poll.seal(poll.slips[0], chosen=1)
    assert cast(raw).status_code == 201
    assert cast_hashes(store) == [digest_hex(raw)]


def test_it_is_judged_as_a_cast_is(store, poll, challenge):
    """Nothing is opened that would not have counted: unknown, void and spent slips, and a poll that is not open."""
    unknown = challenge(poll.seal("11111-111111-11111-111111"))
    assert (unknown.status_code, unknown.json) == (403, {"status": "unknown"})
    void = update(public_credential).where(public_credential.c.credential == poll.public(poll.slips[1]))
    change(store, void.values(void=True))
    assert challenge(poll.seal(poll.slips[1])).json == {"status": "void"}
    for state in ("not_open", "closed"):
        change(store, update(urn).values(state=state))
        assert challenge(poll.seal(poll.slips[0])).json == {"status": state}
    assert kept(store) == []


def test_a_spent_slip_opens_nothing(store, poll, cast, challenge):
    """Who has cast her ballot has no other one opened, so that nothing opened comes after the vote."""
    cast(poll.seal(poll.slips[0]))
    answer = challenge(poll.seal(poll.slips[0], chosen=1))
    assert (answer.status_code, answer.json) == (409, {"status": "spent"})
    assert kept(store) == []


def test_another_elections_ballot_and_a_changed_one_are_not_opened(store, poll, challenge, found_election):
    """Rejected by name, as at casting, and bytes that are no ballot at all, too."""
    other = prepare_poll(store, found_election(store, slug="anden"), issued=3)
    answer = challenge(other.seal(poll.slips[0]))
    assert (answer.status_code, answer.json) == (422, {"status": "rejected", "reason": "wrong_election"})
    record = json.loads(poll.seal(poll.slips[0]))
    record["signature"]["proof"]["response"] = "1"
    assert challenge(write(record)).json == {"status": "rejected", "reason": "signature"}
    assert challenge(b"{").status_code == 400
    assert challenge(poll.seal(poll.slips[0]), content_type="text/plain").status_code == 415
    assert kept(store) == []


def test_the_signature_of_another_slip_or_ballot_opens_and_casts_nothing(store, poll, cast, challenge):
    """Two ballots whose signatures were exchanged are refused at both doors: of two slips, and of one slip's two ballots."""
    mine, other, theirs = (poll.seal(poll.slips[slip], chosen) for slip, chosen in ((0, 0), (0, 1), (1, 0)))
    for first, second in ((mine, theirs), (mine, other)):
        one, two = json.loads(first), json.loads(second)
        one["signature"], two["signature"] = two["signature"], one["signature"]
        for swapped in (one, two):
            for door in (cast, challenge):
                assert door(write(swapped)).json == {"status": "rejected", "reason": "signature_hash"}
            swapped["signature"]["hash"] = digest_base64(
                write({name: value for name, value in swapped.items() if name != "signature"})
            )
            for door in (cast, challenge):
                assert door(write(swapped)).json == {"status": "rejected", "reason": "signature"}
    assert kept(store) == cast_hashes(store) == []


def test_a_replayed_opening_is_refused_in_any_spelling(poll, cast, challenge):
    """Who saw an opening can build the ballot's exact bytes, which are barred; no other spelling of it is a ballot."""
    raw = poll.seal(poll.slips[0])
    challenge(raw)
    assert cast(raw).json == {"status": "challenged"}
    record = json.loads(raw)
    spaced = json.dumps(record).encode()
    assert cast(spaced).json == {"status": "rejected", "reason": "not_canonical"}
    answers = raw.replace(b'"choices"', b'"\\u0063hoices"')
    assert cast(answers).json["status"] == "rejected"
    response = int(record["signature"]["proof"]["response"]) + 2**252 + 27742317777372353535851937790883648493
    record["signature"]["proof"]["response"] = str(response)
    assert cast(write(record)).json["status"] == "rejected"


def test_no_more_than_ten_for_each_slip_handed_out(store, poll, cast, challenge):
    """A mad tablet fills no disk: the next challenge is refused, while casting goes on."""
    full = [
        {"hash": digest_hex(b"%d" % one), "urn_uuid": poll.election.urn_uuid} for one in range(3 * CHALLENGES_PER_SLIP)
    ]
    change(store, insert(challenged_ballot).values(full))
    raw = poll.seal(poll.slips[0])
    answer = challenge(raw)
    assert (answer.status_code, answer.json) == (409, {"status": "exhausted"})
    assert len(kept(store)) == len(full)
    assert cast(raw).status_code == 201
    change(store, delete(challenged_ballot).where(challenged_ballot.c.hash == full[0]["hash"]))
    assert challenge(poll.seal(poll.slips[1])).status_code == 201


def test_one_slip_has_ten_and_another_voter_has_hers(booth, poll, cast, challenge):
    """Who takes all that one slip may have takes nothing from the next, and casts by it; what was kept before is answered."""
    booth.extensions["fairness"] = Fairness(per_tablet=100)
    mine = [poll.seal(poll.slips[0], number % 2) for number in range(CHALLENGES_PER_SLIP + 1)]
    assert [challenge(raw).status_code for raw in mine] == [201] * CHALLENGES_PER_SLIP + [409]
    assert challenge(mine[-1]).json == {"status": "slip_exhausted"}
    assert challenge(mine[0]).json == {"status": "challenged", "receipt": digest_base64(mine[0])}
    assert challenge(poll.seal(poll.slips[1])).status_code == 201
    assert cast(mine[-1]).status_code == 201


def test_one_tablet_has_a_few_a_minute_and_casting_none(booth, poll, cast, challenge):
    """The next one is told to wait a minute, and may cast meanwhile; a challenge sent again and a wrong ballot take nothing."""
    now = [1000.0]
    booth.extensions["fairness"] = Fairness(lambda: now[0], per_tablet=2)
    first, second, third = (poll.seal(slip) for slip in poll.slips)
    for raw in (first, first, b"[]", poll.seal("11111-111111-11111-111111"), second):
        challenge(raw)
    answer = challenge(third)
    assert (answer.status_code, answer.json) == (429, {"status": "too_soon"})
    assert challenge(first).status_code == 200
    assert cast(third).status_code == 201
    now[0] += 60
    assert challenge(poll.seal(poll.slips[0])).status_code == 201


def test_the_share_is_counted_apart_for_each_tablet_and_in_no_order():
    """What is in memory names no slip that anybody knows, in an order that is not that of the challenges."""
    fairness = Fairness(per_tablet=30)
    slips = [f"{number:064x}" for number in range(30)]
    assert [fairness.take("a", slip) for slip in slips] == [None] * 30
    assert (fairness.take("a", slips[0]), fairness.take("b", slips[0])) == (UrnAnswer.TOO_SOON, None)
    counted = list(vars(fairness)["_slips"])
    assert counted == sorted(counted)
    assert not {slip.encode() for slip in slips} & set(counted)
    for slip in slips:
        fairness.give_back("a", slip)
    assert list(vars(fairness)["_slips"].values()) == [1]


def test_only_a_tablet_of_the_election_challenges(booth, store, poll, found_election):
    """No device and one of another election reach the door no more than that of casting, nor does another site's page."""
    other = prepare_poll(store, found_election(store, slug="anden"), issued=3)
    stranger = make_booth(booth, store, other.election)
    raw, address = poll.seal(poll.slips[0]), f"/{poll.election.slug}/challenges"
    for browser in (booth.test_client(), stranger):
        assert browser.post(address, data=raw, content_type="application/json").status_code == 403
    own = make_booth(booth, store, poll.election)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert own.post(address, data=raw, content_type="application/json", headers=foreign).status_code == 403
    assert kept(store) == []


def test_the_database_itself_refuses_both(any_store, found_election):
    """Whatever a program forgets to ask, no hash gets into both tables, by insert or by update."""
    poll = prepare_poll(any_store, found_election(any_store), slips=1, issued=1)
    urn_uuid = poll.election.urn_uuid
    lying = {"urn_uuid": urn_uuid, "credential": "c" * 64, "body": b"{}"}
    change(any_store, insert(ballot).values(hash="a" * 64, **lying))
    change(any_store, insert(challenged_ballot).values(hash="b" * 64, urn_uuid=urn_uuid))
    for statement in (
        insert(challenged_ballot).values(hash="a" * 64, urn_uuid=urn_uuid),
        insert(ballot).values(hash="b" * 64, **(lying | {"credential": "d" * 64})),
        update(challenged_ballot).values(hash="a" * 64),
        update(ballot).values(hash="b" * 64),
    ):
        with pytest.raises(DBAPIError, match="never both"):
            change(any_store, statement)
    assert (cast_hashes(any_store), kept(any_store)) == (["a" * 64], [("b" * 64, urn_uuid)])


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("hidden", "change"),
    [
        ("ballot", insert(challenged_ballot).values(hash="a" * 64)),
        ("challenged_ballot", insert(ballot).values(hash="b" * 64, credential="d" * 64, body=b"{}")),
    ],
)
def test_a_table_of_ones_own_hides_no_ballot(postgres_store, found_election, hidden, change):
    """PostgreSQL looks for a table among the temporary ones first; the guard does not."""
    poll = prepare_poll(postgres_store, found_election(postgres_store), slips=1, issued=1)
    urn_uuid = poll.election.urn_uuid
    with postgres_store.engine.connect() as connection:
        connection.execute(insert(ballot).values(hash="a" * 64, urn_uuid=urn_uuid, credential="c" * 64, body=b"{}"))
        connection.execute(insert(challenged_ballot).values(hash="b" * 64, urn_uuid=urn_uuid))
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {hidden} (hash text)")
        with pytest.raises(DBAPIError, match="never both"):
            connection.execute(change.values(urn_uuid=urn_uuid))
