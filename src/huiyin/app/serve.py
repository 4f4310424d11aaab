"""``huiyin serve``: supervises the web process and the worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from huiyin.app.settings import Settings
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

STOP_SECONDS = 20.0
RESTART_SECONDS = 1.0
_LOOK_SECONDS = 0.1
_MOST_WAIT = 30.0
_CALM_SECONDS = 60.0
_UNPRIVILEGED = 1023
_PORTS_TRIED = 20
KEEP_ALIVE_SECONDS = 75
"""How long an idle connection stays open: longer than a reader thinks, and than proxies expect."""
PORT_TAKEN = Text(
    "端口 {port} 不能用：{fault}。停掉占用它的程序，或换一个端口：--port {other}。",
    "Port {port} cannot be used: {fault}. Stop what uses it, or take another: --port {other}.",
)
log = structlog.get_logger()


_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Memory that was used once is used again by every thread, not kept by each for itself."""


@dataclass(slots=True)
class Supervised:
    """A child process that is started again when it ends by itself.

    Attributes
    ----------
    command : list of str
    restart_seconds : float
        How long it waits before; each time twice as long, until the child stays.
    """

    command: list[str]
    restart_seconds: float = RESTART_SECONDS
    _child: subprocess.Popen[bytes] | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Start it, and keep it going."""
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        wait = self.restart_seconds
        while not self._over.is_set():
            began = time.monotonic()
            settings = _FEW_ARENAS | os.environ
            try:
                self._child = subprocess.Popen(self.command, env=settings)  # noqa: S603 -- ours
            except OSError as fault:  # no memory or no process to spare: later there may be
                log.warning("worker cannot be started", fault=fault.strerror)
            else:
                code = self._child.wait()
                if self._over.is_set():
                    return
                log.warning("worker ended", code=code)
            if time.monotonic() - began > _CALM_SECONDS:
                wait = self.restart_seconds
            self._over.wait(wait)
            wait = min(wait * 2, _MOST_WAIT)

    def stop(self) -> None:
        """Ask it to finish; end it where it does not."""
        self._over.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)


def check_port(host: str, port: int) -> None:
    """Refuse a port at which nothing can listen, before any work is done for it.

    Raises
    ------
    BadInputError
        Another program has it, or it is not for this user.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as fault:
            other = max(port, _UNPRIVILEGED) + 1
            facts = {"port": port, "fault": fault.strerror or str(fault), "other": other}
            raise BadInputError(PORT_TAKEN.format(**facts)) from fault


def first_open_port(host: str, port: int) -> int:
    """Give a port, or the next of a few above it at which nothing listens yet."""
    for one in range(port, port + _PORTS_TRIED):
        with suppress(BadInputError):
            check_port(host, one)
            return one
    check_port(host, port)
    return port


def run_server(
    settings: Settings, *, host: str, port: int, processes: int, greet: Callable[[], None]
) -> None:
    """Serve until told to stop.

    Parameters
    ----------
    settings : Settings
    host, port : str, int
        Where to listen.
    processes : int
        Web processes; more than one needs PostgreSQL.
    greet : callable
        Called once pages are answered.
    """
    import uvicorn

    os.environ["HUIYIN_DATA"] = str(settings.data.absolute())
    os.environ["HUIYIN_KEY_FILE"] = str(settings.key_file.absolute())
    worker = Supervised([sys.executable, "-m", "huiyin.app.worker", str(os.getpid())])
    worker.start()
    over = threading.Event()
    threading.Thread(target=_greet_once_open, args=(host, port, over, greet), daemon=True).start()
    try:
        uvicorn.run(
            "huiyin.app.wiring:web_application",
            factory=True,
            host=host,
            port=port,
            workers=processes,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=10,
        )
    finally:
        over.set()
        worker.stop()


def _greet_once_open(
    host: str, port: int, over: threading.Event, greet: Callable[[], None]
) -> None:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared only
    while not over.wait(_LOOK_SECONDS):
        with suppress(OSError), socket.create_connection((near, port), timeout=1):
            greet()
            return
