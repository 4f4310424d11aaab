"""How the rows were drawn and weighted, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.core.text import LANGUAGES, Text, listed

_NAMES: Mapping[str, Text] = {
    "column": Text("权重列", "weight column"),
    "margins": Text("按总体构成校正", "raked to"),
    "design_effect": Text("设计效应", "design effect"),
    "cluster": Text("抽样单位", "cluster"),
    "strata": Text("分层", "strata"),
    "answers_per_customer": Text("每位客户答卷数", "answers a customer"),
    "degrees_of_freedom": Text("自由度", "degrees of freedom"),
    "n_psu": Text("抽样单位数", "clusters"),
    "rounds": Text("校正轮数", "rounds"),
}
_BETWEEN = {"zh-CN": "；", "en": "; "}


def design_words(facts: Mapping[str, Any]) -> Text:
    """Say the facts of a weighting or a design, without those that are not there."""
    known = [(name, value) for name, value in facts.items() if value not in (None, [])]
    return Text.of(
        {
            tag: _BETWEEN[tag].join(
                f"{_NAMES.get(name, Text.same(name)).say(tag)} {_fact(value).say(tag)}"
                for name, value in known
            )
            for tag in LANGUAGES
        }
    )


def _fact(value: object) -> Text:
    if isinstance(value, float):
        return Text.same(f"{value:,.3g}")
    if isinstance(value, list | tuple):
        return listed(_fact(item) for item in value)
    if isinstance(value, Mapping):
        return listed(
            Text("{k} {v}", "{k} {v}").format(k=key, v=_fact(item)) for key, item in value.items()
        )
    return Text.same(str(value))
