"""Business customers: accounts with contracts, their contacts' answers, renewals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, compose, phrasebook, tones
from huiyin.sample.company import ACCOUNT_TIERS, INDUSTRIES, N_ACCOUNT_MANAGERS
from huiyin.sample.draws import chance, lasting, placed, stream
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Floats, Ints, moments, seconds_of
from huiyin.sample.places import CITIES, REGIONS
from huiyin.sample.ratings import Bools, Question, aspect, intent, overall, rate, recommend
from huiyin.sample.tables import Field, Table, days, money, numbered, stamps, words, yes_no
from huiyin.sample.world import Chunk, World

NAME = "企业客户"
CONTACTS = 3
ANSWERS_PER_ACCOUNT = 3
MOST_ACCOUNTS = 50_000
SCENES = ("季度回访", "项目交付", "年度评审", "故障复盘", "流失回访")
LOST_SCENE = len(SCENES) - 1
ASPECTS = (
    aspect("产品质量", "product quality", 0.20, 0.15),
    aspect("服务体验", "service", 0.25, 0.1),
    aspect("价格感知", "price", 0.15, -0.2),
    aspect("交付效率", "delivery", 0.30, -0.20),
    aspect("售后支持", "after-sales", 0.10),
)
QUESTIONS: tuple[Question, ...] = (
    recommend(),
    overall(),
    *ASPECTS,
    intent("续约意愿", "到期后您会续约吗？", "Will you renew?"),
)
RENEWAL_AT_0, RENEWAL_SLOPE = 0.76, 0.16
"""Chance to renew of an account with a middling mood, and its change per standard deviation."""
_TIER_WEIGHTS = (0.15, 0.35, 0.50)
_TIER_AMOUNT = (800_000.0, 220_000.0, 60_000.0)
_MOOD = 0.3
"""Spread of what an account's people share, small enough that answers are nearly independent."""
_CONTRACT_DAYS = 365

TABLE = Table(
    NAME,
    Text("企业客户满意度", "satisfaction of business customers"),
    (
        Field("答卷编号", "id", Text("答卷编号", "answer")),
        Field("提交时间", "time", Text("提交时间", "answered at")),
        Field("客户单位", "account", Text("客户单位", "account")),
        Field("联系人编号", "customer", Text("联系人编号", "contact person")),
        Field("行业", "dimension", Text("行业", "industry")),
        Field("客户等级", "dimension", Text("客户等级", "tier")),
        Field("大区", "unit", Text("大区", "region")),
        Field("客户经理", "staff", Text("客户经理", "account manager")),
        Field("场景", "touchpoint", Text("场景", "occasion")),
        *(question.field for question in QUESTIONS),
        Field("合同金额", "amount", Text("年合同金额（元）", "contract a year, CNY")),
        Field(
            "是否续约",
            "outcome",
            Text("下次到期后是否续约", "renewed when next due"),
            events=("是",),
        ),
        Field("意见", "text", Text("您对合作有什么建议？", "What do you suggest?")),
    ),
    is_survey=True,
)
ACCOUNTS = Table(
    "accounts",
    Text("客户单位", "accounts"),
    (
        Field("客户单位", "account", Text("客户单位", "account")),
        Field("名称", "meta", Text("名称", "name")),
        Field("行业", "dimension", Text("行业", "industry")),
        Field("客户等级", "dimension", Text("客户等级", "tier")),
        Field("大区", "unit", Text("大区", "region")),
        Field("客户经理", "staff", Text("客户经理", "account manager")),
        Field("签约日", "opened", Text("签约日", "signed on")),
        Field(
            "到期日", "time", Text("下次到期日（已流失的没有）", "next renewal, none where lost")
        ),
        Field("合同金额", "amount", Text("年合同金额（元）", "contract a year, CNY")),
        Field("币种", "currency", Text("币种", "currency")),
        Field(
            "是否转介绍",
            "outcome",
            Text(
                "近一年转介绍过成交的新客（已流失的没有）",
                "referred a new customer within a year, none where lost",
            ),
            events=("是",),
        ),
    ),
)
RENEWALS = Table(
    "renewals",
    Text("续约", "renewals"),
    (
        Field("合同编号", "id", Text("合同编号", "contract")),
        Field("客户单位", "account", Text("客户单位", "account")),
        Field("到期日", "time", Text("到期日", "due on")),
        Field("行业", "dimension", Text("行业", "industry")),
        Field("客户等级", "dimension", Text("客户等级", "tier")),
        Field("是否续约", "outcome", Text("是否续约", "renewed"), events=("是",)),
        Field("合同金额", "amount", Text("年合同金额（元）", "contract a year, CNY")),
        Field("币种", "currency", Text("币种", "currency")),
    ),
)


@dataclass(frozen=True)
class Accounts:
    """Accounts by number from 0; few enough to be kept."""

    industry: Ints
    tier: Ints
    region: Ints
    manager: Ints
    mood: Floats
    amount: Floats
    due_in_window: Ints
    renewed: tuple[Bools, Bools]

    @property
    def n(self) -> int:
        """Count them."""
        return len(self.tier)

    def due(self, world: World, number: Ints) -> Ints:
        """Give the day each account's contract first falls due in the window, in seconds."""
        return seconds_of(world.months[0].first) + self.due_in_window[number] * DAY


