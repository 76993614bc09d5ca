"""What officials are told when a step of the audit is not taken, and how a claim reads."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from tally.audit.assertions import ClaimKind
from votingapp.desks.audit.steps import AuditObstacle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tally.audit.assertions import Claim

_SENTENCES = MappingProxyType(
    {
        AuditObstacle.NOT_ASKED: _("Reglerne siger, at der ikke trækkes en stikprøve."),
        AuditObstacle.ANNULLED: _("Valget er annulleret. Kontrolsedlerne efterprøves ikke."),
        AuditObstacle.NOT_COUNTED: _("Tæl først kontrolsedlerne, to personer hver for sig."),
        AuditObstacle.RESULT_KNOWN: _(
            "Stemmerne i urnen er lagt sammen. Bunkerne kan ikke ændres, når resultatet kan være kendt."
        ),
        AuditObstacle.UNFIT_BATCHES: _("Bunkerne skal tilsammen have lige så mange sedler, som I har talt."),
        AuditObstacle.RESULT_UNKNOWN: _("Vent, til det er kendt, hvem der får plads, og alle lodtrækninger er holdt."),
        AuditObstacle.NOT_LAID: _("Sedlerne er ikke lagt i bunker."),
        AuditObstacle.ANNOUNCED_BEFORE: _("Stikprøven er annonceret i forvejen, og intet ændres."),
        AuditObstacle.UNFIT_DOUBT: _(
            "Tallet skal mindst være forskellen mellem sedler og stemmer, og højst være alle sedler."
        ),
        AuditObstacle.UNFIT_DRAWS: _("Antallet skal mindst være 1 og højst så mange, som der er sedler."),
        AuditObstacle.HOPELESS: _("En stikprøve kan ikke bekræfte disse pladser. Tæl alle sedler i stedet."),
        AuditObstacle.NOT_ANNOUNCED: _("Annoncér stikprøven, før I kaster terninger."),
        AuditObstacle.ROLLED_BEFORE: _("Terningerne er kastet. De første kast gælder."),
        AuditObstacle.UNFIT_DIGITS: _("Der skal være netop 24 tal fra 1 til 6."),
        AuditObstacle.DIGITS_DIFFER: _(
            "I har skrevet forskellige tal. Se på terningernes seddel, og skriv begge igen."
        ),
        AuditObstacle.UNFIT_WITNESSES: _("Skriv navnene på to forskellige vidner."),
        AuditObstacle.NOT_DRAWING: _("Der trækkes ingen sedler nu."),
        AuditObstacle.OTHER_DRAW: _(
            "Den seddel skal du ikke læse: du har læst den, eller to andre har. Tag den næste."
        ),
        AuditObstacle.UNFIT_MARKS: _(
            "Så mange navne kan ikke stå på en kontrolseddel. Er den ikke fra en stemmeboks, så sæt kryds ved ulæselig."
        ),
        AuditObstacle.FULL_BEFORE: _("Det er afgjort i forvejen. Se, hvor langt efterprøvningen er."),
        AuditObstacle.NOT_FULL: _("Alle sedler tælles kun, når to har besluttet det, eller stikprøven ikke bekræfter."),
        AuditObstacle.NOTHING_DIFFERS: _("Der er ingen forskel at forklare."),
        AuditObstacle.EXPLAINED_BEFORE: _("To har forklaret forskellen. Deres ord står fast."),
    }
)


def say(obstacle: AuditObstacle) -> str:
    """The sentence for an obstacle, in the language of the page."""
    return str(_SENTENCES[obstacle])


def say_claim(claim: Claim, names: Mapping[str, str], least: int) -> str:
    """A claim as a sentence; `names` by id, `least` the fewest votes that the rules ask of a member."""
    name = names[claim.candidate]
    match claim.kind:
        case ClaimKind.MORE:
            return str(gettext("%(name)s har flere stemmer end %(other)s", name=name, other=names[claim.other]))
        case ClaimKind.LEAST:
            return str(gettext("%(name)s har mindst %(least)s stemmer", name=name, least=least))
        case ClaimKind.BELOW:
            return str(gettext("%(name)s har under %(least)s stemmer", name=name, least=least))
