"""Started and not finished."""

from __future__ import annotations

import re
from operator import add
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import RATING_ROLES, Role
from huiyin.core.text import Text
from huiyin.engine.columns import any_of, joined

MIN_CORE_SHARE = 0.8
"""A question that this share of the rows answered is one that everybody is asked."""
MIN_CORE_QUESTIONS = 4
COMPLETE_SHARE = 0.5
"""Of the questions everybody is asked: fewer answered than this is a break-off (AAPOR: 50–80 %
is a partial, under 50 % a break-off)."""
_FINISHED_NAME = re.compile(
    r"^(?:finished|completed?|is_?complete|完成|已完成|是否完成|完成状态|答题状态|填写状态)$",
    re.IGNORECASE,
)
_UNFINISHED = (
    "0", "0.0", "false", "no", "n", "否", "未完成", "incomplete", "partial", "部分完成", "未提交",
    "in progress",
)  # fmt: skip
ALL = 100
"""Progress in per cent of a finished response."""
_PROGRESS_NAME = re.compile(
    r"^(?:progress|进度|完成度|完成进度)(?: ?[(（]?%[)）]?)?$", re.IGNORECASE
)
_SUBMIT_NAME = re.compile(r"^(?:submitdate|date submitted)\b", re.IGNORECASE)
_KNOWN_OF_A_ROW = (
    Role.META, Role.STATUS, Role.DIMENSION, Role.OUTCOME, Role.TIME, Role.AMOUNT, Role.DURATION,
)  # fmt: skip


def _named(facts: Facts, name: re.Pattern[str]) -> list[str]:
    return [n for n in facts.names(*_KNOWN_OF_A_ROW) if name.search(n.strip())]


def _core(facts: Facts) -> list[str]:
    asked = facts.names(*RATING_ROLES, Role.CHOICE_SET)
    return [n for n in asked if facts.n_answered[n] >= MIN_CORE_SHARE * facts.n_rows]


def _lacks(facts: Facts) -> Text | None:
    known = (_FINISHED_NAME, _PROGRESS_NAME, _SUBMIT_NAME)
    if any(_named(facts, name) for name in known) or len(_core(facts)) >= MIN_CORE_QUESTIONS:
        return None
    return Text(
        "没有完成状态列，人人必答的题也不足 {n} 道。",
        "There is no status of completion and fewer than {n} questions that everybody is asked.",
    ).format(n=MIN_CORE_QUESTIONS)


def _find(facts: Facts) -> Any:
    table = facts.table
    said = [
        table[n].cast("string").lower().isin(_UNFINISHED) for n in _named(facts, _FINISHED_NAME)
    ]
    progress = [table[n].cast("string").try_cast("float64") for n in _named(facts, _PROGRESS_NAME)]
    said += [share < ALL for share in progress]
    said += [table[n].isnull() for n in _named(facts, _SUBMIT_NAME)]
    core = _core(facts)
    if not said and _everybody_answered_enough(facts, core):
        return None
    if not said and len(core) >= MIN_CORE_QUESTIONS:
        n_answered = joined(add, [table[n].notnull().cast("int64") for n in core])
        said = [(n_answered > 0) & (n_answered < COMPLETE_SHARE * len(core))]
    return any_of([found.fill_null(False) for found in said])  # noqa: FBT003


def _everybody_answered_enough(facts: Facts, core: list[str]) -> bool:
    answered = sum(facts.n_answered[name] == facts.n_rows for name in core)
    return answered >= COMPLETE_SHARE * len(core)


RULE = Rule(
    id="half_finished",
    version=1,
    title=Text("未答完", "half-finished"),
    explanation=Text(
        "状态为未完成，或人人必答的题答了不到一半。已答的题照常计算。只提示，照常计入。",
        "The status says unfinished, or fewer than half of the questions that everybody is asked "
        "are answered. What was answered counts. A warning only.",
    ),
    source=Text(
        "AAPOR (2023), Standard Definitions：完成、部分完成与中途退出。",
        "AAPOR (2023), Standard Definitions: complete, partial, break-off.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
    parameters={
        "min_core_share": MIN_CORE_SHARE,
        "min_core_questions": MIN_CORE_QUESTIONS,
        "complete_share": COMPLETE_SHARE,
    },
)
