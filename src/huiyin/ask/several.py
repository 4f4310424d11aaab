"""Several questions in one: which are they. One is answered at a time, and none is passed over."""

from __future__ import annotations

import re

ENDS = re.compile(r"[?？]+")
ASKS = re.compile(
    r"为什么|为啥|怎么|什么|啥|哪|谁|多少|几|\b(?:why|what|who|which|how|where)\b", re.IGNORECASE
)
TAKES_UP = re.compile(r"呢\s*$")
"""华东NPS多少？华南呢？ asks the same of another group."""


def questions_in(text: str) -> list[str]:
    """List the questions that a text puts one after the other, each by its question mark.

    Examples
    --------
    >>> questions_in("哪五家门店最差？为什么？客户怎么说？")
    ['哪五家门店最差', '为什么', '客户怎么说']
    >>> questions_in("在吗？华东NPS多少？华南呢？")
    ['华东NPS多少']
    """
    parts = (part.strip() for part in ENDS.split(text))
    return [part for part in parts if ASKS.search(part) and not TAKES_UP.search(part)]
