"""A worker that sends mailings, to be killed: ``python posting.py DATABASE DATA_FOLDER MINUTES``.

Its clock is so many minutes ahead: what a killed one before it had taken is free again.
"""

import sys
import threading
from datetime import timedelta
from pathlib import Path

from huiyin.app.looking import keep_looking
from huiyin.app.wiring import build_worker
from huiyin.core.clock import system_clock
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.system import System

if __name__ == "__main__":
    ahead = timedelta(minutes=int(sys.argv[3]))
    system = System(
        Database(sys.argv[1]), Folders(Path(sys.argv[2])), b"k" * 32,
        clock=lambda: system_clock() + ahead,
    )  # fmt: skip
    worker = build_worker(system)
    looking = (system, threading.Event(), 0.2, worker)
    threading.Thread(target=keep_looking, args=looking, daemon=True).start()
    worker.run()
