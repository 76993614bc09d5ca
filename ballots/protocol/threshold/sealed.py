"""What one trustee sends another is signed and sealed: the server that relays it cannot read or change it.

Source: PROTOCOL.md section 13, "Sealed message".
"""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ballots.protocol import canonical
from ballots.protocol.elgamal import parse_ciphertext
from ballots.protocol.errors import FormatError
from ballots.protocol.group import (
    Point,
    RandomBytes,
    add,
    format_point,
    multiply,
    multiply_generator,
    random_scalar,
    subtract,
)
from ballots.protocol.threshold.identity import CeremonyRejected, Identity
from ballots.protocol.threshold.signed import parse_signed, sign

ALGORITHM: Final = "AES-GCM"


def seal(message: str, sender: Identity, recipient: Point, random: RandomBytes) -> str:
    """Sign a text and seal it to a recipient's encryption key; the result is a line of JSON."""
    inner = canonical.write({"recipient": format_point(recipient), "message": message}).decode()
    signed = canonical.write(sign(inner, sender.signing, random).to_json())
    return _encrypt(signed, recipient, random)


def unseal(sealed: object, recipient: Identity, sender: Point) -> str:
    """Open a message sealed to `recipient` and give the text, if `sender` signed it for her.

    CeremonyRejected: `sealed` (not for her, or changed on the way), `sealed_signature` (not from that sender),
    `sealed_recipient` (signed for somebody else and sealed anew). FormatError where it is not a sealed message.
    """
    signed = parse_signed(canonical.read(_decrypt(canonical.text(sealed), recipient)))
    if not signed.is_signed_by(sender):
        raise CeremonyRejected("sealed_signature", "a sealed message is not signed by its sender")
    addressee, message = canonical.members(canonical.read(signed.message.encode()), "recipient", "message")
    if addressee != format_point(recipient.encryption):
        raise CeremonyRejected("sealed_recipient", "a sealed message was signed for somebody else")
    return canonical.text(message)


def _encrypt(signed: bytes, recipient: Point, random: RandomBytes) -> str:
    key_point = multiply_generator(random_scalar(random))
    randomness = random_scalar(random)
    alpha = multiply_generator(randomness)
    beta = add(multiply(randomness, recipient), key_point)
    data = AESGCM(_key(key_point)).encrypt(_initial_vector(alpha), signed, None)
    record = {
        "algorithm": ALGORITHM,
        "alpha": format_point(alpha),
        "beta": format_point(beta),
        "data": data.hex(),
    }
    return canonical.write(record).decode()


def _decrypt(sealed: str, recipient: Identity) -> bytes:
    algorithm, alpha, beta, data = canonical.members(
        canonical.read(sealed.encode()), "algorithm", "alpha", "beta", "data"
    )
    if algorithm != ALGORITHM:
        raise FormatError("unsupported", f"sealed messages use {ALGORITHM}")
    hidden = parse_ciphertext({"alpha": alpha, "beta": beta})
    key_point = subtract(hidden.beta, multiply(recipient.opening, hidden.alpha))
    try:
        return AESGCM(_key(key_point)).decrypt(_initial_vector(hidden.alpha), _bytes(data), None)
    except InvalidTag as error:
        raise CeremonyRejected("sealed", "a sealed message cannot be opened with this key") from error


def _bytes(data: object) -> bytes:
    text = canonical.text(data)
    try:
        decoded = bytes.fromhex(text)
    except ValueError as error:
        raise FormatError("hex", "hexadecimal digits were expected") from error
    if decoded.hex() != text:
        raise FormatError("hex", "lower-case hexadecimal digits were expected")
    return decoded


def _key(key_point: Point) -> bytes:
    return hashlib.sha256(f"key|{format_point(key_point)}".encode()).digest()


def _initial_vector(alpha: Point) -> bytes:
    """Give all 32 bytes of the hash: the protocol uses a 256-bit initial vector."""
    return hashlib.sha256(f"iv|{format_point(alpha)}".encode()).digest()
