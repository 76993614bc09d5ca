"""The record must hold everything, say what it lacks, and never hold what it must not."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations

import pytest

from tally.audit.outcome import AuditOutcome, AuditState
from tally.reconciliation import reconcile
from tally.record import (
    RESERVATION,
    Annulment,
    BoardMember,
    BoxDifference,
    Candidate,
    DrawnLot,
    Election,
    PaperAccount,
    PaperRecord,
    Present,
    Reconciliation,
    Record,
    Remark,
    Statement,
    Station,
    Times,
    Trustee,
    Turnout,
    Verification,
    missing,
    nobody_elected,
    to_json,
)

CANDIDATES = (
    Candidate(1, "c1", "Åse Ærø", 12),
    Candidate(2, "c2", "Şükrü Işık", 9, line="Ølby"),
    Candidate(3, "c3", "Łucja Żak", 9),
)
TURNOUT = Turnout(
    roll=200,
    admissions=34,
    slips_printed=300,
    slips_issued=34,
    slips_exchanged=2,
    slips_returned=1,
    slips_void=3,
    slips_left_over=261,
    ballots=33,
    blank=3,
)
THERE = tuple(Present(name, datetime(2021, 11, 23, 15, 50, tzinfo=UTC)) for name in ("Mette Møller", "Bo Berg"))
STATION = Station(
    opened_by=THERE,
    closed_by=THERE,
    doors_closed=datetime(2021, 11, 23, 19, 0, tzinfo=UTC),
    queue=3,
    admitted_from_queue=2,
    urn_sha256="12" * 32,
    zero_report_sha256="34" * 32,
    urn_report_sha256="56" * 32,
)
STATEMENTS = [
    Statement(code, datetime(2021, 11, 23, 20, 0, tzinfo=UTC), ("Mette Møller", "Bo Berg"))
    for code in ("incidents", "assistance")
]
ALLOCATION = {
    "status": "complete",
    "elected": [{"rank": 1, "id": "c1", "votes": 12, "seat": "open"}],
    "vacant": 0,
    "substitutes": [{"rank": 1, "id": "c3", "votes": 9, "group": None, "member": None}],
    "lots_required": [],
    "steps": ["c1 har flest stemmer."],
}


@pytest.fixture
def record():
    """A complete record in which one lot was drawn."""
    return Record(
        election=Election(
            name="Valg til Integrationsrådet",
            municipality="Køge Kommune",
            election_day=date(2021, 11, 23),
            term_start=date(2022, 1, 1),
            term_end=date(2025, 12, 31),
            seats=1,
            votes_per_voter=1,
            adopted_by="Køge Byråd",
            adopted_on=date(2021, 6, 22),
            rules_sha256="ab" * 32,
        ),
        drawn_up=date(2021, 11, 24),
        rehearsal=False,
        board=(BoardMember("Mette Møller", "formand"),),
        times=Times(
            frozen=datetime(2021, 11, 20, 9, 0, tzinfo=UTC),
            opened=datetime(2021, 11, 23, 16, 0, tzinfo=UTC),
            closed=datetime(2021, 11, 23, 19, 0, tzinfo=UTC),
        ),
        candidates=CANDIDATES,
        turnout=TURNOUT,
        allocation=ALLOCATION,
        lots=(DrawnLot("substitute", ("c2", "c3"), ("c3", "c2"), "sedler i en skål", ("Bo Berg",)),),
        verification=Verification(
            "fp",
            "ev",
            "cd" * 32,
            2,
            (Trustee("A", decrypted=True), Trustee("B", decrypted=True), Trustee("C", decrypted=False)),
        ),
        station=STATION,
        reconciliation=reconcile(TURNOUT, CANDIDATES, 1),
        statements=tuple(STATEMENTS),
    )


def test_a_whole_record_lacks_nothing(record):
    """When everything is there, nothing may be named as missing."""
    assert missing(record) == ()


LACKING = [
    ({"board": ()}, "board"),
    ({"station": None}, "attendance"),
    ({"station": replace(STATION, opened_by=THERE[:1])}, "attendance"),
    ({"station": replace(STATION, closed_by=())}, "attendance"),
    ({"audit": AuditOutcome("sample", AuditState.RUNNING, 33, 33)}, "audit"),
    ({"audit": AuditOutcome("by_candidate", AuditState.OTHER_SEATS, 33, 33)}, "audit"),
    ({"statements": tuple(STATEMENTS[1:])}, "incidents"),
    ({"statements": tuple(STATEMENTS[:1])}, "assistance"),
    ({"statements": (STATEMENTS[0], replace(STATEMENTS[1], signed_by=("Bo Berg", "Bo Berg")))}, "assistance"),
    ({"station": replace(STATION, urn_sha256="")}, "reports"),
    ({"station": replace(STATION, zero_report_sha256="")}, "reports"),
    ({"station": replace(STATION, urn_report_sha256="")}, "reports"),
    ({"station": replace(STATION, urn_report_outdated=True)}, "report_outdated"),
    ({"turnout": None}, "turnout"),
    ({"reconciliation": ()}, "reconciliation"),
    ({"reconciliation": (Reconciliation("slips", 3, 4),)}, "explanation:slips"),
    ({"reconciliation": (Reconciliation("ballots", 3, 4, at_most=True),)}, "explanation:ballots"),
    ({"boxes": (BoxDifference("Bord 1", 9, too_few=1, too_many=0),)}, "explanation:boxes"),
    ({"boxes": (BoxDifference("Bord 1", 9, too_few=1, too_many=0, holds="ballot"),)}, "explanation:paper_boxes"),
    ({"reconciliation": (Reconciliation("paper", 9, 8),)}, "explanation:paper"),
    ({"reconciliation": (Reconciliation("paper_ballots", 9, 10, at_most=True),)}, "explanation:paper_ballots"),
    ({"turnout": replace(TURNOUT, slips_left_over=None)}, "left_over"),
    ({"turnout": replace(TURNOUT, paper=PaperAccount(10, 5, 0, 0, 0, None))}, "paper_left_over"),
    ({"candidates": (*CANDIDATES, Candidate(4, "c4", "Ny", None))}, "votes"),
    ({"lots": (DrawnLot("seat", ("c1",), ("c1",), "", ("Bo",)),)}, "lot_method"),
    ({"lots": (DrawnLot("seat", ("c1",), ("c1",), "skål", ()),)}, "lot_witnesses"),
    ({"allocation": ALLOCATION | {"lots_required": [{"among": ["c2", "c3"], "decides": "seat"}]}}, "lots"),
]


@pytest.mark.parametrize(("change", "code"), LACKING)
def test_what_is_lacking_is_named(record, change, code):
    """Each thing taken away from a whole record must be named, and nothing else."""
    assert missing(replace(record, **change)) == (code,)


def test_every_two_things_that_lack_are_both_named(record):
    """No gap may hide another: any two that are of different parts of the record are named, and nothing else is."""
    for (first, one), (second, other) in combinations(LACKING, 2):
        if first.keys().isdisjoint(second):
            assert set(missing(replace(record, **first, **second))) == {one, other}


def test_an_annulled_election_elects_nobody_and_asks_for_no_figures(record):
    """Of an annulled election is told what happened until then: the decision, and what two state where a poll was opened."""
    decided = Annulment(date(2021, 11, 24), "Byrådet", "En liste manglede i stemmeboksen.")
    bare = {"turnout": None, "verification": None, "reconciliation": (), "lots": (), "station": None}
    annulled = replace(record, allocation=nobody_elected(), annulled=decided, **bare)
    assert missing(annulled) == ()
    assert missing(replace(annulled, annulled=replace(decided, reason=""))) == ("annulment",)
    assert missing(replace(annulled, statements=())) == ("incidents", "assistance")
    never_opened = replace(annulled, statements=(), times=Times(record.times.frozen, None, None))
    assert missing(never_opened) == ()
    with pytest.raises(ValueError, match=r"^nobody is elected by an annulled election, and only there is nobody$"):
        replace(record, annulled=decided)
    with pytest.raises(ValueError, match=r"^nobody is elected by an annulled election, and only there is nobody$"):
        replace(annulled, annulled=None)


def test_throws_of_dice_are_no_number_of_a_person(record):
    """Digits of dice, and the hashes and identifiers of machines, must not keep a record from being drawn up."""
    rolled = "0101901111"
    told = DrawnLot("seat", ("c2", "c3"), ("c3", "c2"), "", ("Bo", "Ida"), rolled, f"printf 'lod|{rolled}' | sha256sum")
    assert missing(replace(record, lots=(told,))) == ()
    with pytest.raises(ValueError, match=r"^a text in the record looks like a CPR number$"):
        replace(record, lots=(replace(told, method=rolled),))
    with pytest.raises(ValueError, match=r"^a text in the record looks like a CPR number$"):
        replace(record, reason=f"Fejl for {rolled}")


def test_a_version_says_its_number_and_why(record):
    """The form as data must carry the version and its reason; the first has none."""
    first, second = (
        json.loads(to_json(one)) for one in (record, replace(record, version=2, reason="Et navn var galt."))
    )
    assert (first["version"], first["reason"]) == (1, "")
    assert (second["version"], second["reason"]) == (2, "Et navn var galt.")


@pytest.mark.parametrize("moment", ["frozen", "opened", "closed"])
def test_a_moment_that_has_not_come_is_named(record, moment):
    """A poll not yet frozen, opened or closed leaves its record incomplete by that moment."""
    assert missing(replace(record, times=replace(record.times, **{moment: None}))) == (moment,)


@pytest.mark.parametrize("change", [{"adopted_by": ""}, {"rules_sha256": ""}])
def test_rules_nobody_adopted_are_named(record, change):
    """A record must name the body behind the rules and their hash."""
    assert missing(replace(record, election=replace(record.election, **change))) == ("adoption",)


def test_too_few_key_holders_are_named(record):
    """A result that fewer than the threshold decrypted is no result."""
    only_one = replace(record.verification, trustees=(Trustee("A", decrypted=True), Trustee("B", decrypted=False)))
    assert missing(replace(record, verification=only_one)) == ("decryption",)
    assert missing(replace(record, verification=None)) == ("verification", "decryption")


@pytest.mark.parametrize("lacking", ["election_fingerprint", "archive_sha256"])
def test_a_proof_with_only_one_of_its_hashes_is_named(record, lacking):
    """Without either hash nobody could tell which archive the board has checked."""
    half = replace(record.verification, **{lacking: ""})
    assert missing(replace(record, verification=half)) == ("verification",)


def test_papers_that_nobody_counted_are_named(record):
    """Where the booths printed, the record must say how many papers lay in the box."""
    uncounted = PaperRecord("before_cast", "number")
    assert missing(replace(record, paper_record=uncounted)) == ("paper_record",)
    assert missing(replace(record, paper_record=replace(uncounted, papers=0))) == ()


def test_an_explained_difference_is_not_lacking(record):
    """A difference with words to it belongs in the record and does not make it incomplete."""
    explained = (Reconciliation("slips", 34, 33, "En seddel faldt i vandet.", ("Anne", "Bo")),)
    boxes = (BoxDifference("Bord 1", 9, 1, 0, "En seddel faldt i vandet.", ("Anne", "Bo")),)
    assert missing(replace(record, reconciliation=explained, boxes=boxes)) == ()


def test_a_voter_who_left_without_voting_is_no_difference(record):
    """Fewer ballots than slips with voters is their own affair: it is told as a figure, and nobody has to explain it."""
    turnout = replace(TURNOUT, ballots=31, blank=1)
    assert turnout.slips_not_cast == 2
    (ballots,) = [one for one in reconcile(turnout, CANDIDATES, 1) if one.account == "ballots"]
    assert (ballots.difference, ballots.comes_out) == (-2, True)
    assert missing(replace(record, turnout=turnout, reconciliation=reconcile(turnout, CANDIDATES, 1))) == ()


def test_ballots_on_paper_bear_their_votes(record):
    """The votes of the urn and of the paper ballots together must be those that the candidates got."""
    turnout = replace(TURNOUT, admissions=38, on_paper=4, paper_ballots=4, invalid=1, blank=4)
    candidates = (Candidate(1, "c1", "A", 32),)
    assert [one.difference for one in reconcile(turnout, candidates, 1)] == [0, 0, 0, 0]


def test_an_uncontested_election_needs_no_poll(record):
    """Where no vote was held, times of the poll, urn, key, statements and accounts are not asked for."""
    uncontested = replace(
        record,
        times=Times(None, None, None),
        station=None,
        statements=(),
        candidates=tuple(replace(candidate, votes=None) for candidate in CANDIDATES),
        turnout=None,
        allocation=ALLOCATION | {"status": "uncontested"},
        lots=(),
        verification=None,
        reconciliation=(),
    )
    assert missing(uncontested) == ()


def test_accounts_of_an_orderly_day_differ_nowhere():
    """When every slip and vote is where it should be, all differences must be nought."""
    assert [account.difference for account in reconcile(TURNOUT, CANDIDATES, 1)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("change", "account", "difference"),
    [
        ({"slips_left_over": 260}, "slips", -1),
        ({"slips_left_over": 262}, "slips", 1),
        ({"slips_exchanged": 3}, "slips", 1),
        ({"slips_void": 2}, "slips", -1),
        ({"admissions": 35}, "admissions", -1),
        ({"admissions": 33}, "admissions", 1),
        ({"on_paper": 1}, "admissions", 1),
        ({"ballots": 34, "blank": 4}, "ballots", 1),
        ({"ballots": 32, "blank": 2}, "ballots", -1),
        ({"blank": 4}, "votes", 1),
        ({"blank": 2}, "votes", -1),
        ({"invalid": 1}, "votes", 1),
    ],
)
def test_each_account_finds_its_own_fault(change, account, difference):
    """One figure off by one must show in exactly the account it belongs to, with its sign."""
    accounts = reconcile(replace(TURNOUT, **change), CANDIDATES, 1)
    assert {a.account: a.difference for a in accounts if a.difference} == {account: difference}


def test_opened_ballots_are_told_and_reconciled_with_nothing(record):
    """How many ballots were opened to check a tablet is in the record, 0 where nobody counted them, and is in no account."""
    opened = replace(TURNOUT, challenged=7)
    assert reconcile(opened, CANDIDATES, 1) == reconcile(TURNOUT, CANDIDATES, 1)
    content = json.loads(to_json(replace(record, turnout=opened)))
    assert (content["turnout"]["challenged"], content["format"], content["missing"]) == (7, 2, [])
    before = {name: figure for name, figure in content["turnout"].items() if name != "challenged"}
    assert Turnout(**before) == TURNOUT


@pytest.mark.parametrize(("votes", "difference"), [(29, -1), (30, 0), (45, 0), (60, 0), (61, 1)])
def test_several_votes_a_voter_are_lawful_within_borders(votes, difference):
    """With up to two votes a voter, 30 valid ballots bear from 30 to 60 votes and no more."""
    accounts = reconcile(TURNOUT, (Candidate(1, "c1", "A", votes),), 2)
    assert [a.difference for a in accounts if a.account == "votes"] == [difference]


def test_json_is_canonical_and_stable(record):
    """The same record must be the same bytes, whatever clock or order of keys it came with; hashes depend on it."""
    elsewhere = timezone(timedelta(hours=1))
    turned = replace(
        record,
        times=replace(record.times, opened=record.times.opened.astimezone(elsewhere)),
        allocation=dict(reversed(ALLOCATION.items())),
    )
    assert to_json(turned) == to_json(record)
    again = json.dumps(json.loads(to_json(record)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert to_json(record) == f"{again}\n".encode()


def test_json_says_everything_the_record_says(record):
    """Names keep their letters, times their zone, the allocation its form, and elected its reservation."""
    content = json.loads(to_json(replace(record, remarks=(Remark("Strømmen gik.", record.times.opened),))))
    assert content["candidates"][1]["name"] == "Şükrü Işık"
    assert content["times"]["opened"] == content["remarks"][0]["at"] == "2021-11-23T16:00:00Z"
    assert content["election"]["election_day"] == "2021-11-23"
    assert content["allocation"] == ALLOCATION
    assert content["reservation"] == RESERVATION
    assert content["missing"] == []
    assert "Åse".encode() in to_json(record)


@pytest.mark.parametrize(
    "text",
    ["010190-1234", "Vælgeren 0101901234 kom igen", "311299 0000", "erstatning 710190-1234", "(150362-0001)"],
)
def test_a_cpr_number_never_enters_a_record(record, text):
    """A CPR or replacement number typed into any text must be refused, and not repeated in the refusal."""
    with pytest.raises(ValueError, match=r"^a text in the record looks like a CPR number$") as refusal:
        replace(record, remarks=(Remark(text),))
    assert text not in str(refusal.value)
    with pytest.raises(ValueError, match=r"^a text in the record looks like a CPR number$"):
        replace(record, allocation=ALLOCATION | {"steps": [text]})


@pytest.mark.parametrize(
    "text", ["tlf. 56 67 67 67", "sag 326-2018-1498", "990190-1234", "011390-1234", "0101901234567"]
)
def test_other_numbers_may_stand(record, text):
    """Telephone and case numbers, and digits that are no date, are not taken for CPR numbers."""
    assert replace(record, remarks=(Remark(text),)).remarks[0].text == text


def test_a_time_without_zone_is_refused(record):
    """A naive time could be read as an hour earlier or later, and must be refused."""
    with pytest.raises(ValueError, match=r"^a time in the record has no time zone$"):
        replace(record, times=replace(record.times, closed=datetime(2021, 11, 23, 20, 0)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "change",
    [
        {"allocation": ALLOCATION | {"elected": [{"rank": 1, "id": "c9", "votes": 1, "seat": "open"}]}},
        {
            "allocation": ALLOCATION
            | {"substitutes": [{"rank": 1, "id": "c9", "votes": 1, "group": None, "member": None}]}
        },
        {"allocation": ALLOCATION | {"lots_required": [{"among": ["c1", "c9"], "decides": "seat"}]}},
        {"lots": (DrawnLot("seat", ("c8", "c9"), ("c9", "c8"), "skål", ("Bo",)),)},
    ],
)
def test_nobody_who_did_not_stand_is_in_the_outcome(record, change):
    """An outcome or a lot that names somebody who was not on the ballot must be refused."""
    with pytest.raises(ValueError, match=r"^the record names (c8, )?c9, who did not stand$"):
        replace(record, **change)


@pytest.mark.parametrize("change", [{"slips_left_over": -1}, {"slips_void": -1}, {"blank": 2.5}])
def test_only_whole_figures_enter_a_record(record, change):
    """A negative or fractional figure is a fault in the count, and must not reach the paper."""
    with pytest.raises(ValueError, match="whole number"):
        replace(record, turnout=replace(record.turnout, **change))
