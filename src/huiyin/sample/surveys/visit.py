"""The service centre: calls, tickets, and the return visit after a call (售后回访)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, compose, phrasebook, topics
from huiyin.sample.company import N_AGENTS, N_TEAMS, Customers
from huiyin.sample.draws import chance, keep_exactly, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Floats, Ints, moments
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import Bools, Question, Rated, aspect, effort, overall, rate
from huiyin.sample.tables import Field, Table, TableFile, numbered, numbers, stamps, words, yes_no
from huiyin.sample.truths.reworded_question import AFTER, BEFORE
from huiyin.sample.world import Chunk, World

NAME = "售后回访"
CALLS_PER_ANSWER = 3
CHANNELS = ("电话", "短信", "企业微信")
CALL_CHANNELS = ("热线", "在线客服", "企业微信")
MATTERS = ("退换货", "配送查询", "商品质量", "会员积分", "发票", "应用故障")
MATTER_WEIGHTS = (0.24, 0.26, 0.20, 0.12, 0.08, 0.10)
SOLVED_SHARE = 0.78
UNSOLVED_PULL = -1.1
_COMPLAINT_SHARE = 0.12
_ANSWER_AFTER = (1800.0, 1.5 * DAY)
_REPLY_SECONDS = (5.2, 0.9)
_SOLVE_SECONDS = (10.2, 0.9)
_TALK_SECONDS = (5.4, 0.45)
_NEVER_SEEN = 1e-9
ASPECTS = (
    aspect("响应速度", "speed of reply", 0.25),
    aspect("专业程度", "competence", 0.25, 0.15),
    aspect("处理结果", "outcome", 0.50, 0.05),
)
QUESTIONS: tuple[Question, ...] = (
    overall("服务满意度", "satisfaction with the service"),
    *ASPECTS,
    effort(
        f"{BEFORE.say('zh-CN')} 后改为：{AFTER.say('zh-CN')}",
        f"{BEFORE.say('en')} Later: {AFTER.say('en')}",
    ),
)
REVISIONS = ("第1版", "第2版")

TABLE = Table(
    NAME,
    Text("售后回访", "return visit after a call"),
    (
        Field("回访编号", "id", Text("回访编号", "visit")),
        Field("回访时间", "time", Text("回访时间", "answered at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("工单编号", "ticket", Text("工单编号", "ticket")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("班组", "unit", Text("班组", "team")),
        Field("坐席", "staff", Text("坐席", "agent")),
        Field("渠道", "channel", Text("回访渠道", "channel")),
        Field("问题类型", "touchpoint", Text("问题类型", "matter")),
        *(question.field for question in QUESTIONS),
        Field("题目版本", "dimension", Text("费力度题的问法", "wording of the effort question")),
        Field("是否解决", "outcome", Text("您的问题解决了吗？", "Was it solved?"), events=("是",)),
        Field("意见", "text", Text("还有什么想说的？", "Anything else?")),
    ),
    is_survey=True,
)
CALLS = Table(
    "calls",
    Text("来电与会话", "calls and chats"),
    (
        Field("通话编号", "id", Text("通话编号", "call")),
        Field("开始时间", "time", Text("开始时间", "started at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("工单编号", "ticket", Text("工单编号", "ticket")),
        Field("班组", "unit", Text("班组", "team")),
        Field("坐席", "staff", Text("坐席", "agent")),
        Field("渠道", "channel", Text("渠道", "channel")),
        Field("通话秒数", "duration", Text("通话秒数", "seconds of talk")),
        Field("是否解决", "dimension", Text("当场是否解决", "solved at once")),
        Field("是否邀请", "dimension", Text("是否邀请评价", "invited to answer")),
    ),
)
TICKETS = Table(
    "tickets",
    Text("工单", "tickets"),
    (
        Field("工单编号", "ticket", Text("工单编号", "ticket")),
        Field("创建时间", "time", Text("创建时间", "opened at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("坐席", "staff", Text("坐席", "agent")),
        Field("问题类型", "touchpoint", Text("问题类型", "matter")),
        Field("类别", "dimension", Text("类别", "kind")),
        Field("首次响应时间", "first_response", Text("首次响应时间", "first reply at")),
        Field("解决时间", "resolved", Text("解决时间", "solved at")),
        Field("状态", "status", Text("状态", "status")),
    ),
)


@dataclass(frozen=True, slots=True)
class _Calls:
    """The calls of a chunk."""

    number: Ints
    seconds: Ints
    customer: Ints
    region: Ints
    agent: Ints
    channel: Ints
    matter: Ints
    solved: Bools
    invited: Bools

    def some(self, rows: Ints) -> _Calls:
        """Pick rows."""
        return _Calls(*(getattr(self, name)[rows] for name in self.__slots__))


def write_visits(world: World, folder: Folder, customers: Customers) -> None:
    """Write calls, tickets, and the answers of those who were invited."""
    survey, calls, tickets = folder.open(TABLE), folder.open(CALLS), folder.open(TICKETS)
    phrases = phrasebook(["响应速度", "专业程度", "处理结果"], world.settings.seed, "plain")
    for chunk in world.chunks("visit", world.answers["visit"]):
        made = _calls(world, chunk, customers)
        _write_calls(world, chunk, made, calls)
        _write_tickets(world, chunk, made, tickets)
        ready = np.where(made.invited, 1.0, _NEVER_SEEN)
        answering = made.some(keep_exactly(chunk.rng, ready, chunk.n))
        survey.add(_answers(world, chunk, answering, phrases))
        folder.answered(chunk.n)


def _calls(world: World, chunk: Chunk, customers: Customers) -> _Calls:
    rng, n = chunk.rng, CALLS_PER_ANSWER * chunk.n
    row = CALLS_PER_ANSWER * chunk.before + np.arange(n)
    customer = customers.someone(row + customers.n // 2)
    agent = rng.integers(0, N_AGENTS, n)
    solved = chance(rng, n, SOLVED_SHARE)
    return _Calls(
        number=row + 1,
        seconds=moments(rng, chunk.month, n),
        customer=customer,
        region=world.company.region_of_shop[customers.shop(customer)],
        agent=agent,
        channel=pick(rng, n, (0.6, 0.28, 0.12)),
        matter=pick(rng, n, MATTER_WEIGHTS),
        solved=solved,
        invited=chance(rng, n, world.plans.withheld.invited_share(agent, solved)),
    )


def _lasting(rng: np.random.Generator, n: int, spread: tuple[float, float]) -> Ints:
    mean, deviation = spread
    return np.exp(mean + deviation * rng.standard_normal(n)).astype(np.int64)


def team_names() -> tuple[str, ...]:
    """Name the teams of the service centre."""
    return tuple(f"客服{i + 1}组" for i in range(N_TEAMS))


def _write_calls(world: World, chunk: Chunk, made: _Calls, file: TableFile) -> None:
    talk = _lasting(chunk.rng, len(made.number), _TALK_SECONDS)
    file.add(
        {
            "通话编号": numbered("T", made.number),
            "开始时间": stamps(made.seconds),
            "客户编号": numbered("C", made.customer),
            "工单编号": numbered("W", made.number),
            "班组": words(made.agent % N_TEAMS, team_names()),
            "坐席": words(made.agent, world.company.agents),
            "渠道": words(made.channel, CALL_CHANNELS),
            "通话秒数": numbers(talk.astype(np.int32)),
            "是否解决": yes_no(made.solved),
            "是否邀请": yes_no(made.invited),
        }
    )


def _write_tickets(world: World, chunk: Chunk, made: _Calls, file: TableFile) -> None:
    rng, n = chunk.rng, len(made.number)
    replied = made.seconds + _lasting(rng, n, _REPLY_SECONDS)
    resolved = replied + _lasting(rng, n, _SOLVE_SECONDS)
    kind = chance(rng, n, _COMPLAINT_SHARE).astype(np.int64)
    file.add(
        {
            "工单编号": numbered("W", made.number),
            "创建时间": stamps(made.seconds),
            "客户编号": numbered("C", made.customer),
            "大区": words(made.region, REGIONS),
            "坐席": words(made.agent, world.company.agents),
            "问题类型": words(made.matter, MATTERS),
            "类别": words(kind, ("咨询", "投诉")),
            "首次响应时间": stamps(replied),
            "解决时间": stamps(resolved, ~made.solved),
            "状态": words(made.solved.astype(np.int64), ("处理中", "已解决")),
        }
    )


def _answers(world: World, chunk: Chunk, calls: _Calls, phrases: Phrasebook) -> dict[str, Any]:
    rng, n, plans = chunk.rng, len(calls.number), world.plans
    seconds = calls.seconds + rng.uniform(*_ANSWER_AFTER, n).astype(np.int64)
    seconds = np.minimum(seconds, int(calls.seconds.max()))  # the window's end is an end
    pulls = _pulls(world, calls, plans.reworded.pulls(seconds))
    rated = rate(rng, n, QUESTIONS, pulls=pulls)
    about, tone = _about(rng, rated)
    written = chance(rng, n, 0.35)
    return rated.columns() | {
        "回访编号": numbered("V", chunk.before + 1 + np.arange(n)),
        "回访时间": stamps(seconds),
        "客户编号": numbered("C", calls.customer),
        "工单编号": numbered("W", calls.number),
        "大区": words(calls.region, REGIONS),
        "班组": words(calls.agent % N_TEAMS, team_names()),
        "坐席": words(calls.agent, world.company.agents),
        "渠道": words(pick(rng, n, (0.5, 0.3, 0.2)), CHANNELS),
        "问题类型": words(calls.matter, MATTERS),
        "题目版本": words(plans.reworded.reworded(seconds).astype(np.int64), REVISIONS),
        "是否解决": yes_no(calls.solved),
        "意见": compose(rng, phrases, about, tone, written=written),
    }


def _pulls(world: World, calls: _Calls, wording: Floats) -> dict[str, Floats]:
    unsolved = np.where(calls.solved, 0.0, UNSOLVED_PULL)
    agent = world.company.agent_pull[calls.agent]
    return {
        "响应速度": agent + unsolved / 3,
        "专业程度": agent + unsolved / 3,
        "处理结果": agent + unsolved,
        "费力度": wording,
    }


def _about(rng: np.random.Generator, rated: Rated) -> tuple[Ints, Ints]:
    return topics(rng, rated, [question.name for question in ASPECTS], "服务满意度")
