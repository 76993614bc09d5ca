"""What a sheet of the printed roll left to be looked into, in words that name nobody."""

from __future__ import annotations

from flask_babel import force_locale, gettext, ngettext

from votingapp.desks.checkin import keying, words
from votingapp.web.languages import AUTHENTIC


def tell_left(left: keying.Left, sheet: keying.Sheet) -> str:
    """One line of the sheet that was not kept, and why."""
    match left:
        case keying.Conflict(person, earlier, on_print):
            known = {
                "number": person.roll_number,
                "clock": words.clock_of(earlier.at),
                "desk": earlier.desk,
                "receipt": earlier.number,
                "last": sheet.last_receipt,
            }
            if on_print:
                said = gettext(
                    "Nr. %(number)s er krydset af på den trykte liste, som viste kvittering %(last)s, men var lukket ind før den "
                    "blev skrevet ud: kl. %(clock)s ved %(desk)s, kvittering %(receipt)s.",
                    **known,
                )
                return str(said)
            said = gettext(
                "Nr. %(number)s er krydset af på den trykte liste og er også lukket ind på skærmen efter kvittering %(last)s: "
                "kl. %(clock)s ved %(desk)s, kvittering %(receipt)s.",
                **known,
            )
            return str(said)
        case keying.MayNotVote(person, answer):
            why = words.tell(answer).headline
            return str(
                gettext(
                    "Nr. %(number)s er krydset af, men er ikke lukket ind: %(why)s.", number=person.roll_number, why=why
                )
            )
        case keying.Unknown(number):
            return str(gettext("Nr. %(number)s står ikke på valglisten.", number=number))


def tell_incident(left: int) -> str:
    """The line for the log of incidents: it stands in the record, so that it says how many, in Danish, and never who."""
    with force_locale(AUTHENTIC):
        return str(
            ngettext(
                "Indtastning fra den trykte valgliste: %(num)s linje skal undersøges. Se loggen.",
                "Indtastning fra den trykte valgliste: %(num)s linjer skal undersøges. Se loggen.",
                left,
            )
        )


def tell_refused(refused: keying.PollNotRunning | keying.LaterThanHouse) -> str:
    """Why a sheet was not read."""
    match refused:
        case keying.PollNotRunning():
            return str(gettext("Afstemningen er ikke åben. Fremmøde fra papir tastes ind, før den lukkes."))
        case keying.LaterThanHouse(newest):
            return str(
                gettext(
                    "Så højt et kvitteringsnummer er ikke givet endnu; det højeste er %(newest)s. "
                    "Se efter, om listen er til dette valg.",
                    newest=newest,
                )
            )
