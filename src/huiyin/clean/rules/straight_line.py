"""The same answer all the way down."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Column
from huiyin.core.text import Text
from huiyin.engine.columns import all_of, any_of
from huiyin.engine.startup import import_ibis

MIN_MATRIX_ITEMS = 5
"""Items of a matrix below which equal answers are ordinary."""
MIN_RUN = 10
"""Equal answers in a row outside matrices; and at least half of the ratings (Curran 2016)."""


def _lacks(facts: Facts) -> Text | None:
    if _matrices(facts) or len(facts.ratings) >= MIN_RUN:
        return None
    return Text(
        "没有 {items} 项以上的矩阵题，评分题也不足 {run} 道。",
        "There is no matrix of {items} or more items and fewer than {run} ratings.",
    ).format(items=MIN_MATRIX_ITEMS, run=MIN_RUN)


def _matrices(facts: Facts) -> list[list[Column]]:
    groups: dict[str, list[Column]] = {}
    for column in facts.ratings:
        if column.group:
            groups.setdefault(column.group, []).append(column)
    return [items for items in groups.values() if len(items) >= MIN_MATRIX_ITEMS]


def _find(facts: Facts) -> Any:
    found = [_all_equal(facts, items) for items in _matrices(facts)]
    if len(facts.ratings) >= MIN_RUN:
        found.append(_long_run(facts))
    return any_of(found)


def _all_equal(facts: Facts, items: list[Column]) -> Any:
    ibis = import_ibis()
    columns = [facts.table[item.name] for item in items]
    equal = ibis.least(*columns) == ibis.greatest(*columns)
    return all_of([*(column.notnull() for column in columns), equal])


def _long_run(facts: Facts) -> Any:
    columns = [facts.table[column.name] for column in facts.ratings]
    length = max(MIN_RUN, math.ceil(len(columns) / 2))
    equal = [
        (one == other).fill_null(False).ifelse("1", "0")  # noqa: FBT003
        for one, other in pairwise(columns)
    ]
    found = _in_one_word(equal).contains("1" * (length - 1))
    return _may_run(columns, length).ifelse(found, False)  # noqa: FBT003


def _may_run(columns: list[Any], length: int) -> Any:
    """Tell by three columns or three others whether there can be a run of at least half of all.

    It begins in the first or in the second half of the places where it can begin. All those of
    the first half share a stretch of columns, and so do all those of the second.
    """
    last_start = len(columns) - length
    half = last_start // 2
    stretches = [(half, length - 1)]
    if half < last_start:
        stretches.append((last_start, half + length))
    return any_of([
        all_of([columns[a] == columns[(a + b) // 2], columns[a] == columns[b]])
        for a, b in stretches
    ])  # fmt: skip


def _in_one_word(signs: list[Any]) -> Any:
    """Write the signs of a row one after the other; a chain of hundreds is too deep to compile."""
    parts = [signs[i : i + _CHAINED] for i in range(0, len(signs), _CHAINED)]
    words = [first.concat(*rest) if rest else first for first, *rest in parts]
    return import_ibis().array(words).join("") if len(words) > 1 else words[0]


_CHAINED = 100


RULE = Rule(
    id="straight_line",
    version=2,
    title=Text("一路同分", "straight-lining"),
    explanation=Text(
        "矩阵题每一项都选同一档，或连续很多题同一分：可能没有逐题判断，也可能真的都满意。只提示，照常计入。",
        "Every item of a matrix, or a long run of ratings, has the same answer: perhaps not judged "
        "one by one, perhaps truly content. A warning only.",
    ),
    source=Text(
        "Johnson (2005), J. Research in Personality 39(1)：最长同答串；Curran (2016), "
        "J. Experimental Social Psychology 66：以题数的一半为界。",
        "Johnson (2005), J. Research in Personality 39(1): long string; Curran (2016), "
        "J. Experimental Social Psychology 66: half the items as the cut.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
    parameters={"min_matrix_items": MIN_MATRIX_ITEMS, "min_run": MIN_RUN},
)
