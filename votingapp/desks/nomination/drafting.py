"""The form shows one and the same text, whether it comes from a draft, from what was sent before or from a first sign-in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from votingapp.store import filing
from votingapp.store.drafts import Content
from votingapp.web import own_languages

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.applicants import Applicant
    from votingapp.store.filing import Submission
    from votingapp.store.nominations import Filed
    from votingapp.store.vault import Vault


PRESENTATION = ("name", "group", "statement", "own_language", "other_language", "own_statement")
"""The fields of the form that voters read."""


def keep_presentation(content: Content, sent: Content) -> Content:
    """What she has written, with what voters read as she sent it before."""
    return replace(content, **{name: getattr(sent, name) for name in PRESENTATION})


def from_identity(applicant: Applicant) -> Content:
    """The form of somebody who has written nothing yet: her name, where her sign-in told it."""
    return Content(name=applicant.name or "", cpr=applicant.cpr.number if applicant.cpr else "")


def from_filed(connection: Connection, vault: Vault, election_id: str, filed: Filed) -> Content:
    """A nomination as the form shows it, to be changed."""
    person = filing.person_of(connection, vault, election_id, filed.id)
    contact = filing.contact_of(connection, vault, election_id, filed.id)
    choice, other = own_languages.choice_of(filed.own_language)
    return Content(
        name=filed.name,
        cpr=person.cpr.number if person.cpr else "",
        email=contact.email,
        phone=contact.phone,
        address=contact.address,
        group=filed.group or "",
        statement=filed.statement,
        own_language=choice,
        other_language=other,
        own_statement=filed.own_statement,
    )


def from_submission(sent: Submission) -> Content:
    """What was sent, as the form shows it again."""
    choice, other = own_languages.choice_of(sent.own_language)
    return Content(
        name=sent.name,
        cpr=sent.cpr.number if sent.cpr else "",
        email=sent.contact.email,
        phone=sent.contact.phone,
        address=sent.contact.address,
        group=sent.group or "",
        statement=sent.statement,
        own_language=choice,
        other_language=other,
        own_statement=sent.own_statement,
    )


def repeats(connection: Connection, vault: Vault, election_id: str, filed: Filed, sent: Submission) -> bool:
    """Whether a submission says to the letter what is filed, photograph and declaration included."""
    said = (filed.photo_id, filed.declaration, from_filed(connection, vault, election_id, filed))
    return said == (sent.photo_id, sent.declaration, from_submission(sent))
