"""All pages of the evening, brought together on their blueprint."""

from votingapp.desks.station import board_views, desk_views
from votingapp.desks.station.door import blueprint

__all__ = ["blueprint", "board_views", "desk_views"]
