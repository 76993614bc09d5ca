"""A ballot is accepted when all of it holds, and refused for the first thing that does not."""

import itertools
import json
import pickle

import pytest
from small_elections import seeded, small_election
from vector_elections import NAMES, negative_ballots, vector_election

from ballots.protocol import ballot as ballot_module
from ballots.protocol import canonical, group
from ballots.protocol.ballot import BallotRejected, ChoiceError, check_ballot, judge_ballot, seal_ballot
from ballots.protocol.hashing import digest_base64, digest_hex

REASONS = {
    "valid ballot of voter01 for c1": None,
    "valid blank ballot of voter01": None,
    "one individual proof altered, signature redone": "individual_proof",
    "overall proof altered, signature redone": "overall_proof",
    "blank proof altered, signature redone": "blank_proof",
    "c1 encrypts 5 instead of 1, signature redone": "individual_proof",
    "blank_proof missing, signature redone": "shape",
    "answers array has two entries, signature redone": "shape",
    "signature altered": "signature",
    "no signature": "shape",
    "election_hash of another election, signature redone": "wrong_election",
    "made without the private credential": "signature",
    "credential not in the public list": "signature_hash",
    "spaces in the JSON": "not_canonical",
    "unknown member": "shape",
    "upper-case hexadecimal in credential": "point",
    "leading zero in a challenge inside answers, signature redone": "scalar",
    "unknown member inside answers[0], signature redone": "shape",
    "upper-case hexadecimal in a choice, signature redone": "point",
    "challenge not reduced mod q, signature redone": "scalar",
}


def reason_of(small, raw: bytes) -> str | None:
    judgement = judge_ballot(small.election, raw)
    return judgement.reason if isinstance(judgement, BallotRejected) else None


@pytest.mark.parametrize("name", NAMES)
def test_the_first_ballot_of_each_vector_is_accepted(name):
    """A ballot of the original tool must be accepted, with the credential of its voter and its tracker."""
    vector = vector_election(name)
    raw = vector.line("ballot0.json")
    voter = json.loads(vector.line("ballot0.meta.json"))["voter"]
    checked = check_ballot(vector.election, raw)
    assert checked.credential == vector.public[voter]
    assert (checked.hash_hex, checked.tracker) == (digest_hex(raw), digest_base64(raw))
    assert len(checked.ciphertexts) == 16


def test_every_negative_ballot_has_its_expected_reason():
    """All ballots of the negative set must be judged as listed, those the original accepts too easily included."""
    election = vector_election("single-max1").election
    judged = {name: judge_ballot(election, entry["ballot"].encode()) for name, entry in negative_ballots().items()}
    reasons = {name: getattr(judgement, "reason", None) for name, judgement in judged.items()}
    assert reasons == REASONS


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("limits", [(1, 1), (0, 2), (1, 3), (2, 2), (0, 1)])
def test_every_allowed_choice_is_sealed_and_accepted(blank, limits):
    """Whatever the question allows must be provable, at every border of min and max, blank or not."""
    small = small_election(blank=blank, answers=3, limits=limits)
    choices = list(itertools.product((0, 1), repeat=small.election.positions))
    for choice in choices:
        if small.election.allows(choice):
            assert reason_of(small, small.seal(0, choice)) is None
        else:
            with pytest.raises(ChoiceError):
                small.seal(0, choice)


def test_the_same_vote_twice_gives_different_ballots():
    """Nothing in a ballot may be the same for the same choice but what names the election and the credential."""
    small = small_election()
    first, second = (json.loads(small.seal(0, (0, 1, 0), seed=seed)) for seed in (1, 2))
    shared = [
        (one, other)
        for one, other in zip(first["answers"][0]["choices"], second["answers"][0]["choices"], strict=True)
        if one["alpha"] == other["alpha"] or one["beta"] == other["beta"]
    ]
    assert shared == []
    assert first["credential"] == second["credential"]


def test_a_ballot_for_another_election_is_refused():
    """The same question under the same identifier must not let a ballot for other answers in."""
    raw = small_election(answers=2).seal(0, (0, 1, 0))
    other = small_election(answers=2, limits=(1, 2))
    assert other.election.uuid == small_election().election.uuid
    assert reason_of(other, raw) == "wrong_election"


def test_the_identity_as_alpha_is_refused_though_every_proof_holds():
    """A ballot encrypted without randomness shows its vote, so it must be refused, well proved as it is."""
    small = small_election()
    drawn = itertools.chain([bytes(64)], map(seeded("later"), itertools.repeat(64)))
    raw = seal_ballot(small.election, small.credentials[0], (0, 1, 0), lambda _: next(drawn))
    assert json.loads(raw)["answers"][0]["choices"][0]["alpha"] == group.format_point(group.IDENTITY)
    assert reason_of(small, raw) == "identity"


SMALL_ORDER = group.Point(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))


def mixed(text: str) -> str:
    point = group.parse_point(text)
    return group.format_point(group.add(point, SMALL_ORDER))


