"""Answers that are ready: bytes with a tag, compressed once, sent again only where they changed."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path

from fastapi import Request
from fastapi.responses import FileResponse, Response

LEVEL = 6
"""Of compression: a report takes a third of the time of level 9, and is 1 % longer."""
SMALL_BYTES = 1000
MOST_BYTES = 64_000_000
NOT_MODIFIED = 304
PACKINGS = (("br", ".br"), ("gzip", ".gz"))
"""How the build packs a file, best first: name for browsers, ending of the file."""
GZIPPED = frozenset({"text/html; charset=utf-8", "application/json"})


@dataclass(frozen=True, slots=True)
class Ready:
    """The body of an answer, and the same compressed where that is worth it.

    Attributes
    ----------
    body : bytes
    media_type : str
    packed : bytes or None
    """

    body: bytes
    media_type: str = "application/json"
    packed: bytes | None = field(init=False)

    def __post_init__(self) -> None:
        small = len(self.body) < SMALL_BYTES
        object.__setattr__(self, "packed", None if small else gzip.compress(self.body, LEVEL))

    @property
    def n_bytes(self) -> int:
        """What it takes in memory."""
        return len(self.body) + len(self.packed or b"")

    def answer(self, request: Request) -> Response:
        """Give it as this client takes it."""
        packs = self.packed is not None and takes(request, "gzip")
        headers = {"content-encoding": "gzip"} if packs else {}
        if self.packed is not None:
            headers["vary"] = "Accept-Encoding"
        return Response(
            self.packed if packs else self.body, media_type=self.media_type, headers=headers
        )


def takes(request: Request, coding: str) -> bool:
    """Say whether a client takes an encoding of contents."""
    given = request.headers.get("accept-encoding", "").replace(" ", "").lower().split(",")
    return coding in given or any(
        word.startswith(f"{coding};q=") and word.rsplit("=", 1)[1].strip("0.") for word in given
    )


def file_answer(
    request: Request, path: Path, media_type: str, headers: Mapping[str, str]
) -> Response:
    """Send a file that is made once: 304 where the client has it, packed where that helps.

    Parameters
    ----------
    request : Request
    path : Path
        It is there.
    media_type : str
    headers : mapping of str to str

    Raises
    ------
    FileNotFoundError
        It was deleted, by an erasure for one: what memory holds of it is not sent.
    """
    mark = _mark(path)
    tag = f'"{mark}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=NOT_MODIFIED, headers={**headers, "etag": tag})
    sent = {**headers, "etag": tag}
    if media_type in GZIPPED and takes(request, "gzip"):
        more = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        body = _PACKED.of(path, mark)
        return Response(body, media_type=media_type, headers=sent | more)
    return FileResponse(path, media_type=media_type, headers=sent)


def built_answer(request: Request, path: Path, cache: str) -> Response:
    """Send a file of the built pages, in the packing that the build has put beside it.

    Parameters
    ----------
    request : Request
    path : Path
        It is there.
    cache : str
        How long a browser may keep it.
    """
    tag = f'"{_mark(path)}"'
    headers = {"cache-control": cache, "etag": tag, "vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    media_type = guess_type(path.name)[0]
    for coding, ending in PACKINGS:
        packed = path.with_name(path.name + ending)
        if takes(request, coding) and packed.is_file():
            headers["content-encoding"] = coding
            return Response(packed.read_bytes(), media_type=media_type, headers=headers)
    return Response(path.read_bytes(), media_type=media_type, headers=headers)


def _mark(path: Path) -> str:
    found = path.stat()
    facts = f"{path}\0{found.st_mtime_ns}\0{found.st_size}\0{found.st_ino}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


class _Packed:
    """Compressed bytes of files, each as long as the file is there unchanged.

    Beyond `MOST_BYTES` the one that was asked for longest ago goes.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[Path, tuple[str, bytes]] = OrderedDict()
        self._turn = threading.Lock()

    def of(self, path: Path, mark: str) -> bytes:
        with self._turn:
            kept_mark, body = self._held.get(path, ("", b""))
            if kept_mark == mark:
                self._held.move_to_end(path)
                return body
        body = gzip.compress(path.read_bytes(), LEVEL)
        with self._turn:
            self._held[path] = mark, body
            self._tidy()
        return body

    def _tidy(self) -> None:
        for path in [one for one in self._held if not one.exists()]:
            del self._held[path]
        n_bytes = sum(len(body) for _, body in self._held.values())
        while n_bytes > MOST_BYTES and len(self._held) > 1:
            _, (_, body) = self._held.popitem(last=False)
            n_bytes -= len(body)


_PACKED = _Packed()
