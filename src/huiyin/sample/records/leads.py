"""Leads of the business customers' side: what came of each, and the steps it went through."""

from __future__ import annotations

from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import INDUSTRIES, N_ACCOUNT_MANAGERS
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Floats, Ints, seconds_of
from huiyin.sample.offices import office_moments
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import Bools, Question, rate
from huiyin.sample.records.steps import Log, Passage, Step, drawn, logged, walk
from huiyin.sample.surveys.business import Accounts
from huiyin.sample.tables import (
    Field,
    Table,
    TableFile,
    money,
    numbered,
    picked,
    stamps,
    words,
    yes_no,
)
from huiyin.sample.world import Chunk, World

PER_ACCOUNT = 6
SOURCES = ("老客户介绍", "老客户增购", "官网咨询", "展会", "电话拓展")
SOURCE_WEIGHTS = (0.18, 0.30, 0.20, 0.16, 0.16)
INTRODUCED, OWN = 0, 1
"""Positions in `SOURCES`."""
OUTCOMES = ("进行中", "输单", "赢单")
OPEN, LOST, WON = range(len(OUTCOMES))
STEPS = (
    Step("需求沟通", (30, 0.7), (50, 0.6)),
    Step("方案报价", (170, 0.7), (90, 0.6)),
    Step("商务谈判", (80, 0.7), (120, 0.6)),
    Step("签约", (40, 0.7), (60, 0.6)),
)
PASSING = (0.80, 0.70, 0.70, 0.88)
"""Chance to come through each of `STEPS`, with a middling lead."""
_LIKED_MORE, _LIKED_FASTER = 0.07, 0.15
"""Rise of that chance, and fall of the logarithm of times, per standard deviation of liking."""
_BY_SOURCE = np.array([0.07, 0.05, 0.0, -0.02, -0.07])
_AMOUNT = (11.6, 0.8)
"""Mean and spread of the logarithm: about 110 thousand yuan at the median."""
_STEP_LIKED = np.array([0.15, -0.2, 0.0, 0.15])
FOLLOW_UP = Question(
    Field("跟进满意度", "csat", Text("跟进满意度", "satisfaction with the follow-up"), (1, 5, 1)),
    weight=1.0,
    missing=0.15,
)
STEP_RATING = Question(
    Field("满意度", "csat", Text("这一环节的满意度", "satisfaction with the step"), (1, 5, 1)),
    weight=1.0,
    missing=0.5,
)
_SHARED = (
    Field("客户单位", "account", Text("客户单位", "account")),
    Field("客户经理", "staff", Text("客户经理", "account manager")),
    Field("大区", "unit", Text("大区", "region")),
)
_STEP_NAMES = tuple(step.name for step in STEPS)
LEADS = Table(
    "leads",
    Text("商机", "leads"),
    (
        Field("商机编号", "id", Text("商机编号", "lead")),
        Field("创建时间", "time", Text("创建时间", "created at")),
        *_SHARED,
        Field("行业", "dimension", Text("行业", "industry")),
        Field("来源", "channel", Text("来源", "source")),
        Field("介绍单位", "meta", Text("介绍单位", "introduced by")),
        Field("阶段", "dimension", Text("走到哪一步", "last step"), steps=_STEP_NAMES),
        Field("结果", "status", Text("结果", "outcome")),
        Field("关闭时间", "resolved", Text("关闭时间", "closed at")),
        Field(
            "是否成交",
            "outcome",
            Text("是否成交（进行中的没有）", "won, none while open"),
            events=("是",),
        ),
        Field("预计金额", "amount", Text("预计金额（元）", "expected amount, CNY")),
        Field("币种", "currency", Text("币种", "currency")),
        FOLLOW_UP.field,
    ),
)
LEAD_STEPS = Table(
    "lead_steps",
    Text("商机跟进", "steps of leads"),
    (
        Field("商机编号", "ticket", Text("商机编号", "lead")),
        *_SHARED,
        Field("来源", "channel", Text("来源", "source")),
        Field("环节", "stage", Text("环节", "step"), steps=_STEP_NAMES),
        Field("开始时间", "time", Text("开始时间", "began at")),
        Field("完成时间", "resolved", Text("完成时间", "ended at")),
        STEP_RATING.field,
    ),
)


def write_leads(world: World, folder: Folder, accounts: Accounts) -> Bools:
    """Write the leads and their steps.

    Returns
    -------
    (n accounts,) array of bool
        Who introduced a new customer that was won in the last year.
    """
    leads, steps = folder.open(LEADS), folder.open(LEAD_STEPS)
    referred = np.zeros(accounts.n, dtype=bool)
    for chunk in world.chunks("leads", PER_ACCOUNT * accounts.n, evenly=True):
        referred[_write(world, chunk, accounts, leads, steps)] = True
    return referred


