"""What is wrong with a field that was sent, as one sentence: its place and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.core.errors import SaidError
from huiyin.core.text import EN, ZH, Text

MOST_SAID = 5
_WHY = Text("{field}（{why}）", "{field} ({why})")
_MORE = Text("还有 {n} 处", "{n} more")
_LIST = Text("要是列表", "a list")
_DATE = Text("要是日期，如 2026-05-01", "a date such as 2026-05-01")
_REASONS: dict[str, Text] = {
    "missing": Text("没有给", "missing"),
    "extra_forbidden": Text("没有这一项", "there is no such field"),
    "string_too_long": Text("最多 {max_length} 个字", "at most {max_length} characters"),
    "string_too_short": Text("至少 {min_length} 个字", "at least {min_length} characters"),
    "too_long": Text("最多 {max_length} 项", "at most {max_length} items"),
    "too_short": Text("至少 {min_length} 项", "{min_length} or more items"),
    "greater_than": Text("要大于 {gt}", "above {gt}"),
    "greater_than_equal": Text("最小 {ge}", "{ge} at least"),
    "less_than": Text("要小于 {lt}", "below {lt}"),
    "less_than_equal": Text("最大 {le}", "{le} at most"),
    "finite_number": Text("要是有限的数", "a finite number"),
    "literal_error": Text("只能是 {expected}", "one of {expected}"),
    "enum": Text("只能是 {expected}", "one of {expected}"),
    "string_pattern_mismatch": Text("写法不对", "not written as it should be"),
    "json_invalid": Text("不是 JSON", "no JSON"),
    "string_type": Text("要是文字", "a text"),
    "list_type": _LIST,
    "bool_type": Text("只能是 true 或 false", "true or false"),
    "bool_parsing": Text("只能是 true 或 false", "true or false"),
    "int_type": Text("要是整数", "a whole number"),
    "int_parsing": Text("要是整数", "a whole number"),
    "int_from_float": Text("要是整数", "a whole number"),
    "float_type": Text("要是数", "a number"),
    "float_parsing": Text("要是数", "a number"),
    "tuple_type": _LIST,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "union_tag_invalid": Text(
        "{discriminator} 只能是 {expected_tags}", "its {discriminator} is one of {expected_tags}"
    ),
    "union_tag_not_found": Text("没有给 {discriminator}", "{discriminator} is missing"),
    "dict_type": Text("要是对象", "an object"),
    "model_type": Text("要是对象", "an object"),
    "model_attributes_type": Text("要是对象", "an object"),
}
"""Kinds of faults of pydantic, each with the words of its context; of others the field is named."""


def named_fields(faults: Iterable[Mapping[str, Any]]) -> Text:
    """Name the fields that are wrong, each with the reason where it can be said.

    Parameters
    ----------
    faults : iterable of mapping
        As ``ValidationError.errors()`` of pydantic gives them; what was sent is not repeated.

    Examples
    --------
    >>> fault = {"loc": ("body", "name"), "type": "missing", "ctx": {}}
    >>> named_fields([fault]).say("en")
    'body.name (missing)'
    """
    said = list(dict.fromkeys(_named(fault) for fault in faults))
    more = [_MORE.format(n=len(said) - MOST_SAID)] if len(said) > MOST_SAID else []
    shown = [*said[:MOST_SAID], *more]
    return Text(
        zh="、".join(one.say(ZH) for one in shown), en=", ".join(one.say(EN) for one in shown)
    )


def _named(fault: Mapping[str, Any]) -> Text:
    field = ".".join(str(part)[:80] for part in fault["loc"])
    facts = fault.get("ctx", {})
    own = facts.get("error")
    why = own.sentence if isinstance(own, SaidError) else _REASONS.get(fault["type"])
    if why is None:
        return Text.same(field)
    return _WHY.format(field=field, why=why if isinstance(own, SaidError) else why.format(**facts))
