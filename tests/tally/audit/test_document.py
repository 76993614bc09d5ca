"""What is announced is kept as it was, and what is published lets anybody find the end again without a paper."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from tally.audit.announcement import Announcement, announcement_document, read_announcement
from tally.audit.assertions import Claim, ClaimKind
from tally.audit.document import METHOD, audit_document, in_thousandths
from tally.audit.outcome import AuditOutcome, AuditState, CandidateDifference
from tally.audit.readings import Marks, follow
from tally.audit.statistic import Evidence

DIGITS = "364152" * 4
ANNOUNCED = Announcement(
    100,
    100,
    Evidence(100, 100, 0, {"c1": 60, "c2": 40}, {"c1": 7, "c2": 7}),
    (Claim(ClaimKind.MORE, "c1", "c2"),),
)
CONFIRMED = AuditOutcome(
    "sample", AuditState.CONFIRMED, 99, 100, 2, risk_limit=100, claims=1, confirmed=1, draws=13, digits=DIGITS
)


def ended(*read):
    return follow(ANNOUNCED.claims, ANNOUNCED.measures, read, ANNOUNCED.risk_limit)


def published(progress, **options):
    return audit_document(
        CONFIRMED, **({"announced": ANNOUNCED, "batches": (50, 50), "ended": progress, "tells_of_few": False} | options)
    )


def test_an_announcement_is_read_as_it_was_kept():
    """With every claim and all that was known, the fewest votes too; what is measured by follows from it."""
    asked = Announcement(50, 9, replace(ANNOUNCED.evidence, least_votes=3), (Claim(ClaimKind.LEAST, "c1"),))
    for announced in (ANNOUNCED, asked):
        again = read_announcement(json.dumps(announcement_document(announced)))
        assert (again, again.measures) == (announced, announced.measures)


def test_an_announcement_names_what_no_sample_can_confirm():
    """Equal votes cannot: the board knows before it announces."""
    assert ANNOUNCED.hopeless == ()
    tied = Announcement(100, 9, Evidence(9, 9, 0, {"c1": 4, "c2": 4}, {}), ANNOUNCED.claims)
    assert tied.hopeless == ANNOUNCED.claims


def test_anybody_finds_the_end_again():
    """Limit, dice, formula, batches and each claim's threshold, alternative and totals; 1.2^13 is 10.699."""
    told = published(ended(*[Marks(frozenset({"c1"}))] * 13))
    assert json.loads(json.dumps(told)) == told
    assert told == {
        "format": 1,
        "planned": "sample",
        "state": "confirmed",
        "papers": 99,
        "ballots": 100,
        "doubted": 2,
        "sample": told["sample"],
        "full_count": None,
        "explanation": None,
    }
    (claim,) = told["sample"].pop("claims")
    assert told["sample"] == {
        "method": METHOD,
        "formula": "1 + (SHA-256(DIGITS,DRAW) mod papers)",
        "risk_limit_per_mille": 100,
        "most_draws": 100,
        "batches": [50, 50],
        "digits": DIGITS,
        "draws": 13,
        "figures_shown": True,
    }
    assert claim == {
        "kind": "more",
        "candidate": "c1",
        "other": "c2",
        "confirmed": True,
        "threshold": "1/2",
        "alternative": "3/5",
        "ones": 13,
        "halves": 0,
        "zeros": 0,
        "evidence": "10.699",
    }


def test_where_few_are_known_only_the_end_is_told():
    """A threshold holds the difference on ballots of paper, and totals those of the papers: neither is told of few."""
    sample = published(ended(*[Marks(frozenset({"c1"}))] * 13), tells_of_few=True)["sample"]
    assert sample["figures_shown"] is False
    (claim,) = sample["claims"]
    assert set(claim) == {"kind", "candidate", "other", "confirmed"}


@pytest.mark.parametrize("progress", [None, ended(*[Marks()] * 4)], ids=["running", "four_draws"])
def test_nothing_is_counted_up_before_the_end_or_of_four_draws(progress):
    """While the papers are read, or of so few that each is known, no total is told."""
    (claim,) = published(progress)["sample"]["claims"]
    assert not {"ones", "halves", "zeros", "evidence"} & set(claim)
    assert claim["confirmed"] is False


def test_five_draws_are_counted_up():
    """The fewest that are told, whether they confirm or not."""
    (claim,) = published(ended(*[Marks()] * 5))["sample"]["claims"]
    assert (claim["halves"], claim["evidence"], claim["confirmed"]) == (5, "1.000", False)


@pytest.mark.parametrize("reason", ["", "Papirerne blev våde"])
def test_a_full_count_is_told_without_a_sample(reason):
    """By candidate where that is shown, with how many votes are unlike, and why it was made if a sample was planned."""
    counted = AuditOutcome(
        "by_candidate", AuditState.OTHER_VOTES, 9, 9, full_count=True, reason=reason, unlike=1, explanation="En kopi",
        differences=(CandidateDifference("c1", 5, 4), CandidateDifference("", 0, 1)),
    )  # fmt: skip
    told = audit_document(counted, announced=None, batches=(), ended=None, tells_of_few=False)
    assert (told["sample"], told["explanation"]) == (None, "En kopi")
    assert told["full_count"] == {
        "reason": reason or None,
        "unlike": 1,
        "differences": [{"id": "c1", "urn": 5, "papers": 4}, {"id": None, "urn": 0, "papers": 1}],
    }
    of_few = audit_document(replace(counted, differences=()), announced=None, batches=(), ended=None, tells_of_few=True)
    assert (of_few["full_count"]["unlike"], of_few["full_count"]["differences"]) == (1, None)


def test_a_fraction_is_rounded_down():
    """What lies under the limit is never shown as the limit."""
    assert [in_thousandths(Fraction(*one)) for one in ((19_999_999, 1_000_000), (1, 3), (20, 1))] == [
        "19.999",
        "0.333",
        "20.000",
    ]
    assert in_thousandths(None) is None
