"""A part of the decryption that is wrong, and whose proof holds all the same: the weakness of PROTOCOL.md section 14."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.group import (
    add,
    format_point,
    multiply,
    multiply_generator,
    random_scalar,
    scalar_inverse,
    scalar_product,
)
from ballots.protocol.hashing import hash_to_scalar
from ballots.protocol.schnorr import Proof, respond
from ballots.protocol.threshold.share import open_decryption_key
from tally.decryption import partially_decrypt
from votingapp.store import counts

if TYPE_CHECKING:
    from board import Board

    from ballots.protocol.election import Election
    from ballots.protocol.group import RandomBytes, Scalar
    from tally.encrypted_tally import EncryptedTally
    from votingapp.store.staff import Staff


def wrongly_decrypt(
    election: Election, tally: EncryptedTally, secret: Scalar, random: RandomBytes, place: int = 0
) -> bytes:
    """Decrypt rightly but for one place, whose factor is `F = [x]alpha + [t/c]G` under a proof that was begun with `t`."""
    record = json.loads(partially_decrypt(election, tally, secret, random))
    alpha, public_key = tally.ciphertexts[place].alpha, multiply_generator(secret)
    nonce, error = random_scalar(random), random_scalar(random)
    first, second = multiply_generator(nonce), add(multiply(nonce, alpha), multiply_generator(error))
    key, one, other = format_point(public_key), format_point(first), format_point(second)
    challenge = hash_to_scalar(f"decrypt|{election.fingerprint}|{key}|{one},{other}")
    away = scalar_product(error, scalar_inverse(challenge))
    factor = add(multiply(secret, alpha), multiply_generator(away))
    record["decryption_factors"][0][place] = format_point(factor)
    record["decryption_proofs"][0][place] = Proof(challenge, respond(nonce, secret, challenge)).to_json()
    return canonical.write(record)


def wrong_part(board: Board, member: Staff, place: int = 0) -> bytes:
    """A part of a member that is wrong at one place of the ballot, and whose proof holds."""
    share = board.ceremony().member(member.id).share
    secret = open_decryption_key(board.seed(member), share.encode())
    question = board.question()
    with board.store.reading() as connection:
        kept = counts.count_of(connection, board.election.id).tally(question)
    return wrongly_decrypt(question, kept, secret, secrets.token_bytes, place)
