"""What the record calls things, the same on every paper it is set on; Danish, for the record speaks no other language."""

from __future__ import annotations

GAPS = {
    "adoption": "hvem der vedtog valgregulativet, eller regulativets kontrolsum",
    "board": "navnene på de medlemmer af valgbestyrelsen, der var til stede",
    "frozen": "tidspunktet, hvor stemmesedlen blev låst",
    "opened": "tidspunktet, hvor afstemningen åbnede",
    "closed": "tidspunktet, hvor afstemningen lukkede",
    "attendance": "hvilke medlemmer af valgbestyrelsen der var til stede, da afstemningen åbnede og lukkede",
    "reports": "nulrapporten, urnens kontrolsum eller urnens rapport",
    "report_outdated": "en ny rapport om urnen: den, der er underskrevet, har andre tal end protokollen",
    "turnout": "fremmødet, de blanke og ugyldige stemmer og regnskabet over stemmesedler",
    "votes": "stemmetal for alle kandidater",
    "reconciliation": "afstemningen af tallene",
    "left_over": "optællingen af de stemmesedler, der blev tilovers",
    "paper_left_over": "optællingen af de papirstemmesedler, der blev tilovers",
    "explanation:boxes": "en forklaring på forskellen i en kasse",
    "explanation:paper_boxes": "en forklaring på forskellen i en kasse med papirstemmesedler",
    "explanation:paper": "en forklaring på forskellen i trykte papirstemmesedler",
    "explanation:paper_ballots": "en forklaring på forskellen i udleverede og talte papirstemmesedler",
    "paper_record": "optællingen af kontrolsedlerne",
    "explanation:paper_record": "en forklaring på forskellen i kontrolsedler og stemmer i urnen",
    "explanation:paper_record_votes": "en forklaring på, at kontrolsedlerne siger noget andet end urnen",
    "explanation:slips": "en forklaring på forskellen i trykte stemmesedler",
    "explanation:admissions": "en forklaring på forskellen i fremmøde og udleverede stemmesedler",
    "explanation:ballots": "en forklaring på forskellen i stemmesedler og stemmer i urnen",
    "explanation:votes": "en forklaring på forskellen i stemmetal",
    "incidents": "to medlemmers erklæring om, at alle hændelser er indført",
    "assistance": "to medlemmers erklæring om, at al hjælp til at stemme er talt med",
    "verification": "stemmearkivets kontrolsummer",
    "decryption": "dekryptering ved det nødvendige antal nøgleholdere",
    "audit": "udfaldet af stikprøven af kontrolsedlerne",
    "lots": "lodtrækning",
    "lot_method": "hvordan der blev trukket lod",
    "lot_witnesses": "vidner til lodtrækningen",
    "annulment": "hvem der annullerede valget, og hvorfor",
}
"""What the record may lack (tally.record.missing), after "Der mangler:"."""

ACCOUNTS = {
    "slips": "Udleverede, ombyttede, ugyldige og tiloversblevne stemmesedler mod trykte",
    "admissions": "Udleverede stemmesedler mod vælgere, der skulle stemme med dem",
    "ballots": "Stemmer i urnen: højst de udleverede, som ikke blev leveret tilbage",
    "paper": "Udleverede, ombyttede, ugyldige og tiloversblevne papirstemmesedler mod trykte",
    "paper_ballots": "Papirstemmer, talt i hånden: højst de udleverede, som ikke blev leveret tilbage",
    "votes": "Afgivne stemmer mod gyldige stemmesedler",
    "paper_record": "Kontrolsedler i kassen mod stemmer i urnen",
    "paper_record_votes": "Stemmer på kontrolsedlerne, som urnen ikke har",
}
"""The accounts that the figures are held against (tally.reconciliation)."""

STATEMENTS = {
    "incidents": "Alle hændelser på valgdagen er indført, og der er ikke flere at indføre.",
    "assistance": "Den hjælp til at stemme, som er talt ved bordene, er al den hjælp, der er givet.",
}
"""What two of the board state (tally.record.Statement)."""

DECIDES = {
    "seat": "en plads",
    "substitute": "rækkefølgen af suppleanter",
    "pairing": "fordelingen af suppleanter på medlemmer",
}
"""What a lot decides."""

_REFUSED = {
    "TooYoung": "Ikke gammel nok på valgdagen",
    "NotResident": "Bor ikke i kommunen",
    "NotOnRoll": "Står ikke på valglisten",
    "BirthDateDiffers": "Oplyste en anden fødselsdato",
    "AlreadyAdmitted": "Kom igen, efter at have været lukket ind",
}
_DOUBTED = {
    "not_found": "Blev ikke fundet",
    "other_birth_date": "Fødselsdatoen passede ikke",
    "replacement_number": "Havde kun et erstatningspersonnummer",
    "too_young": "Var efter registeret ikke gammel nok",
    "not_resident": "Boede efter registeret ikke i kommunen",
    "been_here": "Havde efter registeret været der",
    "other": "Andet",
}
_ANSWERED = {"admitted": "lukket ind", "refused": "afvist"}
_ASSISTED = {
    "two_officials": "To tilforordnede hjalp",
    "own_helper": "En tilforordnet og vælgerens egen hjælper",
    "helper_alone": "Vælgerens egen hjælper alene",
    "outside_room": "Stemte lige uden for lokalet",
}


def refused(code: str) -> str:
    """Why somebody was turned away at a desk."""
    return _REFUSED.get(code, code)


def decided(code: str) -> str:
    """A case in doubt and its answer, from `not_found/admitted`."""
    kind, answer = code.split("/")
    return f"{_DOUBTED.get(kind, kind)}: {_ANSWERED.get(answer, answer)}"


def assisted(code: str) -> str:
    """How somebody was helped to vote."""
    return _ASSISTED.get(code, code)
