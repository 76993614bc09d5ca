"""Rules, counts and lots as files: read strictly, answered exactly in the documented form."""

import json

import pytest

from tally.allocation import (
    BadInput,
    allocate_documents,
    counts_document,
    lots_document,
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


def test_counts_and_lots_survive_the_way_to_json_and_back():
    """Both read back as they were written, figures and order alike."""
    text = counts_text(PERSON, PERSON | {"id": "c2", "votes": 0}, blank=4, invalid=2)
    counts = parse_counts(text)
    assert (counts.blank, counts.invalid, [row.votes for row in counts.candidates]) == (4, 2, [3, 0])
    assert parse_counts(json.dumps(counts_document(counts))) == counts
    assert counts_document(counts) == json.loads(text)
    lots = parse_lots('{"lots":[{"among":["c9","c4"],"order":["c4","c9"]}]}')
    assert parse_lots(json.dumps(lots_document(lots))) == lots


@pytest.mark.parametrize("none", [None, 0])
def test_where_no_vote_was_held_there_are_no_ballots(none):
    """Null and nought say the same of ballots that nobody cast; a vote that nobody held is not a vote of nought."""
    counts = parse_counts(counts_text(PERSON | {"votes": None}, blank=none, invalid=none))
    assert (counts.blank, counts.invalid, counts.held) == (0, 0, False)
    with pytest.raises(ValueError, match=r"^no vote was held$"):
        _ = counts.candidates[0].received


def test_a_dealt_substitute_keeps_her_group():
    """The answer says of each substitute which group she is of, also where groups play no part in the dealing."""
    paired = RULES.replace('"ranked"', '"paired"\nper_member = 1')
    document, _ = allocate_documents(paired, counts_text(PERSON, PERSON | {"id": "c2", "group": "nord", "votes": 1}))
    assert document["substitutes"] == [{"rank": 1, "id": "c2", "votes": 1, "group": "nord", "member": "c1"}]


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
        (counts_text(PERSON, invalid=None), "invalid"),
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
    assert type(refused.value) is BadInput
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


@pytest.mark.parametrize(
    ("counts", "lots", "error"),
    [
        (
            "{",
            None,
            "COUNTS: is not readable JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        ("[]", None, "COUNTS: must be one JSON object"),
        ('{"candidates":[],"blank":0,"blank":0}', None, "COUNTS: is not readable JSON: the key 'blank' is given twice"),
        ('{"blank":NaN}', None, "COUNTS: is not readable JSON: NaN is not a number"),
        (counts_text(PERSON, PERSON), None, "candidates[1] id: 'c1' is another candidate's id already"),
        (
            counts_text(PERSON, PERSON | {"id": "c2", "votes": None}),
            None,
            "candidates[1] votes: must be null for all candidates or for none",
        ),
        (counts_text(PERSON | {"votes": None}, blank=1), None, "blank: must be 0 or null where no vote was held"),
        (
            counts_text(PERSON | {"votes": None}, PERSON | {"id": "c2", "votes": None}),
            None,
            "candidates: there are more than the seats they can take, so a vote must be held",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4"],"order":["c4"]}]}',
            "lots[0] among: must name at least two candidates, each once",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4","c4"],"order":["c4"]}]}',
            "lots[0] among: must name at least two candidates, each once",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4","c9"],"order":["c4","c4"]}]}',
            "lots[0] order: must name exactly the candidates of among, each once",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4","c9"],"order":["c4","c9","c4"]}]}',
            "lots[0] order: must name exactly the candidates of among, each once",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4","c9"],"order":["c4","c9"]},{"among":["c9","c4"],"order":["c4","c9"]}]}',
            "lots[1] among: the lot among these candidates is given twice",
        ),
        (
            TIED,
            '{"lots":[{"among":["c4","c9"],"order":["c4","c9"]},{"among":["c9","x"],"order":["x","c9"]}]}',
            "lots[1] among: 'x' is no candidate's id",
        ),
        (
            counts_text(PERSON, PERSON | {"id": "c2", "votes": 1}),
            '{"lots":[{"among":["c1","c2"],"order":["c1","c2"]}]}',
            "lots[0] among: these candidates are not tied",
        ),
    ],
)
def test_what_is_said_of_bad_input(counts, lots, error):
    """The line on standard error names the field and says what must stand there."""
    with pytest.raises(BadInput) as refused:
        allocate_documents(RULES, counts, lots)
    assert str(refused.value) == error


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
