"""The parameters of an election are bytes that everybody hashes alike."""

import json

import pytest
from small_elections import small_election
from vector_elections import NAMES, vector_election

from ballots.protocol.credentials import BASE58
from ballots.protocol.election import ElectionRejected, Question, build_election, parse_election


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_elections_are_built_byte_for_byte(name):
    """Building an election from its parts must give the bytes of the original tool."""
    vector = vector_election(name)
    election = vector.election
    question = Question(election.question, election.answers, election.blank, election.minimum, election.maximum)
    rebuilt = build_election(
        election.uuid,
        election.name,
        election.description,
        question,
        election.public_key,
        election.administrator,
        election.credential_authority,
    )
    assert rebuilt == election
    assert rebuilt.raw == vector.line("election.json")
    assert vector.line("ballot0.json").startswith(
        f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}"'.encode()
    )


def test_danish_letters_are_written_as_they_are():
    """Names with æøå must stand unescaped in the record."""
    election = small_election().election
    assert "Æbeløe".encode() in election.raw
    assert parse_election(election.raw) == election


def change(**members) -> bytes:
    """The record of a small election with members changed, added (last) or, where None, left out."""
    record = {**json.loads(small_election().election.raw), **members}
    kept = {name: value for name, value in record.items() if value is not None}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()


def ask(**members) -> bytes:
    """The same with members of the question changed."""
    question = {**json.loads(small_election().election.raw)["questions"][0], **members}
    return change(questions=[{name: value for name, value in question.items() if value is not None}])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (change(version=2), "unsupported"),
        (change(version=True), "shape"),
        (change(group="BELENIOS-2048"), "unsupported"),
        (change(uuid=BASE58[:13]), "uuid"),
        (change(uuid=BASE58[:13] + "0"), "uuid"),
        (change(uuid=BASE58[:14] + "\n"), "uuid"),
        (change(public_key="00" * 31 + "01"), "identity"),
        (change(public_key="00" * 32), "point"),
        (change(name=None), "shape"),
        (change(name=7), "shape"),
        (change(extra="x"), "shape"),
        (change(language=["da"]), "shape"),
        (change(questions=[]), "unsupported"),
        (change(questions=[{"type": "Lists", "value": {}}]), "shape"),
        (ask(blank=False), "shape"),
        (ask(blank=1), "shape"),
        (ask(min=2), "limits"),
        (ask(max=3), "limits"),
        (ask(min=0, max=0), "limits"),
        (ask(min=-1), "shape"),
        (ask(max="1"), "shape"),
        (ask(answers=[]), "limits"),
        (ask(answers=["a", 1]), "shape"),
        (b"{}", "shape"),
        (b"", "json"),
        (small_election().election.raw + b"\n", "not_canonical"),
    ],
)
def test_parameters_that_cannot_be_held_are_refused(raw, reason):
    """Another version, group, identifier, key or question than this house can hold must be refused."""
    with pytest.raises(ElectionRejected) as refusal:
        parse_election(raw)
    assert refusal.value.reason == reason


def test_two_questions_are_refused():
    """An election here asks one question."""
    question = json.loads(small_election().election.raw)["questions"][0]
    with pytest.raises(ElectionRejected):
        parse_election(change(questions=[question, question]))


def test_a_language_is_read_where_the_original_tool_wrote_one():
    """The member that the program adds beyond its specification must not stop the verifier."""
    assert parse_election(change(language=["da", "ltr"])).uuid == small_election().election.uuid


@pytest.mark.parametrize(
    ("choice", "allowed"),
    [
        ((0, 1, 0), True),
        ((1, 0, 0), True),
        ((0, 0, 0), False),
        ((0, 1, 1), False),
        ((1, 1, 0), False),
        ((0, 2, 0), False),
        ((0, -1, 1), False),
        ((1, 0), False),
        ((0, 1, 0, 0), False),
        ((), False),
    ],
)
def test_a_choice_is_allowed_as_the_question_says(choice, allowed):
    """With blank allowed and one mark, exactly one place must be marked."""
    assert small_election().election.allows(choice) is allowed
