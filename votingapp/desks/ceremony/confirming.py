"""Before the poll opens each key holder confirms that her device and the public page show one set-up; any of them can stop it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ballots.poll import PollState
from candidates.cpr import may_hold_cpr
from votingapp.store import confirmations, elections, keys

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.keys import Member
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

CONFIRMED: Final = "setup_confirmed"
STOPPED: Final = "setup_stopped"
LIFTED: Final = "setup_stop_lifted"

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The holder agrees with what is frozen; so many more have to, before the poll can open."""

    missing: int


@dataclass(frozen=True, slots=True)
class OtherSetup:
    """Her device found another hash than that of what is frozen: it is an older page, or something is wrong."""


@dataclass(frozen=True, slots=True)
class Halted:
    """She has stopped before; two must lift that first."""


@dataclass(frozen=True, slots=True)
class NotHolder:
    """The official holds no part of this election's key."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """There is nothing to confirm or to stop: nothing is frozen yet, no ceremony has begun, or the poll was opened."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing goes on before the ceremony is given up, or two have lifted the stop."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """Nobody stops any more; those who did may confirm."""


@dataclass(frozen=True, slots=True)
class NoReason:
    """Why the stop is lifted must be said, and without a CPR number, for it stands in the log."""


def confirm_setup(
    store: Store, official: Staff, election: Election, sha256: str
) -> Confirmed | OtherSetup | Halted | NotHolder | NotNow:
    """Take a holder's word that her device found this hash (hex SHA-256) in the archive, and the public page shows it."""

    def confirm(work: Work) -> Confirmed | OtherSetup | Halted | NotHolder | NotNow:
        current = elections.by_id(work.connection, election.id)
        holder = _holder(work, current, official)
        if current.state is not PollState.FROZEN:
            return NotNow()
        if holder is None:
            return NotHolder()
        said = confirmations.of_holder(work.connection, election.id, holder.position)
        if said is not None and not said.agrees:
            return Halted()
        if sha256 != confirmations.setup_of(work.connection, current):
            return OtherSetup()
        if said is None or said.sha256 != sha256:
            confirmations.keep(work.connection, election.id, holder, sha256, work.now, agrees=True)
            work.record(election.id, official.login, CONFIRMED, position=holder.position, setup=sha256)
        return Confirmed(confirmations.standing(work.connection, current).missing)

    return store.write(confirm)


def stop_setup(store: Store, official: Staff, election: Election, found: str) -> Stopped | NotHolder | NotNow:
    """Take a holder's word that something does not fit; `found` is the hash that her device found, anything else is none."""

    def stop(work: Work) -> Stopped | NotHolder | NotNow:
        current = elections.by_id(work.connection, election.id)
        holder = _holder(work, current, official)
        if keys.ceremony_of(work.connection, election.id) is None or current.state not in _BEFORE_THE_POLL:
            return NotNow()
        if holder is None:
            return NotHolder()
        sha256 = found if _HASH.fullmatch(found) else ""
        said = confirmations.of_holder(work.connection, election.id, holder.position)
        if said is None or said.agrees:
            confirmations.keep(work.connection, election.id, holder, sha256, work.now, agrees=False)
            work.record(election.id, official.login, STOPPED, position=holder.position, found=sha256)
        return Stopped()

    return store.write(stop)


def lift_stop(
    store: Store, signed_by: tuple[Staff, Staff], election: Election, reason: str
) -> Lifted | NoReason | NotNow:
    """Go on although a holder stopped, for a reason that two of the board sign. ValueError for one alone."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a stop is lifted by two")
    if not reason.strip() or may_hold_cpr(reason):
        return NoReason()

    def lift(work: Work) -> Lifted | NotNow:
        current = elections.by_id(work.connection, election.id)
        names = confirmations.stopped_by(work.connection, election.id)
        if not names or current.state not in _BEFORE_THE_POLL:
            return NotNow()
        confirmations.lift(work.connection, election.id)
        signers = [official.login, second.login]
        work.record(
            election.id, official.login, LIFTED, stopped_by=list(names), signed_by=signers, reason=reason.strip()
        )
        return Lifted()

    return store.write(lift)


_BEFORE_THE_POLL: Final = frozenset({PollState.PREPARING, PollState.FROZEN})


def _holder(work: Work, election: Election, official: Staff) -> Member | None:
    ceremony = keys.ceremony_of(work.connection, election.id)
    return None if ceremony is None else ceremony.member(official.id)
