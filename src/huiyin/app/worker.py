"""The worker process: ``python -m huiyin.app.worker PID``, started by ``huiyin serve``."""

from __future__ import annotations

import os
import signal
import sys
import threading

from huiyin.app.garbage import collect_garbage_seldom
from huiyin.app.looking import keep_looking
from huiyin.app.settings import Settings
from huiyin.app.wiring import build_system, build_worker, order_boards_ahead, plan_housekeeping

PARENT_SECONDS = 1.0
SWEEP_SECONDS = 1.0
SWITCH_SECONDS = 0.0005
"""Who looks for answers asks store and disk many times, and each time waits so long for its turn
beside a job that computes; the usual 5 ms would make a second of it."""


def run_worker(parent: int) -> None:
    """Work until told to stop, or until the server that started it (`parent`, a pid) is gone."""
    from huiyin.web.logs import set_up_logs

    set_up_logs()
    system = build_system(Settings.from_environment())
    collect_garbage_seldom()
    sys.setswitchinterval(SWITCH_SECONDS)
    plan_housekeeping(system)
    order_boards_ahead(system)
    worker = build_worker(system)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server tells
    over = threading.Event()

    def watch() -> None:
        while not over.wait(PARENT_SECONDS):
            if os.getppid() != parent:
                worker.stop()
                return

    threading.Thread(target=watch, daemon=True).start()
    looking = (system, over, SWEEP_SECONDS, worker)
    threading.Thread(target=keep_looking, args=looking, daemon=True).start()
    try:
        load_ahead()
        worker.run()
    finally:
        over.set()
        system.database.close()


def load_ahead() -> None:
    """Load what every import needs, so that the first answers do not wait for it.

    That is more than half of the time of a first import; pandas is loaded by pyarrow.
    """
    import deltalake  # noqa: F401 -- to be there
    import pandas as pd  # noqa: F401 -- to be there
    import pyarrow.compute
    import pyarrow.pandas_compat
    import pyarrow.parquet
    import pyarrow.vendored.version  # noqa: F401 -- to be there

    from huiyin.engine.startup import import_ibis

    import_ibis()


if __name__ == "__main__":
    run_worker(int(sys.argv[1]))
