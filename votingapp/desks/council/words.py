"""What the pages of the council say of a seat, of the council's size, and of a ruling that comes early."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from tally.council import Answer, Early, Fault
from votingapp.desks.council.standing import Lacking, Stand
from votingapp.documents.outcome_letters import OutcomeKind
from votingapp.store.notices import Delivery

if TYPE_CHECKING:
    from tally.council import Finding

LACKING = MappingProxyType(
    {
        Lacking.NO_RESULT: _("Resultatet er ikke kendt endnu. Kom tilbage, når stemmerne er talt op."),
        Lacking.LOTS: _("Der skal trækkes lod, før det vides, hvem der får en plads."),
        Lacking.ANNULLED: _("Valget er annulleret. Der er ikke nogen at udpege."),
    }
)

STANDS = MappingProxyType(
    {
        Stand.VACANT: _("Vakant"),
        Stand.WAITING: _("Afventer Byrådet"),
        Stand.RETURNED: _("Sendt tilbage af Byrådet"),
        Stand.NOT_APPOINTED: _("Ikke udpeget af Byrådet"),
        Stand.SITTING: _("Udpeget"),
        Stand.ELSEWHERE: _("Pladsen er ledig. Se rådets medlemmer."),
    }
)

ANSWERS = MappingProxyType(
    {
        Answer.APPROVED: _("Udpeget"),
        Answer.RETURNED: _("Sendt tilbage"),
        Answer.NOT_APPOINTED: _("Ikke udpeget"),
    }
)

KINDS = MappingProxyType(
    {
        OutcomeKind.APPOINTED: _("Udpeget"),
        OutcomeKind.RETURNED: _("Sendt tilbage"),
        OutcomeKind.NOT_APPOINTED: _("Ikke udpeget"),
        OutcomeKind.SUBSTITUTE: _("Suppleant"),
        OutcomeKind.NOT_CHOSEN: _("Fik ikke en plads"),
    }
)

DELIVERIES = MappingProxyType(
    {
        Delivery.SENT: _("Sendt med e-mail"),
        Delivery.WAITING: _("E-mailen er ikke sendt endnu"),
        Delivery.FAILED: _("E-mailen kunne ikke sendes. Send brevet med posten."),
        Delivery.BY_POST: _("Skal sendes med posten"),
    }
)

EARLY = MappingProxyType(
    {
        Early.RECORD_UNSIGNED: _("Valgprotokollen er ikke underskrevet af hele valgbestyrelsen."),
        Early.COMPLAINT_OPEN: _("En klage over valget er ikke afgjort. Den kan ændre, hvem der får en plads."),
        Early.COMPLAINTS_RUNNING: _("Mødet blev holdt, før fristen for at klage over valget var forbi."),
    }
)


def finding(one: Finding) -> str:
    """What is not as the rules would have it."""
    match one.fault:
        case Fault.TOO_MANY_SEATS:
            said = gettext(
                "Rådet har %(there)s pladser. Reglerne tillader højst %(limit)s.", there=one.there, limit=one.limit
            )
        case Fault.CATEGORY_DIFFERS:
            said = gettext(
                "Kategorien %(category)s har %(there)s pladser. Reglerne giver den %(limit)s.",
                category=one.category,
                there=one.there,
                limit=one.limit,
            )
        case Fault.TOO_FEW_SEATS:
            said = gettext(
                "Rådet har %(there)s pladser. Det skal have mindst %(limit)s.", there=one.there, limit=one.limit
            )
        case Fault.TOO_FEW_MEMBERS:
            said = gettext(
                "Med de vakante pladser får rådet %(there)s medlemmer. Det skal have mindst %(limit)s.",
                there=one.there,
                limit=one.limit,
            )
    return str(said)
