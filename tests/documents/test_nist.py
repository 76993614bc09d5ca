"""The common data format: the report is valid, every name in it leads somewhere, and nothing is said that is not so yet."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import check_nist
import fastjsonschema
import pytest
from outcomes import election, outcome

from tally.council import Answer
from votingapp.documents.nist import Reported, nist_report

SUBSET = Path(__file__).parent / "nist_subset.json"
CHECK = fastjsonschema.compile(json.loads(SUBSET.read_text(encoding="utf-8")), use_default=False)
VOTES = {"Øzlem Ærø": 9, "فاطمة Åberg": 7, "Bo Bo": 2}


def report(of, found, ballots: int, *, status="unofficial-complete", ruled=()):
    facts = Reported(
        at=datetime(2021, 11, 23, 21, 5, 7, 999, tzinfo=UTC),
        status=status,
        ballots=ballots,
        offices={"da": "Medlem af rådet", "en": "Member of the council"},
        ruled=dict(ruled),
    )
    raw = nist_report(of, found, facts)
    assert raw == nist_report(of, found, facts)
    made = json.loads(raw)
    CHECK(made)
    assert references(made) == set()
    return made


def references(made) -> set[str]:
    """Names that stand for something which is not in the report."""
    named, meant = set(), set()

    def walk(node):
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            for key, value in node.items():
                if key == "@id":
                    assert value not in named, value
                    named.add(value)
                elif key.endswith(("Id", "Ids")) and key != "VendorApplicationId":
                    meant.update([value] if isinstance(value, str) else value)
                walk(value)

    walk(made)
    return meant - named


def contest_of(made):
    (found,) = made["Election"]
    (contest,) = found["Contest"]
    return contest


def statuses(made) -> list[str | None]:
    return [one.get("PostElectionStatus") for one in made["Election"][0]["Candidate"]]


def test_a_result_is_reported_with_its_winners_and_counts():
    """Votes, seats, blank and invalid ballots must be those of the count; two are elected subject to the council."""
    of = election()
    made = report(of, outcome(of, VOTES, blank=3, invalid=1), 22)
    contest = contest_of(made)
    assert (made["GeneratedDate"], made["IsTest"], made["Status"]) == (
        "2021-11-23T22:05:07+01:00",
        False,
        "unofficial-complete",
    )
    assert (contest["NumberElected"], contest["VotesAllowed"], contest["VoteVariation"]) == (2, 1, "plurality")
    assert [[one["Count"] for one in row["VoteCounts"]] for row in contest["ContestSelection"]] == [[9], [7], [2]]
    assert contest["OtherCounts"][0]["Undervotes"] == 3
    assert statuses(made) == ["projected-winner", "projected-winner", "defeated"]
    assert "Blanke stemmer: 3. Ugyldige stemmer: 1." in made["Notes"]
    assert made["Election"][0]["Candidate"][1]["BallotName"]["Text"][0]["Content"] == "فاطمة Åberg"


def test_who_is_appointed_has_won_and_who_is_not_has_neither_won_nor_lost():
    """Only the council's own answer may make a winner of whoever was elected."""
    of = election()
    ruled = {"c1": Answer.APPROVED, "c2": Answer.NOT_APPOINTED}
    made = report(of, outcome(of, VOTES), 18, status="certified", ruled=ruled)
    assert statuses(made) == ["winner", None, "defeated"]
    again = report(of, outcome(of, VOTES), 18, ruled={"c1": Answer.RETURNED})
    assert statuses(again) == ["projected-winner", "projected-winner", "defeated"]


def test_several_votes_leave_undervotes():
    """Of three votes each voter may leave some: what the ballots could hold less what they hold."""
    of = election(votes=3)
    contest = contest_of(report(of, outcome(of, VOTES, blank=1, invalid=2), 12))
    assert (contest["VoteVariation"], contest["OtherCounts"][0]["Undervotes"]) == ("n-of-m", 3 * 10 - 18)


