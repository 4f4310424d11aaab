"""A light crowd of respondents: raw sockets, one thread, connections kept open."""

from __future__ import annotations

import re
import selectors
import socket
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote, urlsplit

_TOKEN = re.compile(rb'name="token" value="([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_NUMBER = count()


@dataclass(slots=True)
class Exchange:
    """One request: its bytes, when it was due, and what came back when."""

    sent: bytes
    due: float
    what: str
    first_byte: float = 0.0
    done: float = 0.0
    status: int = 0
    head: bytes = b""
    body: bytes = b""


@dataclass(slots=True)
class Connection:
    """One client: one request at a time over one connection."""

    socket: socket.socket
    found: bytearray = field(default_factory=bytearray)
    going: Exchange | None = None

    def start(self, exchange: Exchange) -> None:
        self.going = exchange
        self.found.clear()
        self.socket.send(exchange.sent)

    def take(self) -> Exchange | None:
        """Read what came; give the exchange once it is whole."""
        piece = self.socket.recv(262_144)
        going = self.going
        if not piece or going is None:
            raise ConnectionError("the server closed a connection")
        if not self.found:
            going.first_byte = time.perf_counter()
        self.found += piece
        end = self.found.find(b"\r\n\r\n")
        if end < 0:
            return None
        length = _LENGTH.search(self.found, 0, end)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self.found) < whole:
            return None
        going.done = time.perf_counter()
        going.status = int(self.found[9:12])
        going.head, going.body = bytes(self.found[:end]), bytes(self.found[end + 4 : whole])
        self.going = None
        return going


Next = Callable[[], Exchange | None]


class Crowd:
    """Clients of one server.

    Parameters
    ----------
    address : str
    n_clients : int
    """

    def __init__(self, address: str, n_clients: int) -> None:
        parts = urlsplit(address)
        self.host = f"{parts.hostname}:{parts.port}"
        place = (parts.hostname or "", parts.port or 80)
        self.clients = [Connection(socket.create_connection(place)) for _ in range(n_clients)]
        self.turns = selectors.DefaultSelector()
        for client in self.clients:
            client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.turns.register(client.socket, selectors.EVENT_READ, client)

    def close(self) -> None:
        for client in self.clients:
            client.socket.close()
        self.turns.close()

    def request(self, method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
        """Write a request as a browser would, from an address of its own behind our proxy."""
        number = next(_NUMBER)
        shown = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nX-Forwarded-For: {shown}\r\n"
            "Accept-Encoding: gzip\r\nAccept-Language: zh-CN\r\n"
        )
        if method == "POST":
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body

    def busy(self, following: Next, seconds: float) -> Iterator[Exchange]:
        """Keep every client busy for some seconds; give each exchange as it is done."""
        until = time.perf_counter() + seconds
        idle = list(self.clients)
        n_going = 0
        while True:
            while idle and time.perf_counter() < until:
                exchange = following()
                if exchange is None:
                    break
                idle.pop().start(exchange)
                n_going += 1
            if not n_going:
                return
            for key, _ in self.turns.select():
                done = key.data.take()
                if done is not None:
                    idle.append(key.data)
                    n_going -= 1
                    yield done

    def paced(self, following: Next, seconds: float, per_second: float) -> Iterator[Exchange]:
        """Send at a steady rate, whether the server keeps up or not; waiting counts from then."""
        began = time.perf_counter()
        n_due, n_all = 0, int(seconds * per_second)
        idle, waiting = deque(self.clients), deque[Exchange]()
        n_going = 0
        while n_due < n_all or waiting or n_going:
            now = time.perf_counter()
            while n_due < n_all and began + n_due / per_second <= now:
                exchange = following()
                if exchange is not None:
                    exchange.due = began + n_due / per_second
                    waiting.append(exchange)
                n_due += 1
            while idle and waiting:
                idle.popleft().start(waiting.popleft())
                n_going += 1
            pause = max(began + n_due / per_second - now, 0.0) if n_due < n_all else None
            for key, _ in self.turns.select(pause):
                done = key.data.take()
                if done is not None:
                    idle.append(key.data)
                    n_going -= 1
                    yield done


def token_of(exchange: Exchange) -> str:
    """Find the token on a page."""
    packed = b"content-encoding: gzip" in exchange.head.lower()
    page = zlib.decompress(exchange.body, 31) if packed else exchange.body
    found = _TOKEN.search(page)
    if found is None:
        raise ValueError(f"no token on a page of status {exchange.status}")
    return found[1].decode()


def form(token: str, answers: str) -> bytes:
    """Write what a browser sends."""
    return f"token={quote(token)}&{answers}&website=&go=on".encode()
