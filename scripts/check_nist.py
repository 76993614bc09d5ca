"""Hold each `nist.json` against the schema as NIST publishes it: `python scripts/check_nist.py nist.json... SCHEMA.json`.

The schema (NIST_V2_election_results_reporting.json in usnistgov/ElectionResultsReporting) is on no package registry and is no
part of this project; whoever has it checks here what the tests check against the members that we write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fastjsonschema

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z"
"""The schema is one of draft 4, which has no format `date`: without this no day would be looked at."""


def main(report: str, *rest: str) -> int:
    """Say of each report what does not fit, by the schema that stands last; 0 where everything does."""
    *others, schema = rest
    check = fastjsonschema.compile(json.loads(Path(schema).read_text(encoding="utf-8")), formats={"date": DAY})
    found = {one: _misfit(check, one) for one in (report, *others)}
    sys.stdout.writelines(f"{one}: {misfit or 'valid'}\n" for one, misfit in found.items())
    return 1 if any(found.values()) else 0


def _misfit(check: Callable[[Any], Any], report: str) -> str:
    try:
        check(json.loads(Path(report).read_text(encoding="utf-8")))
    except fastjsonschema.JsonSchemaException as error:
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
