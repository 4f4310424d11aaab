"""The OpenAPI document, made true: who may call, how a fault looks, what comes as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from huiyin.people.api_tokens import SESSION_ONLY
from huiyin.people.contracts import Right
from huiyin.web.access import COOKIE, CSRF_HEADER, SAFE_METHODS, rules_of
from huiyin.web.reports import MEDIA_TYPES

_JSON = "application/json"
_FILES = {**MEDIA_TYPES, "csv": "text/csv; charset=utf-8"}
_TOKEN, _SESSION, _CSRF = "token", "session", "csrf"
_TEXT = {
    "type": "object",
    "required": ["zh-CN", "en"],
    "properties": {"zh-CN": {"type": "string"}, "en": {"type": "string"}},
}
_FAULT = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "sentence", "request_id", "details"],
            "properties": {
                "code": {"type": "string", "description": "Stable name, for programs"},
                "sentence": _TEXT,
                "request_id": {"type": ["string", "null"]},
                "details": {"type": "object", "additionalProperties": True},
            },
        }
    },
}
_WAYS = {
    _TOKEN: {"type": "http", "scheme": "bearer", "description": "An API token: hy_…"},
    _SESSION: {"type": "apiKey", "in": "cookie", "name": COOKIE,
               "description": "Of the pages; behind a port the name ends with it"},
    _CSRF: {"type": "apiKey", "in": "header", "name": CSRF_HEADER,
            "description": "From GET /api/v1/me; with the cookie on everything that changes"},
}  # fmt: skip
_MADE_UP = ("HTTPValidationError", "ValidationError")
"""What FastAPI says a fault looks like."""


def described(document: dict[str, Any], routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """Complete the document that FastAPI makes of the routes.

    Parameters
    ----------
    document : dict
        Changed in place.
    routes : iterable of route

    Returns
    -------
    dict
        Each operation names the rights it wants (``x-right``), by what one may come (nothing
        where everybody may), the one shape of faults, and what its files are.
    """
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for name in _MADE_UP:
        schemas.pop(name, None)
    schemas["Fault"] = _FAULT
    parts["securitySchemes"] = _WAYS
    rights = _rights(routes)
    for path, method, operation in _operations(document):
        right = rights.get((method, path))
        operation["security"] = _ways(right, method)
        if right is not None:
            operation["x-right"] = right.value
        _files(operation, schemas)
        _faults(operation)
    return document


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _rights(routes: Iterable[BaseRoute]) -> dict[tuple[str, str], Right | None]:
    return {
        (method, context.path): rules_of(context.original_route)[0].right
        for context in iter_route_contexts(list(routes))
        if isinstance(context.original_route, APIRoute) and context.path is not None
        for method in context.methods or ()
    }


def _ways(right: Right | None, method: str) -> list[dict[str, list[str]]]:
    if right is None:
        return []
    by_page: dict[str, list[str]] = {_SESSION: []}
    if method not in SAFE_METHODS:
        by_page[_CSRF] = []
    return [by_page] if right in SESSION_ONLY else [{_TOKEN: []}, by_page]


def _files(operation: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Name the kinds of file of an operation that is told by a parameter which of them to give."""
    found = (_kinds(one, schemas) for one in operation.get("parameters", ()))
    kinds = next(filter(None, found), [])
    given = operation["responses"].get("200")
    if not kinds or given is None:
        return
    content = given.setdefault("content", {})
    if "json" not in kinds:
        content.pop(_JSON, None)
    file = {"schema": {"type": "string", "format": "binary"}}
    content.update({_FILES[kind]: file for kind in kinds if kind != "json"})


def _kinds(parameter: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[str]:
    schema = parameter["schema"]
    schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    kinds = schema.get("enum", ()) if parameter["name"] in {"format", "form"} else ()
    return list(kinds) if set(kinds) <= set(_FILES) else []


def _faults(operation: dict[str, Any]) -> None:
    content = {_JSON: {"schema": {"$ref": "#/components/schemas/Fault"}}}
    answers = operation["responses"]
    for status, answer in answers.items():
        if status.startswith(("4", "5")):
            answer["content"] = content
    answers["default"] = {"description": "Refused, or failed", "content": content}