def _write(
    world: World, chunk: Chunk, accounts: Accounts, leads: TableFile, steps: TableFile
) -> Ints:
    rng, n = chunk.rng, chunk.n
    end = seconds_of(world.months[-1].last) + DAY
    created = office_moments(rng, chunk.month, n)
    source = pick(rng, n, SOURCE_WEIGHTS)
    own, introduced = source == OWN, source == INTRODUCED
    who, introducer = rng.integers(0, accounts.n, n), rng.integers(0, accounts.n, n)
    traits = _traits(world, chunk, accounts, own, who)
    person = rng.standard_normal(n) + np.where(own, accounts.mood[who], 0.0)
    rated = rate(rng, n, (FOLLOW_UP,), person=person)
    liking = rated.leaning[FOLLOW_UP.name]
    passage, won = _go(rng, created, liking, _BY_SOURCE[source])
    closed = passage.ended.max(axis=1)
    log = logged(passage, end)
    number = chunk.before + 1 + np.arange(n)
    shared = traits | {"商机编号": numbered("S", number, 7), "来源": words(source, SOURCES)}
    still_open = closed >= end
    outcome = np.where(still_open, OPEN, np.where(won, WON, LOST))
    there = passage.passed & (passage.begun < end)
    last = np.where(there, np.arange(len(STEPS)), 0).max(axis=1)
    leads.add(
        shared
        | rated.columns()
        | {
            "创建时间": stamps(created),
            "介绍单位": numbered("E", introducer + 1, 6, ~introduced),
            "阶段": words(last, _STEP_NAMES),
            "结果": words(outcome, OUTCOMES),
            "关闭时间": stamps(closed, still_open),
            "是否成交": yes_no(won, still_open),
            "预计金额": money(_amounts(rng, n)),
            "币种": words(np.zeros(n, dtype=np.int64), ("CNY",)),
        }
    )
    steps.add(_steps(rng, log, person, shared))
    lately = closed >= end - 365 * DAY
    hit: Ints = introducer[introduced & (outcome == WON) & lately]
    return hit


def _traits(
    world: World, chunk: Chunk, accounts: Accounts, own: Bools, who: Ints
) -> dict[str, Any]:
    """Give who each lead is: one of the accounts, else somebody who is none yet."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rng, n = chunk.rng, chunk.n
    stranger = numbered("K", chunk.before + 1 + np.arange(n), 6)
    client = pc.if_else(pa.array(own), numbered("E", who + 1, 6), stranger)
    region = np.where(own, accounts.region[who], pick(rng, n, world.company.region_share))
    manager = np.where(own, accounts.manager[who], rng.integers(0, N_ACCOUNT_MANAGERS, n))
    industry = np.where(own, accounts.industry[who], rng.integers(0, len(INDUSTRIES), n))
    return {
        "客户单位": client,
        "客户经理": words(manager, world.company.account_managers),
        "大区": words(region, REGIONS),
        "行业": words(industry, INDUSTRIES),
    }


def _go(
    rng: np.random.Generator, created: Ints, liking: Floats, by_source: Floats
) -> tuple[Passage, Bools]:
    """Take each lead through the steps until it is lost at one, or won."""
    n = len(created)
    chances = np.array(PASSING) + (by_source + _LIKED_MORE * liking)[:, None]
    through = chance(rng, n * len(STEPS), chances.clip(0.02, 0.98).ravel()).reshape(n, -1)
    came = np.column_stack([np.ones(n, dtype=bool), through[:, :-1]])
    passed = np.logical_and.accumulate(came, axis=1)
    pace = np.exp(-_LIKED_FASTER * liking)[:, None]
    waits = pace * np.column_stack([drawn(rng, n, step.wait) for step in STEPS])
    works = pace * np.column_stack([drawn(rng, n, step.work) for step in STEPS])
    won: Bools = np.all(through, axis=1)
    return walk(created, passed, waits, works), won


def _amounts(rng: np.random.Generator, n: int) -> Floats:
    mean, deviation = _AMOUNT
    return np.asarray(np.round(np.exp(mean + deviation * rng.standard_normal(n)), -2))


def _steps(
    rng: np.random.Generator, log: Log, person: Floats, shared: dict[str, Any]
) -> dict[str, Any]:
    rated = rate(
        rng,
        len(log.case),
        (STEP_RATING,),
        pulls={STEP_RATING.name: _STEP_LIKED[log.step]},
        not_asked={STEP_RATING.name: log.running},
        person=person[log.case],
    )
    of_lead = {name: picked(values, log.case) for name, values in shared.items()}
    return of_lead | log.columns(STEPS) | rated.columns()
