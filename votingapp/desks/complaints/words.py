"""What is said of a complaint: what it is about, how far it has come, and why a step is not taken."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from tally.complaints import Caution, Obstacle, Outcome, Remedy, State, StepKind, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

SUBJECTS: Mapping[Subject, object] = MappingProxyType(
    {
        Subject.CANDIDATES: _("Kandidater: hvem der kan vælges, eller hvem der står på stemmesedlen"),
        Subject.EQUAL_TREATMENT: _("Kandidater er ikke behandlet ens"),
        Subject.ROLL: _("Valglisten, valgkort eller fremmøde"),
        Subject.POLLING: _("Afstemningen på valgstedet"),
        Subject.COUNT: _("Optællingen, lodtrækning eller resultatet"),
        Subject.OTHER: _("Andet"),
    }
)

STATES: Mapping[State, object] = MappingProxyType(
    {
        State.RECEIVED: _("modtaget"),
        State.ACKNOWLEDGED: _("kvitteret for"),
        State.PUT_FORWARD: _("lagt op til afgørelse"),
        State.DECIDED: _("afgjort"),
        State.CARRIED_OUT: _("afgjort og gennemført"),
        State.APPEALED: _("bragt videre til en anden myndighed"),
        State.WITHDRAWN: _("trukket tilbage"),
    }
)

STEPS: Mapping[StepKind, object] = MappingProxyType(
    {
        StepKind.ACKNOWLEDGED: _("Kvittering er sendt"),
        StepKind.PUT_FORWARD: _("Lagt op til afgørelse"),
        StepKind.DECIDED: _("Afgørelse"),
        StepKind.CARRIED_OUT: _("Afgørelsen er gennemført"),
        StepKind.APPEALED: _("Bragt videre til en anden myndighed"),
        StepKind.WITHDRAWN: _("Klagen er trukket tilbage"),
    }
)

OUTCOMES: Mapping[Outcome, object] = MappingProxyType(
    {
        Outcome.REJECTED: _("Klagen får ikke medhold"),
        Outcome.CORRECTED: _("Udfaldet rettes"),
        Outcome.NEW_ELECTION: _("Valget skal holdes om"),
    }
)

REMEDIES: Mapping[Remedy, object] = MappingProxyType(
    {
        Remedy.RECORD: _("Protokollen laves i en ny udgave"),
        Remedy.SUBSTITUTE: _("Valget af én person gælder ikke, og suppleanten træder ind"),
    }
)

OBSTACLES: Mapping[Obstacle, object] = MappingProxyType(
    {
        Obstacle.WRONG_ORDER: _("Det kan ikke gøres nu. Nogen har gjort noget ved klagen imens. Se siden igen."),
        Obstacle.IN_THE_FUTURE: _("Dagen ligger i fremtiden."),
        Obstacle.BEFORE_IT_CAME: _("Dagen ligger før klagen kom, eller før det, der er gjort sidst."),
        Obstacle.OUTCOME_MISSING: _("Vælg, hvad der er afgjort."),
        Obstacle.REMEDY_MISSING: _("Vælg, hvordan udfaldet rettes."),
        Obstacle.CANDIDATE_MISSING: _("Vælg den, hvis valg ikke gælder."),
        Obstacle.NO_NEW_VERSION: _("Protokollen er ikke lavet i en ny udgave efter afgørelsen. Lav den først."),
        Obstacle.STILL_SITS: _(
            "Den, hvis valg ikke gælder, sidder stadig i rådet. Skriv først ind under rådets medlemmer, at pladsen er ledig."
        ),
        Obstacle.NOT_ANNULLED: _("Valget er ikke annulleret. Annullér det først."),
    }
)

CAUTIONS: Mapping[Caution, object] = MappingProxyType(
    {
        Caution.BEFORE_DEADLINE: _(
            "Mødet blev holdt, før klagefristen var forbi. Klager skal afgøres på et møde efter fristen. "
            "Er datoen rigtig, så sæt kryds ved, at I har set det."
        ),
        Caution.APPEAL_LATE: _(
            "Fristen for at gå videre med afgørelsen er forbi. Er datoen rigtig, så sæt kryds ved, at I har set det."
        ),
    }
)
