"""Elections of a few voters and answers, made quickly and always alike, with every secret at hand."""

import json
import random
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

from ballots.archive import Event, EventType, read_records, write_owned, write_setup
from ballots.archive.frame import DATA_SUFFIX, EVENT_SUFFIX, frame_first, frame_member
from ballots.protocol import canonical, schnorr
from ballots.protocol.ballot import check_ballot, seal_ballot
from ballots.protocol.credentials import derive_public, derive_secret, generate_credential, generate_uuid
from ballots.protocol.election import Election, Question, build_election
from ballots.protocol.group import RandomBytes, Scalar
from ballots.protocol.hashing import digest_base64, digest_hex
from ballots.protocol.public_credentials import write_public_credentials
from ballots.protocol.threshold.certificate import Context, make_certificate
from ballots.protocol.threshold.dealing import deal_polynomial, redistribute
from ballots.protocol.threshold.identity import generate_seed
from ballots.protocol.threshold.parameters import assemble_parameters
from ballots.protocol.threshold.share import make_share, open_decryption_key
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, Trustees, build_trustees
from tally.decryption import check_partial_decryption, combine_factors, partially_decrypt
from tally.encrypted_tally import Accumulator, EncryptedTally
from tally.result import compute_result, write_result

CREATED = 1_637_000_000
Chapter = tuple[EventType, tuple[bytes, ...]]
Story = tuple[Chapter, ...]


def seeded(seed: object) -> RandomBytes:
    """Give the same bytes in every run."""
    return random.Random(str(seed)).randbytes


@dataclass(frozen=True)
class Ceremony:
    """All messages of a key ceremony, and the seeds."""

    seeds: tuple[str, ...]
    certificates: tuple[bytes, ...]
    dealings: tuple[bytes, ...]
    deliveries: tuple[bytes, ...]
    shares: tuple[bytes, ...]


@cache
def ceremony(size: int = 3, needed: int = 2) -> Ceremony:
    source = seeded("ceremony")
    seeds = tuple(generate_seed(source) for _ in range(size))
    context = Context(size=size, threshold=needed)
    certificates = tuple(make_certificate(seed, context, index, source) for index, seed in enumerate(seeds, start=1))
    dealings = tuple(deal_polynomial(seed, certificates, source) for seed in seeds)
    deliveries = redistribute(certificates, dealings)
    shares = tuple(
        make_share(seed, certificates, delivery, source) for seed, delivery in zip(seeds, deliveries, strict=True)
    )
    return Ceremony(seeds, certificates, dealings, deliveries, shares)


