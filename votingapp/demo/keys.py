"""The board of a rehearsal: each member's key is made from a seed of her own, as her browser would make it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.key_sheet import Place, cover, sheet_code, sheet_mark
from ballots.protocol.threshold.certificate import make_certificate
from ballots.protocol.threshold.dealing import deal_polynomial, redistribute
from ballots.protocol.threshold.identity import generate_seed
from ballots.protocol.threshold.share import make_share, open_decryption_key
from ballots.protocol.threshold.trial import TrialSum, make_part
from votingapp.demo.outcomes import RehearsalError, expect
from votingapp.desks.ceremony import confirming, service, trying
from votingapp.store import confirmations, elections, keys
from votingapp.store.keys import Step

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A member of the board, and the seed that in a real election stands, covered by her passphrase, on her key sheet alone."""

    official: Staff
    seed: str


PASSPHRASE = "kun en lille test her"  # noqa: S105 - of rehearsals, and printed beside them
"""Of every key sheet of a rehearsal; in an election each holder has her own, which stands on no paper."""


def sheet_codes(election: Election, holders: tuple[KeyHolder, ...]) -> tuple[str, ...]:
    """What the squares on their key sheets say, in the order of the ceremony: it may be typed in the square's stead."""
    places = (Place(election.urn_uuid, position) for position in range(1, len(holders) + 1))
    return tuple(
        sheet_code(place, sheet_mark(holder.seed), cover(holder.seed, PASSPHRASE, place))
        for place, holder in zip(places, holders, strict=True)
    )


def hold_ceremony(
    store: Store, secretary: Staff, election: Election, officials: tuple[Staff, ...], threshold: int
) -> tuple[KeyHolder, ...]:
    """Make the election's key by the threshold scheme; answer its holders in the order of the ceremony."""
    holders = begin(store, secretary, election, officials, threshold)
    make_key(store, election, holders)
    for holder in holders[:threshold]:
        try_sheet(store, election, holder)
    return holders


def begin(
    store: Store, secretary: Staff, election: Election, officials: tuple[Staff, ...], threshold: int
) -> tuple[KeyHolder, ...]:
    """Begin the ceremony; each holder has her seed, and nothing of it has left her yet."""
    outcome = service.start_ceremony(store, secretary, election, [one.id for one in officials], threshold)
    expect(outcome, service.Started)
    by_id = {one.id: one for one in officials}
    return tuple(
        KeyHolder(by_id[member.staff_id], generate_seed(secrets.token_bytes))
        for member in _ceremony(store, election).members
    )


def make_key(store: Store, election: Election, holders: tuple[KeyHolder, ...]) -> None:
    """Let the holders' devices send what they send until the key stands; whether their sheets open it is not tried yet."""
    for step in (Step.CERTIFICATE, Step.DEALING, Step.SHARE):
        _take_turns(store, election, holders, step)


def confirm_setup(store: Store, election: Election, holders: tuple[KeyHolder, ...]) -> None:
    """Each holder confirms what is frozen, as her browser would that found its hash in the archive."""
    with store.reading() as connection:
        setup = confirmations.setup_of(connection, elections.by_id(connection, election.id))
    for holder in holders:
        expect(confirming.confirm_setup(store, holder.official, election, setup or ""), confirming.Confirmed)


def try_sheet(store: Store, election: Election, holder: KeyHolder) -> None:
    """Open a holder's part of the trial sum, as she would from her sheet."""
    ceremony = _ceremony(store, election)
    own, trustees = ceremony.member(holder.official.id), ceremony.trustees()
    if own is None or own.share is None or trustees is None:
        raise RehearsalError("the key is not finished")
    secret = open_decryption_key(holder.seed, own.share.encode())
    trial = TrialSum(election.urn_uuid, trustees.combined_public_key)
    part = make_part(trial, secret, secrets.token_bytes)
    expect(trying.submit_trial_part(store, holder.official, election, part), service.Taken)


def _take_turns(store: Store, election: Election, holders: tuple[KeyHolder, ...], step: Step) -> None:
    submit = {
        Step.CERTIFICATE: service.submit_certificate,
        Step.DEALING: service.submit_dealing,
        Step.SHARE: service.submit_share,
    }[step]
    for position, holder in enumerate(holders, start=1):
        message = _message(_ceremony(store, election), position, holder.seed, step)
        expect(submit(store, holder.official, election, message), service.Taken)


def _message(ceremony: Ceremony, position: int, seed: str, step: Step) -> bytes:
    certificates = ceremony.messages(Step.CERTIFICATE) or ()
    match step:
        case Step.CERTIFICATE:
            return make_certificate(seed, ceremony.context, position, secrets.token_bytes)
        case Step.DEALING:
            return deal_polynomial(seed, certificates, secrets.token_bytes)
        case Step.SHARE:
            deliveries = redistribute(certificates, ceremony.messages(Step.DEALING) or ())
            return make_share(seed, certificates, deliveries[position - 1], secrets.token_bytes)


def _ceremony(store: Store, election: Election) -> Ceremony:
    with store.reading() as connection:
        found = keys.ceremony_of(connection, election.id)
    if found is None:
        raise RehearsalError("the key ceremony did not begin")
    return found
