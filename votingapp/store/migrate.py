"""Bringing a database to the shape this version of the house expects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from votingapp.store import house

if TYPE_CHECKING:
    from sqlalchemy import Engine


def _config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, *, rehearsal: bool = False) -> None:
    """Apply every migration that is missing, and stamp the database with what the house is for; nothing when both are done.

    A database that is stamped for the other house is left as it is: WrongHouseError.
    """
    house.check(engine, rehearsal=rehearsal)
    command.upgrade(_config(engine), "head")
    house.stamp(engine, rehearsal=rehearsal)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables this version expects, and it is settled what they are for."""
    head = ScriptDirectory.from_config(_config(engine)).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            return False
        return house.is_stamped(connection)
