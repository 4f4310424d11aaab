"""The same respondent or device again."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.repeats import later_repeats
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text

REPEATED_BY_DESIGN = 1.3
"""Mean answers per respondent above which the survey plainly asks people again and again."""


def _lacks(facts: Facts) -> Text | None:
    names = _who(facts)
    if not names:
        return Text(
            "没有客户、联系方式或设备列。", "There is no customer, contact or device column."
        )
    person = facts.table[names[0]]
    n_people = facts.engine.run(person.approx_nunique()).to_pylist()[0]
    if facts.n_answered[names[0]] > REPEATED_BY_DESIGN * max(_first_number(n_people), 1):
        return Text(
            "客户本来就会多次回答（“{column}”平均超过 {limit} 份），误差按客户合并计算即可。",
            "Customers answer again by design (“{column}”: more than {limit} each on average); the "
            "error is clustered by customer instead.",
        ).format(column=names[0], limit=REPEATED_BY_DESIGN)
    return None


def _first_number(row: dict[str, Any]) -> int:
    return int(next(iter(row.values())) or 0)


def _who(facts: Facts) -> tuple[str, ...]:
    ids = tuple(n for n in facts.names(Role.ID) if n not in facts.devices)
    return (facts.respondents or facts.devices or ids)[:1]


def _find(facts: Facts) -> Any:
    names = _who(facts)
    return later_repeats(facts, lambda: names, required=names, ignore_masked=True)


RULE = Rule(
    id="same_respondent",
    version=1,
    title=Text("同一人再次作答", "same respondent again"),
    explanation=Text(
        "同一客户、联系方式或设备又交了一份。多数调查里一人只应一份，请看是否要留最后一份。只提示，照常计入。",
        "The same customer, contact or device answered again. In most surveys one person answers "
        "once: look which one to keep. A warning only.",
    ),
    source=Text(
        "Bauermeister et al. (2012), J. Medical Internet Research 14(6)：网络调查的重复作答。",
        "Bauermeister et al. (2012), J. Medical Internet Research 14(6): repeated web responses.",
    ),
    excludes=False,
    lacks=_lacks,
    find_set=_find,
    parameters={"repeated_by_design": REPEATED_BY_DESIGN},
)
