"""What the picture of the seats says in the language of the page."""

from __future__ import annotations

from flask_babel import gettext as _

from votingapp.documents.seat_history import Wording


def seat_wording() -> Wording:
    """The words of the picture, translated; what a seat and its group are called is put in where it is drawn."""
    return Wording(
        title=str(_("Hvem sad i rådet hvornår")),
        description=str(_("Hver plads er en række over perioden. Tabellen siger det samme.")),
        vacant=str(_("vakant")),
        appointed=str(_("udpeget medlem")),
        seat=str(_("Plads {number}")),
        reserved=str(_("forbeholdt {group}")),
    )
