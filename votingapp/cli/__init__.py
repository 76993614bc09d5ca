"""The command line: one command per module, errors on one line, exit 2 for what was asked wrongly."""

from __future__ import annotations

import sys

import click

from votingapp.cli.allocate import allocate
from votingapp.cli.database import db
from votingapp.cli.demo import demo, rehearse
from votingapp.cli.serve import serve
from votingapp.cli.user import user
from votingapp.cli.verify import verify
from votingapp.settings import SettingsError

USAGE_ERROR = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="votingapp", message="%(prog)s %(version)s")
def commands() -> None:
    """Direct elections to a municipal council: candidates, polling station, verifiable secret ballot, record."""


for _command in (serve, db, user, demo, rehearse, verify, allocate):
    commands.add_command(_command)


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
