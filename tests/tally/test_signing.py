"""What is signed of a record names one version of one election, and can be taken for nothing else."""

import random

import pytest

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import format_point
from ballots.protocol.threshold.certificate import Context, check_certificates, make_certificate
from ballots.protocol.threshold.identity import CeremonyRejected, derive_identity
from ballots.protocol.threshold.signed import parse_signed, sign, sign_detached
from tally.signing import LARGEST_SIGNATURE, is_signature, record_message

SEED = "12345ABCDEFabcde678912"
CONTENT, PDF = "ab" * 32, "cd" * 32
MESSAGE = record_message("wdTkDAoKNeJNNQ", 1, CONTENT, PDF)


def drawn(length):
    return random.Random(7).randbytes(length)


def test_the_message_is_one_line_of_five_parts():
    """The form is fixed: whoever checks a signature years later puts the same text together."""
    assert record_message("wdTkDAoKNeJNNQ", 1, CONTENT, PDF) == f"record|wdTkDAoKNeJNNQ|1|{CONTENT}|{PDF}" == MESSAGE


@pytest.mark.parametrize(
    "parts", [(0, CONTENT, PDF), (1, CONTENT[:-1], PDF), (1, CONTENT.upper(), PDF), (1, CONTENT, f"{PDF[:-1]}|")]
)
def test_what_is_no_version_or_hash_is_not_signed(parts):
    """No part may hide another: a bar inside a hash would make two messages one."""
    with pytest.raises(ValueError, match=r"^a version from 1 and two SHA-256 in hexadecimal are wanted$"):
        record_message("wdTkDAoKNeJNNQ", *parts)


def test_a_signature_holds_for_its_message_and_key_alone():
    """A changed sign in the message, another key, or what is no point is refused and never an error."""
    identity = derive_identity(SEED)
    raw = canonical.write(sign_detached(MESSAGE, identity.signing, drawn).to_json())
    key = format_point(identity.verification)
    assert len(raw) <= LARGEST_SIGNATURE
    assert is_signature(MESSAGE, key, raw)
    assert not is_signature(MESSAGE.replace("|1|", "|2|"), key, raw)
    assert not is_signature(MESSAGE, format_point(identity.encryption), raw)
    assert not is_signature(MESSAGE, "00" * 32, raw)
    assert not is_signature(MESSAGE, key, raw + b" " * LARGEST_SIGNATURE)


def test_a_signed_record_is_no_certificate():
    """The same keys sign in the key ceremony: neither side takes the other's signature (PROTOCOL.md section 13)."""
    identity = derive_identity(SEED)
    passed_off = canonical.write(sign(MESSAGE, identity.signing, drawn).to_json())
    with pytest.raises((CeremonyRejected, FormatError)):
        check_certificates([passed_off])
    certificate = parse_signed(canonical.read(make_certificate(SEED, Context(1, 1), 1, drawn)))
    raw = canonical.write(certificate.signature.to_json())
    assert not is_signature(MESSAGE, format_point(identity.verification), raw)
