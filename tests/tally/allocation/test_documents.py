"""Rules, counts and lots as files: read strictly, answered exactly in the documented form."""

import json

import pytest

from tally.allocation import (
    BadInput,
    allocate_documents,
    allocation_document,
    counts_document,
    lots_document,
    parse_allocation,
    parse_counts,
    parse_lots,
)

RULES = """
[ballot]
votes_per_voter = 1
blank = true
order = "alphabetical"
[seats]
total = 1
unfilled = "vacant"
[substitutes]
model = "ranked"
minimum_votes = 0
"""
PERSON = {"id": "c1", "name": "Åse Ærø", "group": None, "votes": 3}


def counts_text(*candidates, **others):
    return json.dumps({"candidates": list(candidates), "blank": 0, "invalid": 0} | others)


TIED = counts_text(
    {"id": "c4", "name": "Bo Å", "group": None, "votes": 2}, {"id": "c9", "name": "Bo Å", "group": "x", "votes": 2}
)


def test_the_answer_has_the_documented_form():
    """Members come in the documented order, with null where there is nothing to say."""
    lots = '{"lots":[{"among":["c4","c9"],"order":["c9","c4"]}]}'
    document, code = allocate_documents(RULES, TIED, lots)
    assert code == 0
    assert list(document) == ["status", "elected", "vacant", "substitutes", "lots_required", "steps"]
    assert json.dumps(document["elected"]) == '[{"rank": 1, "id": "c9", "votes": 2, "seat": "open"}]'
    assert json.dumps(document["substitutes"]) == '[{"rank": 1, "id": "c4", "votes": 2, "group": null, "member": null}]'
    assert (document["status"], document["vacant"], document["lots_required"]) == ("complete", 0, [])


def test_a_wanted_lot_is_exit_three():
    """A tie that decides a seat gives exit code 3 and the lot in ballot order."""
    document, code = allocate_documents(RULES, TIED)
    assert code == 3
    assert document["status"] == "lots_required"
    assert document["lots_required"] == [{"among": ["c4", "c9"], "decides": "seat"}]
    assert (document["elected"], document["substitutes"], document["vacant"]) == ([], [], 0)


def test_an_uncontested_election_is_done():
    """Votes null and a seat for everybody give exit code 0 and members without votes."""
    document, code = allocate_documents(RULES, counts_text(PERSON | {"votes": None}, blank=None, invalid=None))
    assert (code, document["status"]) == (0, "uncontested")
    assert document["elected"] == [{"rank": 1, "id": "c1", "votes": None, "seat": "open"}]


