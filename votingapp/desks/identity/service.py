"""Whether somebody is let in as the person she says she is: by a link that was mailed, or by what a broker vouches for."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from votingapp.desks.identity.broker import BrokerFailure
from votingapp.store import applicants, post, sign_in_links
from votingapp.store.applicants import ByEmail, ByMitid
from votingapp.store.post import Kind
from votingapp.web import throttle

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.desks.identity.attempt import Attempt
    from votingapp.desks.identity.broker import BrokerClient
    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.post import Mail
    from votingapp.store.unit_of_work import Store, Work

_LINKS_PER_NETWORK = 30
"""Links asked for from one network address within a quarter of an hour: a help evening fits, a flood does not."""

_LINKS_PER_EMAIL = 3
"""Links to one e-mail address within a quarter of an hour: nobody's letter box is filled by a stranger."""

_FAILURES_PER_NETWORK = 40
"""Returns from the broker that came to nothing; each costs the broker and us a call."""

_log = logging.getLogger("votingapp.identity")


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """If the address is right, a link is on its way; the same whether or not one was sent.

    `token` is None but at a rehearsal without a mail server, where the page shows the link instead.
    """

    token: str | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too many tries from one network address."""


@dataclass(frozen=True, slots=True)
class Known:
    """It is known who she is."""

    applicant: Applicant


@dataclass(frozen=True, slots=True)
class LinkSpent:
    """The link was used, is too old, is another election's, or never was one; which of them is not said."""


@dataclass(frozen=True, slots=True)
class LevelTooLow:
    """The sign-in was weaker than "substantial" (betydelig), and could have been somebody else's."""


@dataclass(frozen=True, slots=True)
class NoNumber:
    """There is no CPR number that the register knows: the secretariat helps by hand."""

    is_replacement: bool


@dataclass(frozen=True, slots=True)
class NotVouched:
    """The broker did not vouch for anybody, or not in a way that can be believed; which of them is not said."""


def ask_for_link(
    store: Store, election: Election, email: str, network: str, write: Callable[[str], Mail], *, show: bool
) -> LinkAsked | HeldBack:
    """Mail a one-time link to an address; `write` makes the letter around a token, `show` is for a rehearsal's page."""
    by_network = f"link:{network}"[:100]
    by_email = f"link-to:{store.vault.hash_email(election.id, _letter_box(email))}"
    if throttle.is_shut(store, by_network, _LINKS_PER_NETWORK):
        return HeldBack()
    throttle.count_failure(store, by_network)
    if throttle.is_shut(store, by_email, _LINKS_PER_EMAIL):
        return LinkAsked()
    throttle.count_failure(store, by_email)
    token = sign_in_links.new_token()

    def keep(work: Work) -> None:
        sign_in_links.keep(work, election.id, token, email)
        if not show:
            post.queue(work, election.id, Kind.SIGN_IN_LINK, write(token))

    store.write(keep)
    return LinkAsked(token if show else None)


def _letter_box(email: str) -> str:
    """The letter box in which mail to an address most likely lies: most servers take capitals and a "+tag" for the same.

    For counting letters alone; whom an address stands for is read as it is written (RFC 5321, 2.4).
    """
    mailbox, _at, domain = email.rpartition("@")
    return f"{mailbox.partition('+')[0].casefold()}@{domain}"


def whose_link(store: Store, election: Election, token: str) -> str | None:
    """The address to which a link was mailed, None when it cannot be used; a mail server that looks does not use it up."""
    with store.reading() as connection:
        return sign_in_links.whose(connection, store.vault, election.id, token, store.clock())


def use_link(store: Store, election: Election, token: str) -> Known | LinkSpent:
    """Let in whoever presses the button behind a link, the first time."""

    def use(work: Work) -> Known | LinkSpent:
        email = sign_in_links.use(work, election.id, token)
        if email is None:
            return LinkSpent()
        return Known(applicants.find_or_add(work, election.id, ByEmail(email)))

    return store.write(use)


def return_from_broker(
    store: Store, election: Election, broker: BrokerClient, attempt: Attempt, code: str, network: str
) -> Known | LevelTooLow | NoNumber | NotVouched | HeldBack:
    """Let in whoever comes back from the broker with a code, if the broker vouches for her."""
    door = f"mitid:{network}"[:100]
    if throttle.is_shut(store, door, _FAILURES_PER_NETWORK):
        return HeldBack()
    try:
        vouched = broker.redeem(attempt, code)
    except BrokerFailure as failure:
        _log.warning("a sign-in by broker failed: %s", failure)
        throttle.count_failure(store, door)
        return NotVouched()
    if not vouched.is_substantial:
        return LevelTooLow()
    cpr = parse_cpr(vouched.number or "")
    if not isinstance(cpr, Cpr):
        return NoNumber(is_replacement=cpr is CprRefusal.REPLACEMENT_NUMBER)
    known = ByMitid(cpr, vouched.name, vouched.protected)
    return Known(store.write(lambda work: applicants.find_or_add(work, election.id, known)))
