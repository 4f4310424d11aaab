"""Requests of the staff to administration, HR and IT, with their times; nobody is named."""

from __future__ import annotations

from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, seconds_of
from huiyin.sample.offices import (
    DEPARTMENT_WEIGHTS,
    DEPARTMENTS,
    ERRAND_WEIGHTS,
    ERRANDS,
    SITE_WEIGHTS,
    SITES,
    TICKETS_PER_ANSWER,
    n_answers,
    office_moments,
)
from huiyin.sample.places import REGIONS
from huiyin.sample.records.internal_steps import TABLE as STEPS_TABLE
from huiyin.sample.records.internal_steps import Requests, steps_of
from huiyin.sample.tables import Field, Table, TableFile, numbered, stamps, words
from huiyin.sample.world import Chunk, World

SOLVED_SHARE = 0.94
_REPLY_SECONDS = (8.0, 1.0)
"""Mean and spread of the logarithm: half of all get a reply within 50 minutes."""
_SOLVE_SECONDS = (10.0, 0.8)
_SLOWER = np.array([0.6, 3.5, 1.5, 2.0, 1.0])
"""How many times as long each of `ERRANDS` takes."""
TABLE = Table(
    "internal_tickets",
    Text("内部工单", "requests of the staff"),
    (
        Field("工单编号", "ticket", Text("工单编号", "request")),
        Field("创建时间", "time", Text("创建时间", "opened at")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("办公地点", "dimension", Text("办公地点", "site")),
        Field("部门", "unit", Text("部门", "department")),
        Field("服务项目", "touchpoint", Text("服务项目", "service")),
        Field("首次响应时间", "first_response", Text("首次响应时间", "first reply at")),
        Field("解决时间", "resolved", Text("解决时间", "solved at")),
        Field("状态", "status", Text("状态", "status")),
    ),
)


def write_internal_tickets(world: World, folder: Folder) -> None:
    """Write the requests of the staff, and the steps of each."""
    file, steps = folder.open(TABLE), folder.open(STEPS_TABLE)
    n = round(TICKETS_PER_ANSWER * n_answers(world.settings.answers))
    for chunk in world.chunks("internal tickets", n, evenly=True):
        _write(world, chunk, file, steps)


def _write(world: World, chunk: Chunk, file: TableFile, steps: TableFile) -> None:
    rng, n = chunk.rng, chunk.n
    seconds = office_moments(rng, chunk.month, n)
    site, errand = pick(rng, n, SITE_WEIGHTS), pick(rng, n, ERRAND_WEIGHTS)
    slowed = world.plans.reimbursement.slower(site, seconds, errand)
    slower = _SLOWER[errand] * slowed
    replied = seconds + _drawn(rng, n, _REPLY_SECONDS).astype(np.int64)
    resolved = replied + (slower * _drawn(rng, n, _SOLVE_SECONDS)).astype(np.int64)
    end = seconds_of(world.months[-1].last) + DAY
    solved = chance(rng, n, SOLVED_SHARE) & (resolved < end)
    columns = {
        "工单编号": numbered("F", chunk.before + 1 + np.arange(n)),
        "创建时间": stamps(seconds),
        "大区": words(site, REGIONS),
        "办公地点": words(site, SITES),
        "部门": words(pick(rng, n, DEPARTMENT_WEIGHTS), DEPARTMENTS),
        "服务项目": words(errand, ERRANDS),
        "首次响应时间": stamps(replied, replied >= end),
        "解决时间": stamps(resolved, ~solved),
        "状态": words(solved.astype(np.int64), ("处理中", "已解决")),
    }
    file.add(columns)
    asked = Requests(seconds, replied, resolved, solved, errand, slowed)
    steps.add(steps_of(rng, asked, columns, end))


def _drawn(rng: np.random.Generator, n: int, spread: tuple[float, float]) -> Any:
    mean, deviation = spread
    return np.exp(mean + deviation * rng.standard_normal(n))
