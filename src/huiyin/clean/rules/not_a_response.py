"""A row that nobody answered: a total, a mean, a note under the table, the header again."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.contracts import NO_RESPONSE_MARK


def _lacks(facts: Facts) -> Text | None:  # noqa: ARG001 -- any table may end in totals
    return None


def _find(facts: Facts) -> Any:
    if NO_RESPONSE_MARK not in facts.typed.marks:
        return None
    return facts.table[NO_RESPONSE_MARK]


RULE = Rule(
    id="not_a_response",
    version=1,
    title=Text("不是答卷的行", "not a response"),
    explanation=Text(
        "表格里的“合计”“平均”行、表下的注释、中间又出现的表头：不是任何人的回答。"
        "看前三列的字样；“平均”“Total”这类词还要该行有与众不同的数才算。",
        "Rows of totals or means, notes under the table, a header that comes again: nobody's "
        "answer. The first three columns tell; words such as “average” count only where the row "
        "holds a number like no other.",
    ),
    source=Text(
        "AAPOR (2023), Standard Definitions：非样本记录。",
        "AAPOR (2023), Standard Definitions, on records outside the sample.",
    ),
    excludes=True,
    lacks=_lacks,
    find_rows=_find,
)
