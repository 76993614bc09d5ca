"""Cases in doubt in words: what they are about, and why a supervisor's yes did not hold."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from ballots import admission
from ballots.poll import PollState
from votingapp.desks.checkin import doubting, words
from votingapp.desks.checkin.recognising import Alike, InRegister
from votingapp.desks.checkin.words import Told
from votingapp.store.doubts import DoubtKind
from votingapp.store.settled import RecordStands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from votingapp.desks.checkin.doubting import AdmitVerdict
    from votingapp.store.doubts import Doubt

KINDS: Mapping[DoubtKind, object] = MappingProxyType(
    {
        DoubtKind.NOT_FOUND: _("Vælgeren findes ikke"),
        DoubtKind.OTHER_BIRTH_DATE: _("Fødselsdatoen passer ikke"),
        DoubtKind.NOT_RESIDENT: _("Bor ifølge registeret ikke i kommunen"),
        DoubtKind.TOO_YOUNG: _("Er ifølge registeret ikke gammel nok"),
        DoubtKind.BEEN_HERE: _("Har ifølge registeret været her, men siger nej"),
        DoubtKind.REPLACEMENT_NUMBER: _("Har kun et erstatningspersonnummer"),
        DoubtKind.OTHER: _("Andet"),
    }
)
"""What a case is about, the most frequent first."""


def likely_kind(answer: object) -> DoubtKind:
    """What a case is most likely about, after this answer of the desk."""
    match answer:
        case admission.NotResident():
            return DoubtKind.NOT_RESIDENT
        case admission.TooYoung():
            return DoubtKind.TOO_YOUNG
        case admission.AlreadyAdmitted():
            return DoubtKind.BEEN_HERE
        case _:
            return DoubtKind.OTHER


def tell_not_raised(refused: doubting.NotOpen) -> Told:
    """Why a case was not laid before the supervisors."""
    if refused.state is PollState.CLOSED:
        return Told(
            "bad",
            gettext("Afstemningen er lukket"),
            gettext(
                "Ingen kan lukkes ind mere, så sagen er ikke sendt. Sig det til valgbestyrelsen, hvis noget skal huskes."
            ),
        )
    return Told(
        "warning",
        gettext("Afstemningen er ikke åbnet"),
        gettext(
            "Ingen kan lukkes ind endnu, så sagen er ikke sendt. Bed vælgeren vente, og send den, når der er åbnet."
        ),
    )


def tell_decision(decided: Doubt) -> Told:
    """A supervisor's answer, as the desk reads it."""
    if not decided.admit:
        return Told(
            "bad", gettext("Afvist af valgbestyrelsen"), gettext("Giv ingen stemmeseddel. Begrundelsen står nedenfor.")
        )
    if decided.undone:
        return Told(
            "bad",
            gettext("Fortrudt, giv ingen seddel"),
            gettext(
                "Valgbestyrelsen lukkede vælgeren ind, og siden er fremmødet fortrudt. Skal vælgeren alligevel stemme, så find "
                "vælgeren igen."
            ),
        )
    if decided.channel is None:
        return Told(
            "warning",
            gettext("Lukket ind af valgbestyrelsen"),
            gettext("Afstemningen er lukket, så der gives ingen sedler mere."),
        )
    told = words.tell(admission.Admitted(decided.decided_at or decided.raised_at, decided.desk), decided.channel)
    return Told(
        "good",
        told.headline,
        gettext("Valgbestyrelsen har lukket vælgeren ind. Giv kun én, også hvis siden åbnes igen."),
    )


def tell_verdict(outcome: AdmitVerdict) -> Told:  # noqa: PLR0911 - one for each answer
    """Why a supervisor's yes was not kept, or that it was."""
    match outcome:
        case doubting.NoSuchDoubt():
            return Told("warning", gettext("Sagen findes ikke"), gettext("Intet er gemt."))
        case doubting.DecidedBefore():
            return Told(
                "warning", gettext("Sagen er allerede afgjort"), gettext("En anden har afgjort den. Intet er gemt.")
            )
        case RecordStands():
            return Told(
                "warning",
                gettext("Protokollen ligger fast"),
                gettext("Resultatet er offentliggjort. Sagen bliver stående, som den er: ikke afgjort. Intet er gemt."),
            )
        case doubting.PapersMissing():
            return Told(
                "warning",
                gettext("Navn og fødselsdato mangler"),
                gettext("Registeret har ikke vælgeren. Skriv navn og fødselsdato, som de står på legitimationen."),
            )
        case Alike():
            return Told(
                "warning",
                gettext("Er vælgeren en af dem, der er født samme dag eller har samme navn?"),
                gettext(
                    "Et navn kan staves på flere måder, og en dato kan være forkert. Se på legitimationen, og vælg nedenfor: en "
                    "af dem, eller ingen af dem. Intet er gemt endnu."
                ),
            )
        case doubting.RaisedByHer():
            return Told(
                "warning",
                gettext("En anden skal afgøre sagen"),
                gettext(
                    "Du har selv rejst sagen. En anden fra valgbestyrelsen skal afgøre den, når nogen føjes til valglisten. "
                    "Intet er gemt."
                ),
            )
        case InRegister():
            return Told(
                "warning",
                gettext("Står allerede på listen"),
                gettext("Er det samme person, så vælg den her nedenfor. Intet er gemt endnu."),
            )
        case admission.NotOnRoll():
            return Told(
                "bad",
                gettext("Valglisten er lukket"),
                gettext(
                    "Kun de, der står på listen, kan stemme. Ingen kan føjes til på valgdagen. "
                    "Afvis vælgeren med den begrundelse."
                ),
            )
        case admission.AlreadyAdmitted(at, desk):
            return Told(
                "bad",
                gettext("Har allerede været her"),
                gettext(
                    "Personen blev lukket ind kl. %(clock)s ved %(desk)s. Var det en fejl, skal det bord først fortryde det "
                    "sammen med en anden. Ellers afvis.",
                    clock=words.clock_of(at),
                    desk=desk,
                ),
            )
        case _:
            return words.tell(outcome)
