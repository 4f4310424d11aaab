"""A stand-in that speaks the protocol of chat completions, well or badly."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model(ThreadingHTTPServer):
    """Answers every request with `reply`; keeps what it was sent."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply, self.status, self.wait, self.asked, self.keys = "{}", 200, 0.0, [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def says(self, content):
        words = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        self.reply = json.dumps({"choices": [{"message": {"content": words}}]})


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers["content-length"])
        self.server.asked.append((self.path, json.loads(self.rfile.read(size))))
        self.server.keys.append(self.headers.get("authorization"))
        time.sleep(self.server.wait)
        body = self.server.reply.encode()
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_):
        return


@contextmanager
def a_model():
    server = Model()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
