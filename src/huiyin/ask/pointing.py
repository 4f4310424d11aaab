"""那里的客户怎么说, 它们差在哪: the groups that an answer showed are named in the next question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.ask.contracts import Answerable, Asked, Kind
from huiyin.ask.spelling import LONGEST_QUESTION

MOST_GROUPS = 10
"""More than that many groups are not meant by one word."""
_GROUP = r"(?:个|家|间)?(?:门店|店铺|分店|店|组|地方|部门|网点|渠道|城市|大区|地区|省份?)"
_POINTS = re.compile(
    rf"(?:这|那)(?:些|几|[两二三四五六七八九十\d]+){_GROUP}|它们|他们|她们|那里|那儿|那边|这里|这边"
    r"|\b(?:these|those)(?: (?:\d+|two|three|four|five|ten))? "
    r"(?:shops|stores|groups|places|regions|teams|branches|cities)\b"
    r"|\bthere\b|\bthem\b|\bthey\b"
)
_POINTS_AT_ONE = re.compile(rf"(?:这|那)(?:一?(?:个|家|间))?{_GROUP}(?!员|长)")
"""那个组: the one group that the answer shows; of several it is not said which."""
_SAID = re.compile(
    r"怎么说|说了?(?:些|点)?什么|说啥|讲|提到|原话|评[价论]|反馈|意见|吐槽|槽点|[抱埋]怨|嫌|不满|骂|数落|夸|表扬"
    r"|\b(?:say(?:ing)?|said|comments?|voices|complain(?:ts?|ing)?|moan(?:ing)?|gripes?|grumble"
    r"|unhappy|dislike|hate|prais(?:e|ing)|mention(?:ing)?|tell us|telling us|feedback)\b"
)
_WHY = re.compile(
    r"为什么|为啥|为何|[差好强弱]在哪|差别在哪|哪[里儿][差好强弱]|问题在哪|原因"
    r"|\bwhy\b|\bwhat is wrong\b|\bfall short\b"
)
_ALONE = re.compile(r"\s*(?:那)?(?:为什么|为啥|为何|why)(?:呢|差|这么差|那么差)?\s*[?？。.!！]*\s*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def names_groups(asked: Asked | None) -> bool:
    """Tell whether the answer to a question shows groups that the next may point at."""
    return (
        isinstance(asked, Answerable)
        and asked.kind in {Kind.RANKING, Kind.THRESHOLD}
        and len(asked.query.by) == 1
    )


def points_back(question: str) -> bool:
    """Tell whether a question after such an answer is about the groups shown there."""
    words = question.lower()
    if _ALONE.fullmatch(words):
        return True
    pointed = _POINTS.search(words) is not None or _POINTS_AT_ONE.search(words) is not None
    return pointed and (_SAID.search(words) is not None or _WHY.search(words) is not None)


def groups_shown(column: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the groups of a ranking, or those past a bound, as an answer in JSON shows them.

    Parameters
    ----------
    column : str
        What was grouped by.
    found : mapping
        As `huiyin.ask.present.answer_json` writes it.
    """
    places = found.get("ranking", {}).get("places", ())
    shown = [place["by"] for place in places] or found.get("bounded", {}).get("real", ())
    return tuple(str(by[column]) for by in shown)


def with_names(question: str, groups: Sequence[str]) -> str:
    """Say a question that points back with the names of the groups in it.

    Why they are worse is asked as what they are rated by, against the rest: a change in time is
    not what is meant.

    Returns
    -------
    str
        The question as it was where there are no groups, or too many to name.
    """
    one = not _POINTS.search(question.lower()) and not _ALONE.fullmatch(question.lower())
    if not 0 < len(groups) <= (1 if one else MOST_GROUPS):
        return question
    chinese = _CHINESE.search(question) is not None
    names = ("、" if chinese else ", ").join(groups)
    if _SAID.search(question.lower()):
        said = f"{names}的客户怎么说" if chinese else f"what do customers say in {names}"
    elif chinese:
        said = f"{names}的各方面得分和其余的比"
    else:
        said = f"all aspects of {names} compared with the rest"
    return said if len(said) <= LONGEST_QUESTION else question
