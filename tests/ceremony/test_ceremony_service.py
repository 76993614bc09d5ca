"""The key ceremony on both databases: who may hold it, in which order, and what is refused to whom."""

from __future__ import annotations

import json

import pytest

from votingapp.desks.ceremony import service
from votingapp.store import audit
from votingapp.store.keys import Step
from votingapp.store.staff import Role


def spoil(raw: bytes, *path: str | int) -> bytes:
    """Change one text deep inside a line of JSON."""
    record = json.loads(raw)
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = f"1{place[path[-1]][1:]}" if not place[path[-1]].startswith("1") else f"2{place[path[-1]][1:]}"
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()


def test_three_members_make_a_key_that_two_can_use(any_store, board):
    """After each member's three messages the trustees' record is complete and any two of three are needed."""
    seated = board(any_store)
    seated.make_key()
    trustees = seated.ceremony().trustees()
    assert trustees is not None
    assert len(trustees.keys) == 3
    assert trustees.items[0].threshold == 2


def test_only_the_last_share_completes_the_key(store, board):
    """Nobody is told that the key stands before it does."""
    seated = board(store)
    seated.start()
    answers = [seated.send(member, step) for step in Step for member in seated.members]
    assert [answer.complete for answer in answers] == [False] * 8 + [True]


@pytest.mark.parametrize("threshold", [0, 1, 3, 4, -1])
def test_a_threshold_that_one_holder_or_one_lost_note_could_break_is_refused(store, board, threshold):
    """As many as there are, more, one alone, or nobody: none of these is a threshold."""
    assert board(store).start(threshold) == service.BadThreshold(3)


def test_one_member_alone_is_no_board(store, board):
    """A key that one person holds is no key of the board."""
    seated = board(store)
    chosen = [seated.chair.id]
    assert service.start_ceremony(store, seated.secretary, seated.election, chosen, 1) == service.BadThreshold(1)


def test_only_the_board_holds_keys(store, board, add_staff):
    """An official without the role, or the same one twice, cannot be a key holder."""
    seated = board(store)
    desk = add_staff(store, seated.election, "bord", Role.DESK)
    for chosen in ([seated.chair.id, desk.id], [seated.chair.id, seated.chair.id]):
        outcome = service.start_ceremony(store, seated.secretary, seated.election, chosen, 1)
        assert outcome == service.NotOnBoard()


def test_a_ceremony_is_started_once(store, board):
    """A second start must not wipe out what members have sent."""
    seated = board(store)
    seated.start()
    seated.send(seated.chair, Step.CERTIFICATE)
    assert seated.start() == service.AlreadyStarted()
    assert seated.ceremony().members[0].certificate is not None


def test_nobody_runs_ahead(store, board):
    """What comes later waits for everybody, and the same message is not taken twice."""
    seated = board(store)
    assert service.submit_certificate(store, seated.chair, seated.election, b"{}") == service.NotYet()
    seated.start()
    assert seated.send(seated.chair, Step.DEALING, b"{}") == service.NotYet()
    first = seated.message(seated.chair, Step.CERTIFICATE)
    assert seated.send(seated.chair, Step.CERTIFICATE, first) == service.Taken(complete=False)
    assert seated.send(seated.chair, Step.CERTIFICATE) == service.AlreadySent()
    assert seated.ceremony().members[0].certificate == first.decode()
    assert seated.send(seated.chair, Step.DEALING, b"{}") == service.NotYet()


def test_a_stranger_sends_nothing(store, board, add_staff):
    """A board member who was not chosen cannot slip a message in."""
    seated = board(store)
    seated.start()
    late = add_staff(store, seated.election, "dorte", Role.BOARD)
    assert service.submit_certificate(store, late, seated.election, b"{}") == service.NotMember()


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"[]", b"null", b'{"message":"{}","signature":{}}'])
def test_what_is_no_certificate_is_refused_by_name(store, board, raw):
    """Broken input is answered with a reason and the member's name, and not kept."""
    seated = board(store)
    seated.start()
    outcome = seated.send(seated.members[1], Step.CERTIFICATE, raw or b" ")
    assert isinstance(outcome, service.Refused)
    assert outcome.name == "Birk"
    assert seated.ceremony().members[1].certificate is None


def test_a_certificate_for_another_place_is_refused(store, board):
    """A member cannot stand in somebody else's place with a certificate made for it."""
    seated = board(store)
    seated.start()
    outcome = seated.send(seated.members[1], Step.CERTIFICATE, seated.message(seated.members[2], Step.CERTIFICATE))
    assert isinstance(outcome, service.Refused)


