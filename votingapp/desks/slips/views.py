"""All pages of the slips, brought together on their blueprint."""

from votingapp.desks.slips import account_views, exchange_views, printing_views, supply_views
from votingapp.desks.slips.door import blueprint

__all__ = ["account_views", "blueprint", "exchange_views", "printing_views", "supply_views"]
