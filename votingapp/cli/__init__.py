"""The command line: one command per module, errors on one line, exit 2 for what was asked wrongly."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from votingapp.cli.options import rehearsal_option
from votingapp.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

USAGE_ERROR = 2

_MODULES: Final[Mapping[str, str]] = {
    "serve": "serve",
    "tls": "tls",
    "db": "database",
    "roll": "roll",
    "user": "user",
    "mail": "mail",
    "backup": "backup",
    "restore": "restore",
    "demo": "demo",
    "rehearse": "rehearse",
    "recordings": "recordings",
    "verify": "verify",
    "allocate": "allocate",
}
"""Each command and the module it stands in; only the module of the command that is run is loaded."""


class _Commands(click.Group):
    """A group that does not open the town hall to answer a question about figures."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        del ctx
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command."""
        del ctx
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(f"votingapp.cli.{_MODULES[cmd_name]}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@rehearsal_option
@click.version_option(package_name="votingapp", message="%(prog)s %(version)s")
def commands() -> None:
    """Direct elections to a municipal council: candidates, polling station, verifiable secret ballot, record."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command; what was asked wrongly is one line on standard error and exit 2."""
    try:
        status = commands.main(args=arguments, prog_name="votingapp", standalone_mode=False)
    except click.exceptions.Abort:
        status = 130
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        status = _complain(error.format_message())
    except (SettingsError, OSError) as error:
        status = _complain(str(error))
    sys.exit(status)


def _complain(message: str) -> int:
    click.echo(f"votingapp: {' '.join(message.split())}", err=True)
    return USAGE_ERROR
