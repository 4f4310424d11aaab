"""A TCP port of loopback in front of a Unix socket: a local PostgreSQL as one over the network."""

import socket
import threading
from contextlib import contextmanager, suppress


@contextmanager
def tcp_in_front_of(path):
    """Relay every connection to the Unix socket at `path`; gives the port."""
    server = socket.create_server(("127.0.0.1", 0))

    def pump(source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def accept():
        with suppress(OSError):
            while True:
                near, _ = server.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(path)
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()
