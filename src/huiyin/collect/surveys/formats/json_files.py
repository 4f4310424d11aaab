"""Bytes of a file as JSON, whatever encoding it was written in."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from huiyin.core.text_files import text_of


def json_of(raw: bytes) -> Any:
    """Read bytes as JSON; NaN and infinity are none.

    Raises
    ------
    ValueError
        They are no JSON.
    RecursionError
        It is nested too deeply.
    """
    found = json.detect_encoding(raw)
    text = text_of(raw) if found.startswith("utf-8") else raw.decode(found)
    return json.loads(text, parse_constant=_refused)


def _refused(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
