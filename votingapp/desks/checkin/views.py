"""All pages of the check-in, brought together on its blueprint."""

from votingapp.desks.checkin import assist_views, doubt_views, roll_views, undo_views, voter_views
from votingapp.desks.checkin.door import blueprint

__all__ = ["assist_views", "blueprint", "doubt_views", "roll_views", "undo_views", "voter_views"]
