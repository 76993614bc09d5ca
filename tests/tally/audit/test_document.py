"""What is announced is kept as it was, and what is published lets anybody find the end again without a paper."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tally.audit.announcement import Announcement, announcement_document, read_announcement
from tally.audit.assertions import Claim, ClaimKind
from tally.audit.document import audit_document, in_thousandths
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
    "sample", AuditState.CONFIRMED, 100, 100, risk_limit=100, claims=1, confirmed=1, draws=13, digits=DIGITS
)


def ended(*read):
    return follow(ANNOUNCED.claims, ANNOUNCED.measures, read, ANNOUNCED.risk_limit)


def published(progress, **options):
    return audit_document(
        CONFIRMED, **({"announced": ANNOUNCED, "batches": (50, 50), "ended": progress, "tells_of_few": False} | options)
    )


def test_an_announcement_is_read_as_it_was_kept():
    """With every claim and all that was known; what is measured by follows from it."""
    kept = json.dumps(announcement_document(ANNOUNCED))
    assert read_announcement(kept) == ANNOUNCED
    assert json.loads(kept)["least_votes"] == 0
    assert read_announcement(kept).measures == ANNOUNCED.measures


def test_an_announcement_names_what_no_sample_can_confirm():
    """Equal votes cannot: the board knows before it announces."""
    assert ANNOUNCED.hopeless == ()
    tied = Announcement(100, 9, Evidence(9, 9, 0, {"c1": 4, "c2": 4}, {}), ANNOUNCED.claims)
    assert tied.hopeless == ANNOUNCED.claims


def test_anybody_finds_the_end_again():
    """Limit, dice, formula, batches and each claim's threshold, alternative and totals; 1.2^13 is 10.699."""
    told = published(ended(*[Marks(frozenset({"c1"}))] * 13))
    assert json.loads(json.dumps(told)) == told
    assert (told["format"], told["planned"], told["state"]) == (1, "sample", "confirmed")
    sample = told["sample"]
    assert (sample["risk_limit_per_mille"], sample["digits"], sample["draws"], sample["batches"]) == (
        100,
        DIGITS,
        13,
        [50, 50],
    )
    assert sample["figures_shown"] is True
    (claim,) = sample["claims"]
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


def test_a_full_count_is_told_without_a_sample():
    """By candidate where that is shown, else by the number of votes alone."""
    counted = AuditOutcome(
        "by_candidate", AuditState.OTHER_VOTES, 9, 9, full_count=True, unlike=1, explanation="En kopi",
        differences=(CandidateDifference("c1", 5, 4), CandidateDifference("", 0, 1)),
    )  # fmt: skip
    told = audit_document(counted, announced=None, batches=(), ended=None, tells_of_few=False)
    assert (told["sample"], told["explanation"]) == (None, "En kopi")
    assert told["full_count"]["differences"] == [
        {"id": "c1", "urn": 5, "papers": 4},
        {"id": None, "urn": 0, "papers": 1},
    ]


def test_a_fraction_is_rounded_down():
    """What lies under the limit is never shown as the limit."""
    assert [in_thousandths(Fraction(*one)) for one in ((19_999_999, 1_000_000), (1, 3), (20, 1))] == [
        "19.999",
        "0.333",
        "20.000",
    ]
    assert in_thousandths(None) is None
