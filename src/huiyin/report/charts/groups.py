"""Groups of one dimension against the rest: a dot with whiskers each, best first."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from huiyin.analyse.contracts import GroupDifferences
from huiyin.measure.contracts import Cell
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short
from huiyin.report.charts.rows import Look, Row, rows_height, rows_option
from huiyin.report.charts.scorecard import NOTHING_LOWER, cell_row
from huiyin.report.words import word

MAXIMUM_ROWS = 24
MAXIMUM_NAMES = 3


def group_name(cell: Cell, language: str) -> str:
    """Give the group's value, joined where several columns make it."""
    unknown = word("unknown", language)
    return " · ".join(unknown if v is None else v for v in cell.by.values())


def groups_chart(
    groups: GroupDifferences, language: str, lower_is_better: AbstractSet[str] = NOTHING_LOWER
) -> Chart | None:
    """Draw the groups; of many, the best and the worst, and say how many are between."""
    cells = groups.cells
    if not any(cell.estimate is not None for cell in cells):
        return None
    rows = [cell_row(c, group_name(c, language), language, lower_is_better) for c in cells]
    rows = _folded(rows, language)
    return Chart(
        "groups",
        word(
            "groups.title",
            language,
            metric=cells[0].label.say(language),
            dimension=groups.label.say(language),
        ),
        groups_caption(groups, language),
        rows_option(rows, Look(groups.unit), language),
        rows_height(len(rows)),
    )


def groups_caption(groups: GroupDifferences, language: str) -> str:
    """Name the groups that really differ."""
    dimension = groups.label.say(language)
    parts = [
        word(key, language, which=_names(names, language))
        for key, names in (("caption.best", groups.best), ("caption.worst", groups.worst))
        if names
    ]
    if not parts:
        return word("caption.groups_none", language, dimension=dimension)
    joined = word("caption.and", language).join(parts)
    return word("caption.groups", language, dimension=dimension, parts=joined)


def _names(names: Sequence[str], language: str) -> str:
    shown = word("list", language).join(short(name) for name in names[:MAXIMUM_NAMES])
    if len(names) <= MAXIMUM_NAMES:
        return shown
    return shown + word("caption.etc", language, n=len(names))


def _folded(rows: list[Row], language: str) -> list[Row]:
    if len(rows) <= MAXIMUM_ROWS:
        return rows
    half = MAXIMUM_ROWS // 2
    between = word("folded", language, n=len(rows) - 2 * half)
    return [*rows[:half], Row("…", None, None, None, between), *rows[-half:]]
