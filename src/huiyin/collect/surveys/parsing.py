"""Reading a definition that anybody may have written: it is one, or one sentence says where not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from huiyin.collect.surveys.contracts import SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.core.text import Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEEPEST_DOCUMENT = 60
MOST_NODES = 400_000
_SENTENCE = Text("{place}{fault}。", "{place}{fault}.")
_NO_DOCUMENT = Text("这不是一份问卷定义。", "This is no definition of a questionnaire.")
_TOO_DEEP = Text("这份文件嵌套太深或太大，读不了。", "This file is nested too deeply or too large.")
_WHOLE = Text("问卷的设置：", "The questionnaire: ")
_PAGE = Text("第 {n} 页（{id}）：", "Page {n} ({id}): ")
_QUESTION = Text("第 {n} 页的题“{id}”：", "Question “{id}” on page {n}: ")
_QUOTA = Text("配额“{id}”：", "Quota “{id}”: ")
_CONDITION = Text("条件看不懂", "its condition cannot be read")
_FAULTS: Mapping[str, Text] = {
    "missing": Text("缺“{field}”", "“{field}” is missing"),
    "extra_forbidden": Text("不认识“{field}”", "“{field}” is unknown"),
    "union_tag_invalid": Text("没有这种题型", "there is no such kind of question"),
    "union_tag_not_found": Text("没写题型（kind）", "its kind is missing"),
    "literal_error": Text(
        "“{field}”的值不在允许的范围里", "“{field}” has a value that is not allowed"
    ),
    "too_long": Text("{field}太多，最多 {most} 个", "there are too many {field}, at most {most}"),
    "too_short": Text("“{field}”至少要有一项", "“{field}” needs at least one"),
    "string_too_long": Text("“{field}”太长", "“{field}” is too long"),
    "string_pattern_mismatch": Text(
        "“{field}”的写法不对", "“{field}” is not written as it must be"
    ),
    "recursion_loop": Text("嵌套太深", "it is nested too deeply"),
}
_MANY: Mapping[str, Text] = {
    "pages": Text("页", "pages"),
    "questions": Text("题", "questions"),
    "options": Text("选项", "options"),
    "rows": Text("行", "rows"),
    "languages": Text("语言", "languages"),
    "quotas": Text("配额", "quotas"),
    "title": Text("标题的语言", "languages of the title"),
}
_OTHER = Text("“{field}”的值不对", "“{field}” has a value that does not fit")
_OWN: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"there are two of (.+) “(.*)”$"), "“{1}”出现了两次"),
    (re.compile(r"“(.*)” is no language tag$"), "“{0}”不是语言代码"),
    (re.compile(r"words hold a sign that cannot be kept$"), "文字里有存不下的字符"),
    (re.compile(r"longer than (\d+) characters$"), "文字超过 {0} 字"),
    (re.compile(r"(\d+) levels need (\d+) words$"), "{0} 档量表要写 {1} 个词"),
    (re.compile(r"the minimum must be below the maximum$"), "最小值要小于最大值"),
    (re.compile(r"a jump goes to a page"), "一条跳转要么跳到某页，要么结束，二选一"),
    (re.compile(r"a jump of page (\S+) must go to a later page$"), "第“{0}”页的跳转只能往后跳"),
    (re.compile(r"more than (\d+) questions$"), "超过 {0} 道题"),
    (
        re.compile(r"the condition of (\S+) is nested deeper than (\d+)$"),
        "“{0}”的条件嵌套超过 {1} 层",
    ),
    (
        re.compile(r"the condition of (\S+) compares more than (\d+) times$"),
        "“{0}”的条件超过 {1} 个比较",
    ),
)
"""What `definition` raises in English, in Chinese."""
_CONDITIONS = frozenset({"show_if", "when", "where"})


def parse_definition(document: object) -> Definition:
    """Read a definition from what JSON or YAML gave.

    Parameters
    ----------
    document : object
        A mapping as `Definition.model_dump` writes it; whoever wrote it need not be trusted.

    Returns
    -------
    Definition

    Raises
    ------
    SurveyError
        One sentence that names the page or question.
    """
    if not isinstance(document, dict):
        raise SurveyError(_NO_DOCUMENT)
    _not_too_deep(document)
    try:
        return Definition.model_validate(document)
    except ValidationError as error:
        raise SurveyError(_sentence(document, error.errors(include_url=False)[0])) from error


def _not_too_deep(document: object) -> None:
    level: list[Any] = [document]
    nodes = 0
    for _ in range(DEEPEST_DOCUMENT):
        nodes += len(level)
        if nodes > MOST_NODES:
            break
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise SurveyError(_TOO_DEEP)


def _children(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return list(one) if isinstance(one, (list, tuple)) else []


def _sentence(document: Mapping[str, Any], fault: ErrorDetails) -> Text:
    return _SENTENCE.format(place=_place(document, fault["loc"]), fault=_fault(fault))


def _place(document: Mapping[str, Any], where: Sequence[int | str]) -> Text:
    match where:
        case ("pages", int(page), "questions", int(number), *_):
            asked = document["pages"][page]["questions"][number]
            return _QUESTION.format(n=page + 1, id=_id(asked, number))
        case ("pages", int(page), *_):
            return _PAGE.format(n=page + 1, id=_id(document["pages"][page], page))
        case ("quotas", int(number), *_):
            return _QUOTA.format(id=_id(document["quotas"][number], number))
        case _:
            return _WHOLE


def _id(part: Any, number: int) -> str:
    code = part.get("id") if isinstance(part, dict) else None
    return code[:60] if isinstance(code, str) else str(number + 1)


def _fault(fault: ErrorDetails) -> Text:
    where = fault["loc"]
    if _CONDITIONS & set(where):
        return _CONDITION
    if fault["type"] == "value_error":
        return _own(fault["msg"].removeprefix("Value error, "))
    field = next((str(one) for one in reversed(where) if isinstance(one, str)), "")
    if fault["type"] == "too_long":
        many, most = _MANY.get(field, Text.same(f"“{field[:60]}”")), fault["ctx"]["max_length"]
        return _FAULTS["too_long"].format(field=many, most=most)
    return _FAULTS.get(fault["type"], _OTHER).format(field=field[:60])


def _own(message: str) -> Text:
    for pattern, chinese in _OWN:
        found = pattern.search(message)
        if found:
            return Text(chinese.format(*found.groups()), message)
    return Text.same(message)
