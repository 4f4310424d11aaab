"""Processes that a test may kill: ``python answering.py web|worker DATABASE DATA_FOLDER PORT``."""

import sys
import threading
import time
from pathlib import Path

import uvicorn

from huiyin.app.wiring import build_worker
from huiyin.app.work.taking_in import take_in_answers
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.application import build_application
from huiyin.web.system import System


def sweep(system):
    while True:
        take_in_answers(system)
        time.sleep(0.2)


if __name__ == "__main__":
    what, url, folder, port = sys.argv[1:]
    system = System(Database(url), Folders(Path(folder)), b"k" * 32)
    if what == "web":
        app = build_application(system)
        uvicorn.run(app, port=int(port), log_config=None, access_log=False)
    else:
        threading.Thread(target=sweep, args=(system,), daemon=True).start()
        build_worker(system).run()
