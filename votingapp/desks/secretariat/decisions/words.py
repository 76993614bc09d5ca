"""The Danish words under which the queue is filtered."""

from __future__ import annotations

from flask_babel import gettext as _


def listed_choices() -> list[tuple[str, str]]:
    """What the queue can be narrowed to: everything, one need, or one state; value and word."""
    return [
        ("", _("alle opstillinger")),
        ("overdue", _("fristen er gået: afgør nu")),
        ("mended", _("rettet efter mangelbrev")),
        ("identity", _("legitimation skal ses")),
        ("open", _("en regel er ikke opfyldt eller uvis")),
        ("ready", _("alle regler er opfyldt")),
        ("returned", _("venter på kandidaten")),
        ("accepted", _("godkendt")),
        ("refused", _("afvist")),
        ("late", _("for sent modtaget")),
        ("withdrawn", _("trukket tilbage")),
    ]