def test_nobody_has_won_while_a_lot_is_to_be_drawn():
    """No winner must be named before the lot is drawn."""
    of = election(seats=1)
    made = report(of, outcome(of, {"Aa": 4, "Bb": 4}), 8, status="unofficial-partial")
    assert statuses(made) == [None, None]
    assert "trækkes lod" in made["Notes"]


def test_nobody_has_won_an_election_that_does_not_stand():
    """An annulled election must name no winner, and say why."""
    of = election(annulment=object())
    made = report(of, outcome(of, VOTES), 18)
    assert statuses(made) == [None, None, None]
    assert "annulleret" in made["Notes"]


def test_a_rehearsal_is_a_test():
    """Nobody must take a rehearsal for an election."""
    of = election(rehearsal=True)
    made = report(of, outcome(of, VOTES), 18)
    assert made["IsTest"]
    assert "PRØVEVALG" in made["Notes"]


@pytest.mark.parametrize(("paper", "shown"), [((3, 1, 1), True), ((2, 1, 1), False)])
def test_votes_on_paper_stand_apart_from_five_ballots_on(paper, shown):
    """With four, the figures by device would tell how those four voted, by what is left over as well."""
    of = election()
    rows = contest_of(report(of, outcome(of, VOTES, paper=paper), 18 + sum(paper)))["ContestSelection"]
    for row, votes, on_paper in zip(rows, VOTES.values(), paper, strict=True):
        whole, tablet, by_hand = row["VoteCounts"]
        assert whole["Count"] == votes + on_paper
        assert [one["DeviceClass"]["Type"] for one in (tablet, by_hand)] == ["other", "manual-count"]
        assert [one["Count"] for one in (tablet, by_hand)] == ([votes, on_paper] if shown else [0, 0])
        assert [one.get("IsSuppressedForPrivacy", False) for one in (tablet, by_hand)] == [not shown] * 2


def test_the_schema_of_the_tests_refuses_what_the_format_does_not_know():
    """A member of our own invention must fail the tests."""
    of = election()
    made = report(of, outcome(of, VOTES), 18)
    made["Election"][0]["Contest"][0]["Blank"] = 3
    with pytest.raises(fastjsonschema.JsonSchemaException):
        CHECK(made)


@pytest.mark.parametrize(
    ("member", "day"), [("GeneratedDate", "2021-13-23T22:05:07+01:00"), ("StartDate", "23.11.2021")]
)
def test_the_schema_of_the_tests_refuses_a_day_that_is_none(member, day):
    """A day that NIST's schema refuses must fail the tests, though draft 4 of JSON Schema knows no format of a day."""
    of = election()
    made = report(of, outcome(of, VOTES), 18)
    (made if member in made else made["Election"][0])[member] = day
    with pytest.raises(fastjsonschema.JsonSchemaException, match=member):
        CHECK(made)


def test_several_reports_are_held_against_a_schema_at_once(tmp_path, capsys):
    """Whoever has NIST's schema must be told of each report whether it fits, and a day must not pass unread."""
    of = election()
    made = report(of, outcome(of, VOTES), 18)
    schema, fits, misfits = (str(tmp_path / name) for name in ("schema.json", "fits.json", "misfits.json"))
    day = {"properties": {"EndDate": {"type": "string", "format": "date"}}}
    theirs = {"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"Election": {"items": day}}}
    Path(schema).write_text(json.dumps(theirs), encoding="utf-8")
    Path(fits).write_text(json.dumps(made), encoding="utf-8")
    made["Election"][0]["EndDate"] = "23.11.2021"
    Path(misfits).write_text(json.dumps(made), encoding="utf-8")
    assert check_nist.main(fits, schema) == 0
    assert capsys.readouterr().out == f"{fits}: valid\n"
    assert check_nist.main(misfits, fits, schema) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{misfits}: data.Election[0].EndDate must be date")
    assert second == f"{fits}: valid"
