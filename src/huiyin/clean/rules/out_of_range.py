"""An answer that the scale does not have."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.contracts import OUT_OF_SCALE_MARK


def _lacks(facts: Facts) -> Text | None:
    if facts.ratings or OUT_OF_SCALE_MARK in facts.typed.marks:
        return None
    return Text("没有评分题。", "There is no rating.")


def _find(facts: Facts) -> Any:
    if OUT_OF_SCALE_MARK not in facts.typed.marks:
        return None
    return facts.table[OUT_OF_SCALE_MARK]


RULE = Rule(
    id="out_of_range",
    version=1,
    title=Text("超出量表", "out of range"),
    explanation=Text(
        "有回答不在量表之内（如 0–10 分里的 11）：该题按缺失处理，其余照算。",
        "An answer lies outside its scale (an 11 on 0–10): it is missing, the rest counts.",
    ),
    source=Text(
        "量表上下限取自问卷定义或码本；de Leeuw, Hox & Dillman (2008), International Handbook "
        "of Survey Methodology，数据编辑一章。",
        "The scale comes from the survey's definition or the codebook; de Leeuw, Hox & Dillman "
        "(2008), International Handbook of Survey Methodology, on editing.",
    ),
    excludes=False,
    lacks=_lacks,
    find_rows=_find,
)
