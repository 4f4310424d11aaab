"""Files that respondents send: what they may be, where they rest, and when they go."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from huiyin.collect.surveys.definition import FileAsked
from huiyin.core.text import Text
from huiyin.people.sealing import UnsealError, seal, unseal
from huiyin.store.bulk import batched
from huiyin.store.folders import Folders
from huiyin.store.intake import RefusedWriteError
from huiyin.store.tables import AnswerDraft, AnswerFile, Survey
from huiyin.store.unit_of_work import UnitOfWork

MEGABYTE = 1 << 20
HEAD_BYTES = 16
"""So many bytes tell what a file is."""
MOST_UNKEPT = 40
"""Files sent with one answer that is not finished: a choice may be changed, not without end."""
UNKEPT = timedelta(days=1)
"""So long a file waits for its answer, where nothing else of the answer is kept."""
_PURPOSE = "answer file"
_AT_ONCE = 500
_LONGEST_NAME = 100
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_PHONE_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_GROUPS = {"image": "image/", "pdf": "application/pdf"}
TOO_LARGE = Text("文件太大：最多 {n} MB。", "The file is too large: at most {n} MB.")
EMPTY = Text("这个文件是空的。", "The file is empty.")
NO_ROOM = Text(
    "文件暂时存不下，请稍后再传一次。您填的都还在。",
    "The file cannot be stored just now: please send it again later. Nothing you entered is lost.",
)
TOO_MANY = Text("传的次数太多，请稍后再试。", "Too many files: please try again later.")
GONE = Text("这个文件没有留住，请再选一次。", "This file is gone: please choose it once more.")
_WRONG_KIND = {
    frozenset({"image"}): Text("这里只收图片。", "Only pictures can be sent here."),
    frozenset({"pdf"}): Text("这里只收 PDF。", "Only PDF documents can be sent here."),
    frozenset({"image", "pdf"}): Text(
        "这里只收图片或 PDF。", "Only pictures or PDF documents can be sent here."
    ),
}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was taken in; only we make one, so that nobody claims what they did not send.

    Attributes
    ----------
    id : str
        Of the file on the disk.
    name, kind : str
        As it is offered to staff; `kind` by its content.
    size : int
        In bytes.
    sha256 : str
    """

    id: str
    name: str
    size: int
    sha256: str
    kind: str


class FileGoneError(RefusedWriteError):
    """A file of an answer is not there any more, or went with another answer; nothing was kept."""

    def __init__(self, question_id: str) -> None:
        super().__init__(question_id)
        self.question_id = question_id


def kind_of(head: bytes) -> str | None:
    """Tell by its first bytes what a file is; None: nothing that is taken, an archive say."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if head[4:8] == b"ftyp" and head[8:12] in _PHONE_PICTURES else None


def is_accepted(question: FileAsked, kind: str | None) -> bool:
    """Tell whether a question takes files of a kind."""
    return kind is not None and any(kind.startswith(_GROUPS[one]) for one in question.accepts)


def wrong_kind(question: FileAsked) -> Text:
    """Say what a question takes."""
    return _WRONG_KIND[frozenset(question.accepts)]


def offered_name(name: str, kind: str) -> str:
    """Give the name under which a file is offered: no path, no control signs, the right ending."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in last if sign.isprintable()).strip(". ")[-_LONGEST_NAME:]
    plain = plain.encode("utf-8", "replace").decode() or "file"
    return plain if plain.lower().endswith(_ENDINGS[kind]) else plain + _ENDINGS[kind][0]


def seal_file_facts(key: bytes, survey_id: str, question_id: str, file: SentFile) -> str:
    """Give words that prove that a file was taken in for a question; they say nothing else."""
    facts = [survey_id, question_id, *asdict(file).values()]
    return seal(key, json.dumps(facts, ensure_ascii=False), _PURPOSE)


def open_file_facts(key: bytes, survey_id: str, question_id: str, words: str) -> SentFile | None:
    """Read what `seal_file_facts` gave; None where it is not ours or of another question."""
    try:
        facts = json.loads(unseal(key, words, _PURPOSE))
    except (UnsealError, ValueError):
        return None
    return SentFile(*facts[2:]) if facts[:2] == [survey_id, question_id] else None


