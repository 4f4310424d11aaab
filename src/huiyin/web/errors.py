"""Faults become answers: one table, one body shape, never a traceback."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from huiyin.core.errors import BadInputError, HuiyinError, MissingPartError, frames_of
from huiyin.core.text import Text
from huiyin.engine.contracts import FilesGoneError
from huiyin.people.contracts import (
    ForgedRequestError,
    LinkExpiredError,
    NotAllowedError,
    NotSignedInError,
    SignInError,
    TokenVoidError,
    TooManyAttemptsError,
    UnknownIdentityError,
)
from huiyin.store.contracts import (
    EditConflictError,
    LeaseTakenError,
    NotFoundError,
    NotYoursError,
    StoreError,
)
from huiyin.web.access import request_id_of
from huiyin.web.again import note_gone
from huiyin.web.fields import named_fields

STATUS: dict[type[HuiyinError], int] = {
    HuiyinError: 400,
    BadInputError: 422,
    NotFoundError: 404,
    EditConflictError: 409,
    LeaseTakenError: 409,
    StoreError: 503,
    MissingPartError: 503,
    FilesGoneError: 503,
    SignInError: 401,
    NotSignedInError: 401,
    UnknownIdentityError: 403,
    NotAllowedError: 403,
    NotYoursError: 403,
    ForgedRequestError: 403,
    TooManyAttemptsError: 429,
    LinkExpiredError: 410,
}
"""Class → status; a class that is not here has that of its nearest parent."""

_INTERNAL = Text(
    "程序内部错误，已记入日志。请把编号 {id} 告诉管理员。",
    "An internal fault, noted in the log. Tell an administrator the number {id}.",
)
_UNREADABLE = Text("请求的内容不对：{fields}。", "The request cannot be understood: {fields}.")
_OUT_OF_RANGE = Text(
    "有的数太大，或文字里有不能保存的字符。",
    "A number is too large, or a text holds a character that cannot be kept.",
)
_NO_PAGE = Text("没有这个地址。", "There is no such address.")
_NO_METHOD = Text("这个地址不支持这种操作。", "This address does not take this method.")
_RENEWED = Text("数据刚刚更新，请再试一次。", "The data has just been renewed. Try again.")
_REFUSED = Text("请求被拒绝。", "The request was refused.")
TOO_LARGE = Text("内容太大：最多 {n} MB。", "The content is too large: at most {n} MB.")
_NOT_FOUND, _NO_METHOD_STATUS, _BAD_INPUT, _INTERNAL_STATUS = 404, 405, 422, 500
log = structlog.get_logger()


def install_error_pages(app: FastAPI) -> None:
    """Answer every fault in the one body shape."""
    app.add_exception_handler(HuiyinError, huiyin_answer)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, http_answer)
    app.add_exception_handler(DataError, _out_of_range)
    app.add_exception_handler(OverflowError, _out_of_range)
    app.add_exception_handler(Exception, unexpected)


def status_of(fault: HuiyinError) -> int:
    """Give the status of a fault: that of its class, or of its nearest parent in the table."""
    return next(STATUS[kind] for kind in type(fault).__mro__ if kind in STATUS)


def code_of(kind: type[Exception]) -> str:
    """Give the code of a class: ``EditConflictError`` → ``edit_conflict``."""
    name = kind.__name__.removesuffix("Error")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def error_body(
    code: str, sentence: Text, request_id: str | None, details: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Give the body that every error has."""
    return {
        "error": {
            "code": code,
            "sentence": dict(sentence),
            "request_id": request_id,
            "details": dict(details or {}),
        }
    }


def _answer(
    request: Request, status: int, code: str, sentence: Text, details: Mapping[str, Any]
) -> JSONResponse:
    body = error_body(code, sentence, request_id_of(request), details)
    wait = details.get("wait_seconds")
    headers = {"retry-after": str(wait)} if wait else {}
    if code == code_of(TokenVoidError):  # RFC 6750, section 3
        headers["www-authenticate"] = 'Bearer error="invalid_token"'
    return JSONResponse(body, status_code=status, headers=headers)


def huiyin_answer(request: Request, fault: Exception) -> JSONResponse:
    """Answer a fault of ours."""
    if not isinstance(fault, HuiyinError):
        raise fault
    sentence, details = fault.sentence, dict[str, Any]()
    if isinstance(fault, EditConflictError):
        details = {"who": fault.who, "at": fault.at.isoformat()}
    elif isinstance(fault, TooManyAttemptsError):
        details = {"wait_seconds": fault.wait_seconds}
    elif isinstance(fault, NotAllowedError):
        details = {"right": fault.right.value}
    elif isinstance(fault, FilesGoneError):
        note_gone(request.scope)
        sentence, details = _RENEWED, {"wait_seconds": 1}
    return _answer(request, status_of(fault), code_of(type(fault)), sentence, details)


def _unreadable(request: Request, fault: Exception) -> JSONResponse:
    if not isinstance(fault, RequestValidationError):
        raise fault
    fields = [
        {"field": ".".join(str(part) for part in error["loc"]), "problem": error["msg"]}
        for error in fault.errors()
    ]
    return _answer(
        request,
        _BAD_INPUT,
        "invalid_request",
        _UNREADABLE.format(fields=named_fields(fault.errors())),
        {"fields": fields},
    )


def _out_of_range(request: Request, fault: Exception) -> JSONResponse:
    del fault  # its message repeats the value
    return _answer(request, _BAD_INPUT, "out_of_range", _OUT_OF_RANGE, {})


def http_answer(request: Request, fault: Exception) -> JSONResponse:
    """Answer what a route refused by a status alone."""
    if not isinstance(fault, HTTPException):
        raise fault
    sentence = {_NOT_FOUND: _NO_PAGE, _NO_METHOD_STATUS: _NO_METHOD}.get(
        fault.status_code, _REFUSED
    )
    code = {_NOT_FOUND: "not_found", _NO_METHOD_STATUS: "method_not_allowed"}.get(
        fault.status_code, "refused"
    )
    return _answer(request, fault.status_code, code, sentence, {})


def unexpected(request: Request, fault: Exception) -> JSONResponse:
    """Answer a fault that nobody expected: with its number, and nothing of what it says."""
    # Frames only: the message of an unknown fault may hold somebody's data.
    log.error(
        "internal_fault",
        request_id=request_id_of(request),
        kind=type(fault).__name__,
        frames=frames_of(fault),
    )
    sentence = _INTERNAL.format(id=request_id_of(request) or "—")
    return _answer(request, _INTERNAL_STATUS, "internal", sentence, {})