@pytest.mark.parametrize("lots", [None, '{"lots":[{"among":["c9","c4"],"order":["c9","c4"]}]}'])
def test_every_document_survives_the_way_to_json_and_back(lots):
    """Counts, lots and answer read back as they were written."""
    counts = parse_counts(TIED)
    assert parse_counts(json.dumps(counts_document(counts))) == counts
    document, _ = allocate_documents(RULES, TIED, lots)
    assert allocation_document(parse_allocation(json.dumps(document))) == document
    if lots:
        assert parse_lots(json.dumps(lots_document(parse_lots(lots)))) == parse_lots(lots)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "COUNTS"),
        ("[]", "COUNTS"),
        ("{", "COUNTS"),
        ("[" * 100_000, "COUNTS"),
        ('{"candidates":[],"blank":NaN,"invalid":0}', "COUNTS"),
        ('{"candidates":[],"blank":Infinity,"invalid":0}', "COUNTS"),
        ('{"candidates":[],"blank":0,"blank":0,"invalid":0}', "COUNTS"),
        ('{"candidates":[],"blank":' + "9" * 5000 + ',"invalid":0}', "COUNTS"),
        ('{"blank":0,"invalid":0}', "candidates"),
        ('{"candidates":{},"blank":0,"invalid":0}', "candidates"),
        ('{"candidates":[1],"blank":0,"invalid":0}', "candidates"),
        ('{"candidates":[],"invalid":0}', "blank"),
        ('{"candidates":[],"blank":0}', "invalid"),
        ('{"candidates":[],"blank":1,"invalid":0}', "blank"),
        (counts_text(PERSON, blank=-1), "blank"),
        (counts_text(PERSON, blank=None), "blank"),
        (counts_text(PERSON, invalid=True), "invalid"),
        (counts_text(PERSON, ballots=3), "ballots"),
        (counts_text(PERSON | {"votes": None}, invalid=2), "invalid"),
        (counts_text(PERSON | {"votes": -1}), "candidates[0] votes"),
        (counts_text(PERSON | {"votes": True}), "candidates[0] votes"),
        (counts_text(PERSON | {"votes": 3.0}), "candidates[0] votes"),
        (counts_text(PERSON | {"votes": "3"}), "candidates[0] votes"),
        (counts_text(PERSON | {"vote": 3}), "candidates[0] vote"),
        (counts_text(PERSON | {"a\nb": 3}), "candidates[0] a\\nb"),
        (counts_text({"id": "c1", "name": "Å", "votes": 3}), "candidates[0] group"),
        (counts_text(PERSON | {"id": ""}), "candidates[0] id"),
        (counts_text(PERSON | {"id": 1}), "candidates[0] id"),
        (counts_text(PERSON | {"name": "A\nB"}), "candidates[0] name"),
        (counts_text(PERSON | {"name": "\ud800"}), "candidates[0] name"),
        (counts_text(PERSON | {"group": ""}), "candidates[0] group"),
        (counts_text(PERSON, PERSON), "candidates[1] id"),
        (counts_text(PERSON, PERSON | {"id": "c2", "votes": None}), "candidates[1] votes"),
    ],
)
def test_bad_counts_name_their_field(text, field):
    """Counts that are broken, incomplete, of the wrong type or contradictory are refused by field, on one line."""
    with pytest.raises(BadInput) as refused:
        allocate_documents(RULES, text)
    assert refused.value.field == field
    assert "\n" not in str(refused.value)
    assert str(refused.value) == f"{field}: {refused.value.message}"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("null", "LOTS"),
        ('{"lots":{}}', "lots"),
        ('{"lot":[]}', "lot"),
        ('{"lots":[{"among":["c4","c9"]}]}', "lots[0] order"),
        ('{"lots":[{"among":["c4","c9"],"order":["c4",9]}]}', "lots[0] order[1]"),
        ('{"lots":[{"among":"c4","order":["c4"]}]}', "lots[0] among"),
        ('{"lots":[{"among":["c4","c9"],"order":["c4","c9"],"by":"board"}]}', "lots[0] by"),
        ('{"lots":[{"among":["c4","c9"],"order":["c4","c4"]}]}', "lots[0] order"),
    ],
)
def test_bad_lots_name_their_field(text, field):
    """Lots that are broken, incomplete or of the wrong type are refused by field."""
    with pytest.raises(BadInput) as refused:
        allocate_documents(RULES, TIED, text)
    assert refused.value.field == field


def test_bad_rules_are_the_same_kind_of_error():
    """The caller needs to know one exception only, whichever of the three documents is at fault."""
    with pytest.raises(BadInput) as refused:
        allocate_documents(RULES.replace("total = 1", "total = 0"), TIED)
    assert refused.value.field == "[seats] total"


def test_a_group_is_the_same_however_it_is_composed():
    """A group written with a combining ring in the counts still finds its reserved seat."""
    rules = RULES.replace("[substitutes]", '[[seats.reserved]]\ngroup = "gråd"\nseats = 1\n[substitutes]')
    document, _ = allocate_documents(rules, counts_text(PERSON | {"group": "gra\u030ad"}))
    assert document["elected"][0]["seat"] == "gråd"
