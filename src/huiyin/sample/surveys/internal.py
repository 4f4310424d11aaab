"""What the company's own staff say of administration, HR and IT (内部服务); nobody is named."""

from __future__ import annotations

from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, compose, phrasebook, topics
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import Ints
from huiyin.sample.offices import (
    DEPARTMENT_WEIGHTS,
    DEPARTMENTS,
    ERRAND_WEIGHTS,
    ERRANDS,
    SITE_WEIGHTS,
    SITES,
    n_answers,
    office_moments,
)
from huiyin.sample.places import REGIONS
from huiyin.sample.ratings import ELEVEN, Question, aspect, effort, overall, rate
from huiyin.sample.tables import Field, Table, numbered, stamps, words
from huiyin.sample.world import Chunk, World

NAME = "内部服务"
CHANNELS = ("企业微信", "邮件", "扫码")
_NEW_SHARE = 0.25
"""Share of the staff who joined within a year: only they are asked about joining."""
_COMMENT_SHARE = 0.4
ASPECTS = (
    aspect("办公环境", "the office", 0.20, 0.25),
    aspect("食堂", "canteen", 0.20, -0.15),
    aspect("IT支持", "IT support", 0.20, 0.15),
    aspect("报销", "expenses", 0.20),
    aspect("入职办理", "joining", 0.05, 0.2),
    aspect("HR响应", "how soon HR replies", 0.15, -0.1),
)
QUESTIONS: tuple[Question, ...] = (
    Question(
        Field(
            "推荐意愿",
            "nps",
            Text(
                "您有多大可能推荐朋友来公司工作？",
                "How likely are you to recommend working here to a friend?",
            ),
            (0, 10, 1),
        ),
        ELEVEN,
        follows=0.8,
    ),
    overall("内部服务满意度", "satisfaction with internal services"),
    *ASPECTS,
    effort(
        "办成最近这件事，您费了多大力气？（1 毫不费力，7 非常费力）",
        "How much effort did your last errand take? (1 none, 7 very much)",
    ),
)
TABLE = Table(
    NAME,
    Text("内部服务满意度（员工）", "internal services, as the staff see them"),
    (
        Field("答卷编号", "id", Text("答卷编号", "answer")),
        Field("提交时间", "time", Text("提交时间", "answered at")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("办公地点", "dimension", Text("办公地点", "site")),
        Field("部门", "unit", Text("部门", "department")),
        Field("渠道", "channel", Text("渠道", "channel")),
        Field("服务项目", "touchpoint", Text("最近办的事", "last errand")),
        *(question.field for question in QUESTIONS),
        Field("原因", "text", Text("为什么这样打分？", "Why this rating?")),
    ),
    is_survey=True,
)


def write_internal_survey(world: World, folder: Folder) -> None:
    """Write the survey of the staff; its rows come on top of the answers that were asked for."""
    file = folder.open(TABLE)
    about = [question.name for question in ASPECTS]
    phrases = phrasebook(about, world.settings.seed, "staff")
    for chunk in world.chunks("internal", n_answers(world.settings.answers), evenly=True):
        file.add(_answers(world, chunk, phrases))


def _answers(world: World, chunk: Chunk, phrases: Phrasebook) -> dict[str, Any]:
    rng, n = chunk.rng, chunk.n
    seconds = office_moments(rng, chunk.month, n)
    site = pick(rng, n, SITE_WEIGHTS)
    rated = rate(
        rng,
        n,
        QUESTIONS,
        pulls=_pulls(world, site, seconds),
        not_asked={"入职办理": ~chance(rng, n, _NEW_SHARE)},
    )
    about, tone = topics(rng, rated, phrases.aspects, "内部服务满意度")
    written = chance(rng, n, _COMMENT_SHARE)
    return rated.columns() | {
        "答卷编号": numbered("Y", chunk.before + 1 + np.arange(n)),
        "提交时间": stamps(seconds),
        "大区": words(site, REGIONS),
        "办公地点": words(site, SITES),
        "部门": words(pick(rng, n, DEPARTMENT_WEIGHTS), DEPARTMENTS),
        "渠道": words(pick(rng, n, (0.6, 0.25, 0.15)), CHANNELS),
        "服务项目": words(pick(rng, n, ERRAND_WEIGHTS), ERRANDS),
        "原因": compose(rng, phrases, about, tone, written=written),
    }


def _pulls(world: World, site: Ints, seconds: Ints) -> dict[str, Any]:
    plans = world.plans
    return {
        "报销": plans.reimbursement.pulls(site, seconds),
        "食堂": plans.canteen.pulls(site, seconds),
    }
