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


@contextmanager
def visited(cast, page, browser):
    """Serve an installation to a page of a `Cast.signed_in` person; gives the address."""
    with served(cast) as address:
        cookie = {"name": COOKIE, "value": browser.cookies[COOKIE], "url": address}
        page.context.add_cookies([cookie])
        yield address
        page.goto("about:blank")  # it asks for nothing more
