"""A worker that dies at a step of the disk: ``python dying.py DATABASE_URL DATA_FOLDER STEP``.

A step is a name that is exchanged or goes in the folder of staged rows; it dies before that one.
"""

import os
import signal
import sys
from pathlib import Path

from huiyin.app.wiring import build_worker
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.system import System

STEPS = {"os.rename", "shutil.rmtree"}

if __name__ == "__main__":
    system = System(Database(sys.argv[1]), Folders(Path(sys.argv[2])), b"k" * 32)
    worker, left = build_worker(system), int(sys.argv[3])

    def watch(event, given):
        global left  # noqa: PLW0603 -- an audit hook has nowhere else to count
        if event in STEPS and Path(str(given[0])).is_relative_to(system.folders.staged):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    worker.run_until_idle()
