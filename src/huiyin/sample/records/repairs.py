"""The log of repairs: the steps of each, when they were worked on, and how they were liked."""

from __future__ import annotations

from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import Customers
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, moments, seconds_of
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import Question, rate
from huiyin.sample.records.steps import Step, drawn, logged, walk
from huiyin.sample.tables import Field, Table, numbered, words
from huiyin.sample.truths.slow_parts import PARTS, SPREAD, WAIT_HOURS
from huiyin.sample.world import Chunk, World

STEPS = (
    Step("受理", (0.3, 0.8), (0.3, 0.5)),
    Step("派单", (1.0, 0.8), (0.3, 0.5)),
    Step(PARTS, (WAIT_HOURS, SPREAD), (0.5, 0.4)),
    Step("上门处理", (3.5, 0.6), (1.5, 0.5)),
    Step("回访", (2.0, 0.8), (0.2, 0.4)),
)
_PARTS_AT = next(i for i, step in enumerate(STEPS) if step.name == PARTS)
PARTS_SHARE = 0.45
"""Repairs that need a part."""
PER_VISIT = 1.0
"""Repairs for each return visit of the service centre."""
GOODS = ("小家电", "数码配件", "家纺")
RATING = Question(
    Field("满意度", "csat", Text("这一环节的满意度", "satisfaction with the step"), (1, 5, 1)),
    weight=1.0,
    missing=0.6,
)
_LIKED = np.array([0.2, 0.0, -0.2, 0.15, 0.25])
"""How each of `STEPS` is liked, in standard deviations."""
TABLE = Table(
    "ticket_steps",
    Text("工单流转（维修）", "steps of repairs"),
    (
        Field("工单编号", "ticket", Text("维修工单编号", "repair")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("大区", "unit", Text("大区", "region")),
        Field("品类", "product", Text("品类", "goods")),
        Field("环节", "stage", Text("环节", "step"), steps=tuple(step.name for step in STEPS)),
        Field("开始时间", "time", Text("开始处理时间", "work began at")),
        Field("完成时间", "resolved", Text("完成时间", "work ended at")),
        RATING.field,
    ),
)


def write_repairs(world: World, folder: Folder, customers: Customers) -> None:
    """Write the log of repairs."""
    file = folder.open(TABLE)
    for chunk in world.chunks("repairs", round(PER_VISIT * world.answers["visit"])):
        file.add(_rows(world, chunk, customers))


def _rows(world: World, chunk: Chunk, customers: Customers) -> dict[str, Any]:
    rng, n, parts = chunk.rng, chunk.n, world.plans.parts
    opened = moments(rng, chunk.month, n)
    customer = customers.someone(chunk.before + np.arange(n) + customers.n // 3)
    region = world.company.region_of_shop[customers.shop(customer)]
    passed = np.ones((n, len(STEPS)), dtype=bool)
    passed[:, _PARTS_AT] = chance(rng, n, PARTS_SHARE)
    waits = np.column_stack([drawn(rng, n, step.wait) for step in STEPS])
    works = np.column_stack([drawn(rng, n, step.work) for step in STEPS])
    waits[:, _PARTS_AT] *= parts.slower(region, opened)
    log = logged(walk(opened, passed, waits, works), seconds_of(world.months[-1].last) + DAY)
    case = log.case
    for_parts = np.where(log.step == _PARTS_AT, parts.pulls(region[case], opened[case]), 0.0)
    person = rng.standard_normal(n)[case]
    rated = rate(
        rng,
        len(case),
        (RATING,),
        pulls={RATING.name: _LIKED[log.step] + for_parts},
        not_asked={RATING.name: log.running},
        person=person,
    )
    goods = pick(rng, n, (0.5, 0.3, 0.2))
    return (
        log.columns(STEPS)
        | rated.columns()
        | {
            "工单编号": numbered("R", chunk.before + 1 + case),
            "客户编号": numbered("C", customer[case]),
            "大区": words(region[case], REGIONS),
            "品类": words(goods[case], GOODS),
        }
    )
