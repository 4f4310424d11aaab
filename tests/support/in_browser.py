"""An installation of a test (`Cast`) that a real browser visits; its worker works when told to."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from huiyin.web.access import COOKIE


@contextmanager
def served(cast):
    """Serve the pages and routes of an installation; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(cast.app, port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def sign_in(page, browser, address):
    """Let a page of the real browser be of the same person as a `Cast.signed_in` one."""
    page.context.add_cookies([{"name": COOKIE, "value": browser.cookies[COOKIE], "url": address}])
