"""The whole council: its composition, the item for the byråd, what the byråd ruled, and who is told."""

from votingapp.desks.council import composing_views, item_views, letter_views, ruling_views
from votingapp.desks.council.door import blueprint

__all__ = ["blueprint", "composing_views", "item_views", "letter_views", "ruling_views"]
