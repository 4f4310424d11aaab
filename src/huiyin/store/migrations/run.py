"""Run the migrations, by this process alone."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from huiyin.store.database import Database
from huiyin.store.migrations.unreleased import bring_forward

_HERE = Path(__file__).parent
_LOCK = 724_001  # any number, the same in every process


def migrate(database: Database) -> None:
    """Bring the tables of a store to this version; one process does it, the others wait.

    Parameters
    ----------
    database : Database

    Raises
    ------
    OldStoreError
        It was made before the first release, with other columns.
    """
    with database.writer.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
        command.upgrade(config(connection), "head")
        bring_forward(connection)


def config(connection: Connection) -> Config:
    """Give Alembic's settings for one open connection."""
    made = Config()
    made.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def newest() -> str | None:
    """Name the newest migration that this version knows."""
    made = Config()
    made.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return ScriptDirectory.from_config(made).get_current_head()
