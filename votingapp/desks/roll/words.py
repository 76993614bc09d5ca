"""What is wrong with an address file, and how the roll on the stick stands, in words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from ballots.address_file import BadAddressReason
from ballots.decoding import Undecodable
from votingapp.paper_roll.state import State, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS: Mapping[BadAddressReason, object] = MappingProxyType(
    {
        BadAddressReason.CPR: _("Første kolonne er ikke et CPR-nummer."),
        BadAddressReason.CPR_REPEATED: _("Samme CPR-nummer står på en tidligere linje."),
        BadAddressReason.NO_ADDRESS: _("Der er ingen adresse på linjen."),
        BadAddressReason.TOO_MANY_LINES: _("Adressen har mere end fem linjer."),
        BadAddressReason.TOO_LONG: _("En linje i adressen er over 60 tegn."),
        BadAddressReason.UNREADABLE: _("Linjen har tegn, der ikke kan læses."),
    }
)
"""What is wrong with a row."""

FILES: Mapping[Undecodable, object] = MappingProxyType(
    {
        Undecodable.EMPTY: _("Filen er tom."),
        Undecodable.UTF_16: _("Filen er gemt som “Unicode-tekst” (UTF-16). Gem den som CSV UTF-8, og prøv igen."),
        Undecodable.BINARY: _("Filen er ikke en tekstfil. Gem regnearket som CSV, og prøv igen."),
        Undecodable.BROKEN_UTF_8: _(
            "Filens bogstaver er ødelagt undervejs (UTF-8 blandet med andet). Hent udtrækket igen."
        ),
        Undecodable.UNDEFINED_BYTES: _(
            "Filen er hverken UTF-8 eller Windows-1252. Gem den som CSV UTF-8, og prøv igen."
        ),
    }
)
"""Why no row of a file is read."""

STATES: Mapping[State, object] = MappingProxyType(
    {
        State.OFF: _("Valglisten skrives ikke på en USB-nøgle. Sæt VOTINGAPP_ROLL, når systemet startes."),
        State.NOBODY_WRITES: _(
            "Ingen skriver valglisten på USB-nøglen lige nu. Er systemet startet med votingapp serve?"
        ),
        State.NOT_YET: _("Valglisten skrives på USB-nøglen, når valget er låst."),
        State.WRITTEN: _("Valglisten ligger på USB-nøglen."),
        State.BEHIND: _("Valglisten på USB-nøglen er forældet."),
    }
)
"""How the roll on the stick stands."""

REASONS: Mapping[Why, object] = MappingProxyType(
    {
        Why.GONE: _("USB-nøglen er ikke sat i. Sæt den i; resten sker af sig selv."),
        Why.FULL: _("USB-nøglen er fuld. Slet andre filer på den."),
        Why.READ_ONLY: _("USB-nøglen er skrivebeskyttet."),
        Why.NOT_THE_STICK: _("Mappen ligger nu på computerens egen disk. Sæt USB-nøglen i igen."),
        Why.SLOW: _("USB-nøglen er for langsom. Sæt en anden i på samme plads."),
        Why.BROKEN: _("USB-nøglen kan ikke skrives. Sæt en anden i på samme plads."),
    }
)
"""Why it could not be written, and what to do."""
