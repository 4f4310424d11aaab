"""The app's survey (应用NPS), with the invitations it was asked by."""

from __future__ import annotations

from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, Tone, compose, phrasebook, topics
from huiyin.sample.company import MODULES, PHONES, RELEASES, Customers
from huiyin.sample.draws import chance, keep_exactly, pick, stream
from huiyin.sample.folder import Folder
from huiyin.sample.months import Ints, Month, moments
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import Bools, Question, Rated, aspect, effort, overall, rate, recommend
from huiyin.sample.tables import (
    Field,
    Table,
    TableFile,
    numbered,
    numbers,
    stamps,
    words,
    yes_no,
)
from huiyin.sample.truths.dirty_rows import BURST, SECONDS_PER_BOT_ANSWER
from huiyin.sample.truths.release_theme import CRASH_PULL, THEME, released
from huiyin.sample.truths.silent_unhappy import (
    CHANNEL_WEIGHTS,
    CHANNELS,
    FAULT_PULL,
    FAULT_SHARE,
)
from huiyin.sample.words import SPAM
from huiyin.sample.world import Chunk, World

NAME = "应用NPS"
INVITED_PER_ANSWER = 4
ISSUES = ("登录不上", "找不到功能", "优惠券用不了", "支付失败", "广告太多")
ISSUE_SHARE = 0.07
SEPARATOR = "┋"
NO_ISSUE = "没有遇到问题"
SYSTEMS = ("安卓", "iOS", "鸿蒙")
ASPECTS = (
    aspect("应用功能", "features", 0.24, 0.15),
    aspect("稳定流畅", "stability", 0.34, -0.10),
    aspect("界面易用", "ease of use", 0.26, -0.05),
    aspect("售后支持", "support", 0.10, -0.15, 0.5),
    aspect("价格感知", "price", 0.06, -0.20),
)
QUESTIONS: tuple[Question, ...] = (
    recommend(),
    overall(),
    *ASPECTS,
    effort(
        "在应用里办成这件事，您费了多大力气？（1 毫不费力，7 非常费力）",
        "How much effort did it take in the app? (1 none, 7 very much)",
    ),
)
_PREVIOUS_SHARE = 0.15
_COMMENT_SHARE, _CRASH_COMMENT_SHARE = 0.30, 0.7
_NOT_REACHED, _OPENED = 0.03, 0.4
_TYPED_SPEEDER = 0.03