def note_file(
    row: dict[str, Any], response_id: str | None, now: datetime
) -> Callable[[Connection], bool]:
    """Give the write that notes a file that was taken in; False where there are too many.

    `row` has `id`, `survey_id`, `question_id` and `sealed`.
    """

    def write(connection: Connection) -> bool:
        if response_id is not None:
            waiting = select(func.count()).where(
                AnswerFile.response_id == response_id, AnswerFile.kept_at.is_(None)
            )
            if connection.execute(waiting).scalar_one() >= MOST_UNKEPT:
                return False
        facts = {"response_id": response_id, "created_at": now, "kept_at": None}
        connection.execute(insert(AnswerFile).values(row | facts))
        return True

    return write


def claim_files(
    connection: Connection,
    survey_id: str,
    response_id: str,
    files: Collection[tuple[str, str]],
    kept_at: datetime,
) -> None:
    """Bind files to the answer they came with; `files` are (question id, file id).

    From then on they tell no other moment than the answer does.

    Raises
    ------
    FileGoneError
        One is not there, or went with another answer.
    """
    for question_id, file_id in files:
        one = (AnswerFile.id == file_id) & (AnswerFile.survey_id == survey_id)
        claimed = connection.execute(
            update(AnswerFile)
            .where(one, AnswerFile.question_id == question_id, AnswerFile.kept_at.is_(None))
            .values(response_id=response_id, created_at=kept_at, kept_at=kept_at)
        )
        if not claimed.rowcount:
            raise FileGoneError(question_id)


def files_of(definition: Any, answers: Any) -> list[tuple[str, str]]:
    """List the files among answers: question id, file id."""
    asked = [one.id for one in definition.questions if isinstance(one, FileAsked)]
    return [(name, answers[name]["id"]) for name in asked if answers.get(name)]


def file_facts(key: bytes, file: AnswerFile) -> SentFile:
    """Read what is known of a file that is kept.

    Raises
    ------
    UnsealError
        It was noted with another key.
    """
    return SentFile(*json.loads(unseal(key, file.sealed, _PURPOSE))[2:])


def fetch_files(session: Session, survey_id: str) -> list[AnswerFile]:
    """List the files of a questionnaire's answers, newest first."""
    asked = select(AnswerFile).where(
        AnswerFile.survey_id == survey_id, AnswerFile.response_id.is_not(None)
    )
    return list(session.scalars(asked.order_by(AnswerFile.created_at.desc(), AnswerFile.id)))


def kept_answers_with_files(session: Session, dataset_id: str) -> set[str]:
    """List the finished answers of a dataset that files came with."""
    asked = (
        select(AnswerFile.response_id)
        .join(Survey, Survey.id == AnswerFile.survey_id)
        .where(Survey.dataset_id == dataset_id, AnswerFile.kept_at.is_not(None))
    )
    return {one for one in session.scalars(asked) if one is not None}


def do_drop_files_of(work: UnitOfWork, folders: Folders, answers: Iterable[str]) -> int:
    """Delete the files of answers that are no more; gives how many."""
    n_gone = 0
    for some in batched(sorted(answers), _AT_ONCE):
        asked = select(AnswerFile.id).where(AnswerFile.response_id.in_(some))
        n_gone += _drop(work, folders, asked)
    return n_gone


def do_drop_files_of_surveys(work: UnitOfWork, folders: Folders, surveys: Select[Any]) -> int:
    """Delete all files of questionnaires whose answers are deleted; gives how many."""
    asked = select(AnswerFile.id).where(AnswerFile.survey_id.in_(surveys))
    return _drop(work, folders, asked)


def do_drop_unkept_files(work: UnitOfWork, folders: Folders) -> int:
    """Delete files that no answer came with: its draft is no more, or there never was one."""
    under_way = exists().where(AnswerDraft.id == AnswerFile.response_id)
    asked = select(AnswerFile.id).where(
        AnswerFile.kept_at.is_(None),
        AnswerFile.created_at < work.now - UNKEPT,
        or_(AnswerFile.response_id.is_(None), ~under_way),
    )
    return _drop(work, folders, asked)


def known_files(session: Session) -> set[str]:
    """List the files that the store knows of."""
    return {*session.scalars(select(AnswerFile.id))}


def _drop(work: UnitOfWork, folders: Folders, asked: Select[Any]) -> int:
    """Delete the files first, then what names them: whoever is stopped goes on from there."""
    found = list(work.session.scalars(asked))
    for one in found:
        (folders.answer_files / one).unlink(missing_ok=True)
    for some in batched(found, _AT_ONCE):
        work.session.execute(delete(AnswerFile).where(AnswerFile.id.in_(some)))
    return len(found)
