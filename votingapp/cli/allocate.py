"""`votingapp allocate`: seats and substitutes from published figures, for anyone who wants to count along."""

from __future__ import annotations

import json
from pathlib import Path

import click

from candidates.clauses import BadInput
from tally.allocation import allocate_documents

_LARGEST = 16 * 1024 * 1024

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("rules", type=_FILE)
@click.argument("counts", type=_FILE)
@click.option("--lots", type=_FILE, help="The lots that were drawn (JSON).")
def allocate(rules: Path, counts: Path, lots: Path | None) -> None:
    """Give seats and substitutes by RULES (TOML) from COUNTS (JSON); print one JSON object.

    Exit 0 when complete, 3 while lots are required, 2 for bad input.
    """
    try:
        answer, status = allocate_documents(_text(rules), _text(counts), None if lots is None else _text(lots))
    except BadInput as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    click.get_current_context().exit(status)


def _text(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise click.ClickException(f"{path} is larger than {_LARGEST} bytes")
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8") from error
