"""Real HTTP servers on loopback that stand in for outside systems."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class OnSix(ThreadingHTTPServer):
    """A server on the loopback of IPv6."""

    address_family = socket.AF_INET6


@contextmanager
def loopback_server(answer, *, six=False):
    """Serve `answer(method, path, headers, body)` → status, headers, body; gives the address.

    With `six` on the loopback of IPv6.
    """

    class Handler(BaseHTTPRequestHandler):
        def _any(self):
            length = int(self.headers.get("content-length") or 0)
            status, headers, body = answer(
                self.command, self.path, self.headers, self.rfile.read(length)
            )
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _any  # noqa: N815 -- the library's own names

        def log_message(self, *_):
            pass

    server = OnSix(("::1", 0), Handler) if six else ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://{'[::1]' if six else '127.0.0.1'}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served(app):
    """Serve an application as `huiyin serve` does, on a free port; gives its address."""
    import uvicorn

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        running = threading.Thread(target=lambda: server.run(sockets=[door]), daemon=True)
        running.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        running.join()
