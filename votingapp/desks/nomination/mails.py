"""Whoever has sent her nomination gets the receipt number by mail, in her language and in Danish, which is the binding text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext

from candidates.nomination import NominationState
from votingapp.documents.dates import instant_in
from votingapp.store.post import Mail

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads what we write to her: the language of her page, and the whole address of the election's pages."""

    language: str = "da"
    site: str = ""


DANE = Reader()
"""Somebody of whom no more is known: Danish, and no address in the text."""

_LINE = "\n\n" + "-" * 40 + "\n\n"


def receipt_mail(email: str, election: Election, filed: Filed, reader: Reader, *, changed: bool) -> Mail:
    """The receipt (kvittering) for what was sent, the first time or as a change."""
    texts = []
    for language in dict.fromkeys((reader.language, "da")):
        with force_locale(language):
            texts.append(_text(election, filed, reader.site, language, changed=changed))
    with force_locale(reader.language):
        subject = gettext("Kvittering for din opstilling: %(receipt)s", receipt=filed.receipt)
    return Mail(email, str(subject), _LINE.join(texts), reader.language)


def _text(election: Election, filed: Filed, site: str, language: str, *, changed: bool) -> str:
    rules = election.rules.nomination
    closes = instant_in(language, rules.closes, seconds=True)
    paragraphs = [
        election.name,
        gettext("Vi har modtaget din ændring.") if changed else gettext("Vi har modtaget din opstilling."),
        gettext("Kvitteringsnummer: %(receipt)s", receipt=filed.receipt),
        gettext(
            "Modtaget: %(moment)s",
            moment=instant_in(language, filed.changed_at if changed else filed.nomination.submitted_at, seconds=True),
        ),
    ]
    if filed.state is NominationState.LATE:
        paragraphs.append(
            gettext(
                "Den kom efter fristen og er afvist som for sent modtaget. Den er gemt. Fristen var %(closes)s.",
                closes=closes,
            )
        )
    else:
        paragraphs.append(gettext("Sekretariatet gennemgår den nu. Du får besked, når der er taget stilling."))
        paragraphs.append(gettext("Du kan rette eller trække dig til %(closes)s.", closes=closes))
    if site:
        paragraphs.append(gettext("Se, hvordan det går: %(address)s", address=f"{site}stand/mine"))
    if election.rehearsal:
        paragraphs.append("PRØVEVALG")
    return "\n\n".join(str(paragraph) for paragraph in paragraphs)
