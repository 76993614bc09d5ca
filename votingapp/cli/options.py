"""The option that several commands share: which of the two houses is meant."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., object]")


def rehearsal_option(command: Command) -> Command:
    """Give a command `--rehearsal`: it then works on the house for rehearsals, as with VOTINGAPP_REHEARSAL=1."""
    return click.option(
        "--rehearsal",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_choose,
        help="Work on the house for rehearsals (prøvevalg), which has a database and keys of its own.",
    )(command)


def _choose(_context: click.Context, _option: click.Parameter, chosen: bool) -> None:
    # Through the environment, which the processes that `serve` starts inherit.
    if chosen:
        os.environ["VOTINGAPP_REHEARSAL"] = "1"
