"""Answers over the interface: an app or a till asks by itself, and sends what was answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from huiyin.collect.surveys.answers import accept_all
from huiyin.collect.surveys.changes import LinkKind, document_of
from huiyin.collect.surveys.contracts import SURVEY, AnswerError, Ending
from huiyin.collect.surveys.files import EMPTY, GONE, FileGoneError, seal_file_facts
from huiyin.collect.surveys.keeping import Outcome, QuotaFullError
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.people.contracts import TooManyAttemptsError
from huiyin.store.contracts import NotFoundError
from huiyin.web.access import address_of, public
from huiyin.web.answer.desk import Desk
from huiyin.web.answer.files import pour
from huiyin.web.answer.known import Entrance, Version
from huiyin.web.answer.lane import Line
from huiyin.web.answer.receiving import Progress
from huiyin.web.answer.tokens import Start
from huiyin.web.bodies import refuse_half_characters
from huiyin.web.routers.answer_pages import desk_of

router = APIRouter(prefix="/api/v1/answers", tags=["answers"])
Everybody = [Depends(public())]
MODE = "api"
LONGEST_ID = 200
MOST_SECONDS = 30 * 86_400
_CREATED, _KEPT_BEFORE = 201, 200
_WAIT_SECONDS = 60
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_KNOWN = frozenset({"id", "answers", "own", "fields", "language", "seconds"})
_UNREADABLE = Text(
    "请发 JSON：answers 里是题号和回答，可以带 id、own、fields、language、seconds。",
    "Send JSON: answers by question, with id, own, fields, language, seconds if wanted.",
)
_CLOSED = Text("这份问卷现在不收答卷。", "This questionnaire takes no answers now.")
_NO_PLACE = Text("这一类客户的名额已经满了。", "This group is full already.")
_NO_FILE_QUESTION = Text("“{question}”不是传文件的题。", "“{question}” is no question for a file.")
_FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["answers"],
                    "properties": {
                        "answers": {"type": "object"},
                        "own": {"type": "object"},
                        "id": {"type": "string"},
                        "fields": {"type": "object"},
                        "language": {"type": "string"},
                        "seconds": {"type": "number"},
                    },
                }
            }
        },
    }
}


@router.get("/{code}", dependencies=Everybody)
async def get_questions(code: str, request: Request) -> Response:
    """Give the questionnaire behind a link of the interface, as it is asked now."""
    desk = desk_of(request)
    entrance = await _entrance(desk, code)
    version = entrance.current
    return _json(
        {
            "version": version.number,
            "open": entrance.open_at(desk.now()),
            "definition": document_of(version.definition),
        }
    )


@router.post("/{code}", status_code=_CREATED, dependencies=Everybody, openapi_extra=_BODY)
async def post_answer(code: str, request: Request) -> Response:
    """Keep a finished answer; sent twice with one `id` it is kept once."""
    desk = desk_of(request)
    entrance = await _entrance(desk, code)
    if not entrance.open_at(desk.now()):
        raise BadInputError(_CLOSED)
    sent = _read(await request.body())
    fields = _fields(entrance, _words(sent, "fields"))
    version = entrance.current
    if version.files:
        _with_files(desk, version, sent["answers"])
    way = accept_all(version.definition, sent["answers"], fields)
    start = _start(desk, entrance, sent)
    if way.ending is Ending.SCREENED_OUT:
        return _json({"id": start.response_id, "outcome": Ending.SCREENED_OUT}, _KEPT_BEFORE)
    progress = Progress(way.answers, _words(sent, "own"), None, {}, more=False, way=way)
    try:
        outcome = await desk.finish(entrance, version, start, progress, fields=fields)
    except QuotaFullError as full:
        raise BadInputError(_NO_PLACE) from full
    except FileGoneError as gone:
        raise AnswerError(gone.question_id, GONE) from gone
    status = _CREATED if outcome is Outcome.KEPT else _KEPT_BEFORE
    return _json({"id": start.response_id, "outcome": outcome}, status)


@router.post(
    "/{code}/files", status_code=_CREATED, dependencies=Everybody, openapi_extra=_FILE_BODY
)
async def post_file(
    code: str,
    request: Request,
    question: Annotated[str, Query(max_length=40)],
    name: Annotated[str, Query(max_length=255)],
) -> Response:
    """Take in a file before its answer; the answer names it by the words that this gives.

    The body is the file itself. A file whose answer does not come within a day is deleted.
    """
    desk = desk_of(request)
    if not desk.throttle.allows(address_of(request)):
        raise TooManyAttemptsError(_WAIT_SECONDS)
    entrance = await _entrance(desk, code)
    if not entrance.open_at(desk.now()):
        raise BadInputError(_CLOSED)
    version = entrance.current
    asked = version.files.get(question)
    if asked is None:
        raise BadInputError(_NO_FILE_QUESTION.format(question=question))
    incoming = desk.files.incoming(asked, name, desk.coarse(entrance, version, desk.now()))
    await pour(request, incoming)
    received = await desk.files.end(incoming, version.survey_id, None)
    if received.file is None:
        raise BadInputError(received.fault or EMPTY)
    words = seal_file_facts(desk.system.key, version.survey_id, question, received.file)
    return _json(
        {"file": words, "size": received.file.size, "sha256": received.file.sha256}, _CREATED
    )


def _with_files(desk: Desk, version: Version, answers: dict[str, Any]) -> dict[str, Any]:
    """Put the files in place of the words that stand for them."""
    for name in version.files:
        if isinstance(answers.get(name), str):
            answers[name] = desk.files.read(version.survey_id, name, answers[name]) or {"": ""}
    return answers


async def _entrance(desk: Desk, code: str) -> Entrance:
    found = await desk.entrance(code)
    if found is None or found.kind != LinkKind.API:
        raise NotFoundError(SURVEY, code)
    return found


def _read(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise BadInputError(_UNREADABLE) from fault
    if not isinstance(sent, dict) or not set(sent) <= _KNOWN:
        raise BadInputError(_UNREADABLE)
    if not isinstance(sent.get("answers"), dict):
        raise BadInputError(_UNREADABLE)
    for named in (sent["answers"], sent.get("own"), sent.get("fields")):
        if isinstance(named, dict):  # what was written is mended, a name cannot be
            refuse_half_characters(list(named))
    return sent


def _words(sent: Mapping[str, Any], name: str) -> dict[str, str]:
    found = sent.get(name) or {}
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise BadInputError(_UNREADABLE)
    return {key: _clean(one) for key, one in found.items()}


def _clean(words: str) -> str:
    return words.replace("\x00", "").encode("utf-8", "replace").decode()[:LONGEST_ID]


def _fields(entrance: Entrance, given: Mapping[str, str]) -> dict[str, str]:
    """Give the facts that go with it: those of the link hold, whatever was sent."""
    known = entrance.current.definition.fields
    return {name: one for name, one in given.items() if name in known} | dict(entrance.fields)


def _start(desk: Desk, entrance: Entrance, sent: Mapping[str, Any]) -> Start:
    offered = entrance.current.definition.languages
    language, own, seconds = sent.get("language"), sent.get("id"), sent.get("seconds")
    if own is not None and not (isinstance(own, str) and 0 < len(own) <= LONGEST_ID):
        raise BadInputError(_UNREADABLE)
    if seconds is not None and not _is_duration(seconds):
        raise BadInputError(_UNREADABLE)
    start = desk.start(entrance, language if language in offered else offered[0], MODE)
    named = uuid5(UUID(entrance.home.dataset_id), f"api {_clean(own)}") if own else None
    if named is not None:
        start = replace(start, response_id=str(named))
    return replace(start, at=start.at - seconds) if seconds else start


def _is_duration(seconds: Any) -> bool:
    number = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    return number and 0 <= seconds <= MOST_SECONDS


def _json(content: Mapping[str, Any], status: int = 200) -> Response:
    body = _as_json(content).encode()
    return Response(body, status_code=status, media_type="application/json")


LINE = Line("/api/v1/answers/{code}", "/api/v1/answers/", {"POST": post_answer})
"""How the lane for answers reaches this."""
