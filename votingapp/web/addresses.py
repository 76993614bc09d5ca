"""Whole addresses for letters, QR codes and shared pages: as the settings know the house, whatever a visitor's headers say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, url_for

if TYPE_CHECKING:
    from votingapp.settings import Settings


def whole_address(endpoint: str, **values: Any) -> str:
    """The address of a page with scheme and host, from `VOTINGAPP_OFFICE_URL`."""
    return office_address() + str(url_for(endpoint, **values))


def office_address() -> str:
    """Scheme and host of the office, without a slash at the end."""
    settings: Settings = current_app.extensions["settings"]
    return settings.office_url
