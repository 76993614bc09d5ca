"""The flyer and the poster of an election, in the words of one language and with the candidates as they stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from votingapp.desks.public.service import Phase
from votingapp.documents.dates import clock_in, day_in
from votingapp.documents.poster import Paper, Person, Wording
from votingapp.store import photos
from votingapp.store.photos import Size
from votingapp.web.languages import direction_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.desks.public.people import Standing
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

SMALL_FACES_FROM = 17
"""So many candidates and more are shown in squares so small that the ballot's picture is sharp enough."""


def compose(election: Election, candidates: Sequence[Standing], phase: Phase, language: str, address: str) -> Paper:
    """What the papers say; the running translation must be that of `language`."""
    return Paper(
        election=election.name,
        municipality=_("%(municipality)s Kommune", municipality=election.rules.election.municipality),
        day=election.rules.election.election_day,
        address=address,
        rehearsal=election.rehearsal,
        people=tuple(_person(one) for one in candidates),
        wording=_wording(election, phase, language),
    )


def faces(store: Store, election: Election, paper: Paper) -> dict[str, bytes]:
    """The photographs that a poster shows, by id, as square JPEG pictures large enough for their place."""
    size = Size.PAGE if len(paper.people) < SMALL_FACES_FROM else Size.BALLOT
    with store.reading() as connection:
        found = {one: photos.pixels(connection, store.vault, election.id, one, size) for one in paper.photo_ids}
    return {one: picture for one, picture in found.items() if picture is not None}


def _person(one: Standing) -> Person:
    return Person(
        number=one.number,
        name=one.name,
        line=one.line,
        group=one.group or "",
        photo_id=one.photo_id,
        alt=_("Intet foto") if one.photo_id is None else _("Foto af %(name)s", name=one.name),
    )


def _wording(election: Election, phase: Phase, language: str) -> Wording:
    contested = phase not in {Phase.UNCONTESTED, Phase.ANNULLED}
    return Wording(
        language=language,
        direction=direction_of(language),
        title=_("Kandidater"),
        when=_when(election, language) if contested else _no_vote(phase),
        where=election.rules.election.place if contested else "",
        order=_order(election),
        facts=_facts(election) if contested else (),
        steps_title=_("Sådan stemmer du"),
        steps=_steps(election) if contested else (),
        address=_("Læs om kandidaterne og valget her:"),
        code=_("QR-kode med adressen"),
        pages=_("Side %(page)s af %(pages)s", page="{page}", pages="{pages}"),
        authentic=_("Dansk er den gældende tekst. Valget er forbeholdt Byrådets godkendelse."),
        rehearsal=_("Dette er en øvelse. Ingen stemmer tæller."),
        replaced=_("Et tegn i et navn kan ikke vises på papir. Navnet står rigtigt på siden."),
    )


def _when(election: Election, language: str) -> str:
    rules = election.rules.election
    words: str = _(
        "Valgdag %(day)s, kl. %(opens)s–%(closes)s.",
        day=day_in(language, rules.election_day),
        opens=clock_in(language, rules.opens),
        closes=clock_in(language, rules.closes),
    )
    return words


def _no_vote(phase: Phase) -> str:
    if phase is Phase.ANNULLED:
        return str(_("Valget er annulleret."))
    return str(_("Der holdes ingen afstemning, fordi der ikke er flere kandidater end pladser."))


def _order(election: Election) -> str:
    if election.frozen_at is not None:
        return str(_("Kandidaterne står i stemmesedlens rækkefølge."))
    return str(_("Foreløbig liste. Kandidaterne står alfabetisk, indtil stemmesedlen ligger fast."))


def _facts(election: Election) -> tuple[tuple[str, str], ...]:
    rules = election.rules
    may_vote = [_("Du skal være fyldt %(age)s år senest på valgdagen.", age=rules.eligibility.minimum_age)]
    if rules.eligibility.residence:
        may_vote.append(
            _(
                "Du skal være registreret som bosat i %(municipality)s Kommune i folkeregisteret.",
                municipality=rules.election.municipality,
            )
        )
    if rules.admission.roll == "closed":
        may_vote.append(_("Du skal stå på valglisten."))
    seats = ngettext("Der vælges %(num)s medlem.", "Der vælges %(num)s medlemmer.", rules.seats.total)
    place = ((_("Valgsted"), rules.election.place),) if rules.election.place else ()
    return (*place, (_("Pladser"), seats), (_("Hvem kan stemme"), " ".join(may_vote)))


def _steps(election: Election) -> tuple[str, ...]:
    ballot = election.rules.ballot
    choose = ngettext(
        "Sæt dit kryds. Du kan vælge %(num)s kandidat.",
        "Sæt dine kryds. Du kan vælge op til %(num)s kandidater.",
        ballot.votes_per_voter,
    )
    blank = _("Du kan også stemme blankt. Så vælger du ingen, men du har stemt.") if ballot.blank else ""
    return (
        _(
            "Gå til bordet. Vis dit valgkort eller sundhedskort, eller sig dit navn. Personalet spørger om din fødselsdato. "
            "Du skal ikke sige dit CPR-nummer højt."
        ),
        _("Træk selv en stemmeseddel med en firkantet kode. Ingen ved, hvilken seddel du trækker."),
        _("Gå ind i stemmeboksen. Gå alene ind."),
        _("Hold koden op foran tabletten. Du kan også skrive koden."),
        f"{choose} {blank}".strip(),
        _("Se efter, om det er rigtigt. Tryk så på knappen, og afgiv din stemme. Bagefter kan du ikke ændre den."),
    )
