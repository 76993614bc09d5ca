"""Whoever is asked to back a candidate is told who asks and for what, in the candidate's language and in Danish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext

from votingapp.documents.dates import instant_in
from votingapp.store.post import Mail

if TYPE_CHECKING:
    from votingapp.store.elections import Election

_LINE = "\n\n" + "-" * 40 + "\n\n"


def request_mail(email: str, election: Election, candidate: str, address: str, language: str) -> Mail:
    """The mail with the link; the candidate's name stands in its text alone, for a subject could be made a lie with it."""
    texts = []
    for code in dict.fromkeys((language, "da")):
        with force_locale(code):
            texts.append(_text(election, candidate, address, code))
    with force_locale(language):
        subject = str(gettext("Vil du være stiller for en kandidat?"))
    return Mail(email, subject, _LINE.join(texts), language)


def _text(election: Election, candidate: str, address: str, language: str) -> str:
    closes = instant_in(language, election.rules.nomination.closes, seconds=True)
    paragraphs = [
        election.name,
        gettext(
            "%(name)s vil gerne stille op og spørger, om du vil være stiller. En stiller siger, at kandidaten bør stille op.",
            name=candidate,
        ),
        gettext("Læs mere, og svar her: %(address)s", address=address),
        gettext("Linket er kun til dig. Send det ikke videre."),
        gettext("Svar senest %(closes)s. Du behøver ikke at svare.", closes=closes),
    ]
    if election.rehearsal:
        paragraphs.append("PRØVEVALG")
    return "\n\n".join(str(paragraph) for paragraph in paragraphs)
