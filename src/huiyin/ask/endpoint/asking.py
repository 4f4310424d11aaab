"""Asks the model how a question is to be read: names and values are sent, never a row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from huiyin.ask.contracts import Kind
from huiyin.ask.endpoint.contracts import (
    MOST_VALUES,
    REPLY_BYTES,
    REPLY_SECONDS,
    Endpoint,
    EndpointError,
)
from huiyin.ask.meanings import AMOUNTS, RATED, Vocabulary
from huiyin.codebook.contracts import Role
from huiyin.connectors.contracts import OutgoingError, OutgoingLimits, OutgoingReply
from huiyin.connectors.outgoing import Outgoing
from huiyin.core.text import Text

NAMES_OF_PEOPLE = frozenset({Role.STAFF, Role.CUSTOMER, Role.ACCOUNT})
"""Of these columns no value is sent: they name somebody."""
MOST_TOKENS = 800
_OK = 200
_STATUS = Text("语言模型回了状态 {status}。", "The language model answered with status {status}.")
_KEY = Text(
    "语言模型不认这个密钥（状态 {status}）。请检查密钥。",
    "The language model does not take the key (status {status}). Check the key.",
)
_NOT_THERE = Text(
    "这个地址上没有这个接口或模型（状态 {status}）。请检查接口地址和模型名。",
    "There is no such interface or model at this address (status {status}). Check the address and "
    "the name of the model.",
)
_BUSY = Text(
    "语言模型太忙，或者额度用完了（状态 {status}）。请过一会儿再试，或查看额度。",
    "The language model is busy, or its quota is used up (status {status}). Try again later, or "
    "look at the quota.",
)
_BROKEN = Text(
    "语言模型那边出错了（状态 {status}）。请过一会儿再试。",
    "The language model failed (status {status}). Try again later.",
)
_SAID_OF = {401: _KEY, 403: _KEY, 404: _NOT_THERE, 429: _BUSY}
_FAILED = 500
_SHAPE = Text(
    "语言模型的回答不是约定的格式。", "The language model's answer is not in the agreed form."
)
INSTRUCTIONS = """You translate one question about a customer survey into JSON. Answer with one \
JSON object and nothing else. Its keys: kind (one of {kinds}), metrics (list), by (list of \
columns), where (list of strings COLUMN=VALUE, COLUMN=VALUE1|VALUE2 or COLUMN!=VALUE), since and \
until (YYYY-MM-DD or null, never after {yesterday}), grain (day, week, month, quarter, year or \
null), compare (previous, year_ago, rest, COLUMN=VALUE or null), rank ({{"worst": n}}, \
{{"best": n}} or null), threshold ("<60", ">=0.8" or null; shares are 0 to 1). Metrics are nps, \
ces, easy, intent, score:COLUMN, satisfied:COLUMN, dissatisfied:COLUMN, mean:COLUMN or \
share:COLUMN=VALUE. Use only the columns and values that are listed. If the question cannot be \
answered so, answer {{"kind": null}}. Today is {today}."""


def ask_model(
    endpoint: Endpoint, vocabulary: Vocabulary, today: date, questions: Sequence[str]
) -> Any:
    """Ask the model how the last of some questions is to be read.

    Parameters
    ----------
    endpoint : Endpoint
    vocabulary : Vocabulary
        What the viewer may see; nothing else is sent.
    today : date
    questions : sequence of str
        The thread, the last one is asked.

    Returns
    -------
    object
        Whatever JSON the model gave; it is to be checked.

    Raises
    ------
    EndpointError
        No answer, a status that is not 200, too much, too slow, or no JSON.
    """
    wanted = {
        "model": endpoint.settings.model,
        "messages": messages(vocabulary, today, questions),
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "stream": False,
    }
    return _content(_post(endpoint, wanted))


def messages(vocabulary: Vocabulary, today: date, questions: Sequence[str]) -> list[dict[str, str]]:
    """Write what is sent: the form, the columns and values, the questions."""
    yesterday = date.fromordinal(today.toordinal() - 1)
    kinds = ", ".join(kind.value for kind in Kind)
    form = INSTRUCTIONS.format(kinds=kinds, yesterday=yesterday, today=today)
    known = json.dumps({"columns": _columns(vocabulary)}, ensure_ascii=False)
    thread = json.dumps({"questions": list(questions)}, ensure_ascii=False)
    return [
        {"role": "system", "content": f"{form}\n{known}"},
        {"role": "user", "content": thread},
    ]


def _columns(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    columns = []
    for column in vocabulary.codebook:
        rated = column.role in {*RATED, *AMOUNTS}
        values = vocabulary.values.get(column.name)
        if not column.usable or not (rated or values is not None):
            continue
        told: dict[str, Any] = {"name": column.name, "role": column.role.value}
        if values is not None and column.role not in NAMES_OF_PEOPLE:
            told["values"] = list(values[:MOST_VALUES])
        columns.append(told)
    return columns


def _post(endpoint: Endpoint, wanted: dict[str, Any]) -> OutgoingReply:
    limits = OutgoingLimits(
        allow_private=endpoint.allow_private,
        timeout_seconds=REPLY_SECONDS,
        total_seconds=REPLY_SECONDS,
        maximum_bytes=REPLY_BYTES,
        maximum_redirects=0,
    )
    url = endpoint.settings.url.rstrip("/") + "/chat/completions"
    headers = {"authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        return Outgoing(limits).post_json(url, wanted, headers)
    except OutgoingError as fault:
        raise EndpointError(fault.sentence) from fault


def _content(reply: OutgoingReply) -> Any:
    if reply.status != _OK:
        other = _BROKEN if reply.status >= _FAILED else _STATUS
        raise EndpointError(_SAID_OF.get(reply.status, other).format(status=reply.status))
    try:
        document = json.loads(reply.body)
        words = document["choices"][0]["message"]["content"]
        return json.loads(_bare(words))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as fault:
        raise EndpointError(_SHAPE) from fault


def _bare(words: str) -> str:
    """Take the fence off that many models put around JSON."""
    plain = words.strip()
    if plain.startswith("```"):
        plain = plain.removeprefix("```json").removeprefix("```").removesuffix("```")
    return plain
