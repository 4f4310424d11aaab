"""The same answer of the same person twice in the file."""

from __future__ import annotations

from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.repeats import later_repeats
from huiyin.clean.rule import Rule
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text

_SET_BESIDE = (Role.META, Role.DURATION, Role.IGNORE)


def _lacks(facts: Facts) -> Text | None:
    if _identity(facts):
        return None
    return Text(
        "没有编号、客户或设备列：两份一样的匿名答卷可能是两个人，不算重复。",
        "There is no id, customer or device: two equal anonymous rows may be two people.",
    )


def _identity(facts: Facts) -> tuple[str, ...]:
    """Columns that must be there and equal: the person at one moment, else the record's own id."""
    person = facts.respondents or facts.devices
    if person and facts.time:
        return (*person, facts.time)
    return (*facts.names(Role.ID), *person)


def _find(facts: Facts) -> Any:
    identity = _identity(facts)
    return later_repeats(facts, lambda: _compared(facts, identity), required=identity)


def _compared(facts: Facts, identity: tuple[str, ...]) -> tuple[str, ...]:
    rest = facts.names(*(r for r in Role if r not in (*_SET_BESIDE, Role.ID)))
    return tuple(dict.fromkeys((*identity, *rest)))


RULE = Rule(
    id="exact_duplicate",
    version=1,
    title=Text("完全重复", "exact duplicate"),
    explanation=Text(
        "同一编号，或同一客户（设备）在同一时刻，所有回答都一样：同一份答卷进了两次。保留第一份。",
        "The same id, or the same customer (device) at the same moment, with every answer equal: "
        "one response that came in twice. The first one stays.",
    ),
    source=Text(
        "Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32(3)：近似重复答卷；"
        "此处只取完全相同者。",
        "Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32(3), on near duplicates; "
        "here only complete equality counts.",
    ),
    excludes=True,
    lacks=_lacks,
    find_set=_find,
)
