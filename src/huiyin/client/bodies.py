"""What is sent as JSON: values as scripts and frames hold them become what JSON knows."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

_NO_JSON = Text(
    "“{value}”（{kind}）发不了：请换成文字、数、日期或空值。",
    "“{value}” ({kind}) cannot be sent: give text, a number, a day or nothing.",
)
_LONGEST_SAID = 60


class NoJsonError(BadInputError):
    """A value is nothing that can be sent."""

    def __init__(self, value: object) -> None:
        said = str(value)[:_LONGEST_SAID]
        super().__init__(_NO_JSON.format(value=said, kind=type(value).__name__))


def json_body(sent: Mapping[str, Any]) -> bytes:
    """Write a body as JSON.

    Parameters
    ----------
    sent : mapping
        Days and times are written by ISO 8601, numbers of numpy as numbers; NaN and what frames
        hold where nothing is (``NaT``, ``<NA>``) are null: a missing value stays missing.

    Raises
    ------
    NoJsonError
        A value is nothing of this, or infinite.

    Examples
    --------
    >>> json_body({"since": date(2025, 5, 1), "rows": [{"nps": float("nan")}]})
    b'{"since": "2025-05-01", "rows": [{"nps": null}]}'
    """
    return json.dumps(_plain(sent), ensure_ascii=False, allow_nan=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, (bool, str, int)):
        return value
    return _scalar(value)


def _scalar(value: Any) -> Any:
    kind = type(value).__name__
    if kind == "NAType" or (kind != "ndarray" and value != value):  # noqa: PLR0124 -- NaN, NaT
        return None
    if isinstance(value, date):
        return value.isoformat()
    if kind == "datetime64":
        return str(value)
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if hasattr(value, "tolist"):  # of numpy: one number, or many
        return _plain(value.tolist())
    raise NoJsonError(value)
