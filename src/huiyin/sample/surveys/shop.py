"""The shops' survey (门店满意度), with the orders that go with its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, compose, phrasebook, topics
from huiyin.sample.company import AGES, PHONES, SEGMENTS, STAFF_A_SHOP, TIERS
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import DAY, Ints, moments, seconds_of
from huiyin.sample.places import CITIES, PROVINCES, REGIONS, SHOPS
from huiyin.sample.ratings import Bools, Question, Rated, aspect, intent, overall, rate, recommend
from huiyin.sample.records.orders import (
    PARCEL_SHARE,
    PROMISED_SECONDS,
    OrderBook,
    Parcels,
    amounts,
    hours_off,
    late_parcels,
)
from huiyin.sample.surveys.rival import asked_of_rival, rival_columns
from huiyin.sample.tables import Field, Table, money, numbered, numbers, stamps, words, yes_no
from huiyin.sample.truths.begging_shop import N_SHOP_PHONES, ON_SHOP_PHONE_SHARE
from huiyin.sample.truths.delivery_delay import LATE_PULL
from huiyin.sample.truths.repurchase import WINDOW_DAYS
from huiyin.sample.world import Chunk, ShopNumbers, World

NAME = "门店满意度"
CHANNELS = ("小票二维码", "公众号", "短信", "小程序")
CHANNEL_WEIGHTS = (0.42, 0.25, 0.13, 0.20)
CHECKOUT = aspect("收银效率", "checkout", 0.14)
_MISSING_AFTER_SALES = 0.65
ASPECTS = (
    aspect("产品质量", "product quality", 0.24, 0.10),
    aspect("服务体验", "service", 0.30, -0.15),
    aspect("价格感知", "price", 0.12, -0.25),
    aspect("交付效率", "delivery", 0.16, 0.15),
    aspect("售后支持", "after-sales", 0.08, -0.10, _MISSING_AFTER_SALES),
    CHECKOUT,
    aspect("环境整洁", "tidiness", 0.06, 0.20),
)
QUESTIONS: tuple[Question, ...] = (
    recommend(),
    overall(),
    *ASPECTS,
    intent("再来意愿", "下次还会来我们店买吗？", "Will you come again?"),
)
OF_RIVAL = tuple(asked_of_rival(question) for question in (overall(), *ASPECTS))
_COMMENTS = 0.22, 0.25
"""Share with a comment, and how much more of it among the dissatisfied."""
_LOW = 2
_HISTORY_SHARE = 0.3
_HISTORY_DAYS = (30.0, 300.0)
_AFTER_DELIVERY = (3600.0, 2.0 * DAY)
_AFTER_CHECKOUT = (60.0, 5400.0)

TABLE = Table(
    NAME,
    Text("门店满意度", "satisfaction in the shops"),
    (
        Field("答卷编号", "id", Text("答卷编号", "answer")),
        Field("提交时间", "time", Text("提交时间", "answered at")),
        Field("客户编号", "customer", Text("客户编号", "customer")),
        Field("订单编号", "order", Text("订单编号", "order")),
        Field("大区", "dimension", Text("大区", "region")),
        Field("省份", "dimension", Text("省份", "province")),
        Field("城市", "dimension", Text("城市", "city")),
        Field("门店", "unit", Text("门店", "shop")),
        Field("店员", "staff", Text("店员", "shop assistant")),
        Field("渠道", "channel", Text("渠道", "channel")),
        Field("客群", "dimension", Text("客群", "segment")),
        Field("会员等级", "dimension", Text("会员等级", "member tier")),
        Field("年龄段", "dimension", Text("年龄段", "age")),
        Field("手机品牌", "dimension", Text("手机品牌", "phone brand")),
        *(question.field for question in (*QUESTIONS, *OF_RIVAL)),
        Field("本单金额", "amount", Text("本单金额（元）", "amount of the order, CNY")),
        Field(
            f"{WINDOW_DAYS}天内复购",
            "outcome",
            Text(f"{WINDOW_DAYS}天内复购", f"bought again within {WINDOW_DAYS} days"),
            events=("是",),
        ),
        Field("意见", "text", Text("您还想对我们说什么？", "What else would you like to say?")),
        Field("答题秒数", "duration", Text("答题秒数", "seconds taken")),
        Field("设备编号", "meta", Text("设备编号", "device")),
    ),
    is_survey=True,
)


@dataclass(frozen=True, slots=True)
class _Visitors:
    """Who answers, where and when, sorted by time."""

    seconds: Ints
    customer: Ints
    returning: Bools
    shop: Ints
    staff: Ints
    segment: Ints


def write_shop_survey(
    world: World, folder: Folder, shop_numbers: ShopNumbers, book: OrderBook
) -> None:
    """Write the survey and the orders around its answers."""
    file = folder.open(TABLE)
    phrases = phrasebook([q.name for q in ASPECTS], world.settings.seed)
    done = np.zeros(len(world.months), dtype=np.int64)
    n_unique = 0
    for chunk in world.chunks("shop", world.answers["shop"]):
        n_repeats = world.plans.dirty.n_duplicates(chunk.n)
        n = chunk.n - n_repeats
        rows = done[chunk.month.index] + np.arange(n)
        values = _answers(world, chunk, shop_numbers, rows, phrases, book)
        values["答卷编号"] = numbered("S", n_unique + 1 + np.arange(n))
        file.add(values, with_repeats(chunk.rng, n, n_repeats))
        done[chunk.month.index] += n
        n_unique += n
        world.plans.dirty.count(NAME, exact_duplicate=n_repeats)
        folder.answered(chunk.n)


def with_repeats(rng: np.random.Generator, n: int, n_repeats: int) -> Ints:
    """Give positions of `n` rows of which some come twice in a row."""
    again = rng.choice(n, n_repeats, replace=False)
    return np.sort(np.concatenate([np.arange(n), again]), kind="stable")


def _visitors(chunk: Chunk, shop_numbers: ShopNumbers, rows: Ints) -> _Visitors:
    seconds = moments(chunk.rng, chunk.month, len(rows))
    customer, returning = shop_numbers.customer(chunk.month, rows)
    shop = shop_numbers.customers.shop(customer)
    staff = STAFF_A_SHOP * shop + chunk.rng.integers(0, STAFF_A_SHOP, len(rows))
    segment = shop_numbers.customers.segment(customer)
    return _Visitors(seconds, customer, returning, shop, staff, segment)


def _answers(
    world: World,
    chunk: Chunk,
    shop_numbers: ShopNumbers,
    rows: Ints,
    phrases: Phrasebook,
    book: OrderBook,
) -> dict[str, Any]:
    rng, plans = chunk.rng, world.plans
    who = _visitors(chunk, shop_numbers, rows)
    parcels = _parcels(world, rng, who)
    speeding = plans.dirty.speeders(rng, len(rows))
    plans.dirty.count(NAME, speeder=int(speeding.sum()))
    rated = _rated(world, rng, who, parcels, speeding)
    spent = amounts(rng, who.segment)
    order = _orders(rng, who, parcels, spent, book)
    again, unknown = _repurchase(world, rng, who, rated, book)
    begged = plans.begging.begged(rng, who.shop, who.seconds)
    written = _written(rng, rated, speeding)
    about, tone = topics(rng, rated, phrases.aspects, overall().name)
    shown = replace(rated, level=plans.begging.beautified(rated.level, begged))
    region = world.company.region_of_shop[who.shop]
    return (
        _who(world, rng, who, shop_numbers)
        | shown.columns()
        | rival_columns(world, chunk, OF_RIVAL, who.customer, region, speeding, rated)
        | {
            "订单编号": numbered("O", order, 10),
            "本单金额": money(spent),
            f"{WINDOW_DAYS}天内复购": yes_no(again, unknown),
            "意见": compose(rng, phrases, about, tone, written=written),
            "答题秒数": numbers(plans.dirty.seconds_taken(rng, speeding).astype(np.int32)),
            "设备编号": _devices(rng, who, begged),
        }
    )


def _who(
    world: World, rng: np.random.Generator, who: _Visitors, shop_numbers: ShopNumbers
) -> dict[str, Any]:
    customers = shop_numbers.customers
    province = np.array([PROVINCES.index(p.province) for p in SHOPS])
    city = np.array([CITIES.index(p.city) for p in SHOPS])
    n = len(who.seconds)
    return {
        "提交时间": stamps(who.seconds),
        "客户编号": numbered("C", who.customer),
        "大区": words(world.company.region_of_shop[who.shop], REGIONS),
        "省份": words(province[who.shop], PROVINCES),
        "城市": words(city[who.shop], CITIES),
        "门店": words(who.shop, [p.shop for p in SHOPS]),
        "店员": words(who.staff, world.company.staff_names),
        "渠道": words(pick(rng, n, CHANNEL_WEIGHTS), CHANNELS),
        "客群": words(who.segment, SEGMENTS),
        "会员等级": words(customers.tier(who.customer), TIERS),
        "年龄段": words(customers.age(who.customer), AGES),
        "手机品牌": words(customers.phone(who.customer), PHONES),
    }


def _parcels(world: World, rng: np.random.Generator, who: _Visitors) -> Parcels:
    """Work back from the answer: it comes hours after the parcel did."""
    n = len(who.seconds)
    sent = chance(rng, n, PARCEL_SHARE)
    delivered = who.seconds - rng.uniform(*_AFTER_DELIVERY, n).astype(np.int64)
    region = world.company.region_of_shop[who.shop]
    late = sent & late_parcels(world, rng, region, delivered)
    return Parcels(sent, delivered - hours_off(rng, late), delivered, late)


def _rated(
    world: World, rng: np.random.Generator, who: _Visitors, parcels: Parcels, speeding: Bools
) -> Rated:
    company, plans = world.company, world.plans
    pulls = {question.name: company.shop_pull[who.shop] for question in ASPECTS}
    pulls["收银效率"] = pulls["收银效率"] + plans.queue.pulls(who.shop, who.seconds)
    pulls["服务体验"] = (
        pulls["服务体验"] + company.staff_pull[who.staff] + plans.seasons.service_pulls(who.seconds)
    )
    pulls["交付效率"] = pulls["交付效率"] + np.where(parcels.late, LATE_PULL, 0.0)
    not_asked = {"交付效率": ~parcels.sent}
    return rate(
        rng, len(who.seconds), QUESTIONS, pulls=pulls, not_asked=not_asked, careless=speeding
    )


def _orders(
    rng: np.random.Generator,
    who: _Visitors,
    parcels: Parcels,
    spent: np.ndarray,
    book: OrderBook,
) -> Ints:
    n = len(who.seconds)
    at_counter = who.seconds - rng.uniform(*_AFTER_CHECKOUT, n).astype(np.int64)
    ordered = np.where(parcels.sent, parcels.promised - PROMISED_SECONDS, at_counter)
    earlier = np.flatnonzero(~who.returning & chance(rng, n, _HISTORY_SHARE))
    gap = (rng.uniform(*_HISTORY_DAYS, len(earlier)) * DAY).astype(np.int64)
    book.add_later(rng, who.customer[earlier], ordered[earlier] - gap)
    return book.add(rng, who.customer, ordered, spent, parcels)


def _repurchase(
    world: World, rng: np.random.Generator, who: _Visitors, rated: Rated, book: OrderBook
) -> tuple[Bools, Bools]:
    """Draw who buys again, and whose window is not over yet; the orders go into the book."""
    chances = world.plans.repurchase.chances(who.segment, rated.level["总体满意度"])
    again = chance(rng, len(chances), chances)
    gap = (rng.uniform(0.5, WINDOW_DAYS - 0.5, len(chances)) * DAY).astype(np.int64)
    book.add_later(rng, who.customer[again], (who.seconds + gap)[again])
    end = seconds_of(world.months[-1].last) + DAY
    return again, who.seconds + WINDOW_DAYS * DAY > end


def _written(rng: np.random.Generator, rated: Rated, speeding: Bools) -> Bools:
    usual, more = _COMMENTS
    share = usual + more * (rated.level["总体满意度"] <= _LOW)
    return chance(rng, len(speeding), np.where(speeding, usual / 5, share))


def _devices(rng: np.random.Generator, who: _Visitors, begged: Bools) -> Any:
    """Everybody's own device, but for the phones of the shop that begs."""
    import pyarrow as pa
    import pyarrow.compute as pc

    own = numbered("D", who.customer)
    phone = N_SHOP_PHONES * who.shop + rng.integers(0, N_SHOP_PHONES, len(who.shop))
    lent = begged & chance(rng, len(begged), ON_SHOP_PHONE_SHARE)
    return pc.if_else(pa.array(lent), numbered("DS", phone, 8), own)
