"""The pages and the roles of officials in words that a person who asks will understand."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from votingapp.store.looks import What
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES: Mapping[What, object] = MappingProxyType(
    {
        What.NOMINATION: _("Sekretariatets side om opstillingen"),
        What.NOMINATION_LIST: _("Listen over alle opstillinger"),
        What.NOMINATION_PHOTO: _("Billedet, før det er offentliggjort"),
        What.PAPER_FORM: _("Indtastning af et skema på papir"),
        What.LETTER: _("Et brev til kandidaten"),
        What.UNCONTESTED: _("Listen over kandidater, da det skulle afgøres, om der skal stemmes"),
        What.CHECKIN_CPR: _("Fremmødet: søgning på CPR-nummer"),
        What.CHECKIN_NAME: _("Fremmødet: søgning på navn og fødselsdato"),
        What.CHECKIN_AGAIN: _("Fremmødet: personen vist igen"),
        What.CHECKIN_CARD: _("Fremmødet: søgning på valgkort"),
        What.CHECKIN_LATEST: _("Fremmødet: listen over de sidste ved bordet"),
        What.CHECKIN_DOUBT: _("Fremmødet: en tvivlssag"),
        What.CHECKIN_PRINTED: _("Fremmødet: indtastning fra den trykte valgliste"),
        What.POLL_CARD: _("Søgning efter en vælger, der har mistet sit valgkort"),
        What.REGISTER_PREVIEW: _("Gennemsyn af udtrækket fra folkeregisteret"),
        What.COMPLAINT: _("En klage over valget"),
        What.INSIGHT: _("Indsigt: denne side"),
        What.MEMBER: _("Medlemsfortegnelsen"),
        What.INSIGHT_EXPORT: _("Indsigt: hentet som fil"),
    }
)
"""Where a person was seen."""

ROLES: Mapping[Role, object] = MappingProxyType(
    {
        Role.SECRETARIAT: _("Sekretariat"),
        Role.BOARD: _("Valgbestyrelse"),
        Role.DESK: _("Fremmøde"),
        Role.OBSERVER: _("Observatør"),
    }
)
"""What an official is appointed to at the election."""
