"""Archives whose links all hold and whose proofs are all true, and which yet no verifier may take for an election."""

import json
from collections.abc import Iterator

from small_elections import CREATED, SmallElection, ceremony, seeded, small_election, write_story

from ballots.archive import EventType, write_setup
from ballots.archive.frame import FIRST_NAME, frame, frame_first
from ballots.protocol import canonical, schnorr
from ballots.protocol.group import GROUP_NAME, ZERO, Point, Scalar, add, format_point, random_scalar, scalar_sum
from ballots.protocol.threshold.commitments import commit, evaluate, write_commitments
from ballots.protocol.threshold.identity import Identity, derive_identity
from ballots.protocol.threshold.signed import SignedMessage, sign, sign_detached
from ballots.protocol.trustee_key import generate_trustee_key, prove_trustee_key

DEEP = 20_000


def forged() -> Iterator[tuple[str, bytes]]:
    """Every forgery by name, as an archive that ends with its set-up."""
    small = small_election()
    for what, changes in _strange_elections(small):
        yield what, _archive(small, election=changes)
    yield "deep nesting", _archive(small, credentials=b"[" * DEEP + b"]" * DEEP)
    for time in ([CREATED], [str(CREATED)], True):
        first = canonical.write({"version": 1, "timestamp": time})
        rest = write_story((small.setup,))[len(frame_first(CREATED)) :]
        yield f"time {time}", frame(FIRST_NAME, first, CREATED) + rest
    yield from _strange_trustees(small)
    for what, oddity in (("zero coefficient", "zero"), ("one seed", "seed"), ("one encryption key", "encryption")):
        key, trustees = _rogue_ceremony(oddity)
        yield what, _archive(small, election={"public_key": format_point(key)}, trustees=trustees)


def honest() -> bytes:
    """What the forger of ceremonies makes when nothing is odd, to show that only the oddity is refused."""
    key, trustees = _rogue_ceremony("")
    return _archive(small_election(), election={"public_key": format_point(key)}, trustees=trustees)


def _archive(
    small: SmallElection,
    *,
    election: dict[str, object] | None = None,
    trustees: bytes | None = None,
    credentials: bytes | None = None,
) -> bytes:
    record = json.loads(small.election.raw) | (election or {})
    data = (canonical.write(record), trustees or small.trustees.raw, credentials or small.public_credentials)
    return write_story(((EventType.SETUP, (*data, write_setup(*data))),))


def _strange_elections(small: SmallElection) -> Iterator[tuple[str, dict[str, object]]]:
    question = json.loads(small.election.raw)["questions"][0]
    unset = {"answers": question["answers"], "blank": False, "min": 1, "max": 1, "question": "Hvem?"}
    yield "long uuid", {"uuid": "1" * 65}
    for name in ("administrator", "credential_authority", "language"):
        yield f"{name} is null", {name: None}
    yield "language is a text", {"language": "da"}
    yield "three languages", {"language": ["da", "en", "ar"]}
    yield "blank is false", {"questions": [unset]}


def _strange_trustees(small: SmallElection) -> Iterator[tuple[str, bytes]]:
    source = seeded("strange trustees")
    secret, key = generate_trustee_key(source)
    record = key.to_json()
    twice = {"public_key": format_point(add(key.public_key, key.public_key))}
    yield "trustee twice", _archive(small, election=twice, trustees=canonical.write([["Single", record]] * 2))
    signed = record | {"signature": schnorr.prove("sigmsg||", secret, source).to_json()}
    alone = {"public_key": format_point(key.public_key)}
    yield "single trustee signs", _archive(small, election=alone, trustees=canonical.write([["Single", signed]]))


def _rogue_ceremony(oddity: str) -> tuple[Point, bytes]:
    """A 2 of 3 ceremony in one hand: the public key, and the record of its trustees."""
    source = seeded(f"rogue {oddity}")
    seeds = ceremony().seeds
    identities = [derive_identity(seeds[0] if oddity == "seed" else seed) for seed in seeds]
    certificates = [
        _certificate(own, identities[0] if oddity == "encryption" else own, index)
        for index, own in enumerate(identities, start=1)
    ]
    polynomials = [[random_scalar(source), random_scalar(source)] for _ in identities]
    if oddity == "zero":
        polynomials[0][1] = ZERO
    parts = zip(identities, polynomials, strict=True)
    record = {
        "threshold": 2,
        "certs": [certificate.to_json() for certificate in certificates],
        "coefexps": [
            sign(write_commitments(commit(polynomial)), own.signing, source).to_json() for own, polynomial in parts
        ],
        "signatures": [
            sign_detached(_agreement(certificates, polynomial), own.signing, source).to_json()
            for own, polynomial in zip(identities, polynomials, strict=True)
        ],
        "verification_keys": [_member_key(own, polynomials, index) for index, own in enumerate(identities, start=1)],
    }
    first, second, third = (commit(polynomial)[0] for polynomial in polynomials)
    return add(add(first, second), third), canonical.write([["Pedersen", record]])


def _certificate(own: Identity, opened_by: Identity, index: int) -> SignedMessage:
    message = {
        "context": {"group": GROUP_NAME, "size": 3, "threshold": 2, "index": index},
        "verification": format_point(own.verification),
        "encryption": format_point(opened_by.encryption),
    }
    return sign(canonical.write(message).decode(), own.signing, seeded(("certificate", index)))


def _agreement(certificates: list[SignedMessage], polynomial: list[Scalar]) -> str:
    seen = {
        "certs": [certificate.to_json() for certificate in certificates],
        "coefexps": [format_point(point) for point in commit(polynomial)],
    }
    return f"certs_sig|{canonical.write(seen).decode()}"


def _member_key(own: Identity, polynomials: list[list[Scalar]], index: int) -> dict[str, object]:
    secret = ZERO
    for polynomial in polynomials:
        secret = scalar_sum(secret, evaluate(polynomial, index))
    key = prove_trustee_key(secret, seeded(("member", index)))
    signature = sign_detached(format_point(key.public_key), own.signing, seeded(("signature", index)))
    return {**key.to_json(), "signature": signature.to_json()}
