"""Which score stands for a questionnaire where there is room for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.contracts import Kind

_ALONE = "nps"


def main_measure(document: Mapping[str, Any], columns: Mapping[str, str]) -> str | None:
    """Name the measure of the main question, in the words of ``huiyin query``.

    Parameters
    ----------
    document : mapping
        A version as it is kept.
    columns : mapping
        Question id → ``column|signature`` (`columns.name_columns`).

    Returns
    -------
    str or None
        Recommendation before overall satisfaction before other satisfaction before effort;
        None where nothing of the kind is asked.
    """
    found: dict[str, str] = {}
    for page in document.get("pages", ()):
        for question in page.get("questions", ()):
            word = _word(question)
            named = columns.get(question["id"])
            if word is not None and named is not None:
                found.setdefault(word, named.partition("|")[0])
    for word, metric in _ORDER.items():
        if word in found:
            return f"{metric}:{found[word]}"
    return None


_ORDER = {_ALONE: "nps", "overall": "satisfied", "csat": "satisfied", "ces": "easy"}


def _word(question: Mapping[str, Any]) -> str | None:
    kind = question["kind"]
    if kind == Kind.CSAT:
        role = question.get("role", Role.OVERALL)
        return str(role) if role in {Role.OVERALL, Role.CSAT} else None
    return str(kind) if kind in {Kind.NPS, Kind.CES} else None
