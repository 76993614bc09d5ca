"""What the record says of the audit of the papers that the booths printed (kontrolsedler), in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tally.audit.outcome import AuditState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tally.audit.outcome import AuditOutcome
    from tally.record import Candidate

METHOD = (
    "Stikprøven er trukket med terninger, og metoden er den, som Lindeman, Stark og Yates (BRAVO, 2012) og Stark (ALPHA, "
    "2023) har beskrevet. Den prøver, hvem der får plads, og ikke suppleanternes rækkefølge."
)

_FOUND = {
    AuditState.NOT_BEGUN: "Efterprøvningen er ikke begyndt.",
    AuditState.RUNNING: "Efterprøvningen er ikke færdig.",
    AuditState.CONFIRMED: "Stikprøven bekræftede, hvem der får plads.",
    AuditState.SAME: "Alle kontrolsedler er talt, og de siger det samme som urnen.",
    AuditState.OTHER_VOTES: "Alle kontrolsedler er talt. De siger andre stemmer end urnen, men pladserne ville være de samme.",
    AuditState.OTHER_SEATS: "Alle kontrolsedler er talt. De siger andre stemmer end urnen, og pladserne ville være andre. "
    "Ingen plads ændres af det.",
}


def audit_view(audit: AuditOutcome | None, people: Mapping[str, Candidate]) -> dict[str, Any] | None:
    """Return sentences, differences by candidate and what the dice showed ("" for none), JSON-able; None for no audit."""
    if audit is None:
        return None
    return {
        "sentences": list(_sentences(audit)),
        "dice": audit.digits,
        "differences": [
            {
                "name": people[one.id].name if one.id else "Blank stemme",
                "line": people[one.id].line if one.id else "",
                "urn": one.urn,
                "papers": one.papers,
                "difference": one.difference,
            }
            for one in audit.differences
        ],
    }


def in_short(audit: AuditOutcome | None) -> str:
    """What was found and how two explain it, for whoever decides on the result; "" where there is no audit."""
    if audit is None:
        return ""
    return " ".join([_FOUND[audit.state], *_explanation(audit)])


def _explanation(audit: AuditOutcome) -> Iterator[str]:
    if audit.explanation:
        yield f"Forklaring: {audit.explanation} ({' og '.join(audit.signed_by)})"


def _sentences(audit: AuditOutcome) -> Iterator[str]:
    yield _FOUND[audit.state]
    if audit.planned == "sample" and audit.claims:
        yield METHOD
        yield (
            f"Af {audit.claims} påstande om, hvem der har flest stemmer, er {audit.confirmed} bekræftet ved {audit.draws} "
            f"træk af højst {audit.most_draws}. Var et udfald forkert, ville stikprøven alligevel bekræfte det i højst "
            f"{_percent(audit.risk_limit)} % af tilfældene."
        )
    if audit.full_count and audit.reason:
        yield f"I stedet for stikprøven blev alle kontrolsedler talt. Grunden er: {audit.reason}"
    if audit.doubted:
        yield f"{audit.doubted} sedler er regnet som talende imod udfaldet, fordi de mangler, er for mange eller ikke kan læses."
    if audit.unlike:
        yield f"{audit.unlike} stemmer på kontrolsedlerne er ikke dem, urnen har."
    if audit.witnesses:
        yield f"Vidner til terningerne: {' og '.join(audit.witnesses)}."
    yield from _explanation(audit)


def _percent(per_mille: int) -> str:
    whole, tenths = divmod(per_mille, 10)
    return f"{whole},{tenths}" if tenths else str(whole)
