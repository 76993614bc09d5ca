"""What everybody reads of the seats of a council, in the language of the page: the words of the picture of who sat when."""

from __future__ import annotations

from flask_babel import gettext

from votingapp.documents.seat_history import Wording


def seat_wording() -> Wording:
    """The words of the picture, translated; what a seat and its group are called is put in where it is drawn."""
    return Wording(
        title=gettext("Hvem sad i rådet hvornår"),
        description=gettext("Hver plads er en række over perioden. Tabellen siger det samme."),
        vacant=gettext("vakant"),
        appointed=gettext("udpeget medlem"),
        seat=gettext("Plads {number}"),
        reserved=gettext("forbeholdt {group}"),
    )
