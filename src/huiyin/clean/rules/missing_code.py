"""A code that means “no answer”."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.contracts import MISSING_CODE_MARK


def _lacks(facts: Facts) -> Text | None:
    if any(c.missing_codes or (c.scale and c.scale.missing_codes) for c in facts.codebook):
        return None
    return Text("码本里没有缺失代码。", "The codebook names no missing codes.")


def _find(facts: Facts) -> Any:
    if MISSING_CODE_MARK not in facts.typed.marks:
        return None
    return facts.table[MISSING_CODE_MARK]


RULE = Rule(
    id="missing_code",
    version=1,
    title=Text("缺失代码", "missing code"),
    explanation=Text(
        "有回答是“不适用”“99”这类代码：该题按缺失处理，不当作分数。",
        "An answer is a code such as “not applicable” or 99: it is missing, not a score.",
    ),
    source=Text(
        "AAPOR (2023), Standard Definitions：题目无回答。",
        "AAPOR (2023), Standard Definitions: item nonresponse.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
)
