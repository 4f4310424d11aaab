"""A row without a single answer."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.columns import all_of


def _lacks(facts: Facts) -> Text | None:
    return None if facts.answers else Text("没有可回答的题目。", "There are no questions.")


def _find(facts: Facts) -> Any:
    if any(facts.n_answered[name] == facts.n_rows for name in facts.answers):
        return None
    return all_of([facts.table[name].isnull() for name in facts.answers])


RULE = Rule(
    id="empty_row",
    version=1,
    title=Text("空答卷", "empty row"),
    explanation=Text(
        "评分、选择、文字一题未答。它不进入任何一题的计算。",
        "No rating, choice or text at all. It enters no number anyway.",
    ),
    source=Text(
        "AAPOR (2023), Standard Definitions：整份无回答。",
        "AAPOR (2023), Standard Definitions: unit nonresponse.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
)
