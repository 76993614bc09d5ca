"""Whoever asks about a slip shows that she holds it, for the list of public halves is open to all.

Belenios knows no such question. Without the proof anybody with the public list could ask the booth again and again which
slips are spent, and would learn the turnout and the order of casting while the poll is open. The proof is a Schnorr proof
as in PROTOCOL.md section 7 under a prefix of its own, `slip|` uuid `|` str(X) `|`, that no other proof uses.
"""

from ballots.protocol.credentials import derive_public, derive_secret
from ballots.protocol.errors import ProtocolError
from ballots.protocol.group import RandomBytes, parse_point
from ballots.protocol.schnorr import Proof, parse_proof, prove, verify


def prove_possession(uuid: str, private: str, random: RandomBytes) -> Proof:
    """Prove, in the election `uuid`, that one holds the slip with this private credential."""
    return prove(_prefix(uuid, derive_public(uuid, private)), derive_secret(uuid, private), random)


def shows_possession(uuid: str, credential: str, proof: object) -> bool:
    """Tell whether the JSON value `proof` shows that its sender holds the slip with this public credential."""
    try:
        return verify(_prefix(uuid, credential), parse_point(credential), parse_proof(proof))
    except ProtocolError:
        return False


def _prefix(uuid: str, credential: str) -> str:
    return f"slip|{uuid}|{credential}|"
