"""What officials read of a free seat: why it is free, each step of its case, and why somebody was passed over."""

from __future__ import annotations

from types import MappingProxyType

from flask_babel import lazy_gettext as _

from tally.succession import Reason
from tally.vacancy import Cause, Step

CAUSES = MappingProxyType(
    {
        Cause.RESIGNED: _("Har trukket sig"),
        Cause.MOVED_AWAY: _("Er flyttet fra kommunen"),
        Cause.DIED: _("Er død"),
        Cause.ABSENT: _("Er udeblevet for mange gange uden forklaring"),
        Cause.WITHDREW: _("Sagde fra, før perioden begyndte"),
        Cause.NOT_APPOINTED: _("Blev ikke udpeget af Byrådet"),
        Cause.ANNULLED: _("Valget af medlemmet er kendt ugyldigt"),
    }
)

STEPS = MappingProxyType(
    {
        Step.PROPOSED: _("Foreslået"),
        Step.POSTPONED: _("Udsat"),
        Step.APPROVED: _("Godkendt"),
        Step.REFUSED: _("Ikke godkendt"),
        Step.ACCEPTED: _("Har sagt ja"),
        Step.DECLINED: _("Har sagt nej"),
        Step.UNABLE: _("Kan ikke indtræde"),
        Step.LEFT_VACANT: _("Pladsen er vakant resten af perioden"),
        Step.WITHDRAWN: _("Pladsen blev alligevel ikke ledig"),
    }
)

REASONS = MappingProxyType(
    {
        Reason.OTHER_GROUP: _("pladsen er forbeholdt en anden gruppe"),
        Reason.SITTING: _("er medlem"),
        Reason.LEFT: _("har været medlem og er udtrådt"),
        Reason.ASKED: _("er foreslået til en anden ledig plads"),
        Reason.DECLINED: _("har sagt nej"),
        Reason.MOVED_AWAY: _("er flyttet fra kommunen"),
        Reason.DIED: _("er død"),
        Reason.WITHDREW: _("har bedt om at gå ud af listen"),
        Reason.NOT_APPOINTED: _("er ikke godkendt"),
        Reason.ENGAGED: _("sidder i rådet på anden måde"),
    }
)
