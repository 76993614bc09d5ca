"""The letter with the link: in the language of the page, and in Danish below where that is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import gettext as _

from votingapp.store.post import Mail
from votingapp.web.languages import AUTHENTIC, page_language

if TYPE_CHECKING:
    from votingapp.store.elections import Election

_RULE = "\n\n----------\n\n"


def write_link_letter(election: Election, address: str, link: str) -> Mail:
    """A letter with a link (a whole address of this house) that lets whoever reads it go on at this election."""
    language = page_language()
    subject, text = _subject(election), _text(election, link)
    if language != AUTHENTIC:
        with force_locale(AUTHENTIC):
            text = f"{text}{_RULE}{_text(election, link)}"
    return Mail(address, subject, f"{text}\n", language)


def _subject(election: Election) -> str:
    subject = str(_("Dit link til %(election)s", election=election.name))
    return f"PRØVEVALG: {subject}" if election.rehearsal else subject


def _text(election: Election, link: str) -> str:
    parts = (
        _("Hej"),
        _("Tryk på linket for at gå videre til din opstilling til %(election)s:", election=election.name),
        link,
        _("Linket virker i 30 minutter og kun én gang."),
        _("Har du ikke bedt om linket? Så skal du ikke gøre noget."),
        _("%(municipality)s Kommune", municipality=election.rules.election.municipality),
    )
    return "\n\n".join(str(part) for part in parts)
