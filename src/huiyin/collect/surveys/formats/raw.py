"""Bytes of a file as text, whatever encoding it was written in."""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Any, NoReturn

_ENCODINGS = ("utf-8-sig", "gb18030")


def text_of(raw: bytes) -> str:
    """Read bytes as text: UTF-16 where they say so, UTF-8, else GB 18030.

    Raises
    ------
    ValueError
        They are no text.
    """
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return raw.decode("utf-16")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("no text")


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