@dataclass(frozen=True)
class SmallElection:
    """An election with its secrets: `secrets[i]` is the decryption key of owner i + 1."""

    election: Election
    trustees: Trustees
    secrets: tuple[Scalar, ...]
    credentials: tuple[str, ...]

    @property
    def public_credentials(self) -> bytes:
        uuid = self.election.uuid
        return write_public_credentials(derive_public(uuid, private) for private in self.credentials)

    @property
    def setup(self) -> Chapter:
        data = (self.election.raw, self.trustees.raw, self.public_credentials)
        return EventType.SETUP, (*data, write_setup(*data))

    def seal(self, voter: int, choice: tuple[int, ...], seed: object = "ballot") -> bytes:
        return seal_ballot(self.election, self.credentials[voter], choice, seeded((seed, voter, choice)))

    def sign(self, ballot: dict[str, object], voter: int) -> bytes:
        """Sign a changed ballot anew, as its own dishonest voter would."""
        unsigned = {name: value for name, value in ballot.items() if name != "signature"}
        signed_hash = digest_base64(canonical.write(unsigned))
        secret = derive_secret(self.election.uuid, self.credentials[voter])
        proof = schnorr.prove(f"sig|{signed_hash}|", secret, seeded("signature"))
        return canonical.write({**unsigned, "signature": {"hash": signed_hash, "proof": proof.to_json()}})

    def tally(self, ballots: tuple[bytes, ...]) -> EncryptedTally:
        accumulator = Accumulator(self.election)
        for ballot in ballots:
            accumulator.add(check_ballot(self.election, ballot))
        return accumulator.tally()

    def decrypt(self, tally: EncryptedTally, owner: int) -> bytes:
        return partially_decrypt(self.election, tally, self.secrets[owner - 1], seeded(owner))

    def decryption_chapter(self, tally: EncryptedTally, owner: int) -> Chapter:
        decryption = self.decrypt(tally, owner)
        return EventType.PARTIAL_DECRYPTION, (decryption, write_owned(decryption, owner))

    def story(self, ballots: tuple[bytes, ...], owners: tuple[int, ...] | None = None) -> Story:
        """The whole archive as chapters; `owners` decrypt, or everybody."""
        tally = self.tally(ballots)
        chosen = owners or tuple(range(1, len(self.secrets) + 1))
        factors = {
            owner: check_partial_decryption(
                self.election, tally, self.trustees.keys[owner - 1].public_key, self.decrypt(tally, owner)
            )
            for owner in chosen
        }
        result = compute_result(tally, combine_factors(self.trustees, factors))
        return (
            self.setup,
            *((EventType.BALLOT, (ballot,)) for ballot in ballots),
            (EventType.END_BALLOTS, ()),
            tally_chapter(tally),
            *(self.decryption_chapter(tally, owner) for owner in chosen),
            (EventType.RESULT, (write_result(result),)),
        )


def tally_chapter(tally: EncryptedTally) -> Chapter:
    return EventType.ENCRYPTED_TALLY, (tally.to_bytes(), tally.sized_record())


@cache
def small_election(
    *,
    blank: bool = True,
    answers: int = 2,
    limits: tuple[int, int] = (1, 1),
    voters: int = 3,
    threshold: bool = False,
    holders: tuple[int, int] = (3, 2),
) -> SmallElection:
    """`holders` says of a threshold how many there are, and how many of them are needed."""
    source = seeded("election")
    if threshold:
        held = ceremony(*holders)
        trustees = build_trustees([assemble_parameters(held.certificates, held.dealings, held.shares)])
        secrets = tuple(open_decryption_key(seed, share) for seed, share in zip(held.seeds, held.shares, strict=True))
    else:
        pairs = [generate_trustee_key(source) for _ in range(2)]
        trustees = build_trustees([SingleTrustee(key) for _, key in pairs])
        secrets = tuple(secret for secret, _ in pairs)
    names = tuple(f"Kandidat {number} Æbeløe" for number in range(1, answers + 1))
    question = Question("Hvem skal vælges?", names, blank, *limits)
    uuid = generate_uuid(source)
    election = build_election(uuid, "Prøvevalg", "Et lille valg", question, trustees.combined_public_key, "Køge")
    credentials = tuple(generate_credential(uuid, source) for _ in range(voters))
    return SmallElection(election, trustees, secrets, credentials)


def write_story(story: Story) -> bytes:
    """Write chapters as they come, in whatever order: unlike the project's writer this one forbids nothing."""
    parts = [frame_first(CREATED)]
    parent: str | None = None
    for height, (kind, data) in enumerate(story):
        event = Event(parent, height, kind, digest_hex(data[-1]) if data else None).to_bytes()
        parts += [frame_member(content, DATA_SUFFIX, CREATED) for content in data]
        parts.append(frame_member(event, EVENT_SUFFIX, CREATED))
        parent = digest_hex(event)
    return b"".join(parts)


def read_story(archive: bytes) -> Story:
    return tuple((record.event.type, record.data) for record in read_records(BytesIO(archive)))


def with_fingerprint(small: SmallElection, fingerprint: str) -> SmallElection:
    """The same election as seen by somebody who believes in another fingerprint."""
    return replace(small, election=replace(small.election, fingerprint=fingerprint))


def loads(raw: bytes) -> dict[str, object]:
    return json.loads(raw)
