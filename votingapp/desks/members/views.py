"""The register of members: who sits, who left, and who enters after whom."""

from votingapp.desks.members import case_views, letter_views, register_views, seat_views, substitute_views
from votingapp.desks.members.door import blueprint

__all__ = ["blueprint", "case_views", "letter_views", "register_views", "seat_views", "substitute_views"]
