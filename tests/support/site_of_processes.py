"""Web processes and a worker of their own, as a company runs them, which a test may kill."""

import socket
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "app" / "answering.py"
PATIENCE_SECONDS = 600
"""So long may nothing at all happen, on the busiest machine; then it is a fault."""


class Site:
    """Two web processes (one on SQLite) and a worker, each of which may be killed."""

    def __init__(self, cast):
        self.cast = cast
        n_web = 1 if cast.database.is_sqlite else 2
        self.ports = [free_port() for _ in range(n_web)]
        self.running = {}
        for name in [*range(n_web), "worker"]:
            self.start(name)

    def start(self, name):
        self.spawn(name)
        if name != "worker":
            self.wait_for(name)

    def spawn(self, name):
        what, port = ("worker", 0) if name == "worker" else ("web", self.ports[name])
        words = [what, address_of(self.cast.database), self.cast.system.folders.root, str(port)]
        self.running[name] = subprocess.Popen([sys.executable, SCRIPT, *words])

    def wait_for(self, name):
        """Wait until a web process answers; one that ended, its port being taken, is begun anew."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_open(self.ports[name]):
            ended = self.running[name].poll()
            assert time.monotonic() < until, f"web process {name} did not start; ended: {ended}"
            time.sleep(0.1)
            if ended is not None:
                self.spawn(name)

    def kill(self, name):
        self.running[name].kill()
        self.running[name].wait()

    def close(self):
        for name in self.running:
            self.kill(name)


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except OSError:
        return False
    return True


def address_of(database):
    return database.url.render_as_string(hide_password=False)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