@pytest.mark.parametrize("member", ["alpha", "beta"])
@pytest.mark.parametrize(
    "spoil",
    [
        mixed,
        str.upper,
        lambda _: group.format_point(SMALL_ORDER),
        lambda _: "7f" + "ff" * 30 + "ee",
        lambda _: "00" * 31 + "02",
    ],
    ids=["small-order part", "upper case", "small order", "not canonical", "off the curve"],
)
def test_points_outside_the_group_are_refused_in_a_signed_ballot(member, spoil):
    """Whatever a voter signs, every point must be one of the prime-order subgroup in its one spelling."""
    small = small_election()
    ballot = json.loads(small.seal(0, (0, 1, 0)))
    choice = ballot["answers"][0]["choices"][1]
    choice[member] = spoil(choice[member])
    assert reason_of(small, small.sign(ballot, 0)) == "point"


@pytest.fixture
def looks(monkeypatch):
    """The ballots that were looked at a second time, in order."""
    seen, again = [], ballot_module._check_in_order

    def look(election, raw):
        seen.append(raw)
        return again(election, raw)

    monkeypatch.setattr(ballot_module, "_check_in_order", look)
    return seen


def test_a_ballot_that_holds_is_looked_at_once(looks):
    """Its points are judged by being multiplied, and a second look would cost what that saves."""
    small = small_election()
    check_ballot(small.election, small.seal(0, (0, 1, 0)))
    assert looks == []


def test_where_nothing_multiplies_a_point_it_is_judged_where_it_is_read(looks):
    """A voter may choose zero for the challenge of the branch that she simulates; by zero nothing is multiplied."""
    small = small_election()
    zero_at = 3 + 5 + 1  # after the randomness of three places, the first place's proof and the second one's nonce
    drawn = (bytes(64) if number == zero_at else seeded(("zero", number))(64) for number in itertools.count())
    raw = seal_ballot(small.election, small.credentials[0], (0, 1, 0), lambda _: next(drawn))
    assert json.loads(raw)["answers"][0]["individual_proofs"][1][0]["challenge"] == "0"
    check_ballot(small.election, raw)
    assert looks == [raw]


def test_a_credential_outside_the_group_is_refused():
    """A credential with a small-order part must be refused before its signature is looked at."""
    small = small_election()
    ballot = json.loads(small.seal(0, (0, 1, 0)))
    ballot["credential"] = mixed(ballot["credential"])
    assert reason_of(small, small.sign(ballot, 0)) == "point"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda answer: {**answer, "note": "x"}, "shape"),
        (lambda answer: dict(reversed(answer.items())), "shape"),
        (lambda answer: {**answer, "choices": answer["choices"][:-1]}, "shape"),
        (lambda answer: {**answer, "choices": [*answer["choices"], answer["choices"][0]]}, "shape"),
        (lambda answer: {**answer, "overall_proof": answer["overall_proof"][:-1]}, "shape"),
        (lambda answer: {**answer, "overall_proof": answer["overall_proof"][::-1]}, "overall_proof"),
        (lambda answer: {**answer, "blank_proof": answer["overall_proof"][:2]}, "blank_proof"),
        (lambda answer: {**answer, "individual_proofs": answer["individual_proofs"][::-1]}, "individual_proof"),
        (lambda answer: [answer], "shape"),
    ],
)
def test_extra_reordered_or_missing_parts_of_a_signed_answer_are_refused(spoil, reason):
    """An answer must hold exactly its members, in order, and as many proofs as it needs, though signed anew."""
    small = small_election(limits=(1, 2))
    ballot = json.loads(small.seal(0, (0, 1, 0)))
    ballot["answers"] = [spoil(ballot["answers"][0])]
    assert reason_of(small, small.sign(ballot, 0)) == reason


def test_an_answer_moved_to_another_credential_is_refused():
    """Proofs must be bound to the credential, so that nobody can copy another voter's vote."""
    small = small_election()
    copied = json.loads(small.seal(0, (0, 1, 0)))
    copied["credential"] = json.loads(small.seal(1, (0, 1, 0)))["credential"]
    assert reason_of(small, small.sign(copied, 1)) == "individual_proof"


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"{}", b'"ballot"', b"\xff\xfe", b"[" * 50_000, b"{" * 50_000, b"0" * 10_000]
)
def test_what_is_no_ballot_at_all_is_refused(raw):
    """Broken input must be refused with a reason, never crash."""
    assert reason_of(small_election(), raw) in {"json", "shape", "not_canonical"}


def test_a_refusal_and_a_judgement_can_travel_between_processes():
    """Judgements must survive pickling with their reason, for ballots are judged on several cores."""
    small = small_election()
    refusal = judge_ballot(small.election, b"{}")
    accepted = judge_ballot(small.election, small.seal(0, (1, 0, 0)))
    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - written the line before
    assert (type(copy), copy.reason, str(copy)) == (BallotRejected, "shape", str(refusal))
    assert pickle.loads(pickle.dumps(accepted)) == accepted  # noqa: S301 - written the line before


def test_the_canonical_form_of_a_ballot_is_the_ballot():
    """A sealed ballot must already be canonical, down to the order of its members."""
    raw = small_election().seal(0, (0, 0, 1))
    assert canonical.write(canonical.read(raw)) == raw
