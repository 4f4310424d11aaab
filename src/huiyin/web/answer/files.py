"""Files on their way in: checked by what they are, sealed as they come, never whole in memory."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from huiyin.collect.surveys.definition import FileAsked
from huiyin.collect.surveys.files import (
    EMPTY,
    HEAD_BYTES,
    MEGABYTE,
    NO_ROOM,
    TOO_LARGE,
    TOO_MANY,
    SentFile,
    is_accepted,
    kind_of,
    note_file,
    offered_name,
    open_file_facts,
    seal_file_facts,
    wrong_kind,
)
from huiyin.core.ids import new_id
from huiyin.core.text import Text
from huiyin.store.contracts import StoreError
from huiyin.store.sealed_files import SealedWriter

if TYPE_CHECKING:
    from starlette.requests import Request

    from huiyin.store.folders import Folders
    from huiyin.web.answer.desk import Desk
    from huiyin.web.answer.known import Version

LEAST_FREE_BYTES = 512 * MEGABYTE
"""So much of the disk stays free for answers themselves."""
KEPT = ".kept"
"""Ends the name of the hidden field that says which file was sent before."""
REMOVED = ".removed"


@dataclass(frozen=True, slots=True)
class Received:
    """What came in answer to a question for a file.

    Attributes
    ----------
    file : SentFile or None
        The one that counts: just sent, or before.
    fault : Text or None
        Why what was just sent is not taken.
    """

    file: SentFile | None = None
    fault: Text | None = None


@dataclass(slots=True)
class IncomingFile:
    """One file that is being sent; what is not wanted is read and thrown away.

    Parameters
    ----------
    folders : Folders
    key : bytes
    question : FileAsked or None
        None: nobody asked for it.
    name : str
        As the browser says.
    id : str
        Under which it is kept.
    """

    folders: Folders
    key: bytes
    question: FileAsked | None
    name: str
    id: str
    size: int = 0
    fault: Text | None = None
    kind: str | None = None
    _head: bytes = b""
    _digest: Any = field(default_factory=hashlib.sha256)
    _file: IO[bytes] | None = None
    _writer: SealedWriter | None = None

    @property
    def wanted(self) -> bool:
        """Whether its bytes are of any use still."""
        return self.question is not None and self.fault is None

    @property
    def _part(self) -> Path:
        return self.folders.answer_files / f".{self.id}.part"

    def take(self, chunk: bytes) -> None:
        """Take in more bytes; a fault is kept for whoever sent it."""
        if not self.wanted or self.question is None:
            return
        self.size += len(chunk)
        if self.size > self.question.megabytes * MEGABYTE:
            self.refuse(TOO_LARGE.format(n=self.question.megabytes))
            return
        try:
            self._keep(chunk)
        except OSError:
            self.refuse(NO_ROOM)

    def _keep(self, chunk: bytes) -> None:
        if self._writer is None:
            self._head += chunk
            if len(self._head) < HEAD_BYTES:
                return
            chunk = self._begin()
        if self._writer is not None:
            self._digest.update(chunk)
            self._writer.add(chunk)

    def _begin(self) -> bytes:
        """Look what it is, and open its place on the disk; gives the bytes that wait."""
        self.kind = kind_of(self._head)
        if self.question is None or not is_accepted(self.question, self.kind):
            self.refuse(wrong_kind(self.question) if self.question else EMPTY)
            return b""
        if shutil.disk_usage(self.folders.answer_files).free < LEAST_FREE_BYTES:
            self.refuse(NO_ROOM)
            return b""
        self._file = self._part.open("wb")
        self._writer = SealedWriter(self.key, self._file)
        return self._head

    def end(self) -> SentFile | None:
        """Bring it to the disk; None where nothing was sent, or it is not taken."""
        if not self.wanted or (not self.size and not self.name):
            return None
        try:
            self._finish()
        except OSError:
            self.refuse(NO_ROOM)
        if self.fault is not None or self.kind is None:
            return None
        digest = self._digest.hexdigest()
        return SentFile(self.id, offered_name(self.name, self.kind), self.size, digest, self.kind)

    def _finish(self) -> None:
        if not self.size:
            self.refuse(EMPTY)
        elif self._writer is None:
            chunk = self._begin()
            if self._writer is not None:
                self._digest.update(chunk)
                self._writer.add(chunk)
        if self._writer is None or self._file is None:
            return
        self._writer.end()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self.folders.answer_files / self.id)
        _sync_folder(self.folders.answer_files)

    def refuse(self, fault: Text) -> None:
        """Take no more of it, and leave nothing on the disk."""
        self.fault, self._writer = fault, None
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)
            (self.folders.answer_files / self.id).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


@dataclass(frozen=True)
class FileDesk:
    """Notes files in the store, and gives and reads the words that stand for them."""

    desk: Desk

    def unwanted(self, _: Mapping[str, Sequence[str]], __: str, name: str) -> IncomingFile:
        """Take in nothing of a file."""
        return self.incoming(None, name)

    def incoming(
        self, question: FileAsked | None, name: str, day: datetime | None = None
    ) -> IncomingFile:
        """Begin to take in a file; of an anonymous answer its id tells no more than the day."""
        own = new_id(day.timestamp() if day else None)
        return IncomingFile(self.desk.system.folders, self.desk.system.key, question, name, own)

    async def note(
        self, incoming: IncomingFile, sent: SentFile, survey_id: str, response_id: str | None
    ) -> Received:
        """Note a file that is on the disk; where that cannot be, it goes again."""
        if incoming.question is None:
            return Received()
        question_id = incoming.question.id
        row = {
            "id": sent.id,
            "survey_id": survey_id,
            "question_id": question_id,
            "sealed": seal_file_facts(self.desk.system.key, survey_id, question_id, sent),
        }
        try:
            noted = await self.desk.intake.kept(note_file(row, response_id, self.desk.now()))
        except StoreError:
            incoming.refuse(NO_ROOM)
        else:
            if noted:
                return Received(sent)
            incoming.refuse(TOO_MANY)
        return Received(fault=incoming.fault)

    async def settle(
        self,
        version: Version,
        response_id: str,
        form: Mapping[str, Sequence[str]],
        incoming: Mapping[str, IncomingFile],
    ) -> dict[str, Received]:
        """Give for each question for a file what counts: what came now, else what came before."""
        found = {}
        for name in version.files:
            before = None
            if form.get(name + KEPT) and not form.get(name + REMOVED):
                before = self.read(version.survey_id, name, form[name + KEPT][0])
            found[name] = Received(before)
            if name in incoming:
                now = await self.end(incoming[name], version.survey_id, response_id)
                found[name] = Received(now.file or before, now.fault)
        return found

    async def end(
        self, incoming: IncomingFile, survey_id: str, response_id: str | None
    ) -> Received:
        """Bring a file to the disk and note it; nothing where none was chosen."""
        sent = await asyncio.to_thread(incoming.end)
        if sent is None:
            return Received(fault=incoming.fault)
        return await self.note(incoming, sent, survey_id, response_id)

    def words(self, version: Version, answers: Mapping[str, Any]) -> dict[str, str]:
        """Give for each file among answers what stands for it on a page."""
        key, survey_id = self.desk.system.key, version.survey_id
        return {
            name: seal_file_facts(key, survey_id, name, SentFile(**answers[name]))
            for name in version.files
            if answers.get(name)
        }

    def read(self, survey_id: str, question_id: str, words: str) -> SentFile | None:
        """Read what `words` gave; None where it is not ours."""
        return open_file_facts(self.desk.system.key, survey_id, question_id, words)


async def pour(request: Request, incoming: IncomingFile) -> None:
    """Read a body that is a file; what is too much of it is thrown away."""
    try:
        async for chunk in request.stream():
            if incoming.wanted and chunk:
                await asyncio.to_thread(incoming.take, chunk)
    except BaseException:
        incoming.refuse(NO_ROOM)
        raise
