"""Answered much faster than the others."""

from __future__ import annotations

import re
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text

FASTER_THAN_MEDIAN = 2.0
"""Relative speed (median ÷ own time) from which a response is conspicuous: Leiner (2019) places
the cut at 2.0; Greszki et al. (2015) try 30, 40 and 50 % below the median."""
MIN_DURATIONS = 20
"""Durations below which a median says little."""
_ANSWERING = re.compile(
    r"答题|作答|填写|填答|答卷|问卷|^(?:所用|总)?(?:用时|时长|耗时|时间)|所用时间|"
    r"^(?:total )?(?:duration|seconds|elapsed)(?: time)?(?: ?\(?(?:in )?(?:sec|min)\w*\)?)?$|"
    r"^duration ?\(|interview[\W_]?time|total[\W_]?time|"
    r"time[\W_]?(?:taken|spent|to[\W_](?:complete|answer|finish))|"
    r"(?:survey|completion|answering|questionnaire)[\W_]?(?:duration|time|seconds|minutes)|"
    r"response[\W_]?(?:duration|seconds)|(?:seconds|minutes)[\W_]?taken",
    re.IGNORECASE,
)
"""Names of the time that answering took; calls, delays and tenure are stretches of time as well."""


def _lacks(facts: Facts) -> Text | None:
    if not _columns(facts):
        return Text("没有答题用时列。", "There is no column with the time taken.")
    if _median(facts)[1] is None:
        return Text(
            "有用时的答卷不足 {n} 份。", "Fewer than {n} responses carry a time taken."
        ).format(n=MIN_DURATIONS)
    return None


def _columns(facts: Facts) -> list[str]:
    if not facts.answers:
        return []
    durations = facts.columns(Role.DURATION)
    return [c.name for c in durations if _ANSWERING.search(c.name)]


def _median(facts: Facts) -> tuple[str, float | None]:
    return facts.once("median of the time taken", lambda: _find_median(facts))


def _find_median(facts: Facts) -> tuple[str, float | None]:
    """Give the column of the whole time taken (the longest) and its median over real durations."""
    table = facts.table
    asked: dict[str, Any] = {}
    for i, name in enumerate(_columns(facts)):
        real = table[name] > 0
        asked |= {f"m{i}": table[name].median(where=real), f"n{i}": real.sum()}
    found = facts.engine.run(table.agg(**asked)).to_pylist()[0]
    best: tuple[str, float | None] = ("", None)
    for i, name in enumerate(_columns(facts)):
        median = found[f"m{i}"]
        if (found[f"n{i}"] or 0) >= MIN_DURATIONS and (best[1] is None or median > best[1]):
            best = (name, float(median))
    return best


def _find(facts: Facts) -> Any:
    name, median = _median(facts)
    duration = facts.table[name]
    return (duration > 0) & (duration * FASTER_THAN_MEDIAN < median)


RULE = Rule(
    id="speeder",
    version=1,
    title=Text("作答过快", "speeder"),
    explanation=Text(
        "用时不到全体中位数的一半：可能没有读题。只提示，照常计入。",
        "Took less than half the median time: the questions may not have been read. "
        "A warning only.",
    ),
    source=Text(
        "Leiner (2019), Survey Research Methods 13(3)：相对速度指数；"
        "Greszki, Meyer & Schoen (2015), Public Opinion Quarterly 79(2)。",
        "Leiner (2019), Survey Research Methods 13(3): relative speed index; "
        "Greszki, Meyer & Schoen (2015), Public Opinion Quarterly 79(2).",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
    parameters={"faster_than_median": FASTER_THAN_MEDIAN, "min_durations": MIN_DURATIONS},
)
