"""Whoever is decided about is told so in the same transaction: by mail where she gave an address, and always by a letter."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from candidates.nomination import NominationState
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.letters import Letter, plain_text, subject
from votingapp.store import decisions, filing, nominations, notices, post, staff
from votingapp.store.notices import NoticeKind, Told

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.filing import Version
    from votingapp.store.nominations import Filed
    from votingapp.store.notices import Notice
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_WITHOUT_COMPLAINT = frozenset(
    {NoticeKind.RECEIVED, NoticeKind.EXTENDED, NoticeKind.REINSTATED, NoticeKind.POSTPONED, NoticeKind.ANNULLED}
)
"""What is no decision about her nomination; whoever complains of the election itself reads how on the page of its dates."""
_LAST_SECOND = time(23, 59, 59)
_DANISH_NAMES = {
    "ar": "arabisk", "da": "dansk", "en": "engelsk", "pl": "polsk", "ro": "rumænsk", "tr": "tyrkisk", "uk": "ukrainsk"
}  # fmt: skip


def tell(
    work: Work,
    election: Election,
    nomination_id: str,
    kind: NoticeKind,
    *,
    official_id: str | None = None,
    reason: str = "",
    site: str = "",
    opens_presentation: bool = False,
) -> Notice:
    """Keep the notice of a step that was just taken, and queue the mail about it; sending is for after the commit.

    `official_id` is None where the rule itself or the candidate decided. `site` is the whole address of the election's
    pages, for the mail; "" where it is not known. `opens_presentation` is for a defect notice alone. Call it once the
    step is kept, so that the letter tells what is so.
    """
    told = Told(
        kind=kind,
        reason=reason,
        decided_by=official_id,
        answer_by=_answer_by(work.connection, election, nomination_id, kind),
        complain_by=None if kind in _WITHOUT_COMPLAINT else complain_by(work.now, election.rules.complaints.days),
        opens_presentation=opens_presentation,
    )
    return notices.keep(work, election.id, nomination_id, told, _queue(work, election, nomination_id, told, site))


def complain_by(decided_at: datetime, days: int) -> datetime:
    """The last second in which a complaint over a decision is in time: `days` whole days after the one it was taken on.

    `[complaints] days` counts from election day for the election itself; for a decision about a nomination the same
    number of days is counted from the decision. A day is a Copenhagen day, also where the clocks are set that night.
    """
    last_day = decided_at.astimezone(COPENHAGEN).date() + timedelta(days=days)
    return datetime.combine(last_day, _LAST_SECOND, COPENHAGEN)


def compose(connection: Connection, vault: Vault, election: Election, filed: Filed, notice: Notice) -> Letter:
    """The letter of a notice that was kept: her name as it was then, her address as it is now."""
    told = Told(
        notice.kind,
        notice.reason,
        notice.decided_by,
        notice.answer_by,
        notice.complain_by,
        notice.opens_presentation,
    )
    return _letter(connection, vault, election, filed, told, notice.decided_at)


def _answer_by(connection: Connection, election: Election, nomination_id: str, kind: NoticeKind) -> datetime | None:
    """Until when she can mend or change what she sent in; None where the notice gives her no time."""
    rules = election.rules.nomination
    match kind:
        case NoticeKind.DEFECT:
            return rules.cure_until
        case NoticeKind.EXTENDED | NoticeKind.REINSTATED:
            filed = nominations.find(connection, election.id, nomination_id)
            returned = filed is not None and filed.state is NominationState.RETURNED
            return rules.cure_until if returned else rules.closes
        case _:
            return None


def _queue(work: Work, election: Election, nomination_id: str, told: Told, site: str) -> str | None:
    """Put the mail in the outbox and give its id; None for whoever gave no e-mail to which one can be sent."""
    email = filing.contact_of(work.connection, work.vault, election.id, nomination_id).email
    filed = nominations.find(work.connection, election.id, nomination_id)
    if not (email and email.isprintable()) or filed is None:
        return None
    letter = _letter(work.connection, work.vault, election, filed, told, work.now)
    mail = post.Mail(email, subject(letter), plain_text(letter, site), "da")
    return post.queue(work, election.id, post.Kind.NOTICE, mail, nomination_id)


def _letter(
    connection: Connection, vault: Vault, election: Election, filed: Filed, told: Told, decided_at: datetime
) -> Letter:
    said = _as_of(filing.versions(connection, filed.id), decided_at)
    official = staff.find(connection, told.decided_by) if told.decided_by else None
    return Letter(
        kind=told.kind,
        municipality=election.rules.election.municipality,
        election=election.name,
        rehearsal=election.rehearsal,
        decided_at=decided_at,
        receipt=filed.receipt,
        submitted_at=filed.nomination.submitted_at,
        closes=_closes_at(connection, election, decided_at),
        name=said.name,
        address=filing.contact_of(connection, vault, election.id, filed.id).address,
        reason=told.reason,
        answer_by=told.answer_by,
        complain_by=told.complain_by,
        opens_presentation=told.opens_presentation,
        official=official.name if official else "",
        particulars=_particulars(said) if told.kind is NoticeKind.RECEIVED else (),
    )


def _closes_at(connection: Connection, election: Election, at: datetime) -> datetime:
    """The deadline as it was at an instant: a letter does not change when everybody is given more time afterwards."""
    made = [one for one in decisions.extensions(connection, election.id) if one.decided_at <= at]
    return made[-1].closes if made else election.adopted_rules.nomination.closes


def _as_of(versions: tuple[Version, ...], at: datetime) -> Version:
    """What the nomination said at an instant; a letter does not change when she changes her text afterwards."""
    return next((one for one in reversed(versions) if one.saved_at <= at), versions[0])


def _particulars(said: Version) -> tuple[tuple[str, str], ...]:
    """What was keyed in from her form and will be published, for her to read through."""
    parts = [("Navn på stemmesedlen", said.name), ("Tekst på dansk", said.statement or "Ingen tekst")]
    if said.own_language and said.own_statement:
        language = _DANISH_NAMES.get(said.own_language, said.own_language)
        parts.append((f"Tekst på {language}", said.own_statement))
    return tuple(parts)
