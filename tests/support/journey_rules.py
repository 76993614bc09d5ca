"""The rules of the journey's election: the shipped ones of Køge, with the days moved to now and two seats to tie for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from votingapp.resources import rulesets_dir

NAME = "Valg til Integrationsrådet i Køge, i dag"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
STANDING = timedelta(minutes=20)
"""How long one may stand by the house's clock, which is then moved on."""


@dataclass(frozen=True)
class Resident:
    """An invented person of the register extract."""

    name: str
    cpr: str
    municipality_code: str = "0259"

    @property
    def birth_date(self) -> str:
        """As it is written at the desk; all of them were born before 2000."""
        return f"{self.cpr[:2]}-{self.cpr[2:4]}-19{self.cpr[4:6]}"


OZLEM = Resident("Øzlem Kjærgård", "1203801234")
LUKASZ = Resident("Łukasz Wójcik", "0107751236")
ANNA = Resident("Anna Ødegaard", "2411901238")
ANNE = Resident("Anne Ødegaard", "0502881240")
BO = Resident("Bo Langtfra", "3006701235", municipality_code="0101")
CANDIDATES = (OZLEM, LUKASZ, ANNA, ANNE, BO)
VOTERS = (
    Resident("Åse Ærø", "1506821242"),
    Resident("Çiğdem Bæk-Şahin", "0808711237"),
    Resident("Maja Sørensen", "2209951244"),
)


def rules_of_today(now: datetime) -> str:
    """TOML: nominations close in a while, the poll is tomorrow, two seats, two votes each.

    The poll is opened and closed by the board and not by the clock, so the journey need not wait until tomorrow.
    """
    closes = now.astimezone(COPENHAGEN).replace(tzinfo=None, microsecond=0) + STANDING
    text = (rulesets_dir() / "koege-2021.toml").read_text(encoding="utf-8")
    for key, value in {
        "name": f'"{NAME}"',
        "election_day": f"{closes.date() + timedelta(days=1)}",
        "term_start": f"{closes.year + 1}-01-01",
        "term_end": f"{closes.year + 4}-12-31",
        "adopted_on": f"{closes.date() - timedelta(days=90)}",
        "cure_until": closes.isoformat(),
        "votes_per_voter": "2",
        "total": "2",
    }.items():
        text = _set(text, key, value)
    nomination = (
        f"[nomination]\nopens = {closes - timedelta(days=10):%Y-%m-%dT%H:%M:%S}\ncloses = {closes.isoformat()}\n"
    )
    return re.sub(r"\[nomination\]\nopens = .*\ncloses = .*\n", nomination, text)


def extract_of_today() -> bytes:
    """The register extract as the municipality's old system writes it: semicolons, CRLF, Windows-1252.

    That character set has no Ł, ğ or Ş, so people with such letters stand in it the way such a system spells them.
    """
    rows = ["personnummer;navn;kommunekode;beskyttet"]
    for one in (*CANDIDATES, *VOTERS):
        name = one.name.translate(str.maketrans("ŁłğŞ", "LlgS"))
        rows.append(f"{one.cpr};{name};{one.municipality_code};nej")
    return "\r\n".join([*rows, ""]).encode("cp1252")


def _set(text: str, key: str, value: str) -> str:
    changed, times = re.subn(rf"(?m)^{key} = .*$", lambda _: f"{key} = {value}", text)
    assert times == 1, f"{key} stands {times} times in the shipped rule set"
    return changed
