"""What the record still lacks, and why something was not taken, in words for those who draw it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from votingapp.desks.record import drawing_up, signing

if TYPE_CHECKING:
    from flask_babel import LazyString

GAPS: dict[str, LazyString] = {
    "adoption": _("hvem der vedtog valgregulativet, eller regulativets kontrolsum"),
    "board": _("navnene på de medlemmer af valgbestyrelsen, der var til stede"),
    "frozen": _("tidspunktet, hvor stemmesedlen blev låst"),
    "opened": _("tidspunktet, hvor afstemningen åbnede"),
    "closed": _("tidspunktet, hvor afstemningen lukkede"),
    "attendance": _("hvilke medlemmer af valgbestyrelsen der var til stede, da afstemningen åbnede og lukkede"),
    "reports": _("nulrapporten, urnens kontrolsum eller urnens rapport"),
    "report_outdated": _("en ny rapport om urnen: den, der er underskrevet, har andre tal end protokollen"),
    "turnout": _("fremmødet, de blanke og ugyldige stemmer og regnskabet over stemmesedler"),
    "votes": _("stemmetal for alle kandidater"),
    "reconciliation": _("afstemningen af tallene"),
    "left_over": _("optællingen af de stemmesedler, der blev tilovers"),
    "paper_left_over": _("optællingen af de papirstemmesedler, der blev tilovers"),
    "explanation:boxes": _("en forklaring på forskellen i en kasse"),
    "explanation:paper_boxes": _("en forklaring på forskellen i en kasse med papirstemmesedler"),
    "explanation:paper": _("en forklaring på forskellen i trykte papirstemmesedler"),
    "explanation:paper_ballots": _("en forklaring på forskellen i udleverede og talte papirstemmesedler"),
    "paper_record": _("optællingen af kontrolsedlerne"),
    "explanation:paper_record": _("en forklaring på forskellen i kontrolsedler og stemmer i urnen"),
    "explanation:paper_record_votes": _("en forklaring på, at kontrolsedlerne siger noget andet end urnen"),
    "explanation:slips": _("en forklaring på forskellen i trykte stemmesedler"),
    "explanation:admissions": _("en forklaring på forskellen i fremmøde og udleverede stemmesedler"),
    "explanation:ballots": _("en forklaring på forskellen i stemmesedler og stemmer i urnen"),
    "explanation:votes": _("en forklaring på forskellen i stemmetal"),
    "incidents": _("to medlemmers erklæring om, at alle hændelser er indført"),
    "assistance": _("to medlemmers erklæring om, at al hjælp til at stemme er talt med"),
    "verification": _("stemmearkivets kontrolsummer"),
    "decryption": _("dekryptering ved det nødvendige antal nøgleholdere"),
    "audit": _("udfaldet af stikprøven af kontrolsedlerne"),
    "lots": _("lodtrækning"),
    "lot_method": _("hvordan der blev trukket lod"),
    "lot_witnesses": _("vidner til lodtrækningen"),
    "annulment": _("hvem der annullerede valget, og hvorfor"),
}
"""As on the record itself (documents.record_words.GAPS), in the language of whoever reads the page."""


def gap(code: str) -> str:
    """What is lacking, after "Der mangler:"."""
    return str(GAPS.get(code, code))


def not_drawn_up(refusal: drawing_up.Refusal) -> str:  # noqa: PLR0911 - one sentence for each refusal
    """Why the record was not drawn up, and what to do."""
    match refusal:
        case drawing_up.SourcesDeleted():
            return str(gettext("Personoplysningerne er slettet. Protokollen ligger fast og kan ikke laves igen."))
        case drawing_up.NoOutcome():
            return str(gettext("Resultatet er ikke fundet endnu, så der er ikke noget at skrive i protokollen."))
        case drawing_up.Incomplete():
            return str(gettext("Protokollen mangler noget. Se listen herunder."))
        case drawing_up.OtherVersion():
            return str(gettext("En anden har lavet protokollen imens. Læs den, der ligger her nu."))
        case drawing_up.ReasonMissing():
            return str(gettext("Skriv, hvad der er forkert i den forrige version. Det står i den nye."))
        case drawing_up.NotOfTheBoard():
            return str(gettext("Vælg en af dem, der skal underskrive, eller ingen."))
        case drawing_up.Alone():
            return str(gettext("En ny version laves af to medlemmer af valgbestyrelsen sammen."))
        case drawing_up.Overtaken():
            return str(gettext("Noget i protokollen blev ændret imens. Intet er gemt. Se den igennem, og prøv igen."))


def not_signed(refusal: signing.Refusal) -> str:  # noqa: PLR0911 - one sentence for each refusal
    """Why a signature was not taken, and what to do."""
    match refusal:
        case signing.OtherVersion():
            return str(gettext("Det er ikke den nyeste version. Intet er underskrevet. Læs den, der ligger her nu."))
        case signing.NoSigner():
            return str(gettext("Kun de medlemmer, der åbnede, lukkede eller forseglede, underskriver protokollen."))
        case signing.SignedBefore():
            return str(gettext("Medlemmet har underskrevet, eller to har sagt, hvorfor det ikke kan ske."))
        case signing.HoldsKey():
            return str(gettext("Den, der har en del af nøglen, underskriver med nøglearket på sin egen enhed."))
        case signing.HoldsNoKey():
            return str(gettext("Du har ingen del af nøglen. Underskriv med din adgangskode."))
        case signing.TooManyAbsent():
            return str(gettext("Mindst halvdelen af dem, der skal underskrive, underskriver selv."))
        case signing.NotHers():
            return str(gettext("Underskriften passer ikke til dette medlem og denne version. Intet er gemt."))
