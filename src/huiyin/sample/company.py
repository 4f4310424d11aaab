"""The company itself: shops and how good they are, teams, people, accounts, app releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from huiyin.sample.draws import lasting, placed, spread, stream
from huiyin.sample.months import Floats, Ints, Month
from huiyin.sample.places import REGIONS, SHOPS

SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹")
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇",
    "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英",
    "建华", "志强", "晓燕", "雨桐", "子涵", "浩然", "梓萱", "一诺", "欣怡", "宇轩", "思远",
    "佳琪", "文博", "若曦", "嘉豪", "雪梅", "国庆", "海燕",
)  # fmt: skip
SEGMENTS = ("家庭客", "上班族", "送礼客")
SEGMENT_WEIGHTS = (0.45, 0.30, 0.25)
TIERS = ("普通", "银卡", "金卡", "黑金")
TIER_WEIGHTS = (0.55, 0.25, 0.15, 0.05)
PHONES = ("华为", "苹果", "小米", "OPPO", "vivo", "荣耀", "其他")
PHONE_WEIGHTS = (0.22, 0.21, 0.18, 0.13, 0.12, 0.09, 0.05)
AGES = ("18-25岁", "26-35岁", "36-45岁", "46-55岁", "56岁以上")
AGE_WEIGHTS = (0.17, 0.34, 0.26, 0.14, 0.09)
STAFF_A_SHOP = 8
N_AGENTS, N_TEAMS = 40, 5
N_ACCOUNT_MANAGERS = 12
N_TELLERS, BRANCHES = (
    24,
    ("总行营业部", "高新支行", "滨江支行", "城南支行", "空港支行", "大学城支行"),
)
INDUSTRIES = ("制造", "教育", "医疗", "物业", "互联网", "餐饮", "政企", "物流")
ACCOUNT_TIERS = ("A 级", "B 级", "C 级")
MODULES = ("首页", "商城", "支付", "会员", "客服", "物流跟踪")
RELEASES = ("4.6", "4.7", "4.8", "4.9", "5.0", "5.1", "5.2")
RELEASE_MONTHS = (0, 4, 8, 12, 15, 19, 22)
"""Month of the window in which each release comes out, on its fifth day."""
_RELEASE_DAY = 4
_SILENT = 0.35


@dataclass(frozen=True)
class Company:
    """What does not change from table to table.

    Attributes
    ----------
    shop_weight : (60,) array
        How much each shop sells, relative.
    shop_pull : (60,) array
        How good each shop is, in standard deviations of a leaning.
    staff_pull : (480,) array
        How good each member of the shops' staff is.
    agent_pull : (40,) array
        How good each agent of the service centre is.
    """

    seed: int
    months: tuple[Month, ...]
    shop_weight: Floats
    shop_pull: Floats
    staff_pull: Floats
    agent_pull: Floats

    @cached_property
    def region_of_shop(self) -> Ints:
        """Position of each shop's region."""
        return np.array([REGIONS.index(place.region) for place in SHOPS])

    @cached_property
    def region_share(self) -> Floats:
        """Share of the shops' business in each region."""
        sums = np.bincount(self.region_of_shop, self.shop_weight, len(REGIONS))
        return np.asarray(sums / sums.sum(), dtype=np.float64)

    @cached_property
    def staff_names(self) -> tuple[str, ...]:
        """Names of the shops' staff, eight a shop, with a number so that no two are equal."""
        return self._names("shop staff", STAFF_A_SHOP * len(SHOPS))

    @cached_property
    def agents(self) -> tuple[str, ...]:
        """Agents of the service centre, by number as they sign."""
        return tuple(f"坐席{i + 1:03d}" for i in range(N_AGENTS))

    @cached_property
    def account_managers(self) -> tuple[str, ...]:
        """Who looks after the business customers."""
        return self._names("account managers", N_ACCOUNT_MANAGERS)

    @cached_property
    def tellers(self) -> tuple[str, ...]:
        """Who sits at the bank's counters."""
        return tuple(f"柜员{i + 1:02d}" for i in range(N_TELLERS))

    def _names(self, kind: str, n: int) -> tuple[str, ...]:
        rng = stream(self.seed, kind)
        first, last = rng.integers(0, len(SURNAMES), n), rng.integers(0, len(GIVEN), n)
        return tuple(
            f"{SURNAMES[f]}{GIVEN[g]}{i + 1:03d}"
            for i, (f, g) in enumerate(zip(first, last, strict=True))
        )

    def release_day(self, position: int) -> date:
        """Give the day a release came out."""
        month = self.months[RELEASE_MONTHS[position]]
        return month.first + timedelta(days=_RELEASE_DAY)


def found_company(seed: int, months: tuple[Month, ...]) -> Company:
    """Draw the company."""
    rng = stream(seed, "company")
    n = len(SHOPS)
    return Company(
        seed=seed,
        months=months,
        shop_weight=np.exp(0.35 * rng.standard_normal(n)),
        shop_pull=0.12 * rng.standard_normal(n),
        staff_pull=0.10 * rng.standard_normal(n * STAFF_A_SHOP),
        agent_pull=0.15 * rng.standard_normal(N_AGENTS),
    )


@dataclass(frozen=True)
class Customers:
    """Consumers by number, from 1; traits stay with the number, so nothing need be kept.

    Attributes
    ----------
    n_answering : int
        Numbers 1 … n answer the shops' survey at some time.
    """

    company: Company
    n_answering: int

    @property
    def n_silent(self) -> int:
        """Count the customers who buy and never answer in the shops."""
        return max(round(_SILENT * self.n_answering), 1)

    @property
    def n(self) -> int:
        """Count all customers."""
        return self.n_answering + self.n_silent

    def someone(self, position: Ints) -> Ints:
        """Give customers for rows 0, 1, 2 …: everybody once before anybody twice."""
        return 1 + spread(position, self.n)

    def shop(self, number: Ints) -> Ints:
        """Position of the shop they go to."""
        return self._trait(number, "shop", self.company.shop_weight)

    def segment(self, number: Ints) -> Ints:
        """Position in `SEGMENTS`."""
        return self._trait(number, "segment", SEGMENT_WEIGHTS)

    def tier(self, number: Ints) -> Ints:
        """Position in `TIERS`."""
        return self._trait(number, "tier", TIER_WEIGHTS)

    def phone(self, number: Ints) -> Ints:
        """Position in `PHONES`."""
        return self._trait(number, "phone", PHONE_WEIGHTS)

    def age(self, number: Ints) -> Ints:
        """Position in `AGES`."""
        return self._trait(number, "age", AGE_WEIGHTS)

    def _trait(self, number: Ints, trait: str, weights: tuple[float, ...] | Floats) -> Ints:
        return placed(lasting(number, self.company.seed, trait), weights)
