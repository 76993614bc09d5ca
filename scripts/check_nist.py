"""Hold a `nist.json` against the schema as NIST publishes it: `python scripts/check_nist.py nist.json SCHEMA.json`.

The schema (NIST_V2_election_results_reporting.json in usnistgov/ElectionResultsReporting) is on no package registry and is no
part of this project; whoever has it checks here what the tests check against the members that we write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import fastjsonschema


def main(report: str, schema: str) -> int:
    """Say what does not fit; 0 where everything does."""
    check = fastjsonschema.compile(json.loads(Path(schema).read_text(encoding="utf-8")))
    try:
        check(json.loads(Path(report).read_text(encoding="utf-8")))
    except fastjsonschema.JsonSchemaException as error:
        sys.stdout.write(f"{report}: {error}\n")
        return 1
    sys.stdout.write(f"{report}: valid\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
