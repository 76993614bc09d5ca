"""What survives a change of the rules of the count is explained, and every explanation speaks of the program as it is."""

from __future__ import annotations

import ast
import importlib
from dataclasses import FrozenInstanceError
from pathlib import Path

import mutants
import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "tally").rglob("*.py"))
SOURCE = """
from dataclasses import dataclass

@dataclass(frozen=True, slots=True)
class Box:
    slips: int
    void: int = 0

    @property
    def left(self):
        return self.slips - self.void
"""


def test_the_copy_has_no_decorator_that_would_hide_a_change():
    """Mutmut makes no change under a decorator: dataclasses and properties are made by a line after the definition."""
    for module in MODULES:
        changed = ast.parse(mutants.undecorated(module.read_text(encoding="utf-8")))
        decorated = [node for node in ast.walk(changed) if getattr(node, "decorator_list", None)]
        assert not decorated, (module, [node.name for node in decorated])


def test_the_copy_does_what_the_program_does():
    """A class of the copy has its fields, defaults and properties, and is as frozen."""
    made = {}
    exec(compile(mutants.undecorated(SOURCE), "copy", "exec"), made)  # noqa: S102 - our own text
    box = made["Box"](7, void=2)
    assert (box.left, box == made["Box"](7, 2)) == (5, True)
    with pytest.raises(FrozenInstanceError):
        box.slips = 8
    assert "@" not in mutants.undecorated(SOURCE)


def test_a_change_of_a_type_alone_is_no_change():
    """The first argument of `cast` is for the type checker; the second is not."""
    same = mutants.Mutant("tally.x", "kind=cast('Kind', read(1)),", "kind=cast(None, read(1)),")
    other = mutants.Mutant("tally.x", "kind=cast('Kind', read(1)),", "kind=cast('Kind', read(2)),")
    assert (mutants.of_a_type_alone(same), mutants.of_a_type_alone(other)) == (True, False)


def test_every_explanation_speaks_of_the_program_as_it_is():
    """The function is there, the line before the change stands in its module, and each is explained once."""
    text = mutants.EXPLAINED.read_text(encoding="utf-8")
    explained = mutants.explained(text)
    assert len(explained) == sum(line.startswith("- `tally.") for line in text.splitlines())
    for mutant in explained:
        module, function = _found(mutant.where)
        assert function is not None, mutant.where
        source = " ".join(Path(module.__file__).read_text(encoding="utf-8").split())
        assert mutant.before in source, mutant
        assert mutant.after != mutant.before


def _found(where):
    """The module and the function that `tally.paper.PaperFigures.ballots` names."""
    parts = where.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        found = module
        for name in parts[cut:]:
            found = getattr(found, name, None)
        return module, found
    raise LookupError(where)
