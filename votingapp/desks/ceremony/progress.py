"""How far the ceremony has come, as a member's own device asks for it: public messages and those sealed to her."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ballots.protocol.threshold.dealing import redistribute
from votingapp.store.keys import Step

if TYPE_CHECKING:
    from votingapp.desks.ceremony.trying import Trial
    from votingapp.store.keys import Ceremony, Member


def progress(ceremony: Ceremony, member: Member, trial: Trial | None) -> dict[str, Any]:
    """The state as JSON: `certificates`, `delivery` and `trustees` hold exact lines, null until everybody has sent.

    `delivery` is what all members dealt to this one (PROTOCOL.md section 13, step 4), and `share` her own message of step 5;
    only she can open them. `trial` names who has opened a part of the trial sum, and its number once enough have.
    """
    certificates = ceremony.messages(Step.CERTIFICATE)
    dealings = ceremony.messages(Step.DEALING)
    trustees = ceremony.trustees()
    delivery = redistribute(certificates, dealings) if certificates and dealings else None
    return {
        "size": len(ceremony.members),
        "threshold": ceremony.threshold,
        "position": member.position,
        "members": [_sent(one) for one in ceremony.members],
        "certificate": member.certificate,
        "certificates": [raw.decode() for raw in certificates] if certificates else None,
        "delivery": delivery[member.position - 1].decode() if delivery else None,
        "share": member.share,
        "trustees": trustees.raw.decode() if trustees else None,
        "trial": None if trial is None else {"given": trial.given, "number": trial.number},
    }


def _sent(member: Member) -> dict[str, object]:
    sent = {step.value: member.sent(step) is not None for step in Step}
    return {"position": member.position, "name": member.name, **sent}
