"""What a report is for: picks the target, the drivers' columns and the order of the chapters."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.analyse.contracts import AnalysisError, Purpose
from huiyin.codebook.advice import rate_column
from huiyin.codebook.contracts import NUMBER_ROLES, RATING_ROLES, Codebook, Column, Role
from huiyin.codebook.cuts import NPS_LOWEST, NPS_MAXIMUM
from huiyin.core.text import Text

CHAPTERS: dict[Purpose, tuple[str, ...]] = {
    Purpose.GENERAL: (
        "scorecard", "trend", "aspects", "drivers", "groups", "linkage", "cross_tables",
        "actions", "questions", "verbatims", "ledger", "method",
    ),
    Purpose.REPURCHASE: (
        "scorecard", "linkage", "drivers", "actions", "groups", "aspects", "trend",
        "cross_tables", "verbatims", "questions", "ledger", "method",
    ),
    Purpose.CHURN: (
        "scorecard", "linkage", "groups", "drivers", "actions", "trend", "aspects",
        "verbatims", "cross_tables", "questions", "ledger", "method",
    ),
    Purpose.PROCESS: (
        "scorecard", "aspects", "drivers", "actions", "trend", "groups", "verbatims",
        "cross_tables", "linkage", "questions", "ledger", "method",
    ),
}  # fmt: skip
"""Order of the chapters."""

_TARGET_ROLES: dict[Purpose, tuple[Role, ...]] = {
    Purpose.GENERAL: (Role.OVERALL, Role.CSAT, Role.NPS, Role.INTENT, Role.CES),
    Purpose.REPURCHASE: (Role.INTENT, Role.NPS, Role.OVERALL, Role.CSAT, Role.CES),
    Purpose.CHURN: (Role.NPS, Role.OVERALL, Role.CSAT, Role.INTENT, Role.CES),
    Purpose.PROCESS: (Role.CES, Role.CSAT, Role.OVERALL, Role.NPS, Role.INTENT),
}
_NUMERIC_ROLES = RATING_ROLES | NUMBER_ROLES


def pick_target(codebook: Codebook, purpose: Purpose = Purpose.GENERAL) -> Column | None:
    """Give the column that the purpose is about.

    Parameters
    ----------
    codebook : Codebook
    purpose : Purpose

    Returns
    -------
    Column or None
        The first usable rating in the purpose's order of roles, else an outcome; None where the
        dataset has neither.
    """
    for role in _TARGET_ROLES[purpose]:
        found = codebook.first(role)
        if found is not None:
            return found
    return codebook.first(Role.OUTCOME)


def pick_drivers(codebook: Codebook, target: Column) -> tuple[Column, ...]:
    """Give the columns that may explain the target: the aspects, else other ratings of a part.

    Ratings of the whole (overall, NPS, intent) say the target once more and are never picked;
    a person may still name them.
    """
    for roles in ((Role.ASPECT,), (Role.CSAT, Role.CES)):
        found = tuple(c for c in codebook.with_role(*roles) if c.name != target.name)
        if found:
            return found
    return ()


def numeric_column(codebook: Codebook, name: str) -> Column:
    """Give the named column if it holds numbers.

    Raises
    ------
    UnknownColumnError
        There is no such column.
    AnalysisError
        It holds words, dates or contact data.
    """
    column = codebook[name]
    if column.role not in _NUMERIC_ROLES:
        raise AnalysisError(
            rate_column(Role.ASPECT)
            .within(
                Text(
                    "列“{name}”的角色是 {role}，不是评分或数值，不能这样分析。"
                    "如果它其实是评分，{how}。",
                    "Column “{name}” has the role {role}, which is no rating or number. If it is a "
                    "rating, {how}.",
                )
            )
            .format(name=name, role=column.role.value)
        )
    return column


def headline_metric(column: Column) -> str:
    """Give the metric that sums a column up.

    NPS on 0–10, else the 0–100 score; the share of events of an outcome, the mean of a number.
    """
    if column.events:
        return f"share:{column.name}=1"
    if column.scale is None:
        return f"mean:{column.name}"
    if column.role is Role.NPS and is_standard_nps(column):
        return f"nps:{column.name}"
    return f"score:{column.name}"


def is_standard_nps(column: Column) -> bool:
    """Tell whether a column is asked on 0–10."""
    scale = column.scale
    return scale is not None and scale.minimum == 0 and scale.maximum == NPS_MAXIMUM


def _is_odd_nps(column: Column) -> bool:
    """Tell whether a column is asked on 1–10: an NPS that is named non-standard."""
    scale = column.scale
    return scale is not None and (scale.minimum, scale.maximum) == (NPS_LOWEST[1], NPS_MAXIMUM)


def scorecard_metrics(codebook: Codebook, target: Column | None = None) -> tuple[str, ...]:
    """List the headline metrics a dataset can give, those of the target first."""
    metrics = dict.fromkeys(_scorecard(codebook))
    if target is None:
        return tuple(metrics)
    own = [m for m in metrics if m.partition(":")[2] == target.name] or [headline_metric(target)]
    return tuple(dict.fromkeys((*own, *metrics)))


def _scorecard(codebook: Codebook) -> Iterable[str]:
    for column in codebook.with_role(Role.NPS):
        if is_standard_nps(column) or _is_odd_nps(column):
            yield f"nps:{column.name}"
        if not is_standard_nps(column):
            yield f"score:{column.name}"
    for column in codebook.with_role(Role.OVERALL, Role.CSAT):
        yield f"score:{column.name}"
        yield f"satisfied:{column.name}"
    for column in codebook.with_role(Role.CES):
        yield f"ces:{column.name}"
        yield f"easy:{column.name}"
    for column in codebook.with_role(Role.INTENT):
        yield f"intent:{column.name}"
