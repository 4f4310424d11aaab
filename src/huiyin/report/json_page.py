"""The report as JSON: the same content as the HTML page, for pages that draw it themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from huiyin.analyse.contracts import Findings
from huiyin.report.content import content
from huiyin.report.palette import DARK


def page_json(findings: Findings, language: str) -> dict[str, Any]:
    """Set the findings as plain JSON: cover, conclusions, chapters of blocks, in words.

    Parameters
    ----------
    findings : Findings
    language : str
        A language tag.

    Returns
    -------
    dict
        `Content` field by field; a block tells what it is by ``kind``, a chart is its ECharts
        option. ``dark`` gives what each light colour becomes on dark paper. No NaN; what cannot
        be given is a dash and the reason already.
    """
    page = _plain(content(findings, language))
    return {**page, "dark": DARK}


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
