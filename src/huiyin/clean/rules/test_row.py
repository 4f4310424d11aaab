"""A row that somebody made to try the survey out."""

from __future__ import annotations

import re
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.engine.columns import any_column, any_of

LONGEST = 30
"""Characters above which a text is a sentence, whatever words it contains."""
TEST_TEXT = (
    r"^(?:(?:这(?:只)?是)?(?:一个|一条|一份)?(?:测试|測試|测一下|试一下)"
    r"(?:一下|数据|答卷|问卷|用户|账号|用|员)?|"
    r"(?:this is )?(?:a |just )?(?:test(?:ing)?|testtest)(?: ?(?:data|user|response|survey|only))?|"
    r"qwer(?:ty?|tyui\w*)?|asdf(?:gh?j?k?l?)?|zxcv(?:bn?m?)?)"
    r"(?:[\s\d_.,，。!！?？~～-]*(?:测试|test)?)*$"
)
"""The whole text is a test, not a sentence in which the word stands."""
_FIRST_SIGNS = "tTqQaAzZjJ这一测測试"
"""What such a text begins with: a quick look before the pattern."""
_REAL_WORD_COLUMNS = re.compile(
    r"职业|岗位|职位|部门|行业|工作|专业|产品|"
    r"job|occupation|department|industry|title|profession|product",
    re.IGNORECASE,
)
_FLAG_COLUMNS = re.compile(
    r"^(?:status|response ?type|distribution ?channel|mode|答卷状态|数据状态|preview|is_?test)$",
    re.IGNORECASE,
)
TEST_FLAGS = (
    "survey preview", "preview", "survey test", "test", "spam", "预览", "测试", "测试数据",
)  # fmt: skip


def _texts(facts: Facts) -> list[str]:
    names = facts.names(Role.TEXT, Role.CUSTOMER, Role.CONTACT)
    return [name for name in names if not _REAL_WORD_COLUMNS.search(name)]


def _status_columns(facts: Facts) -> list[str]:
    names = facts.names(Role.META, Role.STATUS, Role.CHANNEL, Role.DIMENSION)
    return [name for name in names if _FLAG_COLUMNS.search(name.strip())]


def _lacks(facts: Facts) -> Text | None:
    if _texts(facts) or _status_columns(facts):
        return None
    return Text("没有文字题，也没有预览标记列。", "There is no text and no preview flag.")


def _find(facts: Facts) -> Any:
    asked = ((_texts(facts), is_test_text), (_status_columns(facts), _is_marked))
    found = [any_column([facts.table[n] for n in names], meets) for names, meets in asked if names]
    return any_of(found)


def _is_marked(status: Any) -> Any:
    return status.lower().isin(TEST_FLAGS)


def is_test_text(words: Any) -> Any:
    """Tell whether a text column holds nothing but a test."""
    begins = any_of([words.startswith(sign) for sign in _FIRST_SIGNS])
    found = (words.length() <= LONGEST) & words.lower().re_search(TEST_TEXT)
    looked_at = begins.ifelse(found, False)  # noqa: FBT003
    return (words >= min(_FIRST_SIGNS)).ifelse(looked_at, False)  # noqa: FBT003 -- no number is


RULE = Rule(
    id="test_row",
    version=1,
    title=Text("测试数据", "test row"),
    explanation=Text(
        "整段文字只有“测试”“test”“qwer”之类，或状态为预览、测试。句子里提到“测试”的不算。",
        "A text is nothing but “test”, “测试”, “qwer”…, or the status says preview or test. "
        "A sentence that mentions a test does not count.",
    ),
    source=Text(
        "AAPOR (2023), Standard Definitions：非样本记录；Qualtrics 文档的 Response Type 列。",
        "AAPOR (2023), Standard Definitions, on cases outside the sample; Qualtrics documentation, "
        "column Response Type.",
    ),
    excludes=True,
    lacks=_lacks,
    find_rows=_find,
    parameters={"longest": LONGEST},
)
