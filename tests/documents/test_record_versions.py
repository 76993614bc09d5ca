"""What a record tells beside the count: what two state, which version it is, the audit, the dice, and an annulment."""

import re
from dataclasses import replace

import pytest

from tally.audit.outcome import AuditOutcome, AuditState, CandidateDifference
from tally.record import Annulment, Candidate, DrawnLot, nobody_elected
from votingapp.documents.record import render_record

PEOPLE = (Candidate(1, "c1", "Åse Ærøskøbing", 12), Candidate(2, "c2", "Şükrü Işık", 9, line="Ølby"))
DRAWN = DrawnLot("seat", ("c1", "c2"), ("c2", "c1"), "navnesedler i en skål", ("Bo Berg", "Ida Iversen"))


@pytest.fixture
def record(make_record):
    """Two people for two seats."""
    return make_record(PEOPLE)


def test_two_state_that_all_is_entered(record, read):
    """The statements of two stand in the record with their names and the hour."""
    text = read(render_record(record))
    for words in (
        "Alle hændelser på valgdagen er indført, og der er ikke flere at indføre.",
        "er al den hjælp, der er givet. (23. november 2021 kl. 22.05: Mette Møller og Ali Demir)",
        "Til stede ved lukningen",
    ):
        assert re.sub(r"[\s-]", "", words) in text


def test_a_version_says_which_it_is_and_why(record, read):
    """The first names no reason, the second says what it takes the place of and why, and a draft that it is none."""
    first = read(render_record(record))
    assert "Version1af24.november2021" in first
    assert "Grundener" not in first
    second = read(render_record(replace(record, version=2, reason="To navne var byttet om.")))
    assert "Version2af" in second
    assert "dentræderistedetfordenforrigeversion" in second.lower()
    assert "Tonavnevarbyttetom." in second
    draft = read(render_record(replace(record, version=0)))
    assert "Detteeretudkast" in draft
    assert "Version0" not in draft


def test_an_annulled_election_says_so_first_and_elects_nobody(record, read):
    """The decision, its body and reason come first; nobody is called elected, in Danish or in English."""
    decided = Annulment(record.drawn_up, "Køge Byråd", "En kandidat manglede i stemmeboksen.")
    pdf = render_record(replace(record, allocation=nobody_elected(), annulled=decided, lots=()))
    text = read(pdf)
    assert "Valgeterannulleret.KøgeByrådbesluttededetden24.november2021." in text
    assert "Enkandidatmanglede" in text
    assert "Theelectionwasannulled" in text
    assert not re.search("forbeholdtByrådets|Suppleanter|Valgte", text)
    assert "ikkefuldstændig" not in text


def test_dice_are_told_with_the_line_that_finds_the_order_again(record, read):
    """What the dice showed and the command of tally.dice stand in the record as they are, to be typed off."""
    command = "printf '%s' 'lod|abc|1|364152364152364152364152|c2' | sha256sum"
    rolled = replace(DRAWN, method="", dice="364152364152364152364152", command=command)
    text = read(render_record(replace(record, lots=(rolled,))))
    assert "Terningerneviste364152364152364152364152" in text
    assert re.sub(r"[\s-]", "", command) in text


def test_the_audit_of_the_papers_is_told_in_words(record, read):
    """The sample names its method, limit, dice and what it does not try; a count of all names each difference."""
    sample = AuditOutcome(
        "sample",
        AuditState.CONFIRMED,
        papers=33,
        ballots=33,
        risk_limit=55,
        claims=4,
        confirmed=4,
        draws=20,
        most_draws=60,
        digits="364152364152364152364152",
        witnesses=("Bo Berg", "Ida Iversen"),
    )
    text = read(render_record(replace(record, audit=sample)))
    for words in (
        "Stikprøven bekræftede, hvem der får plads.",
        "ALPHA",
        "Af 4 påstande om, hvem der har flest stemmer, er 4 bekræftet ved 20 træk af højst 60",
        "højst 5,5 % af tilfældene",
        "Terningerne viste 364152364152364152364152",
        "ikke suppleanternes rækkefølge",
    ):
        assert re.sub(r"[\s-]", "", words) in text
    counted = AuditOutcome(
        "by_candidate",
        AuditState.OTHER_SEATS,
        papers=33,
        ballots=33,
        full_count=True,
        unlike=2,
        differences=(CandidateDifference("c2", 9, 7), CandidateDifference("", 3, 5)),
        explanation="To sedler blev byttet.",
        signed_by=("Mette Møller", "Ali Demir"),
    )
    text = read(render_record(replace(record, audit=counted)))
    for words in ("pladserne ville være andre", "(Ølby)97−2", "Blank stemme35+2", "(Mette Møller og Ali Demir)"):
        assert re.sub(r"[\s-]", "", words) in text
