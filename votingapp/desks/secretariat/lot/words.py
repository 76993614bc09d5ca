"""What officials are told when a step of the lot is not taken."""

from __future__ import annotations

from types import MappingProxyType

from flask_babel import lazy_gettext as _

from candidates.drawing import LotObstacle

_SENTENCES = MappingProxyType(
    {
        LotObstacle.ALPHABETICAL: _("Reglerne siger alfabetisk rækkefølge. Der trækkes ikke lod."),
        LotObstacle.BALLOT_FIXED: _("Stemmesedlen ligger fast, og intet kan ændres."),
        LotObstacle.ALREADY_ANNOUNCED: _("Lodtrækningen er annonceret i forvejen."),
        LotObstacle.NOT_ANNOUNCED: _("Lodtrækningen er ikke annonceret."),
        LotObstacle.IN_THE_PAST: _("Tidspunktet er forbi. Lodtrækningen skal annonceres, før der trækkes."),
        LotObstacle.CANDIDATES_UNKNOWN: _(
            "Tidspunktet er for tidligt. Der må først trækkes lod, når fristen for at rette fejl er forbi."
        ),
        LotObstacle.POLL_OPENED: _("Tidspunktet er for sent. Der skal trækkes lod, før afstemningen åbner."),
        LotObstacle.INSTANT_PASSED: _("Tidspunktet er nået. Annonceringen kan ikke ændres mere."),
        LotObstacle.TOO_EARLY: _("Det annoncerede tidspunkt er ikke nået."),
        LotObstacle.UNDECIDED: _("Nogle opstillinger er ikke afgjort. Afgør dem, før lodtrækningen skrives ind."),
        LotObstacle.REASON_MISSING: _("Skriv en begrundelse."),
        LotObstacle.UNFIT_SEED: _("Brug kun tal og bogstaverne A til Z. Imellem dem må der stå mellemrum, - . , og :"),
        LotObstacle.UNFIT_WITNESSES: _("Skriv navnene på to forskellige vidner."),
        LotObstacle.ALREADY_ENTERED: _("Lodtrækningen er skrevet ind i forvejen."),
        LotObstacle.NOTHING_ENTERED: _("Det, du så, står her ikke mere. Se siden igennem igen."),
        LotObstacle.SAME_OFFICIAL: _("Du har selv skrevet det ind. En anden medarbejder skal bekræfte det."),
    }
)


def say(obstacle: LotObstacle) -> str:
    """The sentence for an obstacle, in the language of the page."""
    return str(_SENTENCES[obstacle])
