"""What a browser sends as a form: plain, or in parts where files are among it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import HTTPException, Request

from huiyin.web.answer.files import IncomingFile

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PLAIN, IN_PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_FIELDS = 2_000
MOST_WORDS = 2_000_000
"""Bytes that all that was typed may have."""
MOST_FILES = 40
_BAD, _TOO_LARGE = 400, 413

Form = dict[str, list[str]]
Wanted = Callable[[Form, str, str], IncomingFile]
"""Gets the fields that came so far, the field's name and the file's."""


async def read_form(request: Request, wanted: Wanted) -> tuple[Form, dict[str, IncomingFile]]:
    """Read what a browser sent: fields by name, and files by the name of their field.

    Parameters
    ----------
    request : Request
    wanted : callable
        Says what becomes of a file; called as soon as it begins.

    Raises
    ------
    HTTPException
        It is no form, or more than a form can be.
    """
    kind = request.headers.get("content-type", "")
    if kind.startswith(PLAIN):
        return read_pairs(await request.body()), {}
    if not kind.startswith(IN_PARTS):
        return {}, {}
    reader = _Reader(wanted)
    await reader.read(request, kind)
    return reader.form, reader.files


def read_pairs(body: bytes) -> Form:
    """Read a plain form."""
    found: Form = {}
    pairs = body.decode("utf-8", "replace").split("&")
    if len(pairs) > MOST_FIELDS:
        raise HTTPException(_BAD)
    for pair in pairs:
        name, _, words = pair.partition("=")
        if words:
            found.setdefault(_plain(name), []).append(_plain(words))
    return found


def _plain(words: str) -> str:
    if "+" in words:
        words = words.replace("+", " ")
    return unquote(words).replace("\x00", "") if "%" in words else words


@dataclass(slots=True)
class _Reader:
    """Reads a form in parts as it comes; files go on to the disk a piece at a time."""

    wanted: Wanted
    form: Form = field(default_factory=dict)
    files: dict[str, IncomingFile] = field(default_factory=dict)
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _header: tuple[bytearray, bytearray] = field(default_factory=lambda: (bytearray(), bytearray()))
    _name: str = ""
    _words: bytearray = field(default_factory=bytearray)
    _file: IncomingFile | None = None
    _pieces: list[tuple[IncomingFile, bytes]] = field(default_factory=list)
    _n_parts: int = 0
    _n_bytes: int = 0

    async def read(self, request: Request, kind: str) -> None:
        from python_multipart.exceptions import FormParserError
        from python_multipart.multipart import MultipartParser, parse_options_header

        boundary = parse_options_header(kind)[1].get(b"boundary")
        if not boundary:
            raise HTTPException(_BAD)
        try:
            parser = MultipartParser(boundary, self._callbacks())
            async for chunk in request.stream():
                parser.write(chunk)
                await self._hand_on()
            parser.finalize()
        except FormParserError as fault:
            self._leave()
            raise HTTPException(_BAD) from fault
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        from huiyin.collect.surveys.files import NO_ROOM

        for file in self.files.values():
            file.refuse(NO_ROOM)

    async def _hand_on(self) -> None:
        if self._pieces:
            pieces, self._pieces = self._pieces, []
            await asyncio.to_thread(_take_all, pieces)

    def _callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_words,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._headers, self._words, self._file = {}, bytearray(), None
        self._n_parts += 1
        if self._n_parts > MOST_FIELDS:
            raise HTTPException(_BAD)

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_words(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_end(self) -> None:
        self._headers[bytes(self._header[0]).lower()] = bytes(self._header[1])
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, facts = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = facts.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in facts:
            if len(self.files) >= MOST_FILES or self._name in self.files:
                raise HTTPException(_BAD)
            name = facts[b"filename"].decode("utf-8", "replace")
            self._file = self.files[self._name] = self.wanted(self.form, self._name, name)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            if self._file.wanted:
                self._pieces.append((self._file, data[start:end]))
            return
        self._n_bytes += end - start
        if self._n_bytes > MOST_WORDS:
            raise HTTPException(_TOO_LARGE)
        self._words += data[start:end]

    def _end(self) -> None:
        if self._file is None and self._words:
            words = self._words.decode("utf-8", "replace").replace("\x00", "")
            self.form.setdefault(self._name, []).append(words)


def _take_all(pieces: list[tuple[IncomingFile, bytes]]) -> None:
    for file, piece in pieces:
        file.take(piece)
