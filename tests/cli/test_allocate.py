"""The command `allocate`."""

import json

import pytest

RULES = """
[ballot]
votes_per_voter = 1
[seats]
total = 2
unfilled = "vacant"
[substitutes]
model = "ranked"
minimum_votes = 0
"""


@pytest.fixture
def files(tmp_path):
    """Write rules, counts and lots and give their paths."""

    def write(votes: dict[str, int | None], lots: list | None = None, rules: str = RULES):
        candidates = [{"id": id_, "name": id_.upper(), "group": None, "votes": count} for id_, count in votes.items()]
        (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
        counts = {"candidates": candidates, "blank": 0, "invalid": 0}
        (tmp_path / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
        arguments = [tmp_path / "rules.toml", tmp_path / "counts.json"]
        if lots is not None:
            (tmp_path / "lots.json").write_text(json.dumps({"lots": lots}), encoding="utf-8")
            arguments += ["--lots", tmp_path / "lots.json"]
        return arguments

    return write


def test_most_votes_are_elected(run, files):
    """Without a tie the answer is complete: exit 0."""
    done = run("allocate", *files({"a": 3, "b": 5, "c": 1}))
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert answer["status"] == "complete"
    assert [one["id"] for one in answer["elected"]] == ["b", "a"]
    assert [one["id"] for one in answer["substitutes"]] == ["c"]


def test_a_tie_for_a_seat_asks_for_a_lot(run, files):
    """A tie across the border of the seats asks for a lot: exit 3."""
    done = run("allocate", *files({"a": 3, "b": 5, "c": 3}))
    assert done.returncode == 3
    assert json.loads(done.stdout)["lots_required"] == [{"among": ["a", "c"], "decides": "seat"}]


def test_a_drawn_lot_decides(run, files):
    """With the lot drawn the answer is complete, and follows the lot and not the order of the file."""
    done = run("allocate", *files({"a": 3, "b": 5, "c": 3}, [{"among": ["a", "c"], "order": ["c", "a"]}]))
    assert done.returncode == 0
    assert [one["id"] for one in json.loads(done.stdout)["elected"]] == ["b", "c"]


def test_a_lot_nobody_asked_for_is_bad_input(run, files):
    """A lot among people who are not tied is refused in one line that names the field: exit 2."""
    done = run("allocate", *files({"a": 3, "b": 5, "c": 1}, [{"among": ["a", "c"], "order": ["c", "a"]}]))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "lots" in done.stderr


@pytest.mark.parametrize(
    ("votes", "rules", "field"),
    [
        ({"a": -1}, RULES, "votes"),
        ({"a": 1}, RULES.replace("total = 2", "total = 0"), "total"),
        ({"a": 1}, RULES.replace("total = 2", "totals = 2"), "total"),
        ({"a": 1}, "[seats", "TOML"),
        ({"a": None, "b": None, "c": None}, RULES, "candidates"),
    ],
)
def test_bad_input_names_the_field(run, files, votes, rules, field):
    """Bad input is one line on standard error that names the field: exit 2."""
    done = run("allocate", *files(votes, rules=rules))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert field in done.stderr


def test_result_of_an_election_follows_from_its_files(run, held):
    """Anyone gets the published result again from the published rules, counts and lots."""
    lots = ["--lots", held / "lots.json"] if (held / "lots.json").exists() else []
    done = run("allocate", held / "rules.toml", held / "counts.json", *lots)
    assert done.returncode == 0
    assert json.loads(done.stdout) == json.loads((held / "result.json").read_text(encoding="utf-8"))
