"""The question and the key under which an election is held, fixed in exact bytes (PROTOCOL.md section 5)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.protocol import canonical
from ballots.protocol.credentials import BASE58, UUID_LENGTH
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import GROUP_NAME, Point, format_point, parse_point
from ballots.protocol.hashing import digest_base64

VERSION: Final = 1

_UUID: Final = re.compile(f"[{BASE58}]{{{UUID_LENGTH},64}}")


class ElectionRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """The record of an election is not one that this house can hold or verify."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: choose from `minimum` to `maximum` of the answers, or nobody where `blank` is allowed."""

    text: str
    answers: tuple[str, ...]
    blank: bool
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Election:
    """An election with one homomorphic question over Ed25519.

    `raw` holds the bytes as published and `fingerprint` their hash, phi, which every ballot carries.
    """

    uuid: str
    name: str
    description: str
    question: str
    answers: tuple[str, ...]
    blank: bool
    minimum: int
    maximum: int
    public_key: Point
    administrator: str | None
    credential_authority: str | None
    raw: bytes
    fingerprint: str

    @property
    def positions(self) -> int:
        """Count the places of a choice: one for each answer, and before them one for blank where allowed."""
        return len(self.answers) + self.blank

    def allows(self, choice: Sequence[int]) -> bool:
        """Tell whether a plain choice, laid out as PROTOCOL.md section 10 says, is a valid vote."""
        if len(choice) != self.positions or any(mark not in (0, 1) for mark in choice):
            return False
        marks = sum(choice[self.blank :])
        if self.blank and choice[0]:
            return marks == 0
        return self.minimum <= marks <= self.maximum


def build_election(
    uuid: str,
    name: str,
    description: str,
    question: Question,
    public_key: Point,
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> Election:
    """Fix the parameters of an election; ElectionRejected says which of them cannot be."""
    record: dict[str, object] = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": GROUP_NAME,
        "public_key": format_point(public_key),
        "questions": [_question_record(question)],
        "uuid": uuid,
    }
    if administrator is not None:
        record["administrator"] = administrator
    if credential_authority is not None:
        record["credential_authority"] = credential_authority
    return parse_election(canonical.write(record))


def _question_record(question: Question) -> dict[str, object]:
    blank = {"blank": True} if question.blank else {}
    return {
        "answers": list(question.answers),
        **blank,
        "min": question.minimum,
        "max": question.maximum,
        "question": question.text,
    }


def parse_election(raw: bytes) -> Election:
    """Read the published parameters of an election; ElectionRejected where they are not sound."""
    try:
        return _parse(raw)
    except FormatError as error:
        raise ElectionRejected(error.reason, f"election: {error.message}") from error


def _parse(raw: bytes) -> Election:
    (version, description, name, group, public_key, questions, uuid, administrator, authority, language) = (
        canonical.members(
            canonical.read(raw),
            *("version", "description", "name", "group", "public_key", "questions", "uuid"),
            *("administrator?", "credential_authority?", "language?"),
        )
    )
    if canonical.count(version) != VERSION or group != GROUP_NAME:
        raise FormatError("unsupported", f"only version {VERSION} over {GROUP_NAME} is supported")
    if language is not None:
        _ = [canonical.text(part) for part in canonical.array(language, 2)]
    if not _UUID.fullmatch(canonical.text(uuid)):
        raise FormatError("uuid", f"the identifier must be at least {UUID_LENGTH} Base58 characters")
    question = _parse_question(questions)
    return Election(
        uuid=canonical.text(uuid),
        name=canonical.text(name),
        description=canonical.text(description),
        question=question.text,
        answers=question.answers,
        blank=question.blank,
        minimum=question.minimum,
        maximum=question.maximum,
        public_key=parse_point(public_key),
        administrator=None if administrator is None else canonical.text(administrator),
        credential_authority=None if authority is None else canonical.text(authority),
        raw=raw,
        fingerprint=digest_base64(raw),
    )


def _parse_question(value: object) -> Question:
    if len(canonical.array(value)) != 1:
        raise FormatError("unsupported", "exactly one question is supported")
    answers, blank, minimum, maximum, text = canonical.members(
        canonical.array(value)[0], "answers", "blank?", "min", "max", "question"
    )
    if blank is not None and blank is not True:
        raise FormatError("shape", "blank is true or it is left out")
    question = Question(
        text=canonical.text(text),
        answers=tuple(canonical.text(answer) for answer in canonical.array(answers)),
        blank=blank is True,
        minimum=canonical.count(minimum),
        maximum=canonical.count(maximum),
    )
    if not question.minimum <= question.maximum <= len(question.answers) or question.maximum == 0:
        raise FormatError("limits", "0 <= min <= max <= number of answers, and max >= 1, must hold")
    return question
