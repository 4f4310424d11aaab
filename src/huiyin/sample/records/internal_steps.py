"""The log of the staff's requests: the steps between the opening of each and its solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints
from huiyin.sample.offices import ERRANDS
from huiyin.sample.ratings import Bools
from huiyin.sample.records.steps import Step, logged, walk
from huiyin.sample.tables import Field, Table, picked

STEPS = (
    Step("受理", (0.0, 0.0), (0.3, 0.5)),
    Step("审批", (8.0, 0.8), (0.5, 0.5)),
    Step("办理", (1.0, 0.8), (2.0, 0.6)),
    Step("确认", (0.5, 0.8), (0.1, 0.5)),
)
"""Their hours are parts of the whole time of a request; the first waits for the first reply."""
_APPROVED_AT, _CONFIRMED_AT = 1, 3
_APPROVED = np.array([errand in {"费用报销", "入职手续"} for errand in ERRANDS])
TABLE = Table(
    "internal_steps",
    Text("内部工单流转", "steps of the staff's requests"),
    (
        Field("工单编号", "ticket", Text("工单编号", "request")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("办公地点", "dimension", Text("办公地点", "site")),
        Field("部门", "unit", Text("部门", "department")),
        Field("服务项目", "touchpoint", Text("服务项目", "service")),
        Field("环节", "stage", Text("环节", "step"), steps=tuple(step.name for step in STEPS)),
        Field("开始时间", "time", Text("开始时间", "began at")),
        Field("完成时间", "resolved", Text("完成时间", "ended at")),
    ),
)
_SHARED = ("工单编号", "大区", "办公地点", "部门", "服务项目")


@dataclass(frozen=True, slots=True)
class Requests:
    """When requests were opened, replied to and solved, in seconds; of what kind, how much slowed.

    `slower` says how many times as long each took than it would have: that is waiting for approval.
    """

    opened: Ints
    replied: Ints
    resolved: Ints
    solved: Bools
    errand: Ints
    slower: Floats


def steps_of(
    rng: np.random.Generator, asked: Requests, columns: dict[str, Any], end: int
) -> dict[str, Any]:
    """Give the log of requests: they end where it was solved, and what was not is not confirmed."""
    n = len(asked.opened)
    passed = np.ones((n, len(STEPS)), dtype=bool)
    passed[:, _APPROVED_AT] = _APPROVED[asked.errand]
    waits = np.where(passed, _drawn(rng, n, [step.wait for step in STEPS]), 0.0)
    works = np.where(passed, _drawn(rng, n, [step.work for step in STEPS]), 0.0)
    whole = (asked.resolved - asked.replied).astype(np.float64)
    usual = whole / asked.slower
    scale = (usual / (waits + works).sum(axis=1))[:, None]
    waits, works = waits * scale, works * scale
    waits[:, 0] = asked.replied - asked.opened
    waits[:, _APPROVED_AT] += whole - usual
    passed[~asked.solved, _CONFIRMED_AT] = False
    log = logged(walk(asked.opened, passed, waits, works), end)
    return {name: picked(columns[name], log.case) for name in _SHARED} | log.columns(STEPS)


def _drawn(rng: np.random.Generator, n: int, hours: list[tuple[float, float]]) -> Floats:
    median, spread = np.array(hours).T
    return np.asarray(median * np.exp(spread * rng.standard_normal((n, len(hours)))))
