"""A worker process that a test may kill: ``python working.py DATABASE_URL DATA_FOLDER``."""

import sys
from pathlib import Path

from huiyin.app.wiring import build_worker
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.system import System

if __name__ == "__main__":
    system = System(Database(sys.argv[1]), Folders(Path(sys.argv[2])), b"k" * 32)
    print("ready", flush=True)  # noqa: T201 -- the test waits for it
    build_worker(system).run()