def test_a_certificate_of_somebody_elses_keys_is_refused(store, board):
    """Two members with the same seed would be one person with two votes on the key."""
    seated = board(store)
    seated.start()
    seated.send(seated.members[0], Step.CERTIFICATE)
    seated.seeds[seated.members[1].id] = seated.seed(seated.members[0])
    outcome = seated.send(seated.members[1], Step.CERTIFICATE)
    assert isinstance(outcome, service.Refused)
    assert outcome.reason == "certificate_keys"


def test_a_dealing_with_another_signature_is_refused_by_name(store, board):
    """A dealing whose commitments or agreement the dealer did not sign is refused to her."""
    seated = board(store)
    seated.start()
    seated.send_all(Step.CERTIFICATE)
    good = seated.message(seated.members[2], Step.DEALING)
    for path in (("coefexps", "signature", "response"), ("signature", "challenge")):
        outcome = seated.send(seated.members[2], Step.DEALING, spoil(good, *path))
        assert isinstance(outcome, service.Refused)
        assert outcome.name == "Cilla"
    assert seated.send(seated.members[2], Step.DEALING, good) == service.Taken(complete=False)


def test_a_dealing_is_not_taken_from_another_member(store, board):
    """What one member dealt cannot be sent by another as her own."""
    seated = board(store)
    seated.start()
    seated.send_all(Step.CERTIFICATE)
    stolen = seated.message(seated.members[0], Step.DEALING)
    assert isinstance(seated.send(seated.members[1], Step.DEALING, stolen), service.Refused)


def test_a_sealed_message_has_a_bound(store, board):
    """Sealed texts cannot be read by the house, so at least their size is bounded."""
    seated = board(store)
    seated.start()
    seated.send_all(Step.CERTIFICATE)
    record = json.loads(seated.message(seated.chair, Step.DEALING))
    record["polynomial"] = "x" * 5000
    raw = json.dumps(record, separators=(",", ":")).encode()
    outcome = seated.send(seated.chair, Step.DEALING, raw)
    assert isinstance(outcome, service.Refused)
    assert outcome.reason == "size"


def test_a_share_that_does_not_fit_what_was_dealt_is_refused_by_name(store, board):
    """A member cannot bring in a key of her own choice, nor one she did not sign."""
    seated = board(store)
    seated.start()
    seated.send_all(Step.CERTIFICATE)
    seated.send_all(Step.DEALING)
    mine, others = (seated.message(member, Step.SHARE) for member in seated.members[:2])
    outcome = seated.send(seated.members[0], Step.SHARE, others)
    assert isinstance(outcome, service.Refused)
    assert (outcome.name, outcome.reason) == ("Anne", "member_key")
    unsigned = json.loads(mine)
    del unsigned["public_key"]["signature"]
    outcome = seated.send(seated.members[0], Step.SHARE, json.dumps(unsigned, separators=(",", ":")).encode())
    assert isinstance(outcome, service.Refused)
    assert outcome.reason == "member_signature"
    outcome = seated.send(seated.members[0], Step.SHARE, spoil(mine, "public_key", "pok", "response"))
    assert isinstance(outcome, service.Refused)


def test_an_abandoned_ceremony_begins_anew_with_other_keys(any_store, board):
    """A lost key sheet costs a new ceremony, and nothing of the old one remains."""
    seated = board(any_store)
    seated.make_key()
    before = seated.ceremony().trustees().combined_public_key
    assert service.abandon_ceremony(any_store, seated.secretary, seated.election) == service.Abandoned()
    assert service.abandon_ceremony(any_store, seated.secretary, seated.election) == service.NotYet()
    seated.seeds.clear()
    seated.make_key()
    assert seated.ceremony().trustees().combined_public_key != before


def test_the_key_stands_after_the_freeze(store, board):
    """Once the election is frozen its key is neither abandoned nor made again."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    assert service.abandon_ceremony(store, seated.secretary, seated.election) == service.TooLate()
    assert seated.start() == service.TooLate()


def test_a_bad_message_leaves_no_entry_and_a_good_one_leaves_one(store, board):
    """The log tells of what was taken: member and hash, never the message."""
    seated = board(store)
    seated.start()
    seated.send(seated.chair, Step.CERTIFICATE, b"{}")
    seated.send(seated.chair, Step.CERTIFICATE)
    with store.reading() as connection:
        found = [one for one in audit.entries(connection, seated.election.id) if one.act == "ceremony_certificate"]
    assert len(found) == 1
    assert set(json.loads(found[0].details)) == {"position", "sha256"}
