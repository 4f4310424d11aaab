"""Which score stands for a questionnaire where there is room for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.contracts import Kind

HEADLINES: Mapping[Role, str] = {
    Role.NPS: "nps", Role.OVERALL: "satisfied", Role.CSAT: "satisfied", Role.CES: "easy",
}  # fmt: skip
"""The metric that stands for a score, the score that stands for all others first."""


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
    found: dict[Role, str] = {}
    for page in document.get("pages", ()):
        for question in page.get("questions", ()):
            role = _role(question)
            named = columns.get(question["id"])
            if role is not None and role in HEADLINES and named is not None:
                found.setdefault(role, named.partition("|")[0])
    return next(
        (f"{metric}:{found[role]}" for role, metric in HEADLINES.items() if role in found), None
    )


def _role(question: Mapping[str, Any]) -> Role | None:
    kind = question["kind"]
    if kind == Kind.CSAT:
        return Role(question.get("role", Role.OVERALL))
    return _ROLES.get(kind)


_ROLES = {Kind.NPS: Role.NPS, Kind.CES: Role.CES}
