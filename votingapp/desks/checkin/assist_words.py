"""The ways in which a voter may be helped, as the buttons of the desk say them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from votingapp.store.assistance import Assistance

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[Assistance, object] = MappingProxyType(
    {
        Assistance.TWO_OFFICIALS: _("To tilforordnede hjalp"),
        Assistance.OWN_HELPER: _("En tilforordnet og vælgerens egen hjælper"),
        Assistance.HELPER_ALONE: _("Vælgerens egen hjælper alene"),
        Assistance.OUTSIDE_ROOM: _("Stemte lige uden for lokalet"),
    }
)
"""Kinds of help, the usual one first."""