TABLE = Table(
    NAME,
    Text("应用 NPS", "NPS of the app"),
    (
        Field("答卷编号", "id", Text("答卷编号", "answer")),
        Field("提交时间", "time", Text("提交时间", "answered at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("邀请渠道", "channel", Text("邀请渠道", "invited by")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("应用版本", "product", Text("应用版本", "release")),
        Field("模块", "touchpoint", Text("模块", "module")),
        Field("操作系统", "dimension", Text("操作系统", "operating system")),
        Field("手机品牌", "dimension", Text("手机品牌", "phone brand")),
        Field("近30天故障", "dimension", Text("近 30 天出过故障", "fault in the last 30 days")),
        *(question.field for question in QUESTIONS),
        Field(
            "遇到的问题",
            "choice_set",
            Text("最近用应用时遇到过什么问题？", "What problems did you meet?"),
            separator=SEPARATOR,
        ),
        Field(
            "原因", "text", Text("打这个分的主要原因是什么？", "What is the reason for your score?")
        ),
        Field("答题秒数", "duration", Text("答题秒数", "seconds taken")),
        Field("设备编号", "meta", Text("设备编号", "device")),
    ),
    is_survey=True,
)
INVITATIONS = Table(
    "invitations",
    Text("应用问卷的邀请", "invitations to the app's survey"),
    (
        Field("邀请编号", "id", Text("邀请编号", "invitation")),
        Field("发送时间", "time", Text("发送时间", "sent at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("邀请渠道", "channel", Text("邀请渠道", "channel")),
        Field("近30天故障", "dimension", Text("近 30 天出过故障", "fault in the last 30 days")),
        Field("状态", "status", Text("状态", "status")),
    ),
)
STATUSES = ("未送达", "已送达", "已打开", "已完成")


def write_app_survey(world: World, folder: Folder, customers: Customers) -> None:
    """Write the survey and its invitations."""
    file, sent = folder.open(TABLE), folder.open(INVITATIONS)
    phrases = phrasebook([*(q.name for q in ASPECTS), THEME], world.settings.seed, "plain")
    n = world.answers["app"]
    bursts = world.by_month(world.plans.dirty.n_bursts(n))
    n_invited = n_rows = 0
    for chunk in world.chunks("app", n):
        n_bots = min(BURST * int(bursts[chunk.month.index]), chunk.n // 2) * (chunk.part == 0)
        n_people = chunk.n - n_bots
        rows, answering = _invite(world, chunk, n_people, n_invited, customers, sent)
        values = _answers(world, chunk, rows, answering, customers, phrases)
        values |= {"答卷编号": numbered("A", n_rows + 1 + np.arange(n_people))}
        file.add(values)
        if n_bots:
            file.add(_bots(world, chunk, n_bots, n_rows + n_people))
        n_invited += INVITED_PER_ANSWER * n_people
        n_rows += chunk.n
        world.plans.dirty.count(NAME, bot=n_bots)
        folder.answered(chunk.n)


def _invite(
    world: World, chunk: Chunk, n: int, before: int, customers: Customers, sent: TableFile
) -> tuple[dict[str, Any], Ints]:
    """Send four invitations for each answer; exactly `n` are answered."""
    rng = chunk.rng
    total = INVITED_PER_ANSWER * n
    channel = pick(rng, total, CHANNEL_WEIGHTS)
    fault = chance(rng, total, FAULT_SHARE)
    reached = ~chance(rng, total, _NOT_REACHED)
    ready = world.plans.silent.answering(channel, fault) * np.where(reached, 1.0, 1e-9)
    answering = keep_exactly(rng, ready, n)
    status = np.where(reached, np.where(chance(rng, total, _OPENED), 2, 1), 0)
    status[answering] = 3
    customer = customers.someone(before + np.arange(total))
    seconds = moments(rng, chunk.month, total)
    sent.add(
        {
            "邀请编号": numbered("I", before + 1 + np.arange(total)),
            "发送时间": stamps(seconds),
            "客户编号": numbered("C", customer),
            "邀请渠道": words(channel, CHANNELS),
            "近30天故障": yes_no(fault),
            "状态": words(status, STATUSES),
        }
    )
    kept = {"channel": channel, "fault": fault, "customer": customer, "seconds": seconds}
    return {name: values[answering] for name, values in kept.items()}, answering


def _answers(
    world: World,
    chunk: Chunk,
    invited: dict[str, Any],
    answering: Ints,
    customers: Customers,
    phrases: Phrasebook,
) -> dict[str, Any]:
    rng, plans, n = chunk.rng, world.plans, len(answering)
    crashed = chance(rng, n, plans.release.crash_share(invited["seconds"]))
    speeding = plans.dirty.speeders(rng, n)
    plans.dirty.count(NAME, speeder=int(speeding.sum()))
    rated = _rated(rng, invited["fault"], crashed, speeding)
    return (
        _who(world, rng, invited, customers)
        | rated.columns()
        | {
            "遇到的问题": _issues(rng, crashed),
            "原因": _reasons(rng, rated, crashed, speeding, phrases),
            "答题秒数": numbers(plans.dirty.seconds_taken(rng, speeding).astype(np.int32)),
            "设备编号": numbered("D", invited["customer"]),
        }
    )


def _rated(rng: np.random.Generator, fault: Bools, crashed: Bools, speeding: Bools) -> Rated:
    annoyed = np.where(fault, FAULT_PULL, 0.0)
    pulls = {question.name: annoyed for question in ASPECTS}
    pulls["稳定流畅"] = annoyed + np.where(crashed, CRASH_PULL, 0.0)
    return rate(rng, len(fault), QUESTIONS, pulls=pulls, careless=speeding)


def _who(
    world: World, rng: np.random.Generator, invited: dict[str, Any], customers: Customers
) -> dict[str, Any]:
    n = len(invited["seconds"])
    customer = invited["customer"]
    release = released(world.company, invited["seconds"])
    release = np.maximum(release - chance(rng, n, _PREVIOUS_SHARE), 0)
    region = world.company.region_of_shop[customers.shop(customer)]
    phone = customers.phone(customer)
    system = np.where(phone == PHONES.index("苹果"), 1, np.where(phone == 0, 2, 0))
    return {
        "提交时间": stamps(invited["seconds"]),
        "客户编号": numbered("C", customer),
        "邀请渠道": words(invited["channel"], CHANNELS),
        "大区": words(region, REGIONS),
        "应用版本": words(release, RELEASES),
        "模块": words(pick(rng, n, (0.2, 0.3, 0.18, 0.12, 0.08, 0.12)), MODULES),
        "操作系统": words(system, SYSTEMS),
        "手机品牌": words(phone, PHONES),
        "近30天故障": yes_no(invited["fault"]),
    }


def _issues(rng: np.random.Generator, crashed: Bools) -> Any:
    """Draw which problems each person ticks: one bit a problem, one word a combination."""
    ticked = crashed.astype(np.int64)
    for bit in range(1, len(ISSUES) + 1):
        ticked |= chance(rng, len(crashed), ISSUE_SHARE).astype(np.int64) << bit
    names = (THEME, *ISSUES)
    combinations = (
        SEPARATOR.join(name for bit, name in enumerate(names) if code >> bit & 1)
        for code in range(2 ** len(names))
    )
    return words(ticked, [combination or NO_ISSUE for combination in combinations])


def _reasons(
    rng: np.random.Generator, rated: Rated, crashed: Bools, speeding: Bools, phrases: Phrasebook
) -> Any:
    about, tone = topics(rng, rated, phrases.aspects[:-1], overall().name)
    about = np.where(crashed, len(phrases.aspects) - 1, about)
    tone = np.where(crashed, Tone.BAD, tone)
    share = np.where(crashed, _CRASH_COMMENT_SHARE, _COMMENT_SHARE)
    written = chance(rng, len(crashed), np.where(speeding, _TYPED_SPEEDER, share))
    return compose(rng, phrases, about, tone, written=written)


def _bots(world: World, chunk: Chunk, n: int, before: int) -> dict[str, Any]:
    """Make bursts of answers from one device each: top marks, a word of praise, new accounts."""
    rng = stream(world.settings.seed, "bots", chunk.month.index)
    burst = np.arange(n) // BURST
    start = _starts(rng, chunk.month, int(burst[-1]) + 1)
    within = (np.arange(n) % BURST * SECONDS_PER_BOT_ANSWER).astype(np.int64)
    seconds = start[burst] + within
    zeros = np.zeros(n, dtype=np.int64)
    top = {q.name: (q.field.scale or (1, 5, 1))[1 if (q.field.scale or (1, 5, 1))[2] > 0 else 0]
           for q in QUESTIONS}  # fmt: skip
    return {
        "答卷编号": numbered("A", before + 1 + np.arange(n)),
        "提交时间": stamps(seconds),
        "客户编号": numbered("CX", before + np.arange(n), 8),
        "邀请渠道": words(zeros, CHANNELS),
        "大区": words(rng.integers(0, len(REGIONS), n), REGIONS),
        "应用版本": words(released(world.company, seconds), RELEASES),
        "模块": words(zeros, MODULES),
        "操作系统": words(zeros, SYSTEMS),
        "手机品牌": words(zeros + len(PHONES) - 1, PHONES),
        "近30天故障": yes_no(zeros > 0),
        **{name: numbers(np.full(n, level, dtype=np.int8)) for name, level in top.items()},
        "遇到的问题": words(zeros, (NO_ISSUE,)),
        "原因": words(rng.integers(0, len(SPAM), n), SPAM).dictionary_decode(),
        "答题秒数": numbers(rng.integers(40, 90, n).astype(np.int32)),
        "设备编号": numbered("DB", 1000 * chunk.month.index + burst, 8),
    }


def _starts(rng: np.random.Generator, month: Month, n: int) -> Ints:
    return moments(rng, month, n)
