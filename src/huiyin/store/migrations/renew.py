"""Write the first migration anew from the tables: ``python -m huiyin.store.migrations.renew``.

Only while no version has been released: afterwards each change is a migration of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from huiyin.store.database import Database
from huiyin.store.migrations.run import config

_FIRST = Path(__file__).parent / "versions" / "v0001_first.py"


def renew() -> None:
    """Compare the tables with an empty store and write what is missing as the first migration."""
    _FIRST.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.in_folder(Path(folder))
        with database.writer.begin() as connection:
            command.revision(config(connection), message="first", autogenerate=True, rev_id="v0001")
        database.close()
    written = _FIRST.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in written if not line.lstrip().startswith("# ###")]
    _FIRST.write_text("".join(kept), "utf-8")
    ruff = str(Path(sys.executable).with_name("ruff"))
    subprocess.run([ruff, "format", "-q", str(_FIRST)], check=True)  # noqa: S603 -- our own file


if __name__ == "__main__":
    renew()
