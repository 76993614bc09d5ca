"""The rule set of a rehearsal: Køge's rules, with dates and number of votes as the rehearsal needs them."""

from __future__ import annotations

from datetime import date, timedelta
from string import Template
from typing import Final

_RULES: Final = Template("""\
# Rehearsal (prøvevalg): the rules of the integrationsråd of Køge, with invented dates.

[election]
name = "$name"
municipality = "Køge"
municipality_code = "0259"
election_day = $election_day
opens = 08:00:00
closes = 20:00:00
term_start = $term_start
term_end = $term_end
adopted_by = "Byrådet i Køge (prøve)"
adopted_on = $adopted_on
place = "Kantinen, Køge Rådhus, Torvet 1, 4600 Køge"

[eligibility]
minimum_age = 18
residence = true
declaration = "anden-etnisk-baggrund-1"
proposers = 0

[nomination]
opens = ${nomination_opens}T00:00:00
closes = ${nomination_closes}T12:00:00
cure_until = ${cure_until}T12:00:00
statement_limit = 1000

[ballot]
votes_per_voter = $votes_per_voter
blank = true
order = "$order"

[admission]
roll = "open"

[seats]
total = 5
unfilled = "vacant"

[substitutes]
model = "ranked"
minimum_votes = 0

[complaints]
days = 7
""")


def rehearsal_rules(name: str, election_day: date, votes_per_voter: int, order: str = "alphabetical") -> str:
    """The TOML text of a rehearsal's rule set; `order` is that of `[ballot]`."""
    return _RULES.substitute(
        name=name,
        election_day=election_day,
        term_start=date(election_day.year + 1, 1, 1),
        term_end=date(election_day.year + 4, 12, 31),
        adopted_on=election_day - timedelta(days=90),
        nomination_opens=election_day - timedelta(days=40),
        nomination_closes=election_day - timedelta(days=14),
        cure_until=election_day - timedelta(days=10),
        votes_per_voter=votes_per_voter,
        order=order,
    )
