"""A look at waiting answers that dies: ``python dying_in_a_look.py DATABASE_URL FOLDER WHERE``.

It dies behind so many writes to the lake (``1``, ``2``…), before the commit of the store
(``commit``), or when that is done (``done``).
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from huiyin.app.work import taking_in
from huiyin.core.clock import system_clock
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.system import System


def dying_behind(function, calls):
    left = calls

    def called(*given):
        nonlocal left
        done = function(*given)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return called


if __name__ == "__main__":
    address, folder, where = sys.argv[1:]
    # The looks before were one APART ahead of the clock, too.
    clock = lambda: system_clock() + 2 * taking_in.APART + timedelta(seconds=1)  # noqa: E731
    system = System(Database(address), Folders(Path(folder)), b"k" * 32, clock=clock)
    name = {"commit": "do_mark_each_loaded", "done": "_show_all"}.get(where, "_write")
    calls = int(where) if where.isdigit() else 1
    setattr(taking_in, name, dying_behind(getattr(taking_in, name), calls))
    taking_in.take_in_answers(system)