def make_accounts(world: World) -> Accounts:
    """Draw the accounts; each contract runs a year and falls due twice in the window."""
    n = int(np.clip(world.answers["business"] // ANSWERS_PER_ACCOUNT, 20, MOST_ACCOUNTS))
    number, seed = np.arange(n), world.settings.seed
    rng = stream(seed, "accounts")
    tier = placed(lasting(number, seed, "account tier"), _TIER_WEIGHTS)
    mood = _MOOD * rng.standard_normal(n)
    chances = np.clip(RENEWAL_AT_0 + RENEWAL_SLOPE * mood / _MOOD, 0.05, 0.98)
    return Accounts(
        industry=rng.integers(0, len(INDUSTRIES), n),
        tier=tier,
        region=placed(rng.random(n), world.company.region_share),
        manager=rng.integers(0, N_ACCOUNT_MANAGERS, n),
        mood=mood,
        amount=np.round(np.array(_TIER_AMOUNT)[tier] * np.exp(0.4 * rng.standard_normal(n)), -2),
        due_in_window=rng.integers(0, _CONTRACT_DAYS, n),
        renewed=(chance(rng, n, chances), chance(rng, n, chances)),
    )


def write_business(world: World, folder: Folder, accounts: Accounts, referred: Bools) -> None:
    """Write accounts, who of them `referred` a new customer, renewals and the survey."""
    _write_accounts(world, folder, accounts, referred)
    _write_renewals(world, folder, accounts)
    file = folder.open(TABLE)
    phrases = phrasebook(["企业合作"], world.settings.seed, "business")
    for chunk in world.chunks("business", world.answers["business"]):
        file.add(_answers(world, chunk, accounts, phrases))
        folder.answered(chunk.n)


def _traits(world: World, accounts: Accounts, number: Ints) -> dict[str, Any]:
    return {
        "客户单位": numbered("E", number + 1, 6),
        "行业": words(accounts.industry[number], INDUSTRIES),
        "客户等级": words(accounts.tier[number], ACCOUNT_TIERS),
        "大区": words(accounts.region[number], REGIONS),
        "客户经理": words(accounts.manager[number], world.company.account_managers),
        "合同金额": money(accounts.amount[number]),
        "币种": words(np.zeros(len(number), dtype=np.int64), ("CNY",)),
    }


def _write_accounts(world: World, folder: Folder, accounts: Accounts, referred: Bools) -> None:
    number = np.arange(accounts.n)
    city = lasting(number, world.settings.seed, "account city")
    names = [
        f"{CITIES[int(c * len(CITIES))]}{INDUSTRIES[i]}示例{k + 1:05d}有限公司"
        for k, (c, i) in enumerate(zip(city, accounts.industry, strict=True))
    ]
    due = accounts.due(world, number) + len(accounts.renewed) * _CONTRACT_DAYS * DAY
    lost = ~(accounts.renewed[0] & accounts.renewed[1])
    signed = due - (_CONTRACT_DAYS * (3 + number % 4)) * DAY
    file = folder.open(ACCOUNTS)
    dates = {"签约日": days(signed), "到期日": days(due, lost)}
    told = {"名称": names, "是否转介绍": yes_no(referred, lost)}
    file.add(_traits(world, accounts, number) | dates | told)


def _write_renewals(world: World, folder: Folder, accounts: Accounts) -> None:
    number = np.arange(accounts.n)
    file = folder.open(RENEWALS)
    for year, renewed in enumerate(accounts.renewed):
        due = accounts.due(world, number) + year * _CONTRACT_DAYS * DAY
        still = accounts.renewed[0] if year else np.ones(accounts.n, dtype=bool)
        rows = {
            "合同编号": numbered(f"H{year + 1}", number + 1, 6),
            "到期日": days(due),
            "是否续约": yes_no(renewed),
        }
        file.add(_traits(world, accounts, number) | rows, np.flatnonzero(still))


def _answers(world: World, chunk: Chunk, accounts: Accounts, phrases: Phrasebook) -> dict[str, Any]:
    rng, n = chunk.rng, chunk.n
    seconds = moments(rng, chunk.month, n)
    who = rng.integers(0, accounts.n, n)
    contact = CONTACTS * who + rng.integers(0, CONTACTS, n)
    rated = rate(rng, n, QUESTIONS, pulls={q.name: accounts.mood[who] for q in ASPECTS})
    due = accounts.due(world, who)
    renewed, unknown = _next_renewal(accounts, who, seconds, due)
    lost = (seconds >= due) & ~accounts.renewed[0][who]
    scene = np.where(lost, LOST_SCENE, rng.integers(0, LOST_SCENE, n))
    about = rng.integers(0, len(phrases.aspects), n)
    written = chance(rng, n, 0.5)
    return (
        _traits(world, accounts, who)
        | rated.columns()
        | {
            "答卷编号": numbered("Q", chunk.before + 1 + np.arange(n)),
            "提交时间": stamps(seconds),
            "联系人编号": numbered("P", contact + 1),
            "场景": words(scene, SCENES),
            "是否续约": yes_no(renewed, unknown),
            "意见": compose(rng, phrases, about, tones(rated.level["总体满意度"]), written=written),
        }
    )


def _next_renewal(accounts: Accounts, who: Ints, seconds: Ints, due: Ints) -> tuple[Bools, Bools]:
    """Tell how the first contract due after the answer ended; unknown where there is none."""
    first, second = (renewed[who] for renewed in accounts.renewed)
    before = seconds < due
    later = ~before & first & (seconds < due + _CONTRACT_DAYS * DAY)
    return np.where(before, first, second), ~(before | later)
